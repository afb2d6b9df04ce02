"""The playground's state and arithmetic: a network that learns points of a plane, and its regions."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from ...network import MLP
from ...toys import REACH, TOYS, toy
from ...training import training_steps

POINTS = 200
RESOLUTION = 60  # places along a side of the field: at each of them the regions are computed
DEEPEST, WIDEST, FASTEST = 3, 16, 5.0
LONGEST_HISTORY = 400
FRAME = 10  # steps from one entry of the history to the next
UNTRAINED = {"mlp": None, "step": 0, "history": ()}


@dataclass(frozen=True)
class PlaygroundState:
    """The settings, and how far learning has come: the network (None before the first step), what was.

    `history` holds (step, E, accuracy) of the frames before this one.
    """

    data: str = "xor"
    depth: int = 1
    width: int = 4
    activation: str = "tanh"
    seed: int = 5
    learning_rate: float = 0.03
    batch_size: int = 16
    momentum: float = 0.9
    mlp: MLP | None = None
    step: int = 0
    history: tuple = ()


RESTART = {"data", "depth", "width", "activation", "seed"}  # a new one of these asks for a new network


@lru_cache(maxsize=len(TOYS))
def points_of(data):
    """Return the points that are learned."""
    return toy(data, POINTS)


def along_a_side():
    """Return how far from the middle the places of the regions lie, along either axis."""
    return np.linspace(-REACH, REACH, RESOLUTION)


@lru_cache(maxsize=1)
def places():
    """Return the places of the regions, shape (RESOLUTION^2, 2): row by row, from the lower left."""
    return np.stack(np.meshgrid(along_a_side(), along_a_side()), axis=-1).reshape(-1, 2)


@lru_cache(maxsize=8)
def untrained(data, depth, width, activation, seed):
    """Return the network that learning begins with."""
    sizes = (2, *[width] * depth, points_of(data).r.shape[1])
    return MLP.initialize(sizes, activation, seed)


def network_of(state):
    """Return the state's network."""
    if state.mlp is not None:
        return state.mlp
    return untrained(state.data, state.depth, state.width, state.activation, state.seed)


def check(state):
    """Raise ValueError for a setting outside its range."""
    for name, least, most in (("depth", 0, DEEPEST), ("width", 1, WIDEST), ("batch_size", 1, POINTS)):
        asked = getattr(state, name)
        if not (isinstance(asked, int) and least <= asked <= most):
            raise ValueError(f"{name}: got {asked!r}; expected a whole number from {least} to {most}")
    if not 0 < state.learning_rate <= FASTEST:
        raise ValueError(
            f"learning rate: got {state.learning_rate:g}; expected more than 0 and at most {FASTEST:g}"
        )
    if not 0 <= state.momentum < 1:
        raise ValueError(f"momentum: got {state.momentum:g}; expected from 0 to less than 1")


def measured(data, mlp):
    """Return E and accuracy on all points; ValueError where E is no longer a finite number."""
    points = points_of(data)
    E, accuracy = mlp.loss(points.x, points.r), mlp.accuracy(points.x, points.labels)
    if not np.isfinite(E):
        raise ValueError(f"E: got {E}; expected a finite number")
    return E, accuracy


@np.errstate(over="ignore", invalid="ignore")  # what is not finite is refused
def numbers_of(state):
    """Return E and accuracy on all points, the weights, the pull on V, and the regions."""
    check(state)
    points, mlp = points_of(state.data), network_of(state)
    E, accuracy = measured(state.data, mlp)
    pulls = mlp.negative_gradient(mlp.forward(points.x), points.r)
    hidden, regions = len(mlp.weights) > 1, mlp.forward(places())
    return {
        "data": state.data,
        "step": state.step,
        "E": E,
        "accuracy": accuracy,
        "weights": mlp.weights,
        "V": mlp.weights[0] if hidden else None,
        "W": mlp.weights[-1],
        "pull": pulls[0] if hidden else None,
        "z_hat": regions.z_hat.reshape(RESOLUTION, RESOLUTION, -1),
        "z": regions.z.reshape(RESOLUTION, RESOLUTION, -1),
        "history": (*state.history, (state.step, E, accuracy)),
    }


class Learner:
    """Goes on with the same `training_steps` until the network or a setting is changed from outside.

    A new rate, batch size or momentum begins a new generator: the velocity begins at 0 again.
    """

    def __init__(self):
        self._settings = self._mlp = self._steps = None

    @np.errstate(over="ignore", invalid="ignore")
    def after(self, state, steps):
        """Return the changes of the state, a dict, that so many steps make."""
        before = state.step
        try:
            while steps > 0:
                state = self._frame_after(state, min(steps, FRAME))
                steps -= FRAME
        except ValueError as refusal:
            self._mlp = None
            raise ValueError(
                f"Stopped after step {before}: {refusal}. Lower the rate, then Restart."
            ) from None
        return {"mlp": state.mlp, "step": state.step, "history": state.history}

    def _frame_after(self, state, steps):
        mlp, points = network_of(state), points_of(state.data)
        settings = {name: getattr(state, name) for name in ("batch_size", "learning_rate", "momentum")}
        if mlp is not self._mlp or settings != self._settings:
            self._steps = training_steps(mlp, points.x, points.r, seed=state.step, **settings)
            self._settings = settings
        history = (*state.history, (state.step, *measured(state.data, mlp)))
        for _ in range(steps):
            mlp, _ = next(self._steps)
        self._mlp = mlp
        return replace(state, mlp=mlp, step=state.step + steps, history=thinned(history))


def thinned(history):
    """Return a history that stays short: where it has grown too long, every other entry."""
    return history if len(history) < LONGEST_HISTORY else history[::2]


def unit_lines(V, reach=REACH):
    """Return where each unit's line v_0 + v_1 x_1 + v_2 x_2 = 0 crosses the field, and a point between.

    Parameters
    ----------
    V : array, shape (H, 3)
    reach : float
        The field is -reach .. reach in both directions.

    Returns
    -------
    ends, array, shape (H, 2, 2), and middle, array, shape (H, 2)
        The point between is the line's nearest to the middle of the field; NaN where a line does not
        cross the field.
    """
    bias, normal = V[:, :1], V[:, 1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        length = np.hypot(normal[:, :1], normal[:, 1:])
        normal = normal / length
        foot = -bias / length * normal
        along = np.concatenate([-normal[:, 1:], normal[:, :1]], axis=1)
        sides = (np.array([-reach, reach])[:, None, None] - foot) / along  # (2, H, 2): each side, each axis
        begin = np.fmax.reduce(sides.min(axis=0), axis=1)
        end = np.fmin.reduce(sides.max(axis=0), axis=1)
    missed = ~(begin < end)
    begin, end = (np.where(missed, np.nan, t)[:, None] for t in (begin, end))
    ends = np.stack([foot + begin * along, foot + end * along], axis=1)
    return ends, foot + np.clip(0, begin, end) * along

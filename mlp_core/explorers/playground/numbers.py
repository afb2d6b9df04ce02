"""The playground's state and arithmetic: a network that learns points of a plane, and its regions."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from ...formulas.activations import ACTIVATIONS, Activation
from ...network import MLP
from ...toys import REACH, TOYS, toy
from ...training import training_steps
from ..ground.fields import Choice, Menu, Number, Other, State, Whole, activation_choice, briefly, setting

POINTS = 200
BATCHES = (1, 4, 16, 64, POINTS)
RESOLUTION = 60  # places along a side of the field: at each of them the regions are computed
LONGEST_HISTORY = 400
LAST_STEP = 10**9  # a month of frames, day and night
FRAME = 10  # steps from one entry of the history to the next
UNTRAINED = {"mlp": None, "step": 0, "history": ()}


@lru_cache(maxsize=len(TOYS))
def points_of(data: str) -> Any:
    """Return the points that are learned."""
    return toy(data, POINTS)


def sizes_of(state: Any) -> tuple[int, ...]:
    """Return how many inputs, units in each hidden layer, and classes the state's network has."""
    return (2, *[state.width] * state.depth, points_of(state.data).r.shape[1])


def _fitting(mlp, state):
    """Return a network that the settings describe, or None; ValueError for another."""
    if mlp is None:
        return None
    if not isinstance(mlp, MLP):
        raise ValueError(f"mlp: got {type(mlp).__name__}; expected an MLP")
    got = (mlp.weights[0].shape[1] - 1, *(len(W) for W in mlp.weights))
    if (got, mlp.activation.name) != (sizes_of(state), state.activation):
        raise ValueError(
            f"mlp: got sizes {got} and {mlp.activation.name}; expected {sizes_of(state)} and "
            f"{state.activation}, as the settings say"
        )
    return mlp


def _measured_before(history, state):
    """Return a history, a tuple; ValueError where its entries are not three finite numbers each."""
    try:
        entries = np.array(history, float).reshape(-1, 3)
        if len(entries) == len(history) and np.isfinite(entries).all():
            return tuple((int(step), E, right) for step, E, right in entries.tolist())
    except (TypeError, ValueError):
        pass
    raise ValueError(f"history: got {briefly(history)}; expected entries (step, E, accuracy)")


@dataclass(frozen=True)
class PlaygroundState(State):
    """The settings, and how far learning has come: the network (None before the first step), what was.

    `history` holds (step, E, accuracy) of the frames before this one.
    """

    data: str = setting("xor", Menu("points", TOYS, "Which points are learned.", called="data"))
    depth: int = setting(1, Whole("hidden layers", 0, 3, "0: straight to the output.", called="depth"))
    width: int = setting(4, Whole("units in each", 1, 16, "How wide a hidden layer is.", called="width"))
    activation: str = setting("tanh", activation_choice("activation", "The hidden units' sigma."))
    seed: int = setting(5, Whole("random start", 0, 9, "Which weights it begins with.", called="seed"))
    learning_rate: float = setting(
        0.03,
        Number(
            "learning rate", 0, 5, 0.01, "How long a step is; at once.", slider=(0.01, 1), above_least=True
        ),
    )
    batch_size: int = setting(
        16,
        Choice(
            "batch", BATCHES, "How many points a step sees; at once.",
            shown=lambda size: "all" if size == POINTS else str(size), called="batch_size",
        ),
    )  # fmt: skip
    momentum: float = setting(
        0.9,
        Number(
            "momentum", 0, 1, 0.01, "How much of the velocity stays; at once.",
            slider=(0, 0.99), below_most=True,
        ),
    )  # fmt: skip
    mlp: MLP | None = setting(None, Other(_fitting))  # noqa: RUF009 (an MLP is frozen)
    step: int = setting(0, Whole("step", 0, LAST_STEP, "How many batches were learned from."))
    history: tuple = setting((), Other(_measured_before))


RESTART = {"data", "depth", "width", "activation", "seed"}  # a new one of these asks for a new network


def along_a_side():
    """Return how far from the middle the places of the regions lie, along either axis."""
    return np.linspace(-REACH, REACH, RESOLUTION)


@lru_cache(maxsize=1)
def places():
    """Return the places of the regions, shape (RESOLUTION^2, 2): row by row, from the lower left."""
    return np.stack(np.meshgrid(along_a_side(), along_a_side()), axis=-1).reshape(-1, 2)


@lru_cache(maxsize=8)
def untrained(sizes: tuple[int, ...], activation: Activation, seed: int) -> MLP:
    """Return the network that learning begins with."""
    return MLP.initialize(sizes, activation, seed)


def network_of(state: PlaygroundState) -> MLP:
    """Return the state's network."""
    if state.mlp is not None:
        return state.mlp
    return untrained(sizes_of(state), ACTIVATIONS[state.activation], state.seed)


def measured(data, mlp):
    """Return E and accuracy on all points; ValueError where E is no longer a finite number."""
    points = points_of(data)
    E = mlp.loss(points.x, points.r)
    if not np.isfinite(E):
        raise ValueError(f"E: got {E}; expected a finite number")
    return E, mlp.accuracy(points.x, points.labels)


@np.errstate(over="ignore", invalid="ignore")  # what is not finite is refused
def numbers_of(state):
    """Return E and accuracy on all points, the weights, the pull on V, and the regions."""
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

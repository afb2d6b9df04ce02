"""The backprop stepper's state and arithmetic: one pass forward and back, and the gradient check of it."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np

from ...formulas.activations import ACTIVATIONS
from ...formulas.layers import forward
from ...formulas.loss import cross_entropy
from ...formulas.weighted_sums import affine
from ...measured import check_gradient, numerical_gradient
from ...network import MLP
from ...worked_examples import R, V, W, X
from ..ground.fields import Choice, Menu, Other, State, Switch, Whole, activation_choice, briefly, setting
from .slips import SLIPS, carried_through, pulls

FORWARD = ("x", "y_hat", "y", "z_hat", "z", "E")
BACKWARD = ("pull_z_hat", "pull_W", "pull_y", "pull_y_hat", "pull_V")
QUANTITIES = FORWARD + BACKWARD
TABLES = ("pulls", "check")
LARGEST = 10.0  # what a field takes, to either side of 0: its numbers still fit the drawing
# Given numbers by the networks' sizes. In the second one all sizes differ, and there are three classes.
BOOKS = "2-3-2"  # the network of chapters 00, 04 and 05
NETWORKS = {
    BOOKS: {"x": X, "r": R, "V": V, "W": W},
    "2-4-3": {
        "x": X,
        "r": (0.0, 1.0, 0.0),
        "V": (*V, (-0.5, -1.0, -2.0)),
        "W": ((0.5, 2.0, -1.0, 1.0, -2.0), (-0.5, -1.0, 1.0, 1.5, 0.5), (0.25, 0.5, -2.0, -1.5, 1.0)),
    },
}
# x and r of the second example, with which a check sees what a batch of one hides: where the book's example
# lies, on the other side of 0 and half as far, and of the next class.
SECOND = {
    name: (tuple(-x / 2 for x in given["x"]), (given["r"][-1], *given["r"][:-1]))
    for name, given in NETWORKS.items()
}


def place_of(entry):
    """Return which array an entry's name means, and where in it, from 0: "w_12" is W at (0, 2)."""
    letter, _, index = entry.rpartition("_")
    if not letter:
        return entry, ()
    if letter in ("v", "w"):
        return letter.upper(), (int(index[0]) - 1, int(index[1]))
    return letter, (int(index) - 1,)


def entries(quantity, network):
    """Return the names of a quantity's numbers, the first one the book's example; biases come last."""
    n_inputs, n_hidden, n_classes = map(int, network.split("-"))
    letter = quantity.removeprefix("pull_")
    if letter == "E":
        return ("E",)
    if letter in ("V", "W"):
        rows, columns = (n_hidden, n_inputs) if letter == "V" else (n_classes, n_hidden)
        places = product(range(1, rows + 1), [*range(1, columns + 1), 0])
        return tuple(f"{letter.lower()}_{i}{j}" for i, j in sorted(places, key=lambda place: place[1] == 0))
    size = {"x": n_inputs, "y": n_hidden, "z": n_classes}[letter[0]]
    return tuple(f"{letter}_{i + 1}" for i in range(size))


def givens(network):
    """Return the names of the inputs and weights of a network."""
    return tuple(name for quantity in ("x", "V", "W") for name in entries(quantity, network))


def checked_given(name, given, state):
    """Return a given array of the state's network as tuples; ValueError for its shape or its size."""
    expected = np.shape(NETWORKS[state.network][name])
    try:
        array = np.array(given, dtype=float)
    except (TypeError, ValueError):  # no numbers, or rows of several lengths
        array = np.array(0.0)
    if array.shape != expected:
        rows = (
            f"{expected[0]} numbers" if len(expected) == 1 else f"{expected[0]} rows of {expected[1]} numbers"
        )
        raise ValueError(f"{name}: got {_counted(given)}; expected {rows}")
    within = np.abs(array) <= LARGEST  # false for NaN
    if not within.all():
        worst = array.flat[np.argmin(within)]
        raise ValueError(f"{name}: got {worst:g}; expected numbers from −{LARGEST:g} to {LARGEST:g}")
    return _tuples(array)


def _counted(given):
    """Return how many numbers came, in words, or what came in their place."""
    if not isinstance(given, tuple | list | np.ndarray):
        return briefly(given)
    rows = [row if isinstance(row, tuple | list | np.ndarray) else (row,) for row in given]
    if all(len(row) == 1 for row in rows):
        return f"{len(rows)} numbers"
    return f"rows of {', '.join(str(len(row)) for row in rows)} numbers"


def _tuples(array):
    return tuple(map(tuple, array.tolist())) if array.ndim == 2 else tuple(array.tolist())


def _given(name):
    """Return the line of the table about a given array, which begins as the book's."""
    return setting(NETWORKS[BOOKS][name], Other(lambda given, state: checked_given(name, given, state)))


@dataclass(frozen=True)
class StepperState(State):
    """How far the pass has come, what is spoken of, which slip is planted, and every given number."""

    step: int = setting(1, Whole("step", 1, len(QUANTITIES), "1 to 6 forward, 7 to 11 back."))
    network: str = setting(BOOKS, Choice("network", NETWORKS, "Inputs, hidden units, classes."))
    activation: str = setting("sigmoid", activation_choice("sigma", "The function of the hidden units."))
    entry: str = setting(
        "x_1",
        Menu(
            "speak of",
            lambda state: entries(state.quantity, state.network),
            "Which of the numbers at this step is framed, and its line written out.",
            called="entry",
        ),
    )
    slip: str = setting("none", Menu("slip", SLIPS, "Plant one slip in the way back."))
    table: str = setting(
        "pulls", Choice("table", TABLES, "The pulls on the weights, or derived minus measured.")
    )
    two_examples: bool = setting(
        False,
        Switch(
            "check on two examples",
            "The check takes a second example: a batch of one cannot tell sum from mean.",
            called="two_examples",
        ),
    )
    which: str = setting(
        "w_11",
        Menu("move", lambda state: givens(state.network), "Which number the slider moves.", called="which"),
    )
    x: tuple = _given("x")
    r: tuple = _given("r")
    V: tuple = _given("V")
    W: tuple = _given("W")

    @property
    def quantity(self) -> str:
        """The name of the quantity that is spoken of."""
        return QUANTITIES[self.step - 1]

    @property
    def value(self) -> float:
        """The given number that `which` names."""
        name, place = place_of(self.which)
        return float(np.array(getattr(self, name))[place])


def at_step(state, step):
    """Return the changes that lead to a step; what is spoken of stays where the same units are."""
    step = min(max(step, 1), len(QUANTITIES))
    old = entries(state.quantity, state.network)
    new = entries(QUANTITIES[step - 1], state.network)
    stays = len(old) == len(new) and state.entry in old
    return {"step": step, "entry": new[old.index(state.entry) if stays else 0]}


def in_network(state, network):
    """Return the changes that lead to another network, with the numbers it begins with."""
    here = QUANTITIES[state.step - 1]
    return {"network": network, "entry": entries(here, network)[0], "which": "w_11", **NETWORKS[network]}


def with_value(state, value):
    """Return the changes that put the given number `which` to a value."""
    name, place = place_of(state.which)
    changed = np.array(getattr(state, name))
    changed[place] = value
    return {name: _tuples(changed)}


def numbers_of(state):
    """Return every number of the pass and of its check; ValueError for an r that is no distribution."""
    given, sigma = (state.x, state.r, state.V, state.W), ACTIVATIONS[state.activation]
    numbers = dict(_pass(sigma, state.slip, state.two_examples, *given))
    pull = state.quantity in BACKWARD
    name, place = place_of(state.entry)
    spoken = numbers["pull_" + name if pull else name]
    return numbers | {
        "step": state.step,
        "quantity": state.quantity,
        "entry": state.entry,
        "place": place,
        "value": float(np.asarray(spoken)[place]),
        "measured": float(_measured(name, sigma, *given)[place]) if pull else None,
        "network": state.network,
        "activation": state.activation,
        "slip": state.slip,
        "table": state.table,
        "two_examples": state.two_examples,
    }


@lru_cache(maxsize=8)
def _pass(sigma, slip, two_examples, x, r, V, W):
    """Return everything that does not depend on how far the pass has come."""
    mlp = MLP((np.array(V), np.array(W)), sigma)
    x, r = np.array(x), np.array(r)
    E = mlp.loss(x, r)  # refuses an r that is no distribution
    record = mlp.forward(x)
    back = pulls(mlp.weights, mlp.activation, record, r, SLIPS[slip])
    numbers = {"x": x, "r": r, "V": mlp.weights[0], "W": mlp.weights[1], "E": E}
    numbers |= {"y_hat": record.y_hat[0], "y": record.y[0], "z_hat": record.z_hat, "z": record.z}
    numbers |= {
        ("slopes" if name == "slopes" else f"pull_{name}"): part for name, part in back._asdict().items()
    }
    numbers["carried"] = carried_through(mlp.weights[1], back.W, SLIPS[slip])
    for name, check in zip("VW", _check(mlp, x, r, slip, two_examples), strict=True):
        numbers |= {f"difference_{name}": check.difference, f"error_{name}": check.error}
        numbers |= {f"where_{name}": check.where, f"ok_{name}": check.ok}
    for part in numbers.values():
        if isinstance(part, np.ndarray):
            part.setflags(write=False)
    return numbers


def _check(mlp, x, r, slip, two_examples):
    """Return the check of what the slip derives, for the one example or for it and a second one."""
    if two_examples:
        second = SECOND[f"{len(x)}-{len(mlp.weights[0])}-{len(r)}"]
        x, r = np.stack([x, second[0]]), np.stack([r, second[1]])
    derived = pulls(mlp.weights, mlp.activation, mlp.forward(x), r, SLIPS[slip])
    return check_gradient(mlp, x, r, derived=(derived.V, derived.W)).checks


@lru_cache(maxsize=8)
def _measured(name, sigma, x, r, V, W):
    """Return the measured pull on one quantity: E is computed from it onwards."""
    x, r, V, W = (np.array(part) for part in (x, r, V, W))
    record = forward((V, W), sigma, x)
    start, onwards = {
        "z_hat": (record.z_hat, lambda z_hat: z_hat),
        "W": (W, lambda weights: affine(weights, record.y[0])),
        "y": (record.y[0], lambda y: affine(W, y)),
        "y_hat": (record.y_hat[0], lambda y_hat: affine(W, sigma(y_hat))),
        "V": (V, lambda weights: forward((weights, W), sigma, x).z_hat),
    }[name]
    return -numerical_gradient(lambda part: float(cross_entropy(r, onwards(part))), start)

"""What pictures refuse: whatever they are given, they are drawn or say which argument was wrong, and how."""

import inspect
import re
import warnings

import numpy as np
import pytest
from hidden_layer_examples import ERRORS, PULL_V
from hidden_layer_examples import STEPS as NUDGES
from picture_examples import (
    ALONG,
    BASIN,
    DIGITS,
    EXAMPLES,
    LINE,
    LINES,
    POINTS,
    SIGMOID,
    TEN,
    W_B,
    ZIGZAG,
    ZIGZAG_LOSSES,
    V,
    W,
)
from refusals import assert_refused
from training_picture_examples import HIDDEN, PLACES, SLOW, SUMS, TWELVE, WIDTHS

from mlp_core import RELU, pictures

FUNCTIONS = {name: getattr(pictures, name) for name in pictures.__all__ if name != "Picture"}
CALLS_EACH = 12


@pytest.fixture(scope="module")
def examples():
    """The arguments of every example, by function: {name: [{argument: value}, ...]}."""
    found = {name: [] for name in FUNCTIONS}
    with pytest.MonkeyPatch.context() as patch:
        for name, function in FUNCTIONS.items():
            patch.setattr(pictures, name, recorder(found[name], inspect.signature(function)))
        for example in EXAMPLES.values():
            example()
    return found


def recorder(calls, signature):
    return lambda *args, **kwargs: calls.append(dict(signature.bind(*args, **kwargs).arguments))


class Stranger:
    """An object that raises when it is looked into."""

    def __array__(self, *args, **kwargs):
        raise RuntimeError("no")

    def __repr__(self):
        raise RuntimeError("not even this")


ODD = (
    *(None, True, 0, -1, 7, 2.5, 10**12, 10**400, 1e-320, 1e300, -1e300, np.nan, np.inf, -np.inf, 1j),
    *("", "a", "0.5", "$\\frac{$", "two\nlines", "w" * 500, b"a", ["a", "b"], {}, {"a": 1}, {1, 2}),
    *([], [[]], [[1, 2], [3]], [np.nan], [None], np.array(3), np.zeros((2, 0)), np.ones((2, 3, 4))),
    *(np.array("x"), np.array([1 + 2j]), np.ma.masked_array([1.0], [True]), np.datetime64("2026-01-01")),
    *(range(3), np.zeros((3, 3)), lambda: 1, int, object(), Stranger()),
)


def odd_values(value, rng):
    """Return something that an argument should hardly be: a stranger, or itself with a fault."""
    if rng.random() < 0.5 or isinstance(value, str) or not np.iterable(value):
        return ODD[rng.integers(len(ODD))]
    if isinstance(value, dict):
        value = list(value.values())
    value = list(value)
    last = [-1, 0.5, np.nan, np.inf, 1e200, 1e-310, None, "a"]
    faults = [value[:-1], [*value, value[-1]], value * 30, [value], value[::-1]]
    faults += [[*value[:-1], odd] for odd in last]
    if all(isinstance(part, float | int | np.ndarray) for part in value):
        faults.append([0 * part for part in value])
    return faults[rng.integers(len(faults))]


def outcome(function, arguments):
    """Return the picture, or the words of the ValueError; any other exception is let through."""
    try:
        made = function(**arguments)
    except ValueError as error:
        return str(error)
    return made


@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_odd_call_is_drawn_or_refused_by_the_name_of_the_argument(name, examples):
    function, rng = FUNCTIONS[name], np.random.default_rng(sum(map(ord, name)))
    arguments = list(inspect.signature(function).parameters)
    refused = 0
    for _ in range(CALLS_EACH):
        call = dict(examples[name][rng.integers(len(examples[name]))])
        argument = arguments[rng.integers(len(arguments))]
        call[argument] = odd_values(call.get(argument), rng)
        with warnings.catch_warnings(action="error"):
            said = outcome(function, call)
        if isinstance(said, str):
            refused += 1
            assert re.match(rf"({'|'.join(arguments)})(\[\d+\])?: got .*; expected .", said, re.S), said
            assert len(said) < 400, said
        else:
            assert not re.search(r"\b(nan|inf)\b", said.alternative_text), said.alternative_text
    assert refused > 1


REFUSED = [
    # how many, and which
    ("network_with_numbers", ((W,), SIGMOID, [1, 2, 3], [0, 1]), "weights", "1 matrices", "two, V and W"),
    ("network_backwards", ((W,), SIGMOID, [1, 2, 3], [0, 1]), "weights", "1 matrices", "two, V and W"),
    (
        "network_backwards",
        ((V, V), SIGMOID, [1, 2], [0, 1]),
        "weights[1]",
        "(3, 3)",
        "H = 3 as in weights[0]",
    ),
    ("network_with_numbers", ((V, W), "softmax", [1, 2], [0, 1]), "activation", "'softmax'", "'sigmoid'"),
    ("columns_backwards", (W_B, [0, 0, 0], 0), "j", "0", "whole numbers from 1 to 3"),
    ("columns_backwards", (W_B, [0, 0, 0], 4), "j", "4", "whole numbers from 1 to 3"),
    ("rows_and_columns", (W, 0), "row", "0", "whole numbers from 1 to 2"),
    ("rows_and_columns", (W, 3), "row", "3", "whole numbers from 1 to 2"),
    ("rows_and_columns", (W, 1, 0), "column", "0", "whole numbers from 1 to 3"),
    ("rows_and_columns", (W, 1, 4), "column", "4", "whole numbers from 1 to 3"),
    ("batch_of_outer_products", ([W] * 4, W), "matrices", "B = 4", "B = 2 to 3"),
    ("column_gate_outer", (np.ones(6), np.ones(6), [1, 2]), "pull_y", "H = 6", "H = 1 to 5"),
    ("column_gate_outer", ([1, 2], [1, 1], np.ones(6)), "signal", "D = 5", "D = 1 to 4"),
    ("column_gate_outer", ([1, 2], [1, 1], [2, -1]), "signal", "2 first", "[1, x]"),
    ("network_backwards", ((V, W), SIGMOID, [1, 2], [0, 1], 4), "j", "4", "whole numbers from 1 to 3"),
    ("slip_fingerprints", (["a"], [PULL_V] * 2, PULL_V), "wrong", "(2,)", "m = 1 as in names"),
    ("slip_fingerprints", (["a"], [PULL_V], 0 * PULL_V), "right", "0 among them", "can be divided by"),
    ("accuracy_beside_check", (["a"], [0.9], [0.5]), "passed", "0.5", "whole numbers from 0 to 1"),
    ("straight_and_bent", (POINTS.x, POINTS.labels, [LINE]), "networks", "1 networks", "2"),
    ("straight_and_bent", (POINTS.x, POINTS.labels, [LINE, 1]), "networks[1]", "1", "an MLP with 2 inputs"),
    ("straight_and_bent", (POINTS.x, POINTS.labels, [LINE, LINES]), "networks[1]", "(3,)", "K = 2 as in"),
    ("loss_surface", (ALONG, ALONG[1:], BASIN, ZIGZAG, ZIGZAG_LOSSES, "ab"), "losses", "(41, 41)", "m = 40"),
    ("units_beside_their_start", (TWELVE, TWELVE, (12, 12), "abc"), "V", "U = 12", "U = 1 to 9"),
    ("loss_curves", ([SLOW] * 6, list("abcdef"), "M"), "curves", "m = 6", "m = 1 to 5"),
    ("loss_curves", ([SLOW], ["a", "b"], "M"), "names", "(2,)", "m = 1 as in curves"),
    ("loss_curves", ([], [], "M"), "curves", "[]", "a list of arrays"),
    ("loss_curves", ([SLOW, []], ["a", "b"], "M"), "curves[1]", "empty", "(any,)"),
    ("loss_curves", ([[[1, 2]]], ["a"], "M"), "curves[0]", "(1, 2)", "(any,)"),
    ("loss_curves", ([SLOW], ["w" * 40], "M"), "names", "w" * 40, "shorter ones"),
    ("training_curves", ([1, 2], [[1, 2]] * 4, [[1, 1]] * 4, list("abcd")), "losses", "m = 4", "m = 1 to 3"),
    (
        "training_curves",
        ([1, 2], [[1, 2]] * 2, [[1, 1]], list("ab")),
        "accuracies",
        "(1,)",
        "m = 2 as in losses",
    ),
    ("accuracy_over_width", (WIDTHS, np.ones(5), 1.0, "M"), "accuracies", "(5,)", "n = 6 as in widths"),
    (
        "accuracy_over_width",
        (WIDTHS, np.ones((6, 3)), 1.0, "M"),
        "accuracies",
        "(6, 3)",
        "n = 6 as in widths",
    ),
    ("accuracy_over_width", (WIDTHS, 1.0, 1.0, "M"), "accuracies", "()", "n = 6 as in widths"),
    ("accuracy_over_width", (WIDTHS, np.ones((1, 2, 6)), 1.0, "M"), "accuracies", "(1, 2, 6)", "(B, n)"),
    ("digit_and_probabilities", (DIGITS[0][:63], TEN), "x", "63 pixels", "a square number"),
    ("digit_and_probabilities", (DIGITS[0], TEN[:9]), "z", "K = 9", "K = 10"),
    ("weight_pictures", (HIDDEN, (8, 9)), "shape", "8 by 9", "64 pixels"),
    (
        "answers_as_it_slides",
        (PLACES[:, :143], TWELVE[:2, :144], SUMS, ["a", "b"]),
        "x",
        "143",
        "a square number",
    ),
    (
        "answers_as_it_slides",
        (PLACES, TWELVE[:2], SUMS[:, 1:], list("ab")),
        "y_hat",
        "(2, 4)",
        "P = 5 as in x",
    ),
    ("answers_as_it_slides", (PLACES, TWELVE[:1], SUMS, ["a"]), "y_hat", "(2, 5)", "U = 1 as in W"),
    ("depth_curves", ([1, 2], [[1, 2]], [[1, 2]], ["a", "b"]), "names", "(2,)", "m = 1 as in signals"),
    ("depth_curves", ([1, 2], [[1, 2]] * 7, [[1, 2]] * 7, list("abcdefg")), "signals", "m = 7", "m = 1 to 6"),
    ("depth_curves", ([1, 2], [[1, 2]], [[1, 2]]), "names", "None", "one for each of 1 signals"),
    ("depth_curves", ([1, 1], [[1, 2]], [[1, 2]], ["a"]), "layers", "1 after 1", "rising numbers"),
    ("accuracy_over_width", ([2, 4, 3], np.ones(3), 1.0, "M"), "widths", "3 after 4", "rising numbers"),
    (
        "depth_curves",
        ([1, 2], [[1, 2]], [[1, 2]], ["much " * 4]),
        "names[0]",
        "much",
        "at most 16 characters",
    ),
    ("depth_curves", ([1, 2], {"much " * 4: [1, 2]}, [[1, 2]]), "signals", "much", "at most 16 characters"),
    # values
    ("depth_curves", ([1, 2], [[1, 0]], [[1, 2]], ["a"]), "signals[0]", "0", "numbers from 1e-100"),
    ("loss_curves", ([[1, np.inf]], ["a"], "M"), "curves[0]", "inf", "numbers from 0"),
    ("loss_curves", ([[1, -0.1]], ["a"], "M"), "curves[0]", "-0.1", "numbers from 0"),
    ("weight_pictures", (HIDDEN, (8, 8), None, "M", [0, -1]), "ringed", "-1", "whole numbers from 0"),
    ("weight_pictures", (HIDDEN, (8, 8), None, "M", [0, 64]), "ringed", "64", "pixels from 0 to 63"),
    ("digit_and_probabilities", (DIGITS[0], TEN, -1), "label", "-1", "whole numbers from 0 to 9"),
    ("routes_to_loss", ([1, 0], [1, 0], 1), "z", "0", "numbers from 1e-06 to 1"),
    ("two_class_sigmoid", ([1, 2], [0.7, 0.9]), "differences", "1 to 2", "on both sides of 0"),
    ("overshoot", ([0.5, 1], [3, 2], [1], [2]), "learning_rates", "0.5", "0 among them"),
    ("gradient_check_v", (NUDGES, ERRORS, 2e-5), "best", "2e-05", "one of the steps"),
    (
        "gradient_check_v",
        (NUDGES, np.where(NUDGES[3] == NUDGES, 0, ERRORS), NUDGES[3]),
        "best",
        "1e-11",
        "is drawn",
    ),
    ("gradient_check_v", (NUDGES, ERRORS, NUDGES[-2]), "steps", "at most", "30 times as long"),
    ("bell_and_parabola", (RELU, 2), "activation", "relu", "two bounds"),
    ("slope_curves", (SIGMOID, np.nan), "at", "nan", "numbers from -100 to 100"),
    ("activation_curves", ("tanh",), "activations", "'tanh'", "a list of activations"),
]


@pytest.mark.parametrize(("name", "given", "argument", "came", "expected"), REFUSED)
def test_what_cannot_be_shown_is_refused(name, given, argument, came, expected):
    assert_refused(lambda: getattr(pictures, name)(*given), argument, came, expected)


def test_every_picture_checks_every_argument(examples):
    """An argument that is None although it may not be is refused by its own name."""
    for name, function in FUNCTIONS.items():
        for argument, parameter in inspect.signature(function).parameters.items():
            if parameter.default is not None:
                call = {**examples[name][0], argument: None}
                assert_refused(lambda f=function, call=call: f(**call), argument, "None", "")

"""The museum's pieces are wrong, each in its own way, and what chapter 91 tells of them is so."""

import numpy as np
import pytest

from mlp_core import MLP, check_gradient
from mlp_core.exercises import diagnose, museum

PIECES = museum.specimens()
WRONG = {name: function for name, function in PIECES.items() if name != museum.OWN}


def pulls(function, batch=8, seed=0):
    rng = np.random.default_rng(seed)
    network = MLP((rng.standard_normal((5, 4)), rng.standard_normal((3, 6))), "tanh")
    x, r = rng.standard_normal((batch, 3)), np.eye(3)[rng.integers(0, 3, batch)]
    return network, x, r, function(x, r, *network.weights, network.activation)


def passes(function, **how):
    network, x, r, derived = pulls(function, **how)
    return tuple(bool(found.ok) for found in check_gradient(network, x, r, derived=derived))


def test_the_book_s_own_is_right():
    assert passes(PIECES[museum.OWN]) == (True, True)
    assert diagnose(PIECES[museum.OWN]).verdict == "right"


@pytest.mark.parametrize("name", WRONG)
def test_a_piece_is_wrong_and_said_to_be(name):
    assert passes(WRONG[name]) != (True, True)
    assert diagnose(WRONG[name]).verdict == "wrong"


def test_one_piece_has_no_name_yet():
    """Chapter 91 tells so; whoever puts this slip into the catalogue mends its last paragraphs."""
    assert [name for name in WRONG if not diagnose(WRONG[name]).slips] == ["weight for signal"]


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("the gate at y", (False, True)),
        ("W steps first", (False, True)),
        ("a mean of a mean", (False, True)),
        ("one sum for all", (True, False)),
        ("one factor too many", (False, False)),
        ("weight for signal", (False, False)),
        ("the diagonal alone", (False, False)),
    ],
)
def test_which_matrix_stays_right(name, right):
    assert passes(WRONG[name]) == right


def test_a_mean_of_a_mean_is_right_for_one_example():
    assert passes(WRONG["a mean of a mean"], batch=1) == (True, True)


def test_one_sum_for_all_is_zero_behind_a_softmax():
    _, _, _, (_, on_W) = pulls(WRONG["one sum for all"])
    np.testing.assert_allclose(on_W[:, 0], 0, atol=1e-12)


def test_the_diagonal_pulls_no_class_down():
    _, _, _, (_, on_W) = pulls(WRONG["the diagonal alone"], batch=1)
    assert (on_W[:, 0] >= 0).all()


def test_words_that_do_not_stand_in_the_solution_are_refused(monkeypatch):
    monkeypatch.setitem(museum._CHANGED, "another", ("no such line", "anything"))
    with pytest.raises(ValueError, match="ours: got 'no such line'; expected words that stand once"):
        museum.specimens()


def test_a_piece_that_does_not_run_is_refused(monkeypatch):
    monkeypatch.setitem(museum._CHANGED, "another", (museum._BOTH, "return ("))
    with pytest.raises(ValueError, match="name: got 'another', which does not run"):
        museum.specimens()

"""The exercises of chapter 01, the softmax derivative."""

import numpy as np

from ...formulas.probabilities import softmax
from ..by_hand import BY_PENCIL
from ..chain import CHAIN, Derivation, Slip, Step
from ..derivations_asked import judge_derivation
from ..exercise import Exercise
from ..judges import judge_choice, judge_each, judge_predicate
from ..slips_known import CATALOGUE

# ---------------------------------------------------------------- 1.1, one column

_SEE_COLUMN = "Somebody pays for every gain: the four slopes add up to 0."
_COLUMN = (*CHAIN, Step("column", "1.10", "column = J[:, :, 0]", "the column of the logit that moves"))
_COLUMN_SLIPS = (
    *BY_PENCIL,
    Slip((("column", "column = (1 - z) * z"),), "each class is given its own slope", _SEE_COLUMN),
    Slip((("column", "column = z - z[:, :1] * z"),), "the delta is set for every class", _SEE_COLUMN, 1),
    Slip(
        (("column", "column = np.c_[1 - z[:, 0], -z[:, 1:]]"),),
        "the share of the one who rises is left out: a bill is a product of two shares",
        _SEE_COLUMN,
    ),
    Slip((("column", "column = z + 0 * z"),), "these are the shares, and not their slopes", _SEE_COLUMN),
    Slip(
        (("column", "column = 20 * J[:, :, 0]"),),
        "what each puts into the pot stands there for its share, once",
        "A share is out of 1. Raise the logit by 0.01: by how much does the first share rise?",
    ),
    Slip((("column", "column = J[:, :, 1]"),), "the second logit is raised", "The first one rises."),
    Slip(
        (("column", "column = np.c_[z * (1 - z)][:, :1] * np.r_[1, -np.ones(K - 1) / (K - 1)]"),),
        "the others pay the same each",
        "Who owns more of the pot loses more of it.",
        3,
    ),
)

# ---------------------------------------------------------------- 1.7, a test


def _over_the_batch(z_hat):
    e = np.exp(z_hat - z_hat.max())
    return e / e.sum(axis=0, keepdims=True)


def _unshifted(z_hat):
    e = np.exp(z_hat)
    return e / e.sum(axis=-1, keepdims=True)


def _by_the_mean(z_hat):
    e = np.exp(z_hat - z_hat.mean(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _sigmoids(z_hat):
    return 1 / (1 + np.exp(-z_hat))


SOFTMAXES = {
    "right": (softmax, True),
    "wrong axis": (_over_the_batch, False),
    "no shift": (_unshifted, False),
    "shift by the mean": (_by_the_mean, False),
    "sigmoids": (_sigmoids, False),
}
MISSES = {
    "right": "The right one is rejected: allow for the last digits, which rounding spoils.",
    "wrong axis": "One that adds up along the wrong axis is accepted: try a batch, not one example.",
    "no shift": "One that overflows is accepted: try logits of 1000.",
    "shift by the mean": "One that overflows in some rows only is accepted: try 1500 beside two zeros.",
    "sigmoids": "One whose rows do not add up to 1 is accepted.",
}

# ---------------------------------------------------------------- 1.8, another function in the pot

_SQUARES = (r"s := \sum_l (\hat z_l^2 + 1)", r"p_i := \frac{\hat z_i^2 + 1}{s}")
_HABITS = {
    r"p_i (\delta_{ik} - p_k)": "That is softmax's own, (1.10), from habit: it used that the exponential is "
    "its "
    "own slope. What is the slope of t squared plus 1?",
    r"\frac{2 \hat z_i}{s} (\delta_{ik} - p_k)": "The last step exchanges the classes: whose logit moves "
    "the pot, "
    "and whose share is divided by it?",
    r"\frac{2 \hat z_k}{s} (\delta_{ik} - p_k)": "In the bracket stands the share of the class that rises. "
    "Who pays here: whose contribution is divided by the pot?",
    r"\frac{2 \hat z_i}{s} \delta_{ik}": "The pot is held still: it contains every logit.",
    r"\frac{2 \hat z_k}{s^2} (\delta_{ik} - p_i)": "One pot too many below the line: in both terms one "
    "cancels.",
    r"\frac{2 \hat z_i s - (\hat z_i^2 + 1) 2 \hat z_k}{s^2}": "Above the line, does the contribution of "
    "class i move when another class's logit does?",
    r"\frac{2 \hat z_k}{s} (1 - p_i)": "The delta is gone: above the line only its own logit moves.",
}
_SURVIVES = {
    "a": "Some of them came from softmax and not from the exponential. Try two logits, 0 and 1, on paper.",
    "c": "Try two logits, 0 and 1, and then 1 and 2: f puts in 1 and 2, and then 2 and 5.",
    "d": "Try two logits, 0 and 1. The first puts in 1 and has the slope 0: what stands in its column, "
    "and what in its row?",
    "1": "That cancels for a factor that is common to all. Is f of t + h a multiple of f of t, the same for "
    "all t?",
    "3": "That holds if the slope of what a class puts in is what it puts in. Compare the entries (1, 2) and "
    "(2, 1) in what you derived.",
    "4": "For softmax the rows follow from symmetry, or from the common shift (section 7). Are these at "
    "hand?",
}

EXERCISES = (
    Exercise(
        number="1.1",
        title="One column",
        minutes=5,
        stub="slopes = ...  # four numbers",
        hints=(
            "The pot holds 20. What share has each?",
            "Its own slope is (1.7), the others' (1.8).",
        ),
        solution="slopes = [0.1875, -0.025, -0.1125, -0.05]",
        reasons="Column 1 of the Jacobian, by (1.10): 0.25 times 0.75 for the first, and for the others\n"
        "minus 0.25 times their own share.",
        notice="They add up to 0, and the bills stand to each other as 2 to 9 to 4, like the contributions.",
        derivation=Derivation(("z",), ("column",), _COLUMN, _COLUMN_SLIPS),
        example={"z": np.array([[0.25, 0.1, 0.45, 0.2]])},
        answers=("slopes",),
    ),
    Exercise(
        number="1.2",
        title="The Jacobian from the probabilities alone",
        minutes=15,
        hints=(
            "What does z_i do when its own logit rises, and what when another one does (1.10)?",
            "`z[:, None]` makes a column, `z[None, :]` a row, and their product is a table. Three dots in "
            "front, "
            "`z[..., :, None]`, stand for the axis of a batch, if there is one.",
        ),
        solution='''def jacobian_of(z):
    """Return every dz_i/dz_hat_k: for z of shape (K,) shape (K, K), for a batch (B, K) shape (B, K, K)."""
    return z[..., :, None] * (np.eye(z.shape[-1]) - z[..., None, :])''',
        reasons="Row i is z_i times (delta_ik - z_k), by (1.10).\n"
        "The dots stand for the batch, if there is one.",
        notice="Look down a column: it adds up to 0. What one class gains, the others lose. (With two "
        "classes it "
        "is one number, z_1 times z_2: twice gained and twice paid.)",
        derivation=Derivation(("z",), ("J",), slips=CATALOGUE),
    ),
    Exercise(
        number="1.3",
        title="Through softmax, without the Jacobian",
        minutes=15,
        hints=(
            "Each class has a wish g_i. What is the average wish, if each class holds z_i (1.13)?",
            "`.sum(axis=-1, keepdims=True)` adds up each row and keeps its place for the subtraction.",
        ),
        solution='''def through_softmax(z, g):
    """Return J^T g, shape (K,), or (B, K) for a batch, without building J."""
    return z * (g - (z * g).sum(axis=-1, keepdims=True))''',
        reasons="By (1.13): each share, times what its wish exceeds the average wish by.\n"
        "The average is taken over the classes, the last axis, in each row.",
        notice="A wish that all classes share moves nothing.",
        derivation=Derivation(("z", "g"), ("through",), slips=CATALOGUE),
    ),
    Exercise(
        number="1.4",
        title="The slopes of log z",
        minutes=15,
        hints=("The logarithm divides row i of the Jacobian by one number. By which (1.18)?",),
        solution='''def d_log_softmax(z):
    """Return every dlog(z_i)/dz_hat_k: for z of shape (K,) shape (K, K), for a batch (B, K, K)."""
    return np.eye(z.shape[-1]) - z[..., None, :]''',
        reasons="The factor z_i of row i is divided away (1.18).\n"
        "What is left of the price does not depend on i.",
        notice="All rows have the same price, and the rows, weighted with z, add up to 0.",
        derivation=Derivation(("z",), ("dlog",), slips=CATALOGUE),
    ),
    Exercise(
        number="1.5",
        title="Everybody down",
        minutes=15,
        stub='choice = "..."  # a letter and a number',
        hints=(
            "Take from each wish the average wish (1.13). Between which two numbers does the average lie?",
            "Try two different z, such as shares of 1, 2 and 7 tenths, and of 7, 2 and 1.",
        ),
        solution='choice = "b3"',
        reasons="The average wish lies between -1 and -3, wherever the shares put it, so -1 is above and -3 "
        "below.\n"
        "Above -2 or below it: with the shares 0.1, 0.2, 0.7 it is -2.6, so logit 2 goes up; with 0.7, 0.2, "
        "0.1 "
        "it is -1.4.",
        notice="Shares cannot all fall: whoever is minded least goes up. Nothing is pulled only if all "
        "wishes "
        "are equal.",
        judge=judge_choice(
            "b3",
            {
                "a": "Then all shares would shrink, and still add up to 1. Compute the three pulls for one z "
                "that you make up, and add them.",
                "c": "Is the average wish always -2? Put nearly all of the pot on class 1, and then on "
                "class 3.",
                "d": "Some depends on z. Try the three pulls for two z that differ much, and look at logit "
                "1.",
                "1": "A wish is no order: three equal ones, (-1, -1, -1), pull on nothing at all (1.13).",
                "2": "That is the mean of the three numbers. In (1.13) each wish counts by its class's "
                "share.",
                "4": "A share is never below 0, and a factor that is positive turns no sign. What decides "
                "the sign?",
            },
        ),
        answers=("choice",),
    ),
    Exercise(
        number="1.6",
        title="A softmax that survives",
        minutes=15,
        hints=(
            "Take the largest logit off first (1.16), in each row its own.",
            "The classes are the last axis: `axis=-1, keepdims=True`, for the maximum and for the pot.",
        ),
        solution='''def my_softmax(z_hat):
    """Return the probabilities of logits of any size; the shape is (K,), or (B, K) for a batch."""
    e = np.exp(z_hat - z_hat.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)''',
        reasons="With each row's largest logit taken off, no exponent is above 0, and the pot holds at "
        "least 1.\n"
        "Another shift cancels as well, but the smallest logit, or the mean, lets the largest overflow.",
        notice="An exponential that is too small for the machine becomes 0, which harms nobody; one that is "
        "too "
        "large becomes infinite.",
        derivation=Derivation(("z_hat",), ("z",), slips=CATALOGUE),
    ),
    Exercise(
        number="1.7",
        title="A test that rejects four of five softmaxes",
        minutes=30,
        hints=(
            "Which laws hold of a right one, whatever the logits? On which inputs do wrong ones break them?",
            "Try a batch in which B is not K, and logits of 1000.",
        ),
        solution='''def accepts(softmax_fn):
    """Return True for a right softmax of (K,) and (B, K), and False for a wrong one."""
    z_hat = np.array([[0.0, 1.0, 3.0], [0.0, 0.0, 1500.0]])
    z = softmax_fn(z_hat)
    adds_up = np.allclose(z.sum(axis=-1), 1)
    return bool(adds_up and np.isclose(z[0, 2] / z[0, 1], np.exp(2)))''',
        reasons="Rows add up to 1, and the ratio of two classes is e to the difference (1.3).\n"
        "The second row overflows wherever the maximum is not taken off.",
        notice="A test is worth what it rejects. One example alone, stored as (1, K), does not tell the axes "
        "apart: summed over the batch, each of its shares is 1.",
        judge=judge_predicate(SOFTMAXES, MISSES, "right"),
    ),
    Exercise(
        number="1.8",
        title="Another function in the pot",
        minutes=30,
        stub='lines = r"..."  # \\frac{\\partial p_i}{\\partial \\hat z_k} = ...\n'
        'survives = "..."  # a letter and a number',
        hints=(
            "Above the line only its own logit moves: the delta. Below it every logit does.",
            "(slope above times below, minus above times slope below) by below squared, then take one "
            "factor out.",
            "For the four laws: add up what you have over i, and then over k.",
        ),
        solution='lines = r"\\frac{\\partial p_i}{\\partial \\hat z_k}'
        " = \\frac{2 \\hat z_i \\delta_{ik} s - (\\hat z_i^2 + 1) 2 \\hat z_k}{s^2}"
        ' = \\frac{2 \\hat z_k}{s} (\\delta_{ik} - p_i)"\n'
        'survives = "b2"',
        reasons="The quotient rule; where the delta is not 0, z_hat_i is z_hat_k, so the slope can be taken "
        "out.\n"
        "Over i the bracket adds up to 1 - 1 = 0. The other three laws need a slope in proportion to f, and "
        "only an exponential has one.",
        notice="Shares of one pot always pay for each other. All else in this chapter is the exponential's "
        "doing.",
        judge=judge_each(
            judge_derivation(
                r"\frac{\partial p_i}{\partial \hat z_k}",
                (r"\delta",),
                3,
                _SQUARES,
                _HABITS,
                closed=True,
            ),
            judge_choice("b2", _SURVIVES),
        ),
        answers=("lines", "survives"),
    ),
)

"""The exercises of chapter 03, a first classifier."""

import numpy as np

from ..by_hand import BY_PENCIL
from ..chain import CHAIN, Derivation, Slip, Step
from ..derivations_asked import judge_derivation
from ..exercise import Exercise
from ..five_splits import judge_five_splits
from ..judges import judge_choice
from ..slips_known import CATALOGUE
from ..two_pixels import judge_two_pixels

_SEE_STEP = "At rate 0 nothing may change, and at half the rate the step must halve."
_STEPPING = (*CHAIN, Step("move", "3.8", "move = dW", "the step of W, divided by the rate"))
_STEP_SLIPS = (
    *CATALOGUE,
    Slip((("move", "move = dW / rate"),), "the rate is left out", _SEE_STEP, 3),
    Slip((("move", "move = -dW / rate"),), "the rate is left out, and the step goes uphill", _SEE_STEP),
    Slip((("move", "move = dW - W / rate"),), "the old weights are forgotten", _SEE_STEP, 3),
    Slip((("move", "move = dW * rate"),), "the rate is a factor twice", _SEE_STEP),
    Slip(
        (("move", "move = np.c_[0 * dW[:, :1], dW[:, 1:]]"),), "the biases are left as they are", _SEE_STEP, 3
    ),
    Slip(
        (("move", "move = dW / rate - W / rate"),), "the pull is returned and not the new weights", _SEE_STEP
    ),
)


_BY_HAND = (
    Slip(
        (("delta", "delta = np.roll(r, -1, axis=1) - z"),), "class 2 is taken for the right one", "Who is 1?"
    ),
    Slip(
        (("delta", "delta = np.roll(r, 1, axis=1) - z"),), "class 1 is taken for the right one", "Who is 1?"
    ),
    Slip((("delta", "delta = r - 4 * z"),), "the 4 below z is lost", "The three probabilities add up to 1."),
    Slip(
        (("dW", "dW = delta.T @ np.c_[np.ones(B), y[:, ::-1]]"),),
        "the two signals are exchanged",
        "Column 1 belongs to the first signal.",
    ),
    Slip(
        (("dW", "dW = delta.T + np.c_[np.ones(B), y]"),),
        "pull and signal are added",
        "A weight whose signal is 0 has no pull.",
        1,
    ),
)
_BELIEFS = {
    "a": "You may have thought of B as one number. Take 1,077 digits, 64 at a time, and let the last batch "
    "be what is left. How many are in it?",
    "c": "A number in front turns no arrow: compare the ratio of two entries of the pull, before and after.",
    "d": "In a batch of one nothing is divided at all. What then of the rate?",
    "1": "That is so for one batch. Is it one and the same number for all of them?",
    "3": "The examples are averaged by the sum within the product, once. What does a number do that divides "
    "the finished table?",
    "4": "Divide all columns by the same number, and column 0 stays what it is beside the others.",
}
_HABITS = {
    r"z_k (\delta_{ki} - z_i)": "And by how much does the weight move the logit?",
    r"(\delta_{ki} - z_i) y_j": "That is the slope of log z_k. Which factor has the slope of z_k in front?",
    r"(r_i - z_i) y_j": "That is the pull on the weight: what E makes of it. No target was asked for.",
    r"z_k (1 - z_i) y_j": "k and i may be two classes. What does the 1 become then (1.10)?",
    r"z_k (1 - z_k) y_j": "k and i may be two classes. What does the 1 become then (1.10)?",
    r"z_k (\delta_{ki} - z_k) y_j": "Whose share is the price, where logit i is moved (1.10)?",
    r"-z_k z_i y_j": "So class k pays for another. And where k is i?",
    r"z_k (\delta_{ki} - z_i) w_{ij}": "A weight moves its logit by the signal that it meets.",
}


def _moved(value, trial):
    """Return by how much a returned W has moved, divided by the rate; anything else as it is."""
    W = trial.given["W"]
    if isinstance(value, np.ndarray) and value.shape == W.shape:
        return (value - W) / trial.given["rate"]
    return value


EXERCISES = (
    Exercise(
        number="3.1",
        title="Nine numbers by hand",
        minutes=5,
        stub="pulls = ...  # three numbers\npull_W = ...  # three rows of three",
        hints=(
            "First what each class lacks (2.7), then the pull at the head times the signal at the tail "
            "(3.6).",
            "The signal of the bias is 1.",
        ),
        solution="pulls = [-0.25, -0.25, 0.5]\n"
        "pull_W = [[-0.25, -0.5, 0.25], [-0.25, -0.5, 0.25], [0.5, 1.0, -0.5]]",
        reasons="The pulls are r - z (2.7).\nRow i of the pull on W is pull i times (1, 2, -1) (3.6).",
        notice="Each column adds up to 0, since the pulls do, and column 0 is the pulls themselves: the "
        "bias has no rule of its own, only a signal that is always 1.",
        derivation=Derivation(("r", "z", "y"), ("delta", "dW"), slips=(*_BY_HAND, *BY_PENCIL)),
        example={
            "z": np.array([[0.25, 0.25, 0.5]]),
            "r": np.array([[0.0, 0.0, 1.0]]),
            "y": np.array([[2.0, -1.0]]),
        },
        answers=("pulls", "pull_W"),
    ),
    Exercise(
        number="3.2",
        title="The pull on W",
        minutes=15,
        hints=(
            "An entry is the pull at the head times the signal at the tail (3.6). What is the bias's signal?",
            "Over a batch it is one matrix product (3.8): rows of delta meet rows of [1, y].",
        ),
        solution='''def pull_on_W(delta, y):
    """Return -dE/dW, shape (K, H+1); delta (K,) or (B, K) holds the 1/B already, y is (H,) or (B, H)."""
    delta, y = np.atleast_2d(delta), np.atleast_2d(y)
    return delta.T @ np.c_[np.ones(len(y)), y]''',
        reasons="Pull at the head times signal at the tail, added up over the batch (3.8).\n"
        "The 1 in front is the signal of the bias.",
        notice="Not one loop: the product adds up over the batch by itself. Column 0 is the pulls, added up.",
        derivation=Derivation(("delta", "y"), ("dW",), slips=CATALOGUE),
        role="pull_on_W",
    ),
    Exercise(
        number="3.3",
        title="The pull on y",
        minutes=15,
        hints=(
            "Unit j is heard by every class: multiply along, add across (3.11).",
            "Does anything lead into the constant 1?",
        ),
        solution='''def pull_on_y(delta, W):
    """Return -dE/dy, shape (H,) or (B, H); delta is (K,) or (B, K), and W (K, H+1)."""
    return delta @ W[:, 1:]''',
        reasons="Down the columns of W (3.11).\n"
        "The bias column stays behind: nothing leads into the constant 1.",
        notice="The same weights, used backwards. Where the signals are pixels, this is a wish for ink: of "
        "the four 8s that section 6 takes for a 1, ink at one pixel, row 5 and column 5 from 0, the right "
        "side of the lower loop, makes an 8 of two. The two others stay a 1, whichever single pixel you ink.",
        derivation=Derivation(("delta", "W"), ("pull_y",), slips=CATALOGUE),
        role="pull_on_y",
    ),
    Exercise(
        number="3.4",
        title="One training step",
        minutes=15,
        hints=(
            "Forward, then the pull on the logits, then the pull on W, then a plus.",
            "`W + rate * pull`: the book's gradients are negative ones.",
        ),
        solution='''def training_step(W, y, r, rate):
    """Return W after one step at this rate; y is (H,) or (B, H), r (K,) or (B, K)."""
    y, r = np.atleast_2d(y), np.atleast_2d(r)
    y_1 = np.c_[np.ones(len(y)), y]
    z_hat = y_1 @ W.T
    e = np.exp(z_hat - z_hat.max(axis=1, keepdims=True))
    delta = (r - e / e.sum(axis=1, keepdims=True)) / len(y)
    return W + rate * delta.T @ y_1''',
        reasons="The pull is where to go (3.8), so the step has a plus.\n"
        "W is returned new, and the old one stays as it is.",
        notice='Five lines, and nothing imported: this is all that learns. `keep("training_step")` takes '
        "them along: the loop below reads digits with them, and so does exercise 3.7.",
        derivation=Derivation(("W", "y", "r", "rate"), ("move",), _STEPPING, _STEP_SLIPS),
        role="training_step",
        undo=_moved,
    ),
    Exercise(
        number="3.5",
        title="The 1/B in two places",
        minutes=15,
        stub='choice = "..."  # a letter and a number',
        hints=(
            "Write down one step with both slips in it, the pull divided by B once too often and the rate "
            "multiplied by B. Whose B is each?",
        ),
        solution='choice = "b2"',
        reasons="Each batch is divided by its own B once too often, and every step multiplied by one and the "
        "same B.\nWhere the two are equal they cancel, and the step is ours.",
        notice="If the last batch is a quarter as large, its pulls are divided by a quarter of B and "
        "multiplied by all of B: its step is four times too long. And a gradient check on one example sees "
        "nothing, since there B is 1: check with a batch. (Some programs add up where we take the mean, and "
        "divide their rates by B.)",
        judge=judge_choice("b2", _BELIEFS),
        answers=("choice",),
    ),
    Exercise(
        number="3.6",
        title="What a weight does to the probabilities",
        minutes=15,
        stub='lines = r"..."  # \\frac{\\partial z_k}{\\partial w_{ij}} = ... , until no derivative is left',
        hints=(
            "Which logits hear of the weight (3.3)? By that one, and by no other, it reaches z_k.",
            "The first factor is an entry of the Jacobian (1.10), the second is the signal.",
        ),
        solution='lines = r"\\frac{\\partial z_k}{\\partial w_{ij}}'
        " = \\frac{\\partial z_k}{\\partial \\hat z_i} \\frac{\\partial \\hat z_i}{\\partial w_{ij}}"
        ' = z_k (\\delta_{ki} - z_i)\\, y_j"',
        reasons="Only logit i hears of the weight, and by as much as its signal (3.3).\n"
        "What z_k then does is row k, column i of the Jacobian (1.10).",
        notice="One weight moves all the probabilities, because they share a pot; and none of them where its "
        "signal is silent.",
        judge=judge_derivation(
            r"\frac{\partial z_k}{\partial w_{ij}}",
            (r"\frac{\partial \hat z_i}{\partial w_{ij}}", r"\delta", "y_j"),
            3,
            habits=_HABITS,
            closed=True,
        ),
        answers=("lines",),
    ),
    Exercise(
        number="3.7",
        title="Your own lines read digits",
        minutes=30,
        stub="E = ...  # five rows, one a split: the validation E at rate 3, and at rate 10",
        hints=(
            "Two loops, over the seeds and the rates, around the loop of section 6, in which `step(W, "
            "x[rows], r[rows], rate)` takes the place of two lines.",
            "`cross_entropy(part.r, affine(W, part.x))` is the E of a part, such as "
            "`digits(seed).validation`.",
        ),
        solution="""from mlp_core import affine, cross_entropy, digits
from mlp_core.exercises import mine

step, E = mine("training_step"), []
for seed in range(5):
    dealt = digits(seed)
    E.append([])
    for rate in (3.0, 10.0):
        W = np.zeros((10, 65))
        for k in range(1000):
            rows = np.arange(64 * k, 64 * k + 64) % len(dealt.train.x)
            W = step(W, dealt.train.x[rows], dealt.train.r[rows], rate)
        E[-1].append(cross_entropy(dealt.validation.r, affine(W, dealt.validation.x)))""",
        reasons="The pixels are the signals, and each run begins at zero.\n"
        "On the digits learned from, E falls in all five to about a third or less.",
        notice="In one split of five the longer step ends lower, by less than 2 %. Two numbers more, for "
        "your loop: at a rate of one thousand the E of the digits learned from falls below a billionth (and "
        "the validation E rises above 10, since the few mistakes are made with great assurance). On the "
        "moved digits of section 9, first split, it ends above 8 at rate 10, and below 2 at rate 1: that "
        "bowl has a bottom, and long steps climb out of it.",
        judge=judge_five_splits,
        answers=("E",),
    ),
    Exercise(
        number="3.8",
        title="A proof in four numbers, and a way out",
        minutes=30,
        stub='''W_three = ...  # two rows of three: they read three of the four sheets
proof = ...  # four numbers, one a sheet: so none read all four
W_four = ...  # two rows of four: with the unit, they do


def unit(x):
    """Return one number, the unit's answer to a sheet x of two pixels."""
    ...''',
        hints=(
            "The lead of class 1 is a + b x_1 + c x_2. Write it down for each of the four sheets, one below "
            "the other: which of them, added, are the same as which others?",
            "The unit must answer to one sheet in a way that no weighted sum of the pixels does: what about "
            "the one with both?",
        ),
        solution='''W_three = [[-0.5, 1, 1], [0, 0, 0]]
proof = [-1, 1, 1, -1]
W_four = [[-0.5, 1, 1, -2], [0, 0, 0, 0]]


def unit(x):
    """Return 1 where both pixels are inked, and 0 elsewhere."""
    return max(0, x[0] + x[1] - 1)''',
        reasons="The leads are a, a + c, a + b and a + b + c; the two in the middle add up to 2a + b + c, "
        "and so do the two others.\nIf all were read, the first sum would be positive and the second "
        "negative.",
        notice="A weighted sum of what is there, and a bend behind it: you have built a hidden unit. The "
        "moved digits have such a proof as well, only longer (Gordan, 1873: where no weights read all, "
        "there is one).",
        judge=judge_two_pixels,
        answers=("W_three", "proof", "unit", "W_four"),
    ),
)

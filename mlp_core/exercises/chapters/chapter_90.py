"""The exercises of chapter 90: a line, a derivation and a table of letters, in the terms of other books."""

from ..derivations_asked import judge_derivation
from ..exercise import Exercise
from ..judges import judge_each
from ..letters_asked import judge_letters

# ---------------------------------------------------------------- 90.1, PyTorch's names

_GRAD = {
    "(target_i - probs_i) hidden_j": "That is our pull. `.grad` is the slope itself, and the optimizer takes "
    "it off.",
    "(probs_j - target_j) hidden_i": "Whose weight is it? In `weight_{ij}` the first index is where the "
    "weight leads to.",
    "probs_i - target_i": "That is the slope at the logit, which the bias gets. How much does this weight "
    "move the logit?",
    "(probs_i - target_i) weight_{ij}": "The logit holds the weight times a signal. Move the weight: what "
    "is it multiplied with?",
    "(probs_i - target_i) input_j": "This weight reads the hidden layer, and not the input.",
    "(probs_i - target_i) preactivation_j": "The weight reads what the hidden unit says, behind its "
    "function.",
    "(probs_i - target_i) probs_i (1 - probs_i) hidden_j": "Once more through softmax, and through its "
    "diagonal alone. All routes are in probs - target already.",
    "target_i (probs_i - 1) hidden_j": "One route of K: the logit moves every probability.",
}

# ---------------------------------------------------------------- 90.2, Nielsen's (BP1) for a softmax

_ONE_ROUTE = (
    "That is one route of K. z^L_j moves every a^L_k, because they share one pot: which of them does C hear?"
)
_ROUTES = {
    r"\frac{\partial C}{\partial a^L_j} \frac{\partial a^L_j}{\partial z^L_j}": _ONE_ROUTE,
    "y_j - a^L_j": "A minus is lost, and with it the sign of all. C falls where a^L_k rises: which sign has "
    "its slope?",
    "a^L_j - 1": "The delta is gone: with 1 in its place every a^L_k would rise with z^L_j.",
    "a^L_j": "The case k = j is forgotten: a^L_j has a term of its own.",
    r"\sum_k y_k a^L_k - y_j": "Whose share is the price? All pay class j, whose z moves.",
    "(a^L_j - y_j) a^L_j (1 - a^L_j)": "That is a factor from his first network, which ends in sigmoids. "
    "Here all routes through the softmax are counted already.",
}
_ROUTE = r"\frac{\partial a^L_k}{\partial z^L_j}"
_NO_ROUTES = f"The routes are not there yet: sum over k what comes through `{_ROUTE}`."

_NO_SLOPES = (
    "But no side puts the slopes in. C is a sum of y_k times a logarithm: write the slope of C at a^L_k, "
    "which has y_k as a factor, times that of a^L_k, before you add up."
)

# ---------------------------------------------------------------- 90.3, a book that nobody entered

BISHOP = {"a": r"\hat z", "y": "z", "t": "r", "z": "y"}
_WHOSE = {
    "a": "His a_k is a sum of weights times signals, and stands in front of the softmax. Which letter has "
    "that here?",
    "y": "His y_k comes out of the softmax.",
    "t": "His t_k is what was wanted of class k.",
    "z": "His z_j is what hidden unit j says.",
}
_AT_W = {
    "(t_k - y_k) z_j": "That is the direction to step in. He takes the slope itself.",
    "y_k - t_k": "That is the slope at a_k, and the bias's. What does w_kj multiply?",
    "(y_k - t_k) x_j": "w_kj reads hidden unit j, and not the input.",
    "(y_j - t_j) z_k": "His w_kj leads to k, from j.",
    "(y_k - t_k) w_{kj}": "a_k holds w_kj times a signal. Move the weight: what is it multiplied with?",
    "(y_k - t_k) y_k (1 - y_k) z_j": "The routes through the softmax are all in y - t already.",
}

EXERCISES = (
    Exercise(
        number="90.1",
        title="What loss.backward() leaves in weight.grad",
        minutes=5,
        stub='lines = r"..."  # weight.grad_{ij} = ...',
        hints=(
            "What is (3.6), and with which sign does it stand there?",
            "Before the softmax are `logits`, behind it `probs`; `hidden` is what the weights read.",
        ),
        solution='lines = r"weight.grad_{ij} = (probs_i - target_i) hidden_j"',
        reasons="(3.6) with the other sign: the logit's slope, times what the weight is multiplied with.\n"
        "`weight` has a row for each class, as W has, and the bias is a tensor of its own.",
        notice="`optimizer.step()` takes it off, so it goes where ours goes. Over a batch there is the mean, "
        "as in (3.8), unless the loss was asked for a sum.",
        judge=judge_derivation("weight.grad_{ij}", (), 2, habits=_GRAD, closed=True, notation="pytorch"),
        answers=("lines",),
    ),
    Exercise(
        number="90.2",
        title="Nielsen's first equation, with a softmax",
        minutes=15,
        stub='lines = r"..."  # \\delta^L_j = ... = ... = a^L_j - y_j',
        hints=(
            "How many a^L_k move with z^L_j? Each is a route to C, and they add up.",
            "One slope is that of C, a sum of y_k times a logarithm; the other is (1.10) in his letters.",
            "In the product a^L_k cancels. Then the delta picks a class, and the y_k add up to 1.",
        ),
        solution='lines = r"\\delta^L_j = \\sum_k \\frac{\\partial C}{\\partial a^L_k}'
        " \\frac{\\partial a^L_k}{\\partial z^L_j}"
        " = \\sum_k \\Big(-\\frac{y_k}{a^L_k}\\Big) a^L_k (\\delta_{kj} - a^L_j)"
        ' = -y_j + a^L_j \\sum_k y_k = a^L_j - y_j"',
        reasons="Every a^L_k hears z^L_j, so the routes through all of them add up (2.11).\n"
        "a^L_k cancels, the delta picks k = j, and the targets add up to 1.",
        notice="It is chapter 02 with the other sign. Who takes one route alone comes to y_j (a^L_j - 1), as "
        "a reader of his book did, who then asked why (81) there says otherwise: "
        "datascience.stackexchange.com/questions/57748.",
        judge=judge_derivation(
            r"\delta^L_j",
            (_ROUTE,),
            4,
            habits=_ROUTES,
            end="a^L_j - y_j",
            lacking={_ROUTE: _NO_ROUTES, "y_k": _NO_SLOPES},
            notation="nielsen",
            weight="y_k",
        ),
        answers=("lines",),
    ),
    Exercise(
        number="90.3",
        title="A book whose letters nobody has entered",
        minutes=15,
        stub='letters = {}  # {"theirs": "ours"} without an index, such as {"w": "w"}; a hat: r"\\hat y"\n'
        'lines = r"..."  # \\frac{\\partial E}{\\partial w_{kj}} = ...',
        hints=(
            "What stands in front of the softmax here, what behind it, and what does a hidden unit say?",
            "Two of his letters are letters of this book too, and mean something else.",
            "Then (3.6) once more, in his letters and with his sign.",
        ),
        solution='letters = {"a": r"\\hat z", "y": "z", "t": "r", "z": "y"}\n'
        'lines = r"\\frac{\\partial E}{\\partial w_{kj}} = (y_k - t_k) z_j"',
        reasons="In front of the softmax and behind it, the target, the hidden signal: four letters.\n"
        "The rest is (3.6) with the other sign; w and E are the same in both books.",
        notice="Now the book beside you: name its letters, and ask. What its lines take for granted you hand "
        r'over too: after=[r"\text{assume } \sum_k t_k = 1"].',
        judge=judge_each(
            judge_letters(BISHOP, _WHOSE),
            judge_derivation(
                r"\frac{\partial E}{\partial w_{kj}}",
                (),
                2,
                after=[r"\text{assume } \sum_k t_k = 1"],
                habits=_AT_W,
                closed=True,
                notation=BISHOP,
            ),
        ),
        answers=("letters", "lines"),
    ),
)

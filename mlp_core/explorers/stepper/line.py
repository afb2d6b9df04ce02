"""The line that computes what the stepper speaks of: the chapter's equation, and the numbers put into it."""

from ...formulas.activations import ACTIVATIONS
from ...pictures.ground.marks import line, ring, symbol
from ...pictures.ground.numbers import fixed, number
from ...pictures.ground.style import HAIR, HAIRLINE, INK, PULL_UP, SIGNAL, SLATE, pull_color
from ..ground.live_figure import LiveFigure
from ..ground.stamped_text import stamped_value, stamped_words
from .slips import SLIPS

LEFT, RIGHT = 0.4, 6.66  # inches: where everything below the network begins and ends
RULE, FORMULA, PUT_IN, MEASURED = 2.74, 2.5, 2.2, 1.9  # inches from below
EDGES = (0.32, 6.68)  # inches: from where to where a rule across the card runs

# The chapters' equations; {head} is the unit, or the head of a weight, {tail} that weight's tail.
EQUATIONS = {
    "x": ("", r"x_{head}"),
    "y_hat": ("0.1", r"\hat{{y}}_{head} = {{\sum}}_m\,v_{{{head}m}}\,x_m"),
    "y": ("0.3", r"y_{head} = \sigma(\hat{{y}}_{head})"),
    "z_hat": ("0.4", r"\hat{{z}}_{head} = {{\sum}}_j\,w_{{{head}j}}\,y_j"),
    "z": ("0.6", r"z_{head} = e^{{\,\hat{{z}}_{head}}}\,/\,{{\sum}}_l\,e^{{\,\hat{{z}}_l}}"),
    "E": ("0.7", r"E = -{{\sum}}_l\,r_l\,\log z_l"),
    "pull_z_hat": ("2.7", r"-\partial E/\partial\hat{{z}}_{head} = r_{head} - z_{head}"),
    "pull_W": ("3.6", r"-\partial E/\partial w_{{{head}{tail}}} = (r_{head} - z_{head})\,y_{tail}"),
    "pull_y": ("3.11", r"-\partial E/\partial y_{head} = {{\sum}}_l\,(r_l - z_l)\,w_{{l{head}}}"),
    "pull_y_hat": (
        "4.10",
        r"q_{head} = -\partial E/\partial\hat{{y}}_{head} = "
        r"(-\partial E/\partial y_{head})\,\sigma\,'(\hat{{y}}_{head})",
    ),
    "pull_V": ("5.5", r"-\partial E/\partial v_{{{head}{tail}}} = q_{head}\,x_{tail}"),
}

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def formula(numbers):
    """Return the line as mathtext and where it stands: (mathtext, "equation 3.11"), or the slip it is."""
    quantity = numbers["quantity"]
    place = [index + 1 for index in numbers["place"]] or [0]
    if quantity in ("pull_W", "pull_V"):
        place[1] -= 1  # column 0 is the bias
    index = {"head": place[0], "tail": place[-1]}
    tag, line = EQUATIONS[quantity]
    slip = SLIPS[numbers["slip"]]
    if slip.line == quantity:
        left = line.rpartition(" = ")[0]
        return f"{left} = {slip.formula}".format(**index), f"slip: {numbers['slip']}"
    return line.format(**index), f"equation {tag}" if tag else "given"


def numbers_put_in(numbers, decimals=4):
    """Return the line with its numbers: pieces of text, each with the color of its kind."""
    pieces = {
        "x": _given, "y_hat": _sum_of_inputs, "y": _through_sigma, "z_hat": _sum_of_signals,
        "z": _softmax, "E": _loss, "pull_z_hat": _lacking, "pull_W": _head_times_tail,
        "pull_y": _down_the_column, "pull_y_hat": _through_the_gate, "pull_V": _head_times_tail,
    }[numbers["quantity"]](numbers, decimals)  # fmt: skip
    return [("= ", SLATE), *pieces, *_result(numbers)]


def _result(numbers):
    quantity, value = numbers["quantity"], numbers["value"]
    if quantity == "x":
        return []
    if quantity == "E":
        return [(" = ", SLATE), (fixed(value, 4), INK)]
    if quantity.startswith("pull"):
        return [(" = ", SLATE), (fixed(value, 4, sign=True), pull_color(value))]
    return [(" = ", SLATE), (number(value, 4), SIGNAL)]


def _factor(value, decimals, bracketed=True):
    text = number(value, decimals)
    return f"({text})" if value < 0 and bracketed else text


def _products(pairs, decimals):
    """Return a sum of products: (factor, color), (factor, color) for each."""
    pieces = []
    for k, ((first, its_color), (second, other_color)) in enumerate(pairs):
        pieces += [(" + ", SLATE)] if k else []
        pieces += [(_factor(first, decimals), its_color), (" · ", SLATE)]
        pieces += [(_factor(second, decimals), other_color)]
    return pieces


def _given(numbers, decimals):
    return [(number(numbers["value"], decimals), SIGNAL)]


def _weighted(weights, signals, decimals):
    pairs = zip(weights, (1.0, *signals), strict=True)
    return _products([((w, INK), (signal, SIGNAL)) for w, signal in pairs], decimals)


def _sum_of_inputs(numbers, decimals):
    return _weighted(numbers["V"][numbers["place"][0]], numbers["x"], decimals)


def _sum_of_signals(numbers, decimals):
    return _weighted(numbers["W"][numbers["place"][0]], numbers["y"], decimals)


def _through_sigma(numbers, decimals):
    name = ACTIVATIONS[numbers["activation"]].label
    return [(f"{name}(", SLATE), (number(numbers["y_hat"][numbers["place"]], decimals), SIGNAL), (")", SLATE)]


def _exp(z_hat, decimals):
    return [("exp(", SLATE), (number(z_hat, decimals), SIGNAL), (")", SLATE)]


def _softmax(numbers, decimals):
    pieces = [*_exp(numbers["z_hat"][numbers["place"]], decimals), (" / (", SLATE)]
    for k, z_hat in enumerate(numbers["z_hat"]):
        pieces += [(" + ", SLATE)] if k else []
        pieces += _exp(z_hat, decimals)
    return [*pieces, (")", SLATE)]


def _loss(numbers, decimals):
    pieces = []
    for k, (r, z) in enumerate(zip(numbers["r"], numbers["z"], strict=True)):
        pieces += [("−" if k == 0 else " − ", SLATE), (number(r, decimals), INK)]
        pieces += [(" · log ", SLATE), (_probability(z, decimals), SIGNAL)]
    return pieces


def _probability(z, decimals):
    """Return a probability; one that would print as zero, whose logarithm is none, in powers of ten."""
    if z >= 0.5 * 10**-decimals or z == 0:
        return number(z, decimals)
    mantissa, exponent = f"{z:.1e}".split("e")
    return f"({mantissa} × 10{str(int(exponent)).translate(RAISED)})"


def _lacking(numbers, decimals):
    r, z = ((numbers[name][numbers["place"]], color) for name, color in (("r", INK), ("z", SIGNAL)))
    first, second = (z, r) if numbers["slip"] == "r and z exchanged" else (r, z)
    return [(number(first[0], decimals), first[1]), (" − ", SLATE), (number(second[0], decimals), second[1])]


def _head_times_tail(numbers, decimals):
    head, tail = numbers["place"]
    pulls, signals = ("pull_y_hat", "x") if numbers["quantity"] == "pull_V" else ("pull_z_hat", "y")
    pull, signal = numbers[pulls][head], (1.0, *numbers[signals])[tail]
    return _products([((pull, pull_color(pull)), (signal, SIGNAL))], decimals)


def _down_the_column(numbers, decimals):
    column = numbers["carried"][:, numbers["place"][0]]
    pairs = zip(numbers["pull_z_hat"], column, strict=True)
    return _products([((pull, pull_color(pull)), (w, INK)) for pull, w in pairs], decimals)


def _through_the_gate(numbers, decimals):
    pull, slope = (numbers[name][numbers["place"]] for name in ("pull_y", "slopes"))
    return _products([((pull, pull_color(pull)), (slope, PULL_UP))], decimals)


class WrittenLine:
    """The equation of what is spoken of, its numbers, and the measured one."""

    def __init__(self, live: LiveFigure):
        canvas = live.canvas
        line(canvas, EDGES, [RULE, RULE], color=HAIRLINE, linewidth=HAIR)
        self.formula = live.animate(symbol(canvas, LEFT, FORMULA, "E", ha="left"))
        self.where = live.animate(stamped_words(canvas, RIGHT, FORMULA, ha="right"))
        self.put_in = live.animate(stamped_value(canvas, LEFT, PUT_IN, ha="left"))
        self.ring = live.animate(ring(canvas, 5.16, MEASURED))
        self.word = live.animate(stamped_words(canvas, 5.28, MEASURED, "measured"))
        self.measured = live.animate(stamped_value(canvas, RIGHT, MEASURED, ha="right"))
        self.dpi = lambda: live.figure.dpi

    def place(self, numbers):
        """Write the line."""
        text, where = formula(numbers)
        if self.formula.get_text() != f"${text}$":
            self.formula.set_text(f"${text}$")
        self.where.set_text(where)
        self.where.set_color(INK if where.startswith("slip") else SLATE)
        for decimals in (4, 3, 2, 1, 0):  # until the line fits
            self.put_in.set_pieces(*numbers_put_in(numbers, decimals))
            if LEFT + self.put_in.width(self.dpi()) <= RIGHT:
                break
        measured = numbers["measured"]
        for artist in (self.ring, self.word, self.measured):
            artist.set_visible(measured is not None)
        self.measured.set_text("" if measured is None else fixed(measured, 4, sign=True))

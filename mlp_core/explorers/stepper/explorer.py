"""Backprop stepper (chapter 04): one pass forward and back, a quantity at a time, with slips to plant."""

from ...formulas.activations import ACTIVATIONS
from ...pictures.ground.numbers import MINUS, fixed, number
from ..ground import controls
from ..ground.explorer import Explorer
from .numbers import (
    NETWORKS,
    QUANTITIES,
    TABLES,
    StepperState,
    at_step,
    entries,
    givens,
    in_network,
    numbers_of,
    with_value,
)
from .picture import HEIGHT, StepperPicture, finding
from .slips import SLIPS

REACH = 4.0  # of the slider; a field goes further
LAST = len(QUANTITIES)


class BackpropStepper(Explorer):
    """Step through one pass forward and back, move any number in it, and plant slips.

    Parameters
    ----------
    network : str
        "2-3-2", the example of chapters 00, 03 and 04, or "2-4-3".
    """

    question = "Guess, then press Next: will the next framed number be positive or negative?"
    guesses = ("positive", "negative", "zero")
    message = "Backwards: down the columns, then through the gate"
    say = "pull at the head times signal at the tail; backwards is down the columns, then through the gate."
    height = HEIGHT

    def __init__(self, network="2-3-2"):
        if network not in NETWORKS:
            raise ValueError(f"network: got {network!r}; expected one of {', '.join(NETWORKS)}")
        self._guessed_at = None
        start = StepperState()
        super().__init__(StepperState(**{"entry": start.entry} | in_network(start, network)))

    def numbers(self, state):
        """Return every number of the pass, what the check finds, and what is spoken of."""
        return numbers_of(state)

    def answer(self, numbers):
        """Say the sign of what is spoken of, once the guess about it is older than it."""
        if self._guessed_at is None or numbers["step"] == self._guessed_at:
            return None
        value = numbers["value"]
        return "positive" if value > 0 else "negative" if value < 0 else "zero"

    def make_controls(self):
        """Make the steps, what is spoken of, the slips and the table."""
        return [*self._steps(), *self._slips()]

    def further_controls(self):
        """Make the choice of network, a slider for one given number, and a field for each given array."""
        network = _side_by_side(*self._networks())
        return [network, _side_by_side(*self._one_number()), _side_by_side(*self._given_arrays())]

    def arrange(self, state):
        """Offer what there is to speak of at this step, and the numbers of this network."""
        for name, offered in (
            ("entry", entries(state.quantity, state.network)), ("which", givens(state.network)),
        ):  # fmt: skip
            if self.controls[name].options != offered:
                self.controls[name].options = offered

    def draw(self):
        """Draw both networks, of which one is shown, the line, the beads and the table."""
        self.picture = StepperPicture(self.live)

    def place(self, numbers):
        """Fill in the network that is shown, and everything below it."""
        self.picture.place(numbers)

    def sentence(self, numbers):
        """Say how far the pass is, what the number is, and what the check finds."""
        kind = "Pull on" if numbers["quantity"].startswith("pull") else "Value of"
        said = f"{kind} {numbers['entry'].replace('_', ' ')}: {number(numbers['value'], 4)}"
        if numbers["measured"] is not None:
            said += f", measured {fixed(numbers['measured'], 4)}"
        slip = "" if numbers["slip"] == "none" else f" Slip: {numbers['slip']}."
        if numbers["slip"] == "sum for mean" and not numbers["two_examples"]:
            slip += " On one example sum and mean are alike; check on two."
        findings = {name: finding(numbers, name).replace("_", " ") for name in "VW"}
        found = "; ".join(f"{name} {says}" for name, says in findings.items())
        if set(findings.values()) == {"not yet"}:
            found = "not yet"
        return (
            f"Network {numbers['network']}, {numbers['activation']}, step {numbers['step']} of {LAST}. "
            f"{said}.{slip} Gradient check: {found}."
        )

    def _guess_control(self):
        guess = super()._guess_control()
        guess.observe(self._note_guess, "value")
        return guess

    def _note_guess(self, _):
        """Keep the verdict on a guess for the next step."""
        self._guessed_at = self.state.step
        self._speak()

    def _to(self, step):
        """Return the changes that lead to a step; a guess about an earlier one is forgotten."""
        if self._guess.value is not None and self._guessed_at != self.state.step:
            self._guess.value = None
        return at_step(self.state, step)

    def _afresh(self):
        self._guess.value = None
        return vars(self.start)

    def _steps(self):
        def act(name, label, tooltip, where, act=False):
            made = controls.button(label, tooltip, act)
            return self.acting(name, made, lambda state, _: self._to(where(state.step)))

        start = self.state
        reset = controls.button("Reset", "Go back to the first step and the book's numbers.")
        return [
            self.bound(
                "step",
                controls.whole_slider("step", start.step, 1, LAST, "1 to 6 forward, 7 to 11 back."),
                changes=self._to,
            ),
            controls.row(
                act("first", "First", "Go to the inputs.", lambda step: 1),
                act("back", "Back", "Take one quantity back.", lambda step: step - 1),
                act("next", "Next", "Compute the next quantity.", lambda step: step + 1, act=True),
                act("last", "Last", "Go to the pulls on V.", lambda step: LAST),
                self.acting("reset", reset, lambda state, numbers: self._afresh()),
            ),
            self.bound(
                "entry",
                controls.menu(
                    "speak of", entries(start.quantity, start.network), start.entry,
                    "Which of the numbers at this step is framed, and its line written out.",
                ),
            ),
        ]  # fmt: skip

    def _slips(self):
        start = self.state

        def plant(slip):
            return {"slip": slip} | ({} if slip == "none" else {"table": "check"})

        return [
            self.bound(
                "slip",
                controls.menu("slip", tuple(SLIPS), start.slip, "Plant one slip in the way back."),
                changes=plant,
            ),
            self.bound(
                "table",
                controls.choice(
                    "table", TABLES, start.table, "The pulls on the weights, or derived minus measured."
                ),
            ),
            self.bound(
                "two_examples",
                controls.switch(
                    "check on two examples", start.two_examples,
                    "The check takes a second example: a batch of one cannot tell sum from mean.",
                ),
            ),
        ]  # fmt: skip

    def _networks(self):
        start = self.state
        return [
            self.bound(
                "network",
                controls.choice("network", tuple(NETWORKS), start.network, "Inputs, hidden units, classes."),
                changes=lambda network: in_network(self.state, network),
            ),
            self.bound(
                "activation",
                controls.choice(
                    "sigma", tuple(ACTIVATIONS), start.activation, "The function of the hidden units."
                ),
            ),
        ]

    def _one_number(self):
        start = self.state
        return [
            self.bound(
                "which",
                controls.menu("move", givens(start.network), start.which, "Which number the slider moves."),
            ),
            self.bound(
                "value",
                controls.slider("its value", start.value, -REACH, REACH, 0.05, "Move an input or a weight."),
                changes=lambda value: with_value(self.state, value),
            ),
        ]

    def _given_arrays(self):
        start = self.state
        tooltips = {
            "x": "The inputs",
            "r": "The targets, which add up to 1",
            "V": "The hidden weights, row by row, bias first",
            "W": "The output weights, row by row, bias first",
        }
        return [
            self.bound(
                name,
                controls.field(name, written(getattr(start, name)), f"{tooltip}; Enter takes them."),
                changes=lambda text, name=name: {name: read(name, text)},
                shows=lambda state, name=name: written(getattr(state, name)),
            )
            for name, tooltip in tooltips.items()
        ]


def _side_by_side(*widgets):
    """Return widgets that share a row evenly where each has room."""
    for widget in widgets:
        widget.layout.flex, widget.layout.margin = "1 1 200px", "2px 14px 2px 0"
    return controls.row(*widgets)


def written(given):
    """Return given numbers as a field shows them: "2, −1"; rows of a matrix with a semicolon between."""
    if given and isinstance(given[0], tuple):
        return "; ".join(map(written, given))
    return ", ".join(repr(value).removesuffix(".0").replace("-", MINUS) for value in given)


def read(name, text):
    """Return the numbers that a field says; ValueError where it says something else."""
    rows = [row.replace(",", " ").split() for row in text.replace(MINUS, "-").split(";")]
    try:
        numbers = tuple(tuple(float(word) for word in row) for row in rows if row)
    except ValueError:
        raise ValueError(
            f"{name}: got {text!r}; expected numbers with commas between them, and rows with semicolons"
        ) from None
    return numbers if name in ("V", "W") else sum(numbers, ())

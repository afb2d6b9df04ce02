"""Backprop stepper (chapter 05): one pass forward and back, a quantity at a time, with slips to plant."""

from ...pictures.ground.numbers import MINUS, fixed, number
from ..ground import controls
from ..ground.explorer import Explorer
from ..ground.fields import changed
from .numbers import (
    BOOKS,
    NETWORKS,
    QUANTITIES,
    StepperState,
    at_step,
    in_network,
    numbers_of,
    with_value,
)
from .picture import HEIGHT, StepperPicture, finding

SLIDER_REACH = 4.0  # to either side of 0; a field goes further
LAST = len(QUANTITIES)
GIVEN = {
    "x": "The inputs",
    "r": "The targets, which add up to 1",
    "V": "The hidden weights, row by row, bias first",
    "W": "The output weights, row by row, bias first",
}


class BackpropStepper(Explorer):
    """Step through one pass forward and back, move any number in it, and plant slips.

    Parameters
    ----------
    network : str
        "2-3-2", the example of chapters 00, 04 and 05, or "2-4-3".

    Raises
    ------
    ValueError
        There is no such network.

    Examples
    --------
    >>> stepper = BackpropStepper()
    >>> stepper.controls["last"].click()
    >>> stepper.values()["entry"], round(stepper.values()["value"], 4)
    ('v_11', -1.2248)
    """

    question = "Guess, then press Next: will the next framed number be positive or negative?"
    guesses = ("positive", "negative", "zero")
    message = "Backwards: down the columns, then through the gate"
    say = "pull at the head times signal at the tail; backwards is down the columns, then through the gate."
    beside = (
        ' By hand: <a href="../figures/worksheet.pdf" target="_blank" '
        'title="The same numbers by pencil, a PDF">the worksheet</a>.'
    )
    height = HEIGHT
    main_control = "value"

    def __init__(self, network: str = BOOKS):
        self._guessed_at = None
        start = StepperState()
        known = network in NETWORKS  # the table refuses what is not
        super().__init__(changed(start, in_network(start, network) if known else {"network": network}))

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
        """Make the steps, what is spoken of, the slips and the table; then what the pass is given."""
        plant = self.bound(
            "slip", changes=lambda slip: {"slip": slip} | ({} if slip == "none" else {"table": "check"})
        )
        network = self.bound("network", changes=lambda network: in_network(self.state, network))
        slider = controls.slider(
            "its value", self.state.value, -SLIDER_REACH, SLIDER_REACH, 0.05, "Move an input or a weight."
        )
        return [
            self.bound("step", changes=self._to),
            self._buttons(),
            self.bound("entry"),
            plant,
            self.bound("table"),
            self.bound("two_examples"),
            network,
            self.bound("activation"),
            self.bound("which"),
            self.bound("value", slider, changes=lambda value: with_value(self.state, value)),
            *(self._typed(name, tooltip) for name, tooltip in GIVEN.items()),
        ]

    def opened_cold(self):
        """Show a page that cannot be moved where the pass ends, not where it begins."""
        return (changed(self.state, at_step(self.state, LAST)) if self.state == self.start else self.state,)

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

    def guessed(self):
        """Keep the verdict on a guess for the next step."""
        self._guessed_at = self.state.step
        super().guessed()

    def _to(self, step):
        """Return the changes that lead to a step; a guess about an earlier one is forgotten."""
        if self._guess.value is not None and self._guessed_at != self.state.step:
            self._guess.value = None
        return at_step(self.state, step)

    def _afresh(self):
        self._guess.value = None
        return vars(self.start)

    def _buttons(self):
        def going(name, label, tooltip, where, act=False):
            made = controls.button(label, tooltip, act)
            return self.acting(name, made, lambda state, _: self._to(where(state.step)))

        reset = controls.button("Reset", "Go back to the first step and the book's numbers.")
        return controls.row(
            going("first", "First", "Go to the inputs.", lambda step: 1),
            going("back", "Back", "Take one quantity back.", lambda step: step - 1),
            going("next", "Next", "Compute the next quantity.", lambda step: step + 1, act=True),
            going("last", "Last", "Go to the pulls on V.", lambda step: LAST),
            self.acting("reset", reset, lambda state, numbers: self._afresh()),
        )

    def _typed(self, name, tooltip):
        """Make a field in which a given array is typed."""
        field = controls.field(name, written(getattr(self.state, name)), f"{tooltip}; Enter takes them.")
        return self.bound(
            name,
            field,
            changes=lambda text: {name: typed(name, text)},
            shows=lambda state: written(getattr(state, name)),
        )


def written(given):
    """Return given numbers as a field shows them: "2, −1"; rows of a matrix with a semicolon between."""
    if given and isinstance(given[0], tuple):
        return "; ".join(map(written, given))
    return ", ".join(repr(value).removesuffix(".0").replace("-", MINUS) for value in given)


def typed(name, text):
    """Return the numbers that a field says; ValueError where it says something else."""
    rows = [row.replace(",", " ").split() for row in text.replace(MINUS, "-").split(";")]
    try:
        numbers = tuple(tuple(float(word) for word in row) for row in rows if row)
    except ValueError:
        raise ValueError(
            f"{name}: got {text!r}; expected numbers with commas between them, and rows with semicolons"
        ) from None
    return numbers if name in ("V", "W") else sum(numbers, ())

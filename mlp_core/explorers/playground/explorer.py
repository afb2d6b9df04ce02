"""Playground (chapter 06): a small network learns points of a plane while you watch and change it."""

import math
import time
from typing import Any

from ... import values
from ...pictures.ground.numbers import counted, fixed, magnitude, percent
from ..ground import controls
from ..ground.explorer import Explorer
from ..ground.fields import changed
from ..ground.turns import in_turn
from .frame_loop import FrameLoop
from .numbers import FRAME, RESTART, UNTRAINED, Learner, PlaygroundState, numbers_of
from .picture import HEIGHT, PlaygroundPicture

LEARNED = 1000  # steps: after so many a page that cannot run shows the network
SPEECH = 0.5  # seconds between two sentences while it runs


class Playground(Explorer):
    """Choose points and a network, run, and change a setting while it learns.

    Examples
    --------
    >>> playground = Playground()
    >>> playground.set(data="moons", learning_rate=0.1)
    >>> playground.advance(100)
    >>> playground.values()["step"], playground.values()["accuracy"] > 0.9
    (100, True)
    """

    question = "The points called xor: how few hidden units are enough to tell the classes apart?"
    guesses = ("0", "1", "2", "3")
    message = "A hidden unit draws a line; the output mixes them"
    say = "a unit draws a line; the output mixes them."
    height = HEIGHT
    main_control = "step"

    def __init__(self):
        self._learner = Learner()
        self._loop = FrameLoop(self._frame, self._paused)
        self._spoken = -math.inf
        super().__init__(PlaygroundState())

    def numbers(self, state):
        """Return E, accuracy, V, W, all weights, the pull on V, the regions' z, and what was."""
        return numbers_of(state)

    def answer(self, numbers):
        """One line cannot part xor; a strip between two can. The question asks about no other points."""
        return "2" if numbers["data"] == "xor" else None

    def opened_cold(self):
        """Show a page that cannot run both ends of the learning, while nothing is learned yet."""
        if self.state.step > 0:
            return (self.state,)
        learned = Learner().after(self.state, LEARNED)
        return self.state, changed(self.state, learned)

    # Learning

    @property
    def running(self) -> bool:
        """Whether it learns by itself now."""
        return self._loop.running

    @in_turn
    def run(self) -> None:
        """Learn, 10 steps a frame, until `pause`; RuntimeError without a notebook's event loop."""
        self._loop.start()
        self._spoken = -math.inf
        self._speak()

    @in_turn
    def pause(self) -> None:
        """Stop learning; what is learned stays."""
        self._loop.stop()

    def status(self) -> str:
        """Say whether it learns by itself."""
        return "Running" if self.running else "Paused"

    def advance(self, steps: int = 1) -> None:
        """Take so many steps at once, and show where they lead."""
        steps = values.whole_number("steps", steps, least=1)
        self._ask(lambda: self._learner.after(self.state, steps))

    def set(self, **changes: Any) -> None:
        """Change the state; another data set, shape, activation or start begins with a new network."""
        if RESTART & changes.keys() and "mlp" not in changes:
            changes = {**changes, **UNTRAINED}
        super().set(**changes)

    def reset(self) -> None:
        """Pause, and go back to the start."""
        self.pause()
        super().reset()

    def close(self) -> None:
        """End the task, and close every widget."""
        self.pause()
        super().close()

    @in_turn
    def _frame(self):
        """Learn a little and draw; no other frame follows a refusal, or a pause that another thread made."""
        if not self.running:
            return False
        before, self._by_itself = self.state, True
        try:
            self.advance(FRAME)
        finally:
            self._by_itself = False
        return self.state is not before

    def _paused(self, error):
        if error is not None:
            self._refuse(f"{type(error).__name__}: {error}")
        self._speak()

    # What is seen

    def make_controls(self):
        """Make the controls of the data, the network and the steps, and the buttons."""
        settings = (
            "data", "depth", "width", "activation", "seed", "learning_rate", "batch_size", "momentum",
        )  # fmt: skip
        return [*map(self.bound, settings), self._buttons()]

    def _buttons(self):
        run = controls.button("Run", "Learn, 10 steps a frame, until you pause.", act=True)
        pause = controls.button("Pause", "Stop; what is learned stays.")
        step = controls.button("Step", "Learn from one batch.")
        again = controls.button("Restart", "Forget what is learned; the settings stay.")
        reset = controls.button("Reset", "Pause, and go back to the first settings.")
        for name, button, act in (
            ("run", run, self._run_or_say_why_not),
            ("pause", pause, self.pause),
            ("step", step, self.advance),
            ("restart", again, lambda: self.set(**UNTRAINED)),
            ("reset", reset, self.reset),
        ):
            self.controls[name] = button
            button.on_click(lambda _, act=act: act())
        return controls.row(run, pause, step, again, reset)

    def _run_or_say_why_not(self):
        try:
            self.run()
        except RuntimeError as refusal:
            self._refuse(refusal)

    def draw(self):
        """Draw field, points, lines, arrows and curves."""
        self.picture = PlaygroundPicture(self.live)

    def place(self, numbers):
        """Put them where the numbers say."""
        self.picture.place(numbers)

    def sentence(self, numbers):
        """Say what is learned with what, and how well."""
        E = numbers["E"]
        return (
            f"Decision regions over {numbers['data']}, {_described(self.state)}. "
            f"After {numbers['step']:,} steps E is {fixed(E, 4) if E < 1000 else magnitude(E)}, "
            f"and {percent(numbers['accuracy'])} of the points are right."
        )

    def _speak(self):
        # A sentence a frame is more than anyone reads, and the browser lays the page out for each.
        if self.running and time.monotonic() - self._spoken < SPEECH:
            return
        self._spoken = time.monotonic()
        super()._speak()


def _described(state):
    """Return the network in words."""
    if state.depth == 0:
        return "no hidden layer"
    return f"{counted(state.depth, 'hidden layer')} of {counted(state.width, f'{state.activation} unit')}"

"""Playground (chapter 05): a small network learns points of a plane while you watch and change it."""

import math
import time

from ... import checks
from ...formulas.activations import ACTIVATIONS
from ...pictures.ground.numbers import counted, fixed, magnitude, percent
from ...toys import TOYS
from ..ground import controls
from ..ground.explorer import Explorer
from .frame_loop import FrameLoop
from .numbers import DEEPEST, FRAME, POINTS, RESTART, UNTRAINED, WIDEST, Learner, PlaygroundState, numbers_of
from .picture import HEIGHT, PlaygroundPicture

SPEECH = 0.5  # seconds between two sentences while it runs


class Playground(Explorer):
    """Choose points and a network, run, and change a setting while it learns."""

    question = "Choose the points called xor. How few hidden units are enough to tell the classes apart?"
    guesses = ("0", "1", "2", "3")
    message = "A hidden unit draws a line; the output mixes them"
    say = "a unit draws a line; the output mixes them."
    height = HEIGHT

    def __init__(self):
        self._learner = Learner()
        self._loop = FrameLoop(self._frame, self._paused)
        self._spoken = -math.inf
        super().__init__(PlaygroundState())

    def numbers(self, state):
        """Return E, accuracy, V, W, all weights, the pull on V, the regions' z, and what was."""
        return numbers_of(state)

    def answer(self, numbers):
        """One line cannot part xor; a strip between two can."""
        return "2"

    # Learning

    @property
    def running(self):
        """Whether it learns by itself now."""
        return self._loop.running

    def run(self):
        """Learn, 10 steps a frame, until `pause`; RuntimeError without a notebook's event loop."""
        self._loop.start()
        self._spoken = -math.inf
        self._speak()

    def pause(self):
        """Stop learning; what is learned stays."""
        self._loop.stop()

    def advance(self, steps=1):
        """Take so many steps at once, and show where they lead."""
        steps = checks.whole_number("steps", steps, least=1)
        self._ask(lambda: self._learner.after(self.state, steps))

    def set(self, **changes):
        """Change the state; another data set, shape, activation or start begins with a new network."""
        if RESTART & changes.keys() and "mlp" not in changes:
            changes = {**changes, **UNTRAINED}
        super().set(**changes)

    def reset(self):
        """Pause, and go back to the start."""
        self.pause()
        super().reset()

    def close(self):
        """End the task, and close every widget."""
        self.pause()
        super().close()

    def _frame(self):
        """Learn a little and draw; no other frame follows a refusal."""
        before = self.state.step
        self.advance(FRAME)
        return self.state.step > before

    def _paused(self, error):
        if error is not None:
            self._refuse(f"{type(error).__name__}: {error}")
        self._speak()

    # What is seen

    def make_controls(self):
        """Make the controls of the data, the network and the steps, and the buttons."""
        return [*self._network_controls(), *self._step_controls(), self._buttons()]

    def _network_controls(self):
        start = self.state
        return [
            self.bound("data", controls.menu("points", list(TOYS), start.data, "Which points are learned.")),
            self.bound(
                "depth",
                controls.whole_slider("hidden layers", start.depth, 0, DEEPEST, "0: straight to the output."),
            ),
            self.bound(
                "width",
                controls.whole_slider("units in each", start.width, 1, WIDEST, "How wide a hidden layer is."),
            ),
            self.bound(
                "activation",
                controls.choice(
                    "activation", list(ACTIVATIONS), start.activation, "The hidden units' sigma."
                ),
            ),
            self.bound(
                "seed",
                controls.whole_slider("random start", start.seed, 0, 9, "Which weights it begins with."),
            ),
        ]

    def _step_controls(self):
        start = self.state
        batches = [("1", 1), ("4", 4), ("16", 16), ("64", 64), ("all", POINTS)]
        return [
            self.bound(
                "learning_rate",
                controls.slider(
                    "learning rate", start.learning_rate, 0.01, 1.0, 0.01, "How long a step is; at once."
                ),
            ),
            self.bound(
                "batch_size",
                controls.choice("batch", batches, start.batch_size, "How many points a step sees; at once."),
            ),
            self.bound(
                "momentum",
                controls.slider(
                    "momentum", start.momentum, 0.0, 0.99, 0.01, "How much of the velocity stays; at once."
                ),
            ),
        ]

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
        state = "Running" if self.running else "Paused"
        self._said.value = f"<b>{state}.</b> {self._said.value}"


def _described(state):
    """Return the network in words."""
    if state.depth == 0:
        return "no hidden layer"
    return f"{counted(state.depth, 'hidden layer')} of {counted(state.width, f'{state.activation} unit')}"

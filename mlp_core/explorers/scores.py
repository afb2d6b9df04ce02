"""The score of a game of guesses: what was chosen first, line by line."""

from dataclasses import dataclass

import ipywidgets

from .ground import controls
from .ground.rerun import close_those_of_an_earlier_run

MARKS = {None: "·", True: "✓", False: "✗"}


def score() -> "Score":
    """Return a board that counts first choices: `guess(..., score=board["S2"])`, and at the end `board`.

    It knows what was chosen since its own cell ran, and nothing else: Run All begins at nothing.

    Examples
    --------
    >>> from mlp_core.explorers import guess, score
    >>> board = score()
    >>> asked = guess("Is 2 even?", {"yes": "It is.", "no": "Halve it."}, "yes", score=board["two"])
    >>> board
    Nothing is judged yet, of 1.
    >>> asked.choose("yes")
    >>> board
    Verdicts: 1 of 1 right.
    two ✓
    """
    return Score()


class Score:
    """What `score` returns."""

    def __init__(self):
        self.told: dict[str, list] = {}  # by name, for each question: None, or whether it was right
        self.box = controls.text("", "mlp-score")
        close_those_of_an_earlier_run(self)

    def __getitem__(self, name: str) -> "Counted":
        return Counted(self, name)

    def show(self) -> None:
        """Write the board anew."""
        self.box.value = "<br>".join(repr(self).splitlines())

    def close(self) -> None:
        """Close its widgets."""
        for widget in controls.all_widgets(self.box):
            widget.close()

    def _sentence(self, place, what):
        asked = [each[place] for each in self.told.values() if len(each) > place]
        judged = [each for each in asked if each is not None]
        if not judged:
            return ""
        left = len(asked) - len(judged)
        rest = f", and {left} not judged" if left and place == 0 else ""
        return f"{what}: {sum(judged)} of {len(judged)} right{rest}. "

    def __repr__(self):
        said = self._sentence(0, "Verdicts") + self._sentence(1, "Where and why")
        if not said:
            return f"Nothing is judged yet, of {len(self.told)}."
        marks = (f"{name} {''.join(MARKS[each] for each in told)}" for name, told in self.told.items())
        return f"{said.rstrip()}\n{' | '.join(marks)}"

    def _repr_mimebundle_(self, **_):
        view = ipywidgets.widgets.widget.Widget._repr_mimebundle_(self.box)
        return {**view, "text/markdown": repr(self).replace("\n", "\n\n"), "text/plain": repr(self)}


@dataclass(frozen=True)
class Counted:
    """A name on a board: where a guess tells what was chosen first."""

    board: Score
    name: str

    def begin(self, questions: int) -> None:
        """Forget what was told under the name, and await so many answers."""
        self.board.told[self.name] = [None] * questions
        self.board.show()

    def tell(self, place: int, right: bool) -> None:
        """Note whether the first choice at a question, counted from 0, was right."""
        self.board.told[self.name][place] = right
        self.board.show()

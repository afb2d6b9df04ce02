"""A judge of a table of letters: what another book writes, and what that is in this one."""

from collections.abc import Callable, Mapping

from .exercise import Exercise
from .feedback import Feedback
from .judging import UNTRIED

NO_TABLE = r'A table is a dictionary of their letter to ours: `{{"{}": r"{}"}}`.'
MISSING = "`{}` is not in the table yet, and would be read as the book's own."
NOT_ASKED = "`{}` is not what it stands for here: leave it out."


def judge_letters(
    wanted: Mapping[str, str], says: Mapping[str, str]
) -> Callable[[Exercise, tuple, int], Feedback]:
    r"""Return a judge of a reader's table of letters, as `check_derivation` takes it for its notation.

    Other letters may stand in it, if they mean in the other book what they mean in this one.

    Parameters
    ----------
    wanted : mapping
        A letter of the other book -> this book's letter for the same.
    says : mapping
        What is said where a letter is missing or taken for another, which does not say what it is.
    """

    def judge(exercise, answers, attempt):
        from ..equations.spelling.notations.own import NODE_OF, own_table

        if len(answers) != 1 or answers[0] in (None, ..., "", "...", {}):
            return Feedback(exercise.number, "unattempted", UNTRIED)
        given = answers[0]
        if not isinstance(given, Mapping) or not all(isinstance(x, str) for x in (*given, *given.values())):
            return Feedback(exercise.number, "unread", NO_TABLE.format(*next(iter(wanted.items()))))
        try:
            rows, right = own_table(given).rows, own_table(wanted).rows
        except ValueError as error:
            return Feedback(exercise.number, "unread", f"{error}.")
        for letter, key in zip(wanted, right, strict=True):
            if rows.get(key) != right[key]:
                missing = "" if key in rows else MISSING.format(letter) + " "
                return Feedback(exercise.number, "wrong", missing + says[letter], (letter,))
        for key in rows:
            if key not in right and NODE_OF.get(key[:2]) != rows[key].quantity:
                return Feedback(exercise.number, "wrong", NOT_ASKED.format(key[0]), (key[0],))
        return Feedback(exercise.number, "right", exercise.notice)

    return judge

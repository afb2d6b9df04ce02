"""A judge of a table of letters: what another book writes, and what that is in this one."""

import re
from collections.abc import Callable, Mapping

from .exercise import Exercise
from .feedback import Feedback
from .judging import UNTRIED

NO_TABLE = r'A table is a dictionary of their letter to ours: `{{"{}": r"{}"}}`.'
MISSING = "`{}` is not in the table yet"
KEPT = ", and would be read as the book's own `{}`, {}"
TAKEN = "You have made it `{}`{}."
NOT_ASKED = "`{}` is not what it stands for here: leave it out."
NO_INDEX = 'A letter stands there without its index: `"{}": r"{}"`.'
THEIRS_FIRST = 'Theirs comes first, and ours behind the colon: `"{}": r"{}"`.'
INDEX = re.compile(r"_(?:\{[^{}]*\}|\w)")
OURS = {  # what a letter of the book is, by its name in the code
    "x": "an input",
    "V": "a hidden weight",
    "y_hat": "what a hidden unit has added up",
    "y": "what a hidden unit says",
    "W": "an output weight",
    "z_hat": "a logit",
    "z": "a probability",
    "r": "a target",
    "E": "how wrong the network is",
}


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
        What a letter is in the other book, which does not say what it is here.
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
            return Feedback(exercise.number, "unread", _not_so(given) or f"{error}.")
        for letter, key in zip(wanted, right, strict=True):
            if rows.get(key) != right[key]:
                taken = _taken_for(letter, key, given)
                return Feedback(exercise.number, "wrong", f"{taken} {says[letter]}", (letter,))
        for key in rows:
            if key not in right and NODE_OF.get(key[:2]) != rows[key].quantity:
                return Feedback(exercise.number, "wrong", NOT_ASKED.format(key[0]), (key[0],))
        return Feedback(exercise.number, "right", exercise.notice)

    return judge


def _not_so(given):
    """Return how a table is written whose letters bear an index or stand the wrong way round, else ""."""
    from ..equations.spelling.notations.own import own_table

    bare = {INDEX.sub("", theirs): INDEX.sub("", ours) for theirs, ours in given.items()}
    turned = {ours: theirs for theirs, ours in bare.items()}
    for table, said in ((bare, NO_INDEX), (turned, THEIRS_FIRST)):
        try:
            own_table(table)
        except ValueError:
            continue
        return said.format(*next(iter(table.items())))
    return ""


def _taken_for(letter, key, given):
    """Return as what a letter of the other book is read by a reader's table, in which it is wrong."""
    from ..equations.spelling.notations.own import NODE_OF, own_table

    for theirs, ours in given.items():
        ((its_key, meaning),) = own_table({theirs: ours}).rows.items()
        if its_key == key:
            what = OURS.get(meaning.quantity)
            return TAKEN.format(ours, f", {what}" if what else "")
    own = NODE_OF.get(key[:2])
    return MISSING.format(letter) + (KEPT.format(letter, OURS[own]) if own in OURS else "") + "."

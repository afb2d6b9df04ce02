"""What is set in rows: cases, and columns and rows in brackets."""

from ..language import tree
from .conditions import LEADING, read_condition
from .indices import other_than
from .listed import listed
from .reader import text_of, whole
from .sums import read_sum

SIGNS_OF = (">", "\\ge", "<", "\\le")
CONDITIONS = ("=", "\\ne", ">", "<", "\\ge", "\\le")
OTHERWISE = ("otherwise", "else", "otherwise.", "elsewhere")


def _rows(r):
    """Return the rows of an environment, each a list of cells, each a list of tokens; step behind its end."""
    start = r.position()
    opening = r.take().text
    name = opening.split("{")[1].strip("} ")
    if name == "array" and r.peek() == "{":
        r.bracketed()
    rows, depth = [[[]]], 0
    while True:
        token = r.take() or r.refuse(f"{opening} is not closed", start)
        depth += token.text.startswith("\\begin") - token.text.startswith("\\end")
        if depth < 0:
            break
        if depth == 0 and token.text in ("\\\\", "\\newline", "\\cr"):
            rows.append([[]])
        elif depth == 0 and token.text == "&":
            rows[-1].append([])
        else:
            rows[-1][-1].append(token)
    return [row for row in rows if any(row)]


def read_cases(r):
    """Return cases of t; cases of i = j and i \\ne j are a sum with Kronecker's delta, which is the same."""
    start = r.position()
    values, conditions = [], []
    for row in _rows(r):
        cells = [_without_if(cell) for cell in row if cell and text_of(cell) != "if"]
        value, *behind = (r.inside(cell) for cell in cells)
        values.append(read_sum(value))
        if behind:
            value.skip(",", ";")
            value.finished() or value.refuse()
        conditions.append(_case(behind[0] if behind else value))
    if any(isinstance(condition, tuple) for condition in conditions):
        return _of_signs(r, values, conditions, start)
    _complete(r, conditions, start)
    if any(condition.kind in ("same", "distinct") for condition in conditions):
        return _of_indices(r, values, conditions, start)
    return r.placed(tree.Cases(tuple(values), tuple(conditions)), start)


def _of_signs(r, values, conditions, start):
    """Return what cases of the sign of an expression are: with ReLU', which is 1 where it is positive."""
    of = [condition for condition in conditions if condition]
    positive = [condition[1] if condition else not of[0][1] for condition in conditions]
    if len(conditions) != 2 or len({one[0] for one in of}) != 1 or positive[0] == positive[1]:
        r.refuse("cases of a sign are two of one expression: write a > 0 and a \\le 0", start)
    step = tree.Apply("ReLU", (of[0][0],), primed=True, span=(start, start))
    terms = [
        tree.Product((step if is_positive else other_than(step), value), span=value.span)
        for is_positive, value in zip(positive, values, strict=True)
    ]
    return r.placed(tree.Sum(tuple(terms)), start)


def _without_if(cell):
    """Return the tokens of a cell without the bare word `if` at their head."""
    is_if = [token.text for token in cell[:2]] == ["i", "f"] and cell[0].end == cell[1].start
    return cell[2:] if is_if else cell


def _case(part):
    """Return the condition of a row, or None for `otherwise`."""
    part.skip(",", ";", "\\quad", "\\qquad")
    if part.is_word() and part.peek().lower().split()[:1] and part.peek().lower().split()[0] in OTHERWISE:
        part.use("otherwise")
        part.take()
        part.skip(",", ".", ";")
        return None if part.finished() else part.refuse()
    condition = _sign(part) or read_condition(part)
    part.skip(",", ".", ";")
    return condition if part.finished() else part.refuse()


def _sign(part):
    """Return (a, whether a > 0) for a case that says the sign of more than one letter, or None."""
    while part.is_word() and LEADING.fullmatch(part.peek() + " "):
        part.take()
    rest = part.tokens[part.place :]
    place = next((k for k, token in enumerate(rest) if token.text in SIGNS_OF), None)
    if not place or place == 1 or [t.text for t in rest[place + 1 :] if t.text not in ",.;"] != ["0"]:
        return None
    of = part.inside(rest[:place])
    node = read_sum(of)
    part.place += place + 2
    part.use("sign of an expression")
    return (node, rest[place].text in (">", "\\ge")) if of.finished() else of.refuse()


def _complete(r, conditions, start):
    """Put in what `otherwise` means beside the one other case."""
    if None not in conditions:
        return
    opposite = {"same": "distinct", "positive": "not positive", "negative": "not negative"}
    opposite |= {other: kind for kind, other in opposite.items()}
    others = [condition for condition in conditions if condition]
    if len(conditions) != 2 or len(others) != 1 or others[0].kind not in opposite:
        r.refuse("otherwise than what? write the condition: i \\ne j, or t \\le 0", start)
    conditions[conditions.index(None)] = tree.Condition(opposite[others[0].kind], others[0].of)


def _of_indices(r, values, conditions, start):
    kinds = sorted(condition.kind for condition in conditions)
    if kinds != ["distinct", "same"] or set(conditions[0].of) != set(conditions[1].of):
        r.refuse("cases of indices are two, i = j and i \\ne j", start)
    r.use("cases of indices")
    same = tree.Kronecker(conditions[0].of, span=(start, start))
    terms = [
        tree.Product((same if condition.kind == "same" else other_than(same), value), span=value.span)
        for value, condition in zip(values, conditions, strict=True)
    ]
    return r.placed(tree.Sum(tuple(terms)), start)


def read_matrix(r):
    """Return a column or a row that is put together of two, or a column of printed numbers."""
    start, is_round = r.position(), "{pmatrix}" in r.peek().replace(" ", "")
    if _holds_conditions(r):
        r.use("cases without their name")
        return read_cases(r)
    rows = _rows(r)
    if any(_is_dots(cell) for row in rows for cell in row):
        return _written_out(r, rows, start)
    cells = [[r.inside(cell) for cell in row] for row in rows]
    shape = len(cells), max(map(len, cells), default=0)
    if shape not in ((2, 1), (1, 2)) and (shape[1] != 1 or shape[0] < 2):
        r.refuse(
            "two columns, two rows or a column of numbers are read: write one entry, with indices",
            start,
        )
    nodes = []
    for part in (cell for row in cells for cell in row):
        nodes.append(read_sum(part))
        if not part.finished():
            part.refuse()
    if not (is_round and shape == (2, 1)):
        r.use("matrix")
    if shape == (1, 2):
        return r.placed(tree.Beside(*nodes), start)
    if all(_is_printed(node) for node in nodes):
        return r.placed(tree.Tuple(tuple(nodes)), start)
    if shape != (2, 1):
        r.refuse("a column that is written out holds numbers: write \\mathbf z for the letters", start)
    return r.placed(tree.Stacked(*nodes), start)


def _is_dots(cell):
    return text_of(cell) in ("\\vdots", "\\ddots", "\\dots", "...", "…")


def _written_out(r, rows, start):
    """Return a column or a matrix that is written out with dots, by what its entries have in common."""
    read = []
    for row in rows:
        parts = [None if _is_dots(cell) or not cell else r.inside(cell) for cell in row]
        read.append([part and whole(part, read_sum) for part in parts])
    found = listed(read)
    if found is None:
        how = "write the line for one entry, with indices: z_i = …"
        r.refuse(f"the entries before and behind the dots are not alike: {how}", start)
    r.use("written out with dots")
    return r.placed(found, start)


def _holds_conditions(r):
    """Return whether every row of the environment that begins here ends with a condition."""
    ahead = r.inside(r.tokens[r.place :])
    rows = [row for row in _rows(ahead) if len(row) > 1]
    return bool(rows) and all(any(token.text in CONDITIONS for token in row[-1]) for row in rows)


def _is_printed(node):
    return isinstance(node.body if isinstance(node, tree.Negative) else node, tree.Number)

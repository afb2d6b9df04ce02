"""What a chapter says otherwise on paper: where a screen would be pressed, folded or run."""

import ast
import re

from ..parts import Code, Part, Picture

OURS = re.compile(
    r"<details>\s*<summary>(Our (?:line|lines|step)|The loop in the package)</summary>(.*?)</details>", re.S
)
WRITTEN = re.compile(r"`([^`]*[∂Σ][^`]*)`")  # a formula in code, which nobody is to run
SIGNS = {"∂": r"\partial ", "Σ": r"\sum", "ẑ": r"\hat z", "ŷ": r"\hat y", "·": r"\cdot ", "δ": r"\delta "}
SIGNS |= {"σ": r"\sigma ", "−": "-", "′": "'"}
TABLE = re.compile(r"(?:^\|.*\n)+", re.M)
MANY, FEW = 60, 12  # lines of a table
INDICES = re.compile(r"_([a-z\d]{2,})")
# What a picture that answers to the hand is replaced by, by chapter and explorer.
EXPLORERS = {
    ("00", "DigitPad"): (
        "The pad reads what is drawn on it with a mouse or a finger. Here it holds the first of its "
        "digits, and the text says what became of the others."
    ),
    ("00", "NudgeExplorer"): (
        "Its sliders turn one weight. Turn it with the lines below instead, and compare."
    ),
    ("01", "SoftmaxExplorer"): (
        "Its sliders move the logits. Take three shares of your own, which add up to 1, and "
        "[(1.10)](#eq-1-10)."
    ),
    ("02", "OutputLayerExplorer"): (
        'Here the target is one-hot. What "sum of r" at 2 makes of it are the three rows that were '
        "printed above, with the target (0, 1, 1)."
    ),
    ("03", "OutputLayerExplorer"): (
        "It stands as nobody has touched it: look at its table for the column that is 0. A step by "
        "pencil adds to W a rate times the pull on W, as you find it in exercise "
        "[3.1](#exercise-3-1)."
    ),
    ("04", "ActivationExplorer"): (
        "Its handle moves the sum. Lay a ruler along the curve instead, at three places."
    ),
    ("05", "BackpropStepper"): (
        "Here every number has appeared. Cover the picture and take [the worksheet](#worksheet), the same "
        "weights with ReLU for the bend; say each sign before you write the number. Its solved sheet is "
        "behind it."
    ),
    ("06", "Playground"): (
        "It trains while one watches; here it stands before the first step. Choose, and turn to the "
        "[solution](#solution-6.2)."
    ),
    ("07", "DigitPad"): (
        "Its pixels are turned with a mouse or a finger. What turning them does, the cells below say "
        "in numbers."
    ),
    ("93", "ActivationExplorer"): ("Its handle moves the sum. Follow the curves by eye instead."),
}


def shortened(text: str) -> str:
    """Return Markdown whose tables of more than `MANY` rows end after a few."""

    def cut(table):
        lines = table[0].splitlines(keepends=True)
        if len(lines) <= MANY:
            return table[0]
        return "".join(lines[:FEW]) + f"\n*And {len(lines) - FEW} more, in the running book.*\n"

    return TABLE.sub(cut, text)


def is_drawing(part: Part, following: Part | None) -> bool:
    """Whether code does nothing but draw the picture that stands below it."""
    if not isinstance(part, Code) or not isinstance(following, Picture):
        return False
    return all(
        isinstance(line, ast.Expr)
        or (isinstance(line, ast.ImportFrom) and line.module == "mlp_core.explorers")
        for line in ast.parse(part.source).body
    )


def needed(found: list[Part]) -> dict[str, str]:
    """Return {cell: its lines that give names which other cells use} of the cells that are not shown."""
    lines: dict[str, str] = {}
    codes = [part for part in found if isinstance(part, Code) and not part.exercise]
    for k, part in enumerate(codes):
        if part.hidden and (kept := _kept(part.source, _used(codes[k + 1 :]))):
            lines[part.cell] = kept
    return lines


def _used(codes):
    """The names that cells which are shown read before any of them gives them."""
    used, given = set(), set()
    for part in codes:
        for line in ast.parse(part.source).body:
            read, made = _names(line)
            used |= set() if part.hidden else read - given
            given |= made
    return used


def _names(line):
    """The names that a line reads, and those that it gives; what a loop within it gives it may read."""
    names = [node for node in ast.walk(line) if isinstance(node, ast.Name)]
    made = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    aimed = [line.targets] if isinstance(line, ast.Assign) else []
    given = {
        node.id
        for targets in aimed
        for target in targets
        for node in ast.walk(target)
        if isinstance(node, ast.Name)
    }
    return {node.id for node in names if isinstance(node.ctx, ast.Load)} - (made - given), made


def _kept(source, used):
    """The statements of a cell that give these names, and those that they need."""
    kept = []
    for line in reversed(ast.parse(source).body):
        read, made = _names(line)
        if made & used:
            kept.insert(0, ast.get_source_segment(source, line))
            used = used | read
    return "\n".join(kept)


def without_latex(source: str) -> str:
    """Return a solution without the LaTeX that it gives a name to: on paper this is a formula."""
    lines = source.split("\n")
    for node in reversed(ast.parse(source).body):
        if is_latex(node):
            del lines[node.lineno - 1 : node.end_lineno]
    return "\n".join(lines).strip("\n")


def is_latex(node: ast.stmt) -> bool:
    """Whether a line gives a name to LaTeX."""
    value = node.value if isinstance(node, ast.Assign) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, str) and "\\" in value.value


def as_formulas(text: str) -> str:
    """Return Markdown in which a formula that was written as code is one."""
    return WRITTEN.sub(lambda found: f"${_latex(found[1])}$", text)


def _latex(written):
    for sign, tex in SIGNS.items():
        written = written.replace(sign, tex)
    return INDICES.sub(r"_{\1}", written)

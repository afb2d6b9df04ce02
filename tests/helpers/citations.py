"""What the package's functions compute, so that an equation that they cite can be asked whether it says that.

A quantity has its name in the code. `dE/dW` is a derivative by it, whatever its sign; `sigma'` is a slope;
`[1, y]` is the bias unit. An equation says something of what stands alone on one of its sides.
"""

import ast
import io
import re
import tokenize

from mlp_core.equations.language import tree
from mlp_core.equations.language.notation import find

# Public names first, then what else cites an equation.
COMPUTES = {
    "softmax": {"z"},
    "log_softmax": {"log z"},
    "softmax_jacobian": {"dz/dz_hat", "J"},
    "cross_entropy": {"E"},
    "output_delta": {"dE/dz_hat"},
    "prepend_one": {"[1, y]"},
    "affine": {"y_hat", "z_hat"},
    "affine_weight_gradient": {"dE/dW"},
    "affine_input_gradient": {"dE/dy", "dE/dx"},
    "Activation": {"y", "sigma'"},
    "Activation.__call__": {"y"},
    "derivative": {"sigma'", "dy/dy_hat"},
    "derivative_from_output": {"sigma'"},
    "forward": {"y_hat", "y", "z_hat", "z"},
    "layer_deltas": {"dE/dy_hat", "dE/dz_hat"},
    "negative_gradient": {"dE/dW", "dE/dV", "dE/dy_hat"},
    "input_negative_gradient": {"dE/dx"},
    "MLP.forward": {"y_hat", "y", "z_hat", "z"},
    "MLP.loss": {"E"},
    "MLP.negative_gradient": {"dE/dW", "dE/dV", "dE/dy_hat"},
    "y_hat": {"y_hat"},
    "z_hat": {"z_hat"},
    "_relu_derivative": {"sigma'"},
    "naive_softmax": {"z"},
    "probabilities.numbers.numbers_of": {"dp/dz_hat"},
    "down_the_columns": {"dE/dy"},
    "slopes_before": {"dy/dy_hat", "sigma'"},
    "pulls": {"dE/dz_hat", "dE/dW", "dE/dy", "dE/dy_hat"},
    "logit_slope": {"dz_hat/dx"},
    "stepper.line.formula": {"dE/dy"},  # an example in its docstring
    "slips.normal_form": {"dz_hat/dW", "dy/dy_hat", "dy/dV"},  # its table DELTAS
}

CITED = re.compile(
    r"\bequations?\s+(\d+\.\d+(?:\s+to\s+\d+\.\d+)?(?:\s*(?:,|and|or)\s*(?:and\s+)?\d+\.\d+(?:\s+to\s+\d+\.\d+)?)*)"
)
IN_BRACKETS = re.compile(r"\((\d+\.\d+)\)(?:\s+to\s+\((\d+\.\d+)\))?")
NAME = re.compile(r"`([A-Za-z_][\w.]*)[^`]*`")


def between(first, last):
    """Return the numbers from the first to the last, of one chapter."""
    chapter, low = first.split(".")
    return [f"{chapter}.{n}" for n in range(int(low), int((last or first).split(".")[1]) + 1)]


def named(text):
    """Return the numbers of `equation 1.4`, `equations 1.4, 1.6 and 2.1`, `equations 0.1 to 0.6`."""
    ranges = re.compile(r"(\d+\.\d+)(?:\s+to\s+(\d+\.\d+))?")
    return [n for found in CITED.findall(text) for pair in ranges.findall(found) for n in between(*pair)]


# What an equation says something of


def says(equation):
    """Return the names of what stands alone on a side of a tree, and of the bias unit where it stands."""
    found = {name for side in equation.sides if (name := _name(side))}
    for node in (node for side in equation.sides for node in side.walk()):
        if isinstance(node, tree.Beside | tree.Stacked) or 0 in getattr(node, "indices", ()):
            found.add("[1, y]")
    return found


def _name(node):
    if isinstance(node, tree.Negative):
        return _name(node.body)
    if isinstance(node, tree.Symbol):
        row = find(node)
        return {"X": "x", "Y": "y", "Z": "z", "Y_hat": "y_hat", "Z_hat": "z_hat"}.get(
            row and row.node, row.node if row else node.letter
        )
    if isinstance(node, tree.Partial) and isinstance(node.top, tree.Symbol):
        return f"d{_name(node.top)}/d{_name(node.bottom)}"
    if isinstance(node, tree.Gradient):
        return f"dE/d{_name(node.of)}"
    if isinstance(node, tree.Apply) and node.primed:
        return "sigma'"
    if isinstance(node, tree.Apply) and node.function == "log" and _name(node.arguments[0]):
        return f"log {_name(node.arguments[0])}"
    return None


# Who cites


def of_code(source, module):
    """Yield (name, number, line) of every citation in a docstring or a comment of a module."""
    parsed = ast.parse(source)
    owners = [(module, 1, 10**6)]
    _collect(parsed, "", owners)
    places = {}
    for node in ast.walk(parsed):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            places[node.body[0].lineno] = ast.get_docstring(node)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            places[token.start[0]] = token.string
    for line, text in places.items():
        inside = [name for name, first, last in owners if first <= line <= last]
        yield from ((inside[-1], number, line) for number in named(text))


def _collect(node, prefix, owners):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | ast.FunctionDef):
            owners.append((prefix + child.name, child.lineno, child.end_lineno))
            _collect(child, f"{prefix}{child.name}.", owners)


def of_prose(text):
    """Yield (names, number) of every sentence that holds a name of the table and a number in brackets."""
    for sentence in re.split(r"(?<=[.!?:])\s+|\n\s*\n|\n\s*[-|>]\s", text):
        names = [name for found in NAME.findall(sentence) if (name := in_table(found))]
        if names:
            for pair in IN_BRACKETS.findall(sentence):
                yield from ((names, number) for number in between(*pair))


def in_table(name):
    """Return the table's key for a name as text writes it (`record.y_hat`, `MLP.loss`), or None."""
    last = name.rpartition(".")[2]
    return next((key for key in (name, last, f"MLP.{last}") if key in COMPUTES), None)

"""Wrong answers made for the tests: from the catalogue's slips, and by one-token edits of right functions."""

import ast
import copy
import itertools
import linecache

import numpy as np

from mlp_core.exercises.chain import run

_counter = itertools.count()


def function_of(text, name=None):
    """Return the function that a text defines, with its lines where a traceback finds them."""
    file = f"<cell {next(_counter)}>"
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    space = {"np": np}
    exec(compile(text, file, "exec"), space)
    return space[name or text.split("def ")[-1].split("(")[0]]


def answer_with(derivation, slips, c=0.3):
    """Return a function that computes the derivation's outputs with these slips."""
    lines = derivation.lines(slips)

    def answer(*arguments):
        given = dict(zip(derivation.inputs, arguments, strict=True))
        rows = {"x", "r", "y", "z", "z_hat", "delta", "g"}
        single = any(given[name].ndim == 1 for name in rows & set(given))
        given = {k: np.atleast_2d(v) if k in rows else v for k, v in given.items()}
        first = next(given[name] for name in derivation.inputs if name in rows)
        sizes = {"B": len(first)}
        for name, (size, more) in {"V": ("H", 0), "W": ("K", 0), "r": ("K", 1), "z": ("K", 1)}.items():
            if name in given:
                sizes[size] = given[name].shape[more]
        for name, size in (("z_hat", "K"), ("delta", "K"), ("y", "H"), ("x", "D")):
            if name in given:
                sizes[size] = given[name].shape[1]
        if "W" in given:
            sizes["H"] = given["W"].shape[1] - 1
        with np.errstate(all="ignore"):
            known = run(lines, {**given, **sizes, "c": c})
        matrices = {"dV", "dW"}
        if "move" in known:
            return given["W"] + given["rate"] * known["move"]
        found = tuple(known[o][0] if single and o not in matrices else known[o] for o in derivation.outputs)
        return found if len(found) > 1 else found[0]

    return answer


# ---------------------------------------------------------------- one-token edits

OPERATORS = {
    ast.Add: (ast.Sub, ast.Mult, ast.Div),
    ast.Sub: (ast.Add, ast.Mult, ast.Div),
    ast.Mult: (ast.Add, ast.Sub, ast.Div, ast.MatMult),
    ast.Div: (ast.Mult, ast.Sub, ast.Add),
    ast.MatMult: (ast.Mult,),
}


def one_token_edits(text):
    """Yield each text that differs from this function's in one token: operator, name, number, word."""
    tree = ast.parse(text)
    function = tree.body[0]
    names = sorted(
        {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and n.id not in ("np", "len")}
        | {argument.arg for argument in function.args.args}
    )
    for k, node in enumerate(ast.walk(tree)):
        for edit in _edits(node, names):
            changed = copy.deepcopy(tree)
            edit(next(itertools.islice(ast.walk(changed), k, None)))
            yield ast.unparse(ast.fix_missing_locations(changed))


def _edits(node, names):
    if isinstance(node, ast.BinOp):
        for operator in OPERATORS.get(type(node.op), ()):
            yield lambda n, operator=operator: setattr(n, "op", operator())
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
        for name in names:
            if name != node.id:
                yield lambda n, name=name: setattr(n, "id", name)
    if isinstance(node, ast.Constant) and isinstance(node.value, int) and not isinstance(node.value, bool):
        for value in (node.value + 1, node.value - 1):
            yield lambda n, value=value: setattr(n, "value", value)
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield lambda n: setattr(n, "value", not n.value)
    if isinstance(node, ast.Attribute) and node.attr in ("max", "sum"):
        for attr in {"max", "sum", "mean", "min"} - {node.attr}:
            yield lambda n, attr=attr: setattr(n, "attr", attr)
    if isinstance(node, ast.Attribute) and node.attr in ("exp", "ones"):
        for attr in {"exp": ("log", "sqrt", "sin", "tanh"), "ones": ("zeros",)}[node.attr]:
            yield lambda n, attr=attr: setattr(n, "attr", attr)
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield lambda n: setattr(n, "attr", "real")
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield lambda n: setattr(n, "op", ast.UAdd())

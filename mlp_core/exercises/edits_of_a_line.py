"""Slips of one token: another name, another operator, another sum, in a step's own line."""

import ast
from collections.abc import Iterator
from functools import lru_cache

from .chain import Slip, Step

SWAPPED = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult),
    ast.Mult: (ast.Add, ast.Sub, ast.Div),
    ast.Div: (ast.Mult, ast.Sub),
}
SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.MatMult: "@"}
# Lines that say the same as the step, as many people write it.
OTHER_WORDS = {
    "y_hat": ("y_hat = x @ V[:, 1:].T + V[:, 0]",),
    "z_hat": ("z_hat = y @ W[:, 1:].T + W[:, 0]",),
    "z": ("z = np.exp(z_hat) / np.exp(z_hat).sum(axis=1, keepdims=True)",),
    "delta": ("delta = -(z - r) / B",),
    "dW": ("dW = (r - z).T @ y1 / B",),
    "pull_y": ("pull_y = (r - z) @ W[:, 1:] / B",),
    "dV": ("dV = (pull_y * gate).T @ x1",),
    "J": ("J = z[:, :, None] * np.eye(K) - z[:, :, None] * z[:, None, :]",),
}
REDUCED = ("sum", "mean", "max", "min")
SEE = "Print what stands on both sides of it, with the shapes."


@lru_cache(maxsize=8)
def one_token_slips(steps: tuple[Step, ...], inputs: tuple[str, ...]) -> tuple[Slip, ...]:
    """Return the slips of one token of every step; a name is replaced by any that is known before."""
    found = []
    for k, step in enumerate(steps):
        known = [*inputs, *(earlier.name for earlier in steps[:k])]
        same = [step.line, *OTHER_WORDS.get(step.name, ())]
        seen = set(same)
        for line, said in (edit for way in same for edit in _edited(way, known)):
            if line not in seen:
                seen.add(line)
                found.append(Slip(((step.name, line),), f"{said} in {step.says}", SEE, 0))
    return tuple(found)


def _edited(line: str, known: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each line that differs in one token, and what is said of it."""
    tree = ast.parse(line)
    for k, node in enumerate(ast.walk(tree)):
        for field, value, said in _changes(node, known):
            changed = ast.parse(line)
            target = next(other for j, other in enumerate(ast.walk(changed)) if j == k)
            setattr(target, field, value)
            yield ast.unparse(ast.fix_missing_locations(changed)), said
        for kept, said in _left_out(node):
            changed = _Replaced(k, kept).visit(ast.parse(line))
            yield ast.unparse(ast.fix_missing_locations(changed)), said


class _Replaced(ast.NodeTransformer):
    """Puts another node in the place of the k-th, counted as `ast.walk` does."""

    def __init__(self, k, kept):
        self.k, self.kept, self.node = k, kept, None

    def visit(self, node):
        if self.node is None:
            self.node = next(other for j, other in enumerate(ast.walk(node)) if j == self.k)
        return self.kept if node is self.node else self.generic_visit(node)


def _left_out(node):
    """Yield what is left of two terms or factors without one of them, and of a call without its function."""
    if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.MatMult):
        yield node.left, f"`{ast.unparse(node.right)}` is left out"
        yield node.right, f"`{ast.unparse(node.left)}` is left out"
    elif isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
        name = ast.unparse(node.func)
        if name in ("np.exp", "np.log", "activation", "activation.derivative"):
            yield node.args[0], f"`{name}` is left out"


def _changes(node, known):
    if isinstance(node, ast.BinOp):
        for other in SWAPPED.get(type(node.op), ()):
            yield "op", other(), f"`{SIGNS[other]}` stands in place of `{SIGNS[type(node.op)]}`"
    elif (
        isinstance(node, ast.Name)
        and isinstance(node.ctx, ast.Load)
        and node.id not in ("np", "B", "K", "activation")
    ):
        for name in known:
            if name not in (node.id, "activation", "rate", "tau"):
                yield "id", name, f"`{name}` stands in place of `{node.id}`"
    elif isinstance(node, ast.Attribute) and node.attr in REDUCED:
        for name in REDUCED:
            if name != node.attr:
                yield "attr", name, f"`{name}` stands in place of `{node.attr}`"

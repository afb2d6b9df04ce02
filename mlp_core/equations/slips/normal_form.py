"""One way of writing for what is the same for reasons of form; two equations alike in it say the same.

Factors commute, terms cancel, delta_ik is delta_ki and lets i stand for k beside it; a derivative that is a
delta (equations 3.3, 4.9, 5.2) does so as well. The z add up to 1, what does not hear of the variable has
no derivative, ReLU and its slope are 0 at 0, a transpose goes inside, and 0 has no sign.
"""

from collections import Counter
from dataclasses import replace

from ..language import tree
from ..language.notation import find
from ..reading.scope import depends, own_letter

# A derivative of the first by the second is 0 unless their first indices agree.
DELTAS = {("z_hat", "W"), ("y", "y_hat"), ("y", "V"), ("y_hat", "V")}


def normal_form(equation, definitions):
    """Return (signs and texts of the sides, signs between them, conditions), equal where form alone differs.

    Parameters
    ----------
    equation : Equation
    definitions : dict
        The chapter's own letters.
    """
    sides = [Form(definitions).of(side) for side in equation.sides]
    if "0" in (text for _, text in sides):
        sides = [(1, text) for _, text in sides]  # what is 0 is 0 with either sign
    return tuple(sides), equation.relations, equation.conditions


class Form:
    """Brings nodes into the one way of writing, each as (sign, text)."""

    def __init__(self, definitions):
        self.definitions = definitions

    def of(self, node):
        """Return a node's sign, 1 or -1, and its text without it."""
        rule = getattr(self, "_" + type(node).__name__.lower(), None)
        return rule(node) if rule else (1, self._plain(node))

    def text(self, node):
        """Return a node's text with its sign."""
        sign, text = self.of(node)
        return text if sign > 0 else f"-({text})"

    def _plain(self, node):
        parts = {name: [] for name, _, _ in node.children()}
        for name, _, child in node.children():
            parts[name].append(self.text(child))
        for name in tree.said(type(node)):
            if name not in parts:
                parts[name] = getattr(node, name)
        return f"{type(node).__name__}{sorted(parts.items())}"

    def _number(self, node):
        return 1, node.digits

    def _kronecker(self, node):
        return 1, f"delta{sorted(map(str, node.indices))}"

    def _negative(self, node):
        sign, text = self.of(node.body)
        return (1 if text == "0" else -sign), text

    def _sum(self, node):
        terms = Counter()
        for sign, text in map(self.of, node.terms):
            terms[text] += sign
        left = {text: count for text, count in terms.items() if count and text != "0"}
        if not left:
            return 1, "0"
        if list(left.values()) in ([1], [-1]):
            ((text, count),) = left.items()
            return count, text
        return 1, "(" + " ".join(f"{count:+}{text}" for text, count in sorted(left.items())) + ")"

    def _product(self, node):
        factors = _with_deltas(list(node.factors))
        sign, texts = 1, []
        for factor in factors:
            of_factor, text = self.of(factor)
            sign *= of_factor
            texts += [text] if text != "1" else []
        if "0" in texts:
            return 1, "0"
        if not any(_is_array(factor) for factor in factors):
            texts.sort()
        return sign, " * ".join(texts) or "1"

    def _total(self, node):
        if node.body == tree.Symbol("z", indices=(node.index,)) and not node.largest:
            return 1, "1"
        return 1, self._plain(node)

    def _apply(self, node):
        if node.function == "ReLU" and node.arguments == (tree.Number("0"),):
            return 1, "0"
        return 1, self._plain(node)

    def _partial(self, node):
        row, top = find(node.bottom), node.top
        if row and isinstance(top, tree.Sum):
            heard = tuple(t for t in top.terms if depends(t, row.node, self.definitions))
            top = heard[0] if len(heard) == 1 else replace(top, terms=heard)
        return 1, self._plain(replace(node, top=top))

    def _symbol(self, node):
        own = own_letter(node, self.definitions)
        if own and node.bold:
            return self.of(own.body)
        return 1, self._plain(node)

    def _transpose(self, node):
        body = node.body
        own = own_letter(body, self.definitions) if isinstance(body, tree.Symbol) else None
        body = own.body if own else body
        if isinstance(body, tree.Transpose):
            return self.of(body.body)
        if isinstance(body, tree.Negative):
            return self.of(tree.Negative(tree.Transpose(body.body)))
        if isinstance(body, tree.Sum):
            return self.of(replace(body, terms=tuple(map(tree.Transpose, body.terms))))
        if isinstance(body, tree.Product):
            return self.of(replace(body, factors=tuple(map(tree.Transpose, body.factors[::-1]))))
        if isinstance(body, tree.Apply) and body.function == "diag":
            return self.of(body)
        return 1, self._plain(node)


def _is_array(node):
    return any(isinstance(n, tree.Gradient) or (isinstance(n, tree.Symbol) and n.bold) for n in node.walk())


def _pair(factor):
    """Return the two indices that a factor ties together, or None."""
    if isinstance(factor, tree.Negative):
        return _pair(factor.body)
    if isinstance(factor, tree.Kronecker):
        return factor.indices
    if isinstance(factor, tree.Partial) and isinstance(factor.top, tree.Symbol):
        rows = find(factor.top), find(factor.bottom)
        if all(rows) and (rows[0].node, rows[1].node) in DELTAS and factor.top.indices:
            return factor.top.indices[0], factor.bottom.indices[0]
    return None


def _with_deltas(factors):
    """Return the factors with one letter in place of two where a factor beside them ties the two."""
    for place, factor in enumerate(factors):
        pair = _pair(factor)
        if pair and pair[0] != pair[1] and all(isinstance(i, str) for i in pair):
            kept, gone = sorted(pair)
            for other in range(len(factors)):
                if other != place:
                    factors[other] = _renamed(factors[other], gone, kept)
    return factors


def _renamed(node, gone, kept):
    if isinstance(node, tree.Total) and gone == node.index:
        return node
    if hasattr(node, "indices"):
        node = replace(node, indices=tuple(kept if i == gone else i for i in node.indices))
    for name, place, child in node.children():
        node = node.with_child(name, place, _renamed(child, gone, kept))
    return node

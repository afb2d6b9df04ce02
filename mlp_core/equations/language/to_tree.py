"""From Lark's tree to ours: what each rule of the grammar makes of its parts."""

import builtins
import re
from dataclasses import replace

from lark import Transformer, v_args

from ...formulas.activations import ACTIVATIONS
from . import tree
from .errors import EquationSyntaxError
from .notation import FUNCTIONS, INDEX_LETTERS, SIZES, activation_labelled

RELATIONS = {"\\geq": "\\ge", "\\leq": "\\le", "\\neq": "\\ne"}


def _is(part, *kinds):
    return getattr(part, "type", None) in kinds


def _nodes(parts):
    return tuple(part for part in parts if isinstance(part, tree.Node))


def _index(token):
    return int(token) if token.isdigit() else str(token)


def _placed(rule, name, parts, meta):
    made = rule(parts)
    if isinstance(made, tree.Node) and not meta.empty:
        made = replace(made, span=(meta.start_pos, meta.end_pos))
    return made


@v_args(wrapper=_placed)
class ToTree(Transformer):
    """For each rule of the grammar, what it makes of its parts (nodes of ours, and Lark's tokens).

    A method is named after its rule in grammar.lark; what it reads stands there, what it returns in tree.py.
    """

    def __init__(self, latex):
        super().__init__()
        self.latex = latex

    def start(self, parts):
        tag = re.search(r"\{\s*(.*?)\s*\}", parts[-1])[1] if _is(parts[-1], "TAG") else None
        return replace(_nodes(parts)[0], tag=tag)

    def equation(self, parts):
        relations = tuple(part for part in parts if type(part) is str)  # tokens are a kind of string
        nodes = _nodes(parts)
        sides = tuple(node for node in nodes if not isinstance(node, tree.Condition))
        return tree.Equation(sides, relations, tuple(n for n in nodes if isinstance(n, tree.Condition)))

    def relation(self, parts):
        sign = next(str(part) for part in parts if _is(part, "SIGN"))
        return RELATIONS.get(sign, sign)

    def assumption(self, parts):
        return tree.Equation((), (), assumed=_nodes(parts))

    def targets_add_up(self, parts):
        limits, r, index, sign, one = parts[-5:]
        if limits != (str(index), None) or (r, sign, one) != ("r", "=", "1"):
            raise EquationSyntaxError(r"expected \sum_l r_l = 1", self.latex, r.start_pos)
        return tree.Condition("sum")

    def compared(self, parts):
        letter, sign, other = parts[-3:]
        sign = RELATIONS.get(sign, str(sign))
        kinds = {
            ("\\ge", "1"): ("least", (str(letter),)),
            ("=", "2"): ("size", (str(letter), 2)),
            (">", "0"): ("positive", (str(letter),)),
            ("\\le", "0"): ("not positive", (str(letter),)),
        }
        kind = kinds.get((sign, str(other)))
        if sign == "\\ne" and _is(other, "LETTER"):
            kind = ("distinct", (str(letter), str(other)))
        fits = {"least": letter in INDEX_LETTERS, "size": letter == "K", "positive": letter == "t"}
        if kind is None or not fits.get(kind[0].removeprefix("not "), True):
            raise EquationSyntaxError("this condition is not on the list", self.latex, letter.start_pos)
        return tree.Condition(*kind)

    def activation(self, parts):
        name = parts[-1] if not _is(parts[-1], "RBRACE") else parts[-2]
        name = str(name).removeprefix("\\").lower()
        labels = {known.label: known.name for known in ACTIVATIONS.values()}
        named = [labels[label] for label in labels if label.lower() == name]
        if not named or parts[1] != "=":
            *others, last = labels
            problem = f"expected {', '.join(others)} or {last}"
            raise EquationSyntaxError(problem, self.latex, parts[0].start_pos)
        return tree.Condition("sigma", (named[0],))

    # Sums and products

    def sum(self, parts):
        terms, minus = [], False
        for part in parts:
            if isinstance(part, tree.Node):
                terms.append(tree.Negative(part, span=part.span) if minus else part)
            elif _is(part, "DOTS"):
                terms.append(tree.Dots(span=(part.start_pos, part.end_pos)))
            minus = _is(part, "MINUS")
        return terms[0] if len(terms) == 1 else tree.Sum(tuple(terms))

    def factors(self, parts):
        nodes = _nodes(parts)
        return nodes[0] if len(nodes) == 1 else tree.Product(nodes)

    def led_total(self, parts):
        before, total = _nodes(parts)
        return tree.Product((*before.factors, total) if isinstance(before, tree.Product) else (before, total))

    def elementwise(self, parts):
        return tree.Elementwise(*_nodes(parts))

    def quotient(self, parts):
        return tree.Quotient(*_nodes(parts))

    def total(self, parts):
        (index, limits), body = parts[-2:]
        return tree.Total(index, body, limits)

    def over(self, parts):
        given = [part for part in parts if _is(part, "LETTER", "DIGIT")]
        self._known_index(given[0])
        return (str(given[0]), None) if len(given) == 1 else (str(given[0]), (int(given[1]), str(given[2])))

    # Factors

    def power(self, parts):
        exponent = parts[-1] if _is(parts[-1], "DIGIT", "LETTER") else _nodes(parts)[1]
        return tree.Power(parts[0], _leaf(exponent))

    def transpose(self, parts):
        return tree.Transpose(parts[0])

    def brackets(self, parts):
        return _nodes(parts)[0]

    def entry(self, parts):
        (body,), indices = _nodes(parts), parts[-1]
        if len(indices) != 1:
            raise EquationSyntaxError("an entry of a column has one index", self.latex, body.span[1])
        return tree.Entry(body, indices[0])

    def tuple(self, parts):
        return tree.Tuple(_nodes(parts))

    def beside(self, parts):
        return tree.Beside(*_nodes(parts))

    def stacked(self, parts):
        return tree.Stacked(*_nodes(parts))

    def cases(self, parts):
        nodes = _nodes(parts)
        return tree.Cases(nodes[::2], nodes[1::2])

    def fraction(self, parts):
        letters = re.sub(r"\s|\\[dt]?frac", "", parts[0])
        short = tuple(_leaf_of(letter) for letter in letters)
        return tree.Quotient(*short, *_nodes(parts))

    def partial(self, parts):
        return tree.Partial(*_nodes(parts))

    def gradient(self, parts):
        if parts[-1] != "E":
            raise EquationSyntaxError("only E has a gradient", self.latex, parts[-1].start_pos)
        of = next(part for part in parts if isinstance(part, tree.Node))
        if not of.bold:
            raise EquationSyntaxError("a gradient is taken by a bold letter", self.latex, of.span[0])
        return tree.Gradient(of)

    def exponential(self, parts):
        return tree.Apply(
            "exp", (_leaf(parts[-1]) if _is(parts[-1], "NUMBER", "LETTER") else _nodes(parts)[0],)
        )

    def applied(self, parts):
        name, primed = parts[0]
        return tree.Apply(name, _nodes(parts), primed)

    def bare(self, parts):
        if _is(parts[0], "MAX"):
            return tree.Total(parts[1][0], parts[2], parts[1][1], largest=True)
        name, primed = parts[0]
        return tree.Apply(name, _nodes(parts), primed)

    def function(self, parts):
        name = str(next(part for part in parts if _is(part, "SIGMA", "FUNCTION", "NAME", "MAX")))
        name = name.removeprefix("\\")
        primed = _is(parts[-1], "PRIME")
        has_a_slope = name == "sigma" or activation_labelled(name) is not None
        if not has_a_slope and (primed or name not in FUNCTIONS):
            problem = f"{name}{chr(39) * primed} is not on the list"
            raise EquationSyntaxError(problem, self.latex, parts[0].start_pos)
        return name, primed

    # Letters

    def number(self, parts):
        return tree.Number(str(parts[0]))

    def symbol(self, parts):
        bold = next((part for part in parts if isinstance(part, tree.Symbol)), None)
        hat = any(_is(part, "HAT") for part in parts)
        if bold is None:
            letter = next(str(part) for part in parts if _is(part, "LETTER"))
            indices = parts[-1] if not isinstance(parts[-1], str) else ()
            return tree.Symbol(letter, hat, indices=indices)
        layer = next((re.sub(r"[^k1-]", "", part) for part in parts if _is(part, "LAYER")), None)
        sliced = any(_is(part, "SLICE") for part in parts)
        return replace(bold, hat=hat, layer=layer, sliced=sliced)

    def bold(self, parts):
        letter = next(part for part in parts if _is(part, "LETTER", "NUMBER"))
        if letter.isdigit() and letter != "1":
            raise EquationSyntaxError("the only bold number is 1", self.latex, letter.start_pos)
        return tree.Symbol(str(letter), bold=True)

    def kronecker(self, parts):
        if len(parts[-1]) != 2:
            raise EquationSyntaxError(r"\delta has two indices", self.latex, parts[0].start_pos)
        return tree.Kronecker(parts[-1])

    def subscript(self, parts):
        for part in parts:
            if _is(part, "LETTER") and part not in SIZES:
                self._known_index(part)
        return builtins.tuple(_index(part) for part in parts if _is(part, "LETTER", "DIGIT"))

    def _known_index(self, token):
        if token not in INDEX_LETTERS:
            raise EquationSyntaxError(f"{token} is no index letter", self.latex, token.start_pos)


def _leaf(part):
    return part if isinstance(part, tree.Node) else _leaf_of(str(part), (part.start_pos, part.end_pos))


def _leaf_of(text, span=(0, 0)):
    return tree.Number(text, span=span) if text[0].isdigit() else tree.Symbol(text, span=span)

"""What is new comes everywhere: a construction has its rules, an activation is known by its one object."""

import numpy as np
import pytest

from mlp_core.equations import check_derivation, check_equation
from mlp_core.equations.language import tree, writer
from mlp_core.equations.language.parser import _grammar, parse
from mlp_core.equations.language.to_tree import ToTree
from mlp_core.equations.language.writer import write
from mlp_core.equations.measuring import evaluator
from mlp_core.equations.measuring.samples import samples
from mlp_core.equations.reading import shapes
from mlp_core.equations.slips.edits import edits
from mlp_core.formulas import activations
from mlp_core.formulas.activations import Activation


def leaves(kind):
    """Return the classes below a class of the tree that have none below themselves."""
    below = kind.__subclasses__()
    return [leaf for one in below for leaf in leaves(one)] if below else [kind]


@pytest.mark.parametrize("rules", [shapes.RULES, evaluator.RULES, writer.RULES], ids=lambda rules: rules.room)
@pytest.mark.parametrize("kind", leaves(tree.Expression), ids=lambda kind: kind.__name__)
def test_each_construction_has_a_rule(rules, kind):
    assert kind in rules, f"{rules.room}.py has no rule for {kind.__name__}"


@pytest.mark.parametrize("rules", [shapes.RULES, evaluator.RULES, writer.RULES], ids=lambda rules: rules.room)
def test_a_construction_without_a_rule_is_named(rules):
    class Norm(tree.Node):
        pass

    with pytest.raises(
        NotImplementedError, match=rf"^{rules.room}: no rule for Norm; write one in {rules.room}"
    ):
        rules[Norm]


def test_each_rule_of_the_grammar_makes_a_tree():
    names = {rule.alias or rule.origin.name for rule in _grammar().rules}
    # Lark itself makes lists of what repeats, and hands on the one part of `?condition`.
    assert {str(n) for n in names if not n.startswith("_")} - {"condition"} <= set(vars(ToTree))


# ---------------------------------------------------------------- an activation

SOFTPLUS = Activation(
    "softplus",
    lambda t: np.logaddexp(0, t),
    lambda t: 1 / (1 + np.exp(-t)),
    lambda y: 1 - np.exp(-y),
    label="Softplus",
    bounds=(0.0, np.inf),
)


@pytest.fixture
def softplus(monkeypatch):
    monkeypatch.setitem(activations._KNOWN, "softplus", SOFTPLUS)


TRUE_OF_SOFTPLUS = [
    r"\frac{\partial \operatorname{Softplus}(t)}{\partial t} = \operatorname{sigmoid}(t)",
    r"\operatorname{Softplus}'(t) = \operatorname{sigmoid}(t)",
    r"\operatorname{Softplus}(t) = \log(1 + e^t)",
    r"\sigma'(t) = \operatorname{sigmoid}(t) \quad \sigma = \operatorname{Softplus}",
    r"\frac{\partial y_i}{\partial \hat y_i} = 1 - e^{-y_i} \quad \sigma = \operatorname{Softplus}",
]


@pytest.mark.parametrize("latex", TRUE_OF_SOFTPLUS)
def test_a_new_activation_is_read_written_evaluated_and_checked(latex, softplus):
    assert parse(write(parse(latex))) == parse(latex)
    verdict = check_equation(latex)
    assert verdict.holds, verdict
    assert not check_equation(latex.replace("=", "= 2", 1)).holds


def test_a_new_activation_is_tried_and_named(softplus):
    assert {sample.activation.name for sample in samples("single")} == set(activations.ACTIVATIONS)
    without = TRUE_OF_SOFTPLUS[3].partition(r" \quad")[0]
    assert "it holds only if σ is Softplus" in check_equation(without).message
    assert check_equation(TRUE_OF_SOFTPLUS[3]).needs == ("σ is Softplus",)
    refused = r"expected sigmoid, tanh, ReLU or Softplus, line 1"
    with pytest.raises(ValueError, match=refused):
        parse(r"E = E \quad \sigma = \log")


def test_a_new_activation_suffers_slips_and_is_mended(softplus):
    found = parse(TRUE_OF_SOFTPLUS[1])
    assert "without the prime of" in " ".join(edit.words for edit in edits(found))
    verdict = check_derivation(TRUE_OF_SOFTPLUS[1].replace("= ", "= -"))
    assert verdict.mend == r"true without the minus before \operatorname{sigmoid}\left(t\right)"


def test_without_its_object_an_activation_is_not_on_the_list():
    with pytest.raises(ValueError, match="Softplus is not on the list"):
        parse(TRUE_OF_SOFTPLUS[2])

"""The passes that equations are measured on: what is cut, what moves, and against what it is held.

JAX differentiates the same passes; where it is missing those tests are skipped, see test_oracles.py.
"""

import numpy as np
import pytest
from book_equations import equations
from oracles import to_numpy

from mlp_core import ACTIVATIONS, cross_entropy, forward, softmax
from mlp_core.equations import check_equation
from mlp_core.equations.language import notation, tree
from mlp_core.equations.language.notation import FLOW, find
from mlp_core.equations.measuring import passes
from mlp_core.equations.measuring.evaluator import Evaluator, extrapolated
from mlp_core.equations.measuring.passes import DEPTHS, FAR_FROM_A_CORNER, SIZES, TWO_CLASSES, draws, energy
from mlp_core.equations.reading.scope import scope_of
from mlp_core.equations.reading.shapes import Shapes
from mlp_core.equations.verdict import assignments

MODES = ("single", "batch", "layers")
CAPITAL = {"x": "X", "y_hat": "Y_hat", "y": "Y", "z_hat": "Z_hat", "z": "Z", "r": "R"}


def each_pass(*, add_up=True):
    return [
        pytest.param(mode, made, id=f"{mode}, {made.activation.name} {number}")
        for mode in MODES
        for number, made in enumerate(draws(mode, add_up=add_up))
    ]


# ---------------------------------------------------------------- what the passes compute


@pytest.mark.parametrize(("mode", "made"), each_pass())
def test_a_pass_is_mlp_core_s_own(mode, made):
    capital = CAPITAL if mode == "batch" else {name: name for name in CAPITAL}
    depth = len(made.sizes.get("N", (0, 0, 0))) - 1
    weights = [made.value(f"W{k}") for k in range(1, depth + 1)] if mode == "layers" else None
    weights = weights or [made.value("V"), made.value("W")]
    if mode == "layers":
        record = forward(weights, made.activation, made.value("x"))
        hidden = (
            [made.value(f"y_hat{k}") for k in range(1, depth)],
            [made.value(f"y{k}") for k in range(1, depth)],
        )
        np.testing.assert_array_equal(made.value("y0"), made.value("x"))
        np.testing.assert_array_equal(made.value("z_hat"), made.value(f"y_hat{depth}"))
    else:
        record = forward(weights, made.activation, made.value(capital["x"]))
        hidden = [made.value(capital["y_hat"])], [made.value(capital["y"])]
    for mine, theirs in ((hidden[0], record.y_hat), (hidden[1], record.y)):
        for a, b in zip(mine, theirs, strict=True):
            np.testing.assert_array_equal(a, b)
    np.testing.assert_array_equal(made.value(capital["z_hat"]), record.z_hat)
    np.testing.assert_array_equal(made.value(capital["z"]), softmax(record.z_hat))


@pytest.mark.parametrize("add_up", [True, False])
@pytest.mark.parametrize("mode", MODES)
def test_the_energy_is_mlp_core_s_cross_entropy(mode, add_up):
    for made in draws(mode, add_up=add_up):
        r, z_hat = (
            made.value(name.upper()[0] + name[1:] if mode == "batch" else name) for name in ("r", "z_hat")
        )
        assert float(made.value("E")) == pytest.approx(float(cross_entropy(r, z_hat)), rel=1e-13)
        assert float(energy(r, softmax(z_hat))) == float(made.value("E"))


def test_the_energy_is_a_function_of_z_and_not_of_the_logits():
    assert float(energy(np.array([0.5, 0.5]), np.array([1.0, np.e]))) == -0.5  # these z add up to no 1


@pytest.mark.parametrize(("mode", "made"), each_pass())
def test_a_cut_moves_what_follows_and_nothing_else(mode, made):
    for name in (*made.given, *made.rules):
        if name in ("u", "g"):
            continue
        for other in (*made.given, *made.rules):
            made.value(other)  # all is known, and a cut that forgets to forget shows
        cut = made.cut(name, made.value(name) * 1.1)
        moved = {
            other for other in (*made.given, *made.rules) if np.any(cut.value(other) != made.value(other))
        }
        assert moved == downstream(name, made), name
        np.testing.assert_array_equal(cut.value(name), made.value(name) * 1.1)


def downstream(name, made):
    """What a pass computes from a quantity: found by following its rules, not by the table's `moved_by`."""
    found = {name}
    for other, (_, arguments) in made.rules.items():  # in the order of the forward pass
        if found & set(arguments):
            found.add(other)
    return found


def test_a_quantity_moves_what_the_table_says():
    assert notation.moved_by("y") == {"y", "z_hat", "z", "E"}
    assert notation.moved_by("z") == {"z", "E"}
    assert notation.moved_by("V") == {"V", "y_hat", "y", "z_hat", "z", "E"}
    assert notation.moved_by("r") == {"r", "E"}
    assert {name: arguments for name, (_, arguments) in draws("single")[0].rules.items()} == dict(FLOW)


def test_what_is_cut_is_free():
    # (2.4) and (2.10): E does not know that the z add up to 1 when a z moves, and does when a logit moves.
    made = draws("single", add_up=True)[0]
    z, r = made.value("z"), made.value("r")
    by_z, by_logit = (
        [extrapolated(lambda h, n=name, i=i: energy_of_moved(made, n, i, h), 1e-4) for i in range(len(z))]
        for name in ("z", "z_hat")
    )
    np.testing.assert_allclose(by_z, -r / z, rtol=1e-6)
    np.testing.assert_allclose(by_logit, z - r, atol=1e-8)


def energy_of_moved(made, name, place, step):
    array = made.value(name).copy()
    array[place] += step
    return float(made.cut(name, array).value("E"))


# ---------------------------------------------------------------- the draws


def test_the_sizes_of_a_pass_are_all_different():
    for sizes in (*SIZES, *TWO_CLASSES):
        D, H, K, B = sizes
        assert len({D, H, K, B}) == 4
        assert len({D, D + 1, K}) == len({H, H + 1, K}) == 3
    for sizes in DEPTHS:
        assert len(set(sizes)) == len(sizes) >= 3
    assert all(2 <= n <= 7 for sizes in (*SIZES, *TWO_CLASSES, *DEPTHS) for n in sizes)
    assert {K for _, _, K, _ in TWO_CLASSES} == {2}


@pytest.mark.parametrize("add_up", [True, False])
@pytest.mark.parametrize("two_classes", [True, False])
@pytest.mark.parametrize("mode", MODES)
def test_each_activation_is_drawn_twice_with_units_on_and_off(mode, two_classes, add_up):
    found = draws(mode, two_classes=two_classes, add_up=add_up)
    assert sorted(made.activation.name for made in found) == sorted(2 * list(ACTIVATIONS))
    for made in found:
        sums = [made.value(name) for name in made.rules if name.lower().startswith("y_hat")]
        assert min(np.abs(part).min() for part in sums) > FAR_FROM_A_CORNER == 0.05
        assert any((part < 0).any() for part in sums)
        assert any((part > 0).any() for part in sums)
        r = made.value("R" if mode == "batch" else "r")
        assert np.all((r > 0) & (r < 1.5)) or not add_up
        total = r.sum(axis=-1)
        assert np.all(np.abs(total - 1) < 1e-12) if add_up else np.all(np.abs(total - 1) > 0.1)


def test_an_activation_that_is_named_is_drawn_alone():
    assert {made.activation.name for made in draws("single", "relu")} == {"relu"}
    assert len(draws("single", "relu")) == 3


def test_a_bound_is_tried_at_its_edge_too():
    found = draws("single", add_up=True, bound=True)
    assert len(found) == 19
    np.testing.assert_array_equal(found[-1].value("r"), found[-1].value("z"))
    assert set(found[-1].value("u")) == {1.0}


def test_the_draws_are_the_same_in_every_run():
    again = draws.__wrapped__("single", None, False, True)
    for a, b in zip(draws("single", None, False, True), again, strict=True):
        assert float(a.value("E")) == float(b.value("E"))


# ---------------------------------------------------------------- measured against JAX


def letter(name, indices):
    row = next(row for row in notation.NOTATION if row.node == name)
    return tree.Symbol(row.plain, row.hat, indices=tuple(indices)[: len(row.slots)])


PAIRS = [
    (top, bottom)
    for bottom in ("V", "x", "y_hat", "y", "W", "z_hat", "z", "r")
    for top in FLOW
    if top in notation.moved_by(bottom)
]


def jacobian(jax, made, top, bottom):
    """Return d top / d bottom of a pass, by JAX, through `Pass.cut`."""
    return to_numpy(
        jax.jacobian(lambda array: made.cut(bottom, array).value(top))(jax.numpy.asarray(made.value(bottom)))
    )


@pytest.mark.parametrize(("top", "bottom"), PAIRS, ids=map(" by ".join, PAIRS))
def test_each_measured_derivative_agrees_with_jax(top, bottom, jax):
    partial = tree.Partial(letter(top, "kl"), letter(bottom, "ij"))
    # From 1 on: y_0 and x_0 are no variables, and the biases are tried below.
    bounds = tuple(
        tree.Condition("least", (i,))
        for i in sorted({i for s in (partial.top, partial.bottom) for i in s.indices})
    )
    equation = tree.Equation((partial, tree.Number("0")), ("=",), bounds)
    scope = scope_of(equation, {})
    for made in draws("single", add_up=True):
        by_jax, compared = jacobian(jax, made, top, bottom), 0
        evaluator = Evaluator(scope, {})
        for at in assignments(equation, scope, made):
            place = tuple(
                at[i] - (k == 0)
                for symbol in (partial.top, partial.bottom)
                for k, i in enumerate(symbol.indices)
            )
            assert evaluator.value(partial, made, at) == pytest.approx(by_jax[place], rel=1e-8, abs=1e-9)
            compared += 1
        assert compared == (by_jax[..., 1:] if bottom in "VW" else by_jax).size
        assert evaluator.measured


@pytest.mark.parametrize("bias", ["v_{i0}", "w_{i0}"])
def test_the_measured_derivative_by_a_bias_agrees_with_jax(bias, jax):
    name = bias[0].upper()
    partial = tree.Partial(tree.Symbol("E"), tree.Symbol(bias[0], indices=("i", 0)))
    equation = tree.Equation((partial, tree.Number("0")), ("=",))
    scope = scope_of(equation, {})
    for made in draws("single"):
        by_jax = jacobian(jax, made, "E", name)
        for at in assignments(equation, scope, made):
            value = Evaluator(scope, {}).value(partial, made, at)
            assert value == pytest.approx(by_jax[at["i"] - 1, 0], rel=1e-8, abs=1e-9)


GRADIENTS = {
    "single": ("V", "x", "y_hat", "y", "W", "z_hat", "z", "r"),
    "batch": ("V", "X", "Y_hat", "Y", "W", "Z_hat", "Z", "R"),
    "layers": ("W", "y_hat", "y", "x", "z_hat", "z", "r"),
}


@pytest.mark.parametrize(
    ("mode", "name"), [(mode, name) for mode, names in GRADIENTS.items() for name in names]
)
def test_each_measured_gradient_agrees_with_jax(mode, name, jax):
    rows = [row for row in notation.NOTATION if row.node == name]
    row = next((row for row in rows if row.mode == mode), rows[0])
    symbol = tree.Symbol(row.bold, row.hat, bold=True, layer="k" if row.mode == "layers" else None)
    equation = tree.Equation((tree.Gradient(symbol), symbol), ("=",))
    scope = scope_of(equation, {})
    Shapes(scope).of_equation(equation)
    assert find(symbol) is row
    for made in draws(mode, add_up=True):
        for layer in range(1, len(made.sizes["N"])) if row.mode == "layers" else (None,):
            node = name if layer is None else f"{name}{layer}"
            if node not in downstream_of_nothing(made):
                continue
            measured = Evaluator(scope, {}).value(tree.Gradient(symbol), made, {"layer": layer})
            by_jax = jacobian(jax, made, "E", node)
            np.testing.assert_allclose(
                measured, by_jax.reshape(measured.shape), rtol=1e-8, atol=1e-9 * max(1, np.abs(by_jax).max())
            )


def downstream_of_nothing(made):
    return {*made.given, *made.rules}


def test_a_slope_at_a_number_agrees_with_jax(jax):
    for activation in ACTIVATIONS.values():
        for t in passes.T_VALUES:
            if t == 0:
                continue
            measured = extrapolated(lambda h, t=t, f=activation: float(f(np.asarray(t + h))), 2e-3)
            assert measured == pytest.approx(float(jax.grad(activation.function)(t)), rel=1e-9, abs=1e-9)


# ---------------------------------------------------------------- measured, and never derived


@pytest.fixture
def no_formulas(monkeypatch):
    """Put garbage in place of every derivative that mlp_core derives; clear what was measured before."""
    for activation in ACTIVATIONS.values():
        original = activation.derivative

        def garbage(t, original=original):
            return np.where(np.asarray(t) == 0, original(np.asarray(t)), 1e3)

        monkeypatch.setitem(activation.__dict__, "derivative", garbage)
        monkeypatch.setitem(activation.__dict__, "derivative_from_output", lambda y: y * 0 + 1e3)
    assert float(ACTIVATIONS["tanh"].derivative(0.5)) == 1e3


def test_no_verdict_comes_from_a_derived_formula(no_formulas):
    for found in equations():
        assert found.check().holds, found.tag
    assert check_equation(r"\sigma'(t) = 1000").slip == "value"


def test_only_at_a_corner_the_slope_is_the_book_s_choice(monkeypatch):
    latex = r"\operatorname{ReLU}'(t) = \begin{cases} 1 & t > 0 \\ 0 & t \le 0 \end{cases}"
    assert check_equation(latex).holds
    relu = ACTIVATIONS["relu"]
    monkeypatch.setitem(relu.__dict__, "derivative", lambda t: np.where(t >= 0, 1.0, 0.0))
    verdict = check_equation(latex)
    assert (verdict.slip, verdict.indices) == ("value", {"t": 0.0})


def test_the_differences_are_of_fourth_order():
    assert extrapolated(lambda h: (1 + h) ** 3, 0.5) == pytest.approx(3, abs=1e-14)  # h^2 is taken out
    assert extrapolated(np.exp, 2e-3) == pytest.approx(1, abs=1e-12)
    assert abs(extrapolated(lambda h: h**5, 0.5)) > 1e-3

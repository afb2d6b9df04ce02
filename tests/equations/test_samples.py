"""The networks that equations are measured on: what is cut, what moves, and against what it is held.

JAX differentiates the same networks; where it is missing those tests are skipped, see test_oracles.py.
"""

import numpy as np
import pytest
from book_equations import equations
from oracles import to_numpy

from mlp_core import ACTIVATIONS, cross_entropy, forward, softmax
from mlp_core.equations import check_equation
from mlp_core.equations.language import notation, tree
from mlp_core.equations.language.notation import FLOW, find
from mlp_core.equations.measuring.budget import Budget
from mlp_core.equations.measuring.compare import assignments
from mlp_core.equations.measuring.evaluator import Measured, Point
from mlp_core.equations.measuring.samples import (
    DEPTHS,
    FAR_FROM_A_CORNER,
    SIZES,
    T_VALUES,
    TWO_CLASSES,
    _samples,
    energy,
    samples,
)
from mlp_core.equations.measuring.slopes import extrapolated
from mlp_core.equations.reading.equation import read

MODES = ("single", "batch", "layers")
CAPITAL = {"x": "X", "y_hat": "Y_hat", "y": "Y", "z_hat": "Z_hat", "z": "Z", "r": "R", "q": "Q"}


def each_sample(*, add_up=True):
    return [
        pytest.param(mode, sample, id=f"{mode}, {sample.activation.name} {number}")
        for mode in MODES
        for number, sample in enumerate(samples(mode, add_up=add_up))
    ]


# ---------------------------------------------------------------- what the networks compute


@pytest.mark.parametrize(("mode", "sample"), each_sample())
def test_a_sample_is_mlp_core_s_own(mode, sample):
    capital = CAPITAL if mode == "batch" else {name: name for name in CAPITAL}
    depth = len(sample.sizes.get("N", (0, 0, 0))) - 1
    weights = [sample.value(f"W{k}") for k in range(1, depth + 1)] if mode == "layers" else None
    weights = weights or [sample.value("V"), sample.value("W")]
    if mode == "layers":
        record = forward(weights, sample.activation, sample.value("x"))
        hidden = (
            [sample.value(f"y_hat{k}") for k in range(1, depth)],
            [sample.value(f"y{k}") for k in range(1, depth)],
        )
        np.testing.assert_array_equal(sample.value("y0"), sample.value("x"))
        np.testing.assert_array_equal(sample.value("z_hat"), sample.value(f"y_hat{depth}"))
    else:
        record = forward(weights, sample.activation, sample.value(capital["x"]))
        hidden = [sample.value(capital["y_hat"])], [sample.value(capital["y"])]
    for mine, theirs in ((hidden[0], record.y_hat), (hidden[1], record.y)):
        for a, b in zip(mine, theirs, strict=True):
            np.testing.assert_array_equal(a, b)
    np.testing.assert_array_equal(sample.value(capital["z_hat"]), record.z_hat)
    np.testing.assert_array_equal(sample.value(capital["z"]), softmax(record.z_hat))


@pytest.mark.parametrize("add_up", [True, False])
@pytest.mark.parametrize("mode", MODES)
def test_the_energy_is_mlp_core_s_cross_entropy(mode, add_up):
    for sample in samples(mode, add_up=add_up):
        r, z_hat = (
            sample.value(name.upper()[0] + name[1:] if mode == "batch" else name) for name in ("r", "z_hat")
        )
        assert float(sample.value("E")) == pytest.approx(float(cross_entropy(r, z_hat)), rel=1e-13)
        assert float(energy(r, softmax(z_hat))) == float(sample.value("E"))


def test_the_energy_is_a_function_of_z_and_not_of_the_logits():
    assert float(energy(np.array([0.5, 0.5]), np.array([1.0, np.e]))) == -0.5  # these z add up to no 1


@pytest.mark.parametrize(("mode", "sample"), each_sample())
def test_a_cut_moves_what_follows_and_nothing_else(mode, sample):
    for name in (*sample.given, *sample.rules):
        if name in ("u", "g"):
            continue
        for other in (*sample.given, *sample.rules):
            sample.value(other)  # all is known, and a cut that forgets to forget shows
        cut = sample.cut(name, sample.value(name) * 1.1)
        moved = {
            other
            for other in (*sample.given, *sample.rules)
            if np.any(cut.value(other) != sample.value(other))
        }
        assert moved == downstream(name, sample), name
        np.testing.assert_array_equal(cut.value(name), sample.value(name) * 1.1)


def downstream(name, sample):
    """What a network computes from a quantity, found by its rules and not by the table's `moved_by`."""
    found = {name}
    for other, (_, arguments) in sample.rules.items():  # in the order of the forward pass
        if found & set(arguments):
            found.add(other)
    return found


def test_a_quantity_moves_what_the_table_says():
    assert notation.moved_by("y") == {"y", "z_hat", "z", "E"}  # and no q: there y_hat is free
    assert notation.moved_by("z") == {"z", "E"}
    assert notation.moved_by("V") == {"V", "y_hat", "y", "z_hat", "z", "E", "q"}
    assert notation.moved_by("r") == {"r", "E", "q"}
    assert {name: arguments for name, (_, arguments) in samples("single")[0].rules.items()} == dict(FLOW)


def test_what_is_cut_is_free():
    # (2.10) and (2.7): E does not know that the z add up to 1 when a z moves, and does when a logit moves.
    sample = samples("single", add_up=True)[0]
    z, r = sample.value("z"), sample.value("r")
    by_z, by_logit = (
        [extrapolated(lambda h, n=name, i=i: energy_of_moved(sample, n, i, h), 1e-4) for i in range(len(z))]
        for name in ("z", "z_hat")
    )
    np.testing.assert_allclose(by_z, -r / z, rtol=1e-6)
    np.testing.assert_allclose(by_logit, z - r, atol=1e-8)


def energy_of_moved(sample, name, place, step):
    array = sample.value(name).copy()
    array[place] += step
    return float(sample.cut(name, array).value("E"))


# ---------------------------------------------------------------- the draws


def test_the_sizes_of_a_network_are_all_different():
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
    found = samples(mode, two_classes=two_classes, add_up=add_up)
    assert sorted(sample.activation.name for sample in found) == sorted(2 * list(ACTIVATIONS))
    for sample in found:
        sums = [sample.value(name) for name in sample.rules if name.lower().startswith("y_hat")]
        assert min(np.abs(part).min() for part in sums) > FAR_FROM_A_CORNER == 0.05
        assert any((part < 0).any() for part in sums)
        assert any((part > 0).any() for part in sums)
        r = sample.value("R" if mode == "batch" else "r")
        assert np.all((r > 0) & (r < 1.5)) or not add_up
        total = r.sum(axis=-1)
        assert np.all(np.abs(total - 1) < 1e-12) if add_up else np.all(np.abs(total - 1) > 0.1)


def test_an_activation_that_is_named_is_drawn_alone():
    assert {sample.activation.name for sample in samples("single", "relu")} == {"relu"}
    assert len(samples("single", "relu")) == len(SIZES)


def test_a_bound_is_tried_at_its_edge_too():
    found = samples("single", add_up=True, bound=True)
    assert len(found) == 3 * len(samples("single", add_up=True)) + 1
    np.testing.assert_array_equal(found[-1].value("r"), found[-1].value("z"))
    assert set(found[-1].value("u")) == {1.0}


def test_the_draws_are_the_same_in_every_run():
    again = _samples.__wrapped__("single", tuple(ACTIVATIONS.values()) * 2, False, True, False)
    for a, b in zip(samples("single", add_up=True), again, strict=True):
        assert float(a.value("E")) == float(b.value("E"))


# ---------------------------------------------------------------- measured against JAX


def letter(name, indices):
    row = next(row for row in notation.NOTATION if row.node == name)
    return tree.Symbol(row.plain, row.hat, indices=tuple(indices)[: len(row.slots)])


PAIRS = [
    (top, bottom)
    for bottom in ("V", "x", "y_hat", "y", "W", "z_hat", "z", "r")
    for top in FLOW
    if top in notation.moved_by(bottom) and top != "q"  # which is measured, and has a test of its own
]


def jacobian(jax, sample, top, bottom):
    """Return d top / d bottom of a network, by JAX, through `SampleNetwork.cut`."""
    return to_numpy(
        jax.jacobian(lambda array: sample.cut(bottom, array).value(top))(
            jax.numpy.asarray(sample.value(bottom))
        )
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
    reading = read(equation, {})
    measured = reading.equation.sides[0]
    assert "measured" in reading.contents.traits
    for sample in samples("single", add_up=True):
        by_jax, compared = jacobian(jax, sample, top, bottom), 0
        for assigned in assignments(reading, sample):
            point = Point(sample, assigned, Measured({}, Budget()))
            place = tuple(
                assigned[i] - (k == 0)
                for symbol in (partial.top, partial.bottom)
                for k, i in enumerate(symbol.indices)
            )
            assert point.value(measured) == pytest.approx(by_jax[place], rel=1e-8, abs=1e-9)
            compared += 1
        assert compared == (by_jax[..., 1:] if bottom in "VW" else by_jax).size


@pytest.mark.parametrize("bias", ["v_{i0}", "w_{i0}"])
def test_the_measured_derivative_by_a_bias_agrees_with_jax(bias, jax):
    name = bias[0].upper()
    partial = tree.Partial(tree.Symbol("E"), tree.Symbol(bias[0], indices=("i", 0)))
    equation = tree.Equation((partial, tree.Number("0")), ("=",))
    reading = read(equation, {})
    measured = reading.equation.sides[0]
    for sample in samples("single"):
        by_jax = jacobian(jax, sample, "E", name)
        for assigned in assignments(reading, sample):
            value = Point(sample, assigned, Measured({}, Budget())).value(measured)
            assert value == pytest.approx(by_jax[assigned["i"] - 1, 0], rel=1e-8, abs=1e-9)


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
    reading = read(equation, {})
    assert find(symbol) is row
    for sample in samples(mode, add_up=True):
        for layer in range(1, len(sample.sizes["N"])) if row.mode == "layers" else (None,):
            node = name if layer is None else f"{name}{layer}"
            if node not in downstream_of_nothing(sample):
                continue
            point = Point(sample, {"layer": layer}, Measured({}, Budget()))
            measured = point.value(reading.equation.sides[0])
            by_jax = jacobian(jax, sample, "E", node)
            np.testing.assert_allclose(
                measured, by_jax.reshape(measured.shape), rtol=1e-8, atol=1e-9 * max(1, np.abs(by_jax).max())
            )


def downstream_of_nothing(sample):
    return {*sample.given, *sample.rules}


@pytest.mark.parametrize(("mode", "sample"), each_sample())
def test_each_pull_is_minus_the_slope_that_jax_finds(mode, sample, jax):
    sums = {"single": ["y_hat"], "batch": ["Y_hat"]}.get(mode) or [n for n in sample.rules if "y_hat" in n]
    for name in sums:
        pull = name.replace("y_hat", "q").replace("Y_hat", "Q")
        by_jax = jacobian(jax, sample, "E", name)
        np.testing.assert_allclose(sample.value(pull), -by_jax, rtol=1e-8, atol=1e-9)


@pytest.mark.parametrize("bottom", ["y_hat", "W", "x", "V"])
def test_the_slope_of_a_pull_is_minus_the_second_one_that_jax_finds(bottom, jax):
    indices = {"y_hat": "n", "W": "in", "x": "m", "V": "nm"}[bottom]
    partial = tree.Partial(letter("q", "j"), letter(bottom, indices))
    conditions = tuple(tree.Condition("least", (i,)) for i in "mn" if i in indices)
    reading = read(tree.Equation((partial, tree.Number("0")), ("=",), conditions), {})
    sample = samples("single", "tanh", add_up=True)[0]

    def slopes(array):
        cut = sample.cut(bottom, array)
        return jax.grad(lambda sums: cut.cut("y_hat", sums).value("E"))(cut.value("y_hat"))

    by_jax = -to_numpy(jax.jacobian(slopes)(jax.numpy.asarray(sample.value(bottom))))
    for assigned in assignments(reading, sample):
        value = Point(sample, assigned, Measured({}, Budget())).value(reading.equation.sides[0])
        place = tuple(assigned[i] - (k == 0) for k, i in enumerate(indices))
        assert value == pytest.approx(by_jax[(assigned["j"] - 1, *place)], rel=1e-6, abs=1e-8)


def test_a_slope_at_a_number_agrees_with_jax(jax):
    for activation in ACTIVATIONS.values():
        for t in T_VALUES:
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

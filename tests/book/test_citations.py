"""Where code or text cites an equation by its number, the equation says something of what the code computes.

That a number exists is not enough: in a published book every number existed, and every one was off by one.
That the numbers in the tests' own comments exist is asked in test_chapters.py.
"""

import inspect
import re

import pytest
from book_equations import CHAPTER_OF, equation
from chapter_checks import DISPLAY, FENCE, INLINE, ROOT, chapter_paths, codes, joined, read, texts
from citations import COMPUTES, in_table, named, of_code, of_prose, says

import mlp_core

SOURCES = sorted(
    path for folder in ("mlp_core", "figures", "tools") for path in (ROOT / folder).rglob("*.py")
)


def fault(names, number):
    """Return what is wrong with a citation of a number by functions of these names, or None."""
    if number not in CHAPTER_OF:
        return f"equation {number} does not exist"
    unknown = [name for name in names if name not in COMPUTES]
    if unknown:
        table = "tests/helpers/citations.py"
        return f"{unknown[0]} cites equation {number}, and {table} does not say what it computes"
    stated = says(equation(number).tree)
    if not any(COMPUTES[name] & stated for name in names):
        return f"{' and '.join(names)}: equation {number} says nothing of it, but of {sorted(stated)}"
    return None


def module_of(path):
    return f"{path.parent.name}.{path.stem}"


def key_of(name, module):
    """The table's name of what cites: with its module where others are called the same."""
    return next((key for key in (f"{module}.{name}", name) if key in COMPUTES), name)


def faults_of_code(source, module):
    for name, number, line in of_code(source, module):
        if wrong := fault([key_of(name, module)], number):
            yield f"line {line}: {wrong}"


def faults_of_text(text):
    plain = INLINE.sub(" ", DISPLAY.sub(" ", FENCE.sub(" ", text)))
    return [wrong for names, number in of_prose(plain) if (wrong := fault(names, number))]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_code_cites_an_equation_of_what_it_computes(path):
    assert list(faults_of_code(path.read_text(encoding="utf-8"), module_of(path))) == []


@pytest.mark.parametrize("path", chapter_paths(), ids=lambda path: path.stem)
def test_a_sentence_cites_an_equation_of_what_its_code_computes(path):
    notebook = read(path)
    assert [wrong for _, text in texts(notebook) for wrong in faults_of_text(text)] == []
    for cell in codes(notebook):
        assert list(faults_of_code(comments(joined(cell["source"])), path.stem)) == []


def comments(source):
    """A cell's comments alone: a cell may hold magics, which are no Python."""
    return "\n".join(re.findall(r"#.*", source))


# ---------------------------------------------------------------- it can fail


def citations_of_code():
    for path in SOURCES:
        source = path.read_text(encoding="utf-8")
        yield from (
            (key_of(name, module_of(path)), number) for name, number, _ in of_code(source, module_of(path))
        )


def shifted(number, step):
    chapter, place = number.split(".")
    return f"{chapter}.{int(place) + step}"


def test_a_docstring_s_number_off_by_one_fails():
    path = ROOT / "mlp_core" / "formulas" / "loss.py"
    source = path.read_text(encoding="utf-8")
    assert "(equation 2.1; notes S5)" in source
    spoiled = source.replace("(equation 2.1; notes S5)", f"(equation {shifted('2.9', 1)}; notes S5)")
    (wrong,) = faults_of_code(spoiled, "loss")
    assert wrong == "line 9: cross_entropy: equation 2.10 says nothing of it, but of ['dE/dz']"
    spoiled = source.replace("equation 2.1;", f"equation {shifted('2.90', 1)};")
    assert list(faults_of_code(spoiled, "loss")) == [f"line 9: equation {shifted('2.90', 1)} does not exist"]


def test_many_numbers_off_by_one_are_seen(print_table):
    """Not all: neighbors often speak of the same quantity, as (2.7) and (2.8), which are one line twice."""
    every = list(citations_of_code())
    assert len(every) >= 30
    seen = {step: sum(1 for name, n in every if fault([name], shifted(n, step))) for step in (-1, 1)}
    print_table(
        "citations in code", [f"{len(every)} in all; shifted by one, {seen[-1]} and {seen[1]} are seen"]
    )
    assert min(seen.values()) >= 0.4 * len(every)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Here `affine` is (0.2) and (0.5).", []),
        ("Here `affine` is (0.2) and (0.6).", ["affine: equation 0.6 says nothing of it, but of ['z']"]),
        ("`forward` is (0.1) to (0.6).", []),
        ("`forward` is (0.1) to (0.7).", ["forward: equation 0.7 says nothing of it, but of ['E']"]),
        ("`output_delta(r, z_hat)` gives (2.7). Then (2.10).", []),
        (
            "With (2.10), `output_delta` does it.",
            ["output_delta: equation 2.10 says nothing of it, but of ['dE/dz']"],
        ),
        ("In `layer_deltas` it is (5.11), in `negative_gradient` (5.10).", []),
        ("`record.z_hat` is (0.5), `net.loss(x, r)` is (0.7).", []),
        ("`np.exp` is (1.5).", []),
    ],
)
def test_a_sentence_with_a_wrong_number_is_seen(text, wrong):
    assert faults_of_text(text) == wrong


def test_what_is_cited_without_an_entry_is_seen():
    source = 'def f():\n    """Return it (equation 2.7)."""\n'
    (wrong,) = faults_of_code(source, "m")
    assert wrong.startswith("line 2: f cites equation 2.7, and tests/helpers/citations.py does not say")
    in_a_comment = "def softmax():\n    return 1  # equation 2.7\n"
    (wrong,) = faults_of_code(in_a_comment, "m")
    assert wrong == "line 2: softmax: equation 2.7 says nothing of it, but of ['dE/dz_hat']"


def test_ranges_and_lists_are_read():
    assert named("equations 4.3, 4.6 and 4.8, and equation 1.2") == ["4.3", "4.6", "4.8", "1.2"]
    assert named("(equations 0.1 to 0.3 and 2.1)") == ["0.1", "0.2", "0.3", "2.1"]


def test_the_table_names_what_is_there():
    cited = {name for name, _ in citations_of_code()}
    fields = {*mlp_core.Forward._fields, *mlp_core.Activation.__dataclass_fields__}
    for name in COMPUTES:
        public, _, method = name.partition(".")
        assert name in cited | fields or hasattr(mlp_core, public), name
        if hasattr(mlp_core, public) and method:
            assert inspect.isfunction(getattr(getattr(mlp_core, public), method))
    assert in_table("record.z_hat") == "z_hat"
    assert in_table("np.exp") is None

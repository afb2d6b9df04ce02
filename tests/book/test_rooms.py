"""Which room a thing lives in: imports run one way, functions stay small, the public is described."""

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import mlp_core
from mlp_core import equations, exercises, explorers, pictures

PACKAGE = Path(mlp_core.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

# A module may import only from rooms named before its own, or from its neighbors where it has some.
ROOMS = [
    {"formulas.arrays", "formulas.types", "libraries"},
    {"formulas.probabilities", "formulas.weighted_sums", "formulas.activations"},
    {"formulas.loss", "formulas.descent"},
    {"formulas.layers"},
    {"plain_arguments"},
    {"checks", "storage"},
    {"values"},
    {"network"},
    {"measured"},
    {"training_run"},
    {"training"},
    {"data"},
    {"toys", "worked_examples"},
    {""},  # the public list
    {"pictures"},
    {"equations"},
    {"explorers", "exercises"},
]
NEIGHBORS = {
    "pictures",
    "equations",
    "explorers",
    "exercises",
}  # packages whose modules may import each other
LEFT_TO_ALL = {"numpy", *sys.stdlib_module_names}
# What else a room may import, and whether it may do so when it is itself imported.
FOREIGN = {
    "formulas.arrays": {"array_api_compat": "inside a function"},
    "training": {"tqdm": "inside a function"},
    "pictures": {"matplotlib": "anywhere", "PIL": "anywhere", "IPython": "inside a function"},
    "equations": {"lark": "inside a function"},
    "equations.language.to_tree": {"lark": "anywhere"},  # a room that `parse` enters when it is called
    "explorers": {
        **dict.fromkeys(
            ("anywidget", "contourpy", "ipywidgets", "matplotlib", "mistune", "PIL", "traitlets"), "anywhere"
        ),
        "IPython": "inside a function",
    },
}
LONGEST = 40
LONGEST_MODULE = 350


def name_of(path):
    """Return the module's name below mlp_core: 'checks', 'formulas.loss', '' for the package itself."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix("__init__").rstrip(".")


def room_of(module):
    """Return the index of the module's room in ROOMS; raise where it has none."""
    parts = {module, module.split(".")[0]}
    (index,) = [k for k, room in enumerate(ROOMS) if parts & room]
    return index


def imports(path):
    """Return (module, inside a function?) for each import; this package's own as ".name" below mlp_core."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
    }
    package = ["mlp_core", *path.relative_to(PACKAGE).parent.parts]
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*base, *filter(None, [node.module])])
            names = [f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        found += [(absolute(name), id(node) in inside) for name in names]
    return found


def absolute(name):
    """Return '.module' for a name in this package (an object's name cut off), the top name for any other."""
    top, *rest = name.split(".")
    if top != "mlp_core":
        return top
    while rest and not (
        PACKAGE.joinpath(*rest).is_dir() or PACKAGE.joinpath(*rest).with_suffix(".py").exists()
    ):
        rest.pop()
    return "." + ".".join(rest)


@pytest.mark.parametrize("path", [p for p in MODULES if p.name != "__init__.py"], ids=name_of)
def test_imports_run_one_way(path):
    here = name_of(path)
    for module, _ in imports(path):
        if not module.startswith("."):
            continue
        there = module[1:]
        mine, theirs = here.split(".")[0], there.split(".")[0]
        neighbors = mine == theirs and mine in NEIGHBORS
        assert neighbors or room_of(there) < room_of(here), f"{here} imports {there}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_imports_the_public_list(path):
    """Each takes what it needs from the room where that is; the list is for readers, chapters and tests."""
    assert "." not in [module for module, _ in imports(path)], f"{name_of(path)} imports the public list"


def test_equations_and_explorers_never_import_each_other():
    for path in PACKAGE.glob("explorers/**/*.py"):
        assert not [module for module, _ in imports(path) if module.startswith(".equations")], path


def test_the_exercises_look_at_no_picture():
    for path in PACKAGE.glob("exercises/**/*.py"):
        assert not [m for m, _ in imports(path) if m.startswith((".pictures", ".explorers"))], path
        on_top = [m for m, inside in imports(path) if m.startswith(".equations") and not inside]
        assert not on_top, f"{path} needs lark"


def test_the_public_list_imports_nothing_from_the_pictures():
    for module, _ in imports(PACKAGE / "__init__.py"):
        assert module.startswith("."), module
        assert room_of(module[1:]) < room_of("pictures"), module


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_numpy_and_the_standard_library_are_imported_freely(path):
    allowed = FOREIGN.get(name_of(path).split(".")[0], {}) | FOREIGN.get(name_of(path), {})
    for module, inside in imports(path):
        if module.startswith(".") or module in LEFT_TO_ALL:
            continue
        assert module in allowed, module
        assert inside or allowed[module] == "anywhere", f"{module} is imported with the module"


def test_the_formulas_import_not_even_numpy():
    """But `arrays`, which answers the formulas' one question for it."""
    for path in PACKAGE.glob("formulas/*.py"):
        for module, inside in imports(path):
            free = module in sys.stdlib_module_names or inside or path.stem == "arrays"
            assert module.startswith(".formulas") or free, f"{name_of(path)} imports {module}"
    assert (PACKAGE / "formulas" / "__init__.py").read_text() == ""


def test_importing_the_package_loads_numpy_and_nothing_else_foreign():
    script = (
        "import sys, numpy; before = set(sys.modules); import mlp_core; "
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before}))"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert "mlp_core" in loaded.split()
    assert set(loaded.split()) - {"mlp_core"} <= LEFT_TO_ALL


def test_using_the_formulas_and_a_network_loads_nothing_foreign_either():
    script = (
        "import sys, numpy.random; before = set(sys.modules); import mlp_core as m; "
        "m.MLP.initialize((2, 3, 2)).loss([1, 2], m.one_hot(1, 2)); "
        "m.gradient_step(([[1, 2]],), None, (m.affine_weight_gradient([1], [2]),), 0.1); "
        "m.numerical_gradient(lambda t: 0, [1.0]); "
        "n = m.MLP.initialize((2, 3, 2)); m.check_gradient(n, [1, 2], [0, 1]); "
        "m.train(n, [[1, 2]], [[0, 1]], epochs=1, batch_size=1, learning_rate=0.1, progress=False); "
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before}))"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert set(loaded.split()) - {"mlp_core"} <= LEFT_TO_ALL


def test_no_module_bears_the_name_of_a_public_object():
    modules = {part for path in MODULES for part in name_of(path).split(".")}
    assert not modules & {*mlp_core.__all__, *equations.__all__, *explorers.__all__, *exercises.__all__}


# ---------------------------------------------------------------- functions and their descriptions


def functions(path):
    """Return every function of a module, methods and inner ones included."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_function_fits_on_a_screen(path):
    for function in functions(path):
        # A signature with hints stands on as many lines as it has parameters: it counts as one.
        lines = function.end_lineno - function.body[0].lineno + 2
        assert lines <= LONGEST, f"{name_of(path)}.{function.name}: {lines} lines"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_is_one_subject_long(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_MODULE, f"{name_of(path)}: {lines} lines"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_it_is(path):
    if path.parent != PACKAGE and path.name == "__init__.py":
        return
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def described():
    """Return every public function, class and public method, with a name for the report."""
    for name in mlp_core.__all__:
        thing = getattr(mlp_core, name)
        if inspect.isclass(thing):
            yield name, thing
            for method, function in vars(thing).items():
                if not method.startswith("_") and callable(getattr(thing, method)):
                    yield f"{name}.{method}", getattr(function, "__func__", function)
        elif inspect.isfunction(thing):
            yield name, thing
    for package in (equations, exercises, explorers):
        yield from ((name, getattr(package, name)) for name in package.__all__)


@pytest.mark.parametrize(
    ("name", "thing"), list(described()), ids=lambda part: part if isinstance(part, str) else ""
)
def test_the_public_is_described_in_numpy_s_style(name, thing):
    text = inspect.getdoc(thing)
    assert re.match(r"[A-Z][^\n]+\.(\n|$)|[A-Z][^\n]+\n[^\n]+\.\n", text), "a first sentence"
    parameters = [p for p in inspect.signature(thing).parameters if p not in ("self", "cls")]
    if not parameters:
        return
    assert "\nParameters\n----------\n" in text
    section = text.split("\nParameters\n----------\n")[1].split("\n---")[0]
    named = {word for line in re.findall(r"^(\w.*?) :", section, re.M) for word in line.split(", ")}
    assert named == set(parameters), name


def public_signatures():
    """Yield every public function and method, with a name for the report."""
    pictured = ((name, getattr(pictures, name)) for name in pictures.__all__)
    for name, thing in (*described(), *pictured):
        if inspect.isfunction(thing):
            yield pytest.param(thing, id=name)


@pytest.mark.parametrize("function", list(public_signatures()))
def test_the_public_says_its_types(function):
    signature = inspect.signature(function)
    untyped = [
        name
        for name, parameter in signature.parameters.items()
        if parameter.annotation is parameter.empty and name not in ("self", "cls")
    ]
    assert not untyped
    assert signature.return_annotation is not signature.empty


def test_the_checks_of_this_file_can_fail(tmp_path, monkeypatch):
    """A module that imports downwards, the public list, a foreign library, 41 and 351 lines are all seen."""
    bad = tmp_path / "checks.py"
    head = "import scipy\nfrom .data import digits\nfrom . import softmax\ndef f():\n"
    bad.write_text(head + "    pass\n" * 40 + "\n" * 307)
    (tmp_path / "data.py").write_text("")
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    for check, said in (
        (test_imports_run_one_way, "checks imports data"),
        (test_only_numpy_and_the_standard_library_are_imported_freely, "scipy"),
        (test_no_module_imports_the_public_list, "checks imports the public list"),
        (test_every_function_fits_on_a_screen, "41 lines"),
        (test_every_module_is_one_subject_long, "351 lines"),
    ):
        with pytest.raises(AssertionError, match=said):
            check(bad)

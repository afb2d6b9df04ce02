"""The workflow for GitHub calls the Makefile's own targets, on Windows the pages' lines, and no more."""

import re
import tomllib

import pytest
import yaml
from chapter_checks import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())
JOBS = {
    f"{path.name}: {name}": job
    for path in WORKFLOWS
    for name, job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].items()
}
STEPS = [step for job in JOBS.values() for step in job["steps"]]
PUBLISHING = [job for job in JOBS.values() if "environment" in job]
WINDOWS = [job for job in JOBS.values() if job["runs-on"].startswith("windows")]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def called(job):
    return [step["run"] for step in job["steps"] if "run" in step]


def test_there_is_a_workflow_and_lint_checks_every_one():
    assert WORKFLOWS
    assert {path.suffix for path in WORKFLOWS} == {".yml"}
    lint = MAKEFILE.partition("\nlint:")[2].partition("\n\n")[0]
    assert "check_jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml" in lint


@pytest.mark.parametrize(
    "job", [pytest.param(JOBS[name], id=name) for name in JOBS if JOBS[name] not in WINDOWS + PUBLISHING]
)
def test_it_calls_nothing_but_the_makefiles_own_targets(job):
    targets = [re.fullmatch(r"make ([\w-]+)", command) for command in called(job)]
    assert targets
    assert all(targets), called(job)
    for target in targets:
        assert re.search(rf"^{re.escape(target[1])}:", MAKEFILE, re.MULTILINE), target[0]


def test_make_test_runs_on_every_push_on_the_oldest_python_and_the_newest():
    (job,) = [job for job in JOBS.values() if called(job) == ["make test"]]
    assert "if" not in job
    with open(ROOT / "pyproject.toml", "rb") as file:
        oldest = tomllib.load(file)["project"]["requires-python"].removeprefix(">=")
    matrix = {"system": ["ubuntu-latest", "macos-latest"], "python": [oldest, "3.x"]}
    assert job["strategy"]["matrix"] == matrix
    assert job["runs-on"] == "${{ matrix.system }}"


def test_on_windows_it_runs_the_plain_lines_of_the_pages():
    (job,) = WINDOWS
    assert "if" not in job
    pages = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/running.md"))
    blocks = re.findall(r"```bat\n(.*?)```", pages, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line]
    assert called(job) == [line for line in lines if "jupyter" not in line]
    # None needs an activated environment: PowerShell's default policy refuses to activate one.
    assert lines[0].startswith("py -m venv")
    assert all(line.startswith(".venv\\Scripts\\") for line in lines[1:])


def test_it_may_only_read_and_only_githubs_own_actions_run():
    for path in WORKFLOWS:
        text = path.read_text(encoding="utf-8")
        assert yaml.safe_load(text)["permissions"] == {"contents": "read"}
        assert "secrets" not in text
    assert not [name for name, job in JOBS.items() if "permissions" in job and job not in PUBLISHING]
    used = [step["uses"] for step in STEPS if "uses" in step]
    assert used
    pinned = r"actions/(checkout|setup-python)@v\d+|actions/[\w-]+@[0-9a-f]{40}"
    assert all(re.fullmatch(pinned, action) for action in used), used


def test_pages_are_published_from_main_only_where_a_variable_says_so_and_by_named_commits():
    (job,) = PUBLISHING
    asked = "vars.PUBLISH_PAGES == 'true' && github.ref == 'refs/heads/main' && github.event_name == 'push'"
    assert job["if"] == asked
    assert job["permissions"] == {"pages": "write", "id-token": "write"}
    made = JOBS[f"pages.yml: {job['needs']}"]
    assert called(made) == ["make web"]
    assert [step["if"] for step in made["steps"] if "if" in step] == [asked]
    for step in (*made["steps"], *job["steps"]):
        assert "uses" not in step or re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step["uses"])

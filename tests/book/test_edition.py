"""One edition: its number, date and tag agree wherever they stand; every file has a license."""

import fnmatch
import re
import shutil
import subprocess
import tomllib

import pytest
import yaml
from chapter_checks import ROOT


def page(name):
    return (ROOT / name).read_text(encoding="utf-8")


PROJECT = tomllib.loads(page("pyproject.toml"))["project"]
CITATION = yaml.safe_load(page("CITATION.cff"))
EDITION = re.compile(r"^## ([\d.]+) · (\d{4}-\d\d-\d\d) · tag `v([\d.]+)`$", re.M)


def edition_faults(changelog, citation, readme, version):
    """Version, tag and date of the topmost edition are those of package, citation and README."""
    heads = re.findall(r"^## .+$", changelog, re.M)
    edition = EDITION.fullmatch(heads[0]) if heads else None
    if edition is None:
        yield f"CHANGELOG: got {heads[:1]}; expected ## version · date · tag `v`version"
        return
    if {edition[1], edition[3]} != {version}:
        yield f"CHANGELOG: got {edition[0]}; pyproject.toml has {version}"
    for part in (citation, citation["preferred-citation"]):
        if (part["version"], str(part["date-released"])) != (version, edition[2]):
            given = f"{part['version']}, {part['date-released']}"
            yield f"CITATION.cff: got {given}; expected {version}, {edition[2]}"
    if f"Version {version}, {edition[2][:4]}." not in readme:
        yield f"README.md: the citation is not that of {version}"


def test_number_date_and_tag_agree():
    assert list(edition_faults(page("CHANGELOG.md"), CITATION, page("README.md"), PROJECT["version"])) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("## 0.1.0", "## 0.1.1"),
        ("tag `v0.1.0`", "tag `v0.2.0`"),
        ("· 2026-", "· 2025-"),
        ("## 0.1.0 · ", "## Unreleased\n\n## 0.1.0 · "),
    ],
)
def test_that_check_can_fail(before, after):
    changelog = page("CHANGELOG.md")
    assert changelog.count(before) == 1
    spoiled = changelog.replace(before, after)
    assert list(edition_faults(spoiled, CITATION, page("README.md"), PROJECT["version"]))
    assert list(edition_faults(changelog, CITATION, page("README.md"), "9.9.9"))


def test_the_tag_if_there_is_one_is_of_this_history():
    """A tag of the edition's number points into this history, so that it is no other book's."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("no clone")
    command = ["git", "tag", "--list", f"v{PROJECT['version']}", "--no-merged", "HEAD"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout == ""


def test_the_citation_lacks_only_what_people_can_give():
    assert {"title", "abstract", "authors", "version", "date-released", "license", "keywords"} <= set(
        CITATION
    )
    assert CITATION["license"] == "BSD-3-Clause"
    assert CITATION["preferred-citation"]["license"] == "CC-BY-4.0"
    assert CITATION["title"] in page("README.md").partition("\n")[0]


# Addresses

PLACES = {"Repository": ("repository-code", "CONTRIBUTING.md"), "Documentation": ("url", "README.md")}


def address_faults(urls, citation, pages):
    """Each public address stands in the citation and on the page whose readers need it."""
    for name, (key, where) in PLACES.items():
        address = urls.get(name)
        if citation.get(key) != address:
            yield f"CITATION.cff, {key}: got {citation.get(key)}; expected {address}"
        if address and f"]({address})" not in pages[where]:
            yield f"{where}: got no link to {address}"


def test_an_address_stands_wherever_it_is_needed():
    pages = {name: page(name) for _, name in PLACES.values()}
    assert list(address_faults(PROJECT.get("urls", {}), CITATION, pages)) == []


def test_that_check_of_addresses_can_fail():
    public = {"Repository": "https://example.org/code", "Documentation": "https://example.org/pages"}
    cited = {"repository-code": public["Repository"], "url": public["Documentation"]}
    pages = {where: f"[here]({public[name]})" for name, (_, where) in PLACES.items()}
    assert list(address_faults(public, cited, pages)) == []
    for spoiled in ({}, {**cited, "url": "https://example.org"}):
        assert list(address_faults(public, spoiled, pages))
    assert list(address_faults(public, cited, {**pages, "README.md": "no link"}))


# Licenses


def test_each_license_begins_as_hosts_know_it_and_is_whole():
    """GitHub compares a whole file with the license's own wording, so nothing else may stand in it."""
    code, text = page("LICENSE"), page("LICENSE-text")
    assert code.startswith("BSD 3-Clause License\n\nCopyright (c) 2026, ")
    assert text.startswith("Attribution 4.0 International\n\n=====")
    assert code.rstrip().endswith("EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.")
    assert len(code.split("\n\n")) == 7
    assert text.rstrip().endswith("Creative Commons may be contacted at creativecommons.org.")
    assert [f"Section {n} -- " in text for n in range(1, 9)] == [True] * 8


def covered():
    """[{pattern, ...}, ...]: the files of each row of the table in NOTICE.md."""
    table = page("NOTICE.md").partition("| --- |")[2].partition("\n\n")[0]
    return [set(re.findall(r"`([^`]+)`", row.split(" | ")[0])) for row in table.splitlines() if "`" in row]


def rows_of(name):
    """The rows that cover a file; a notebook's text and code stand in one row each."""
    return [row for row in covered() if any(fnmatch.fnmatch(name, one.replace("**/", "*")) for one in row)]


@pytest.mark.skipif(shutil.which("git") is None or not (ROOT / ".git").exists(), reason="no clone")
def test_every_file_has_one_license():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True)
    names = listed.stdout.decode().splitlines()
    assert len(names) > 100
    expected = {True: 2, False: 1}
    assert [name for name in names if len(rows_of(name)) != expected[name.endswith(".ipynb")]] == []
    patterns = {one for row in covered() for one in row}
    unused = {one for one in patterns if not any(fnmatch.fnmatch(n, one.replace("**/", "*")) for n in names)}
    assert unused == set()


def test_the_package_brings_its_licenses():
    assert PROJECT["license"] == "BSD-3-Clause AND CC-BY-4.0"
    assert PROJECT["license-files"] == ["LICENSE", "LICENSE-text", "NOTICE.md"]
    assert all((ROOT / name).is_file() for name in PROJECT["license-files"])


# The source distribution


def in_the_manifest(name, lines):
    """Whether the lines of MANIFEST.in take a file into the source distribution."""
    for line in lines:
        command, *patterns = line.split()
        if command == "graft" and any(name.startswith(folder + "/") for folder in patterns):
            return True
        if command == "include" and name in patterns:
            return True
    return name in ("pyproject.toml", "MANIFEST.in") or name.startswith("mlp_core/")  # setuptools takes these


@pytest.mark.skipif(shutil.which("git") is None or not (ROOT / ".git").exists(), reason="no clone")
def test_the_manifest_takes_every_file():
    lines = [line for line in page("MANIFEST.in").splitlines() if line and line[0] != "#"]
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True)
    names = listed.stdout.decode().splitlines()
    assert [name for name in names if not in_the_manifest(name, lines)] == []
    assert not in_the_manifest("docs/benchmarks.md", [line for line in lines if line != "graft docs"])

"""Links that open a chapter on a machine of Colab's or Binder's, if the book has a public address.

The address is `Repository` among the [project.urls] of pyproject.toml, and stands nowhere else.
"""

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3] / "pyproject.toml"
GITHUB = re.compile(r"https://github\.com/([\w-]+/[\w.-]+?)(?:\.git|/)?$")
THERE_ALREADY = ("jupyter", "ipykernel")  # a hosted notebook has its own, and must keep it


def project():
    return tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]


def address():
    """Return the address of the repository, "" if the book has none."""
    return project().get("urls", {}).get("Repository", "")


def first_cell(repository):
    """Return the cell that a hosted notebook runs first: it installs the book's package."""
    needed = [
        need for need in project()["optional-dependencies"]["book"] if not need.startswith(THERE_ALREADY)
    ]
    wanted = [f"{project()['name']} @ git+{repository}", *needed]
    return "%pip install --quiet " + " ".join(f'"{want}"' for want in wanted)


def launch(chapter, repository):
    """Return the Markdown that offers a chapter, such as "00_the_network"; "" without an address."""
    found = GITHUB.match(repository)
    if not found:
        return ""
    path = f"chapters/{chapter}.ipynb"
    colab = f"https://colab.research.google.com/github/{found[1]}/blob/main/{path}"
    binder = f"https://mybinder.org/v2/gh/{found[1]}/main?labpath={path.replace('/', '%2F')}"
    cell = f"```python\n{first_cell(repository)}\n```"
    return (
        f"Run this chapter without installing anything: [in Binder]({binder}), or [in Colab]({colab}), "
        f"where this cell comes first:\n\n{cell}"
    )

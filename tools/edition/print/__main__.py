"""Make the book on paper, build/print/book.pdf (`make pdf`): one volume, through pandoc and Typst."""

import argparse
import json
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pypandoc
import typst

from .fitting import fit
from .pieces import mended, quoted
from .typst_blocks import for_typst
from .volume import BOOK, edition, markdown

HERE = Path(__file__).parent
BUILD = BOOK / "build" / "print"
# Markdown as Jupyter reads it, and what the volume adds to it.
ADDED = "attributes bracketed_spans fenced_divs pipe_tables raw_html smart strikeout tex_math_dollars"
READ = "+".join(["commonmark", *ADDED.split()])
PAPERS = ("a4", "us-letter")


def pandoc(text, read, write):
    """Return a text as pandoc writes it; a `ValueError` says what it has to say, if it has."""
    command = [pypandoc.get_pandoc_path(), "--from", read, "--to", write, "--wrap", "preserve"]
    made = subprocess.run(
        [*command, "--fail-if-warnings"], input=text, capture_output=True, text=True, encoding="utf-8"
    )
    if made.returncode:
        raise ValueError(f"pandoc: {made.stderr.strip()}")
    return made.stdout


def tree_of(text):
    """Return pandoc's tree of a volume in Markdown, with what Typst needs."""
    return for_typst(json.loads(pandoc(text, READ, "json")))


def typst_of(tree, paper):
    """Return a tree as a file for Typst, which reads style.typ beside it."""
    told = {**edition(), "paper": paper}
    given = ", ".join(f"{name}: {quoted(value)}" for name, value in told.items())
    body = mended(pandoc(json.dumps(tree), "json", "typst"))
    return f'#import "style.typ": *\n#show: book.with(({given}))\n\n{body}'


def source(folder, text=None, paper=PAPERS[0]):
    """Write a volume, without `text` the book, with what it shows into a new folder; return its path."""
    shutil.rmtree(folder, ignore_errors=True)
    no_drawing = shutil.ignore_patterns("*.py", "*.gif", "*.pdf")
    shutil.copytree(BOOK / "figures", folder / "figures", ignore=no_drawing)
    shutil.copy(HERE / "style.typ", folder)
    (folder / "smaller.json").write_text("{}", encoding="utf-8")
    tree = tree_of(markdown(folder) if text is None else text)
    path = folder / "book.typ"
    path.write_text(typst_of(tree, paper), encoding="utf-8")
    return path


def compiled(path):
    """Return a volume as PDF, and what Typst warns of; its errors are `typst.TypstError`.

    It must satisfy PDF/UA-1, as far as Typst can tell: each picture and each formula has a text of its own.
    """
    made, warnings = typst.compile_with_warnings(str(path), ignore_system_fonts=True, pdf_standards=["ua-1"])
    return made, [warning.diagnostic for warning in warnings]


def main(arguments):
    parser = argparse.ArgumentParser(
        prog="python -m tools.edition.print", description=__doc__.partition(":")[0]
    )
    parser.add_argument("--paper", choices=PAPERS, default=PAPERS[0])
    paper = parser.parse_args(arguments).paper
    try:
        path = source(BUILD, paper=paper)
        with suppress(RuntimeError):  # which names no place; the next line names it
            fit(path)
        pdf, warnings = compiled(path)
    except ValueError as error:
        sys.exit(str(error))
    except typst.TypstError as error:
        sys.exit(error.diagnostic)
    if warnings:
        sys.exit("\n".join(warnings))
    (BUILD / "book.pdf").write_bytes(pdf)
    print(f"build/print/book.pdf: {len(pdf) / 1e6:.1f} MB on {paper}")


if __name__ == "__main__":
    main(sys.argv[1:])

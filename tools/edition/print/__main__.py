"""Make the book on paper, build/print/book.pdf (`make pdf`): the chapters through pandoc and Typst, as one volume."""

import json
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pypandoc
import typst

from .fitting import fit
from .typst_blocks import for_typst, mended, quoted
from .volume import BOOK, edition, markdown

HERE = Path(__file__).parent
BUILD = BOOK / "build" / "print"
# Markdown as Jupyter reads it, and what the volume adds to it.
READ = "commonmark+attributes+bracketed_spans+fenced_divs+pipe_tables+raw_html+smart+strikeout+tex_math_dollars"


def pandoc(text, read, write):
    """Return a text as pandoc writes it; exit with what it has to say, if it has."""
    command = [pypandoc.get_pandoc_path(), "--from", read, "--to", write, "--wrap", "preserve", "--fail-if-warnings"]
    made = subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8")
    if made.returncode:
        sys.exit(made.stderr)
    return made.stdout


def source(folder=BUILD):
    """Write the volume as Typst reads it, with its pictures, into a folder, and return its path."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(BOOK / "figures", folder / "figures", ignore=shutil.ignore_patterns("*.py", "*.gif", "*.pdf"))
    text = markdown(folder)
    (folder / "book.md").write_text(text, encoding="utf-8")
    tree = for_typst(json.loads(pandoc(text, READ, "json")))
    body = mended(pandoc(json.dumps(tree), "json", "typst"))
    told = ", ".join(f"{name}: {quoted(value)}" for name, value in edition().items())
    shutil.copy(HERE / "style.typ", folder)
    path = folder / "book.typ"
    path.write_text(f'#import "style.typ": *\n#show: book.with(({told}))\n\n{body}', encoding="utf-8")
    return path


def compiled(path, **options):
    """Return what Typst makes of a file, and its warnings, each in a line."""
    made, warnings = typst.compile_with_warnings(
        str(path), ignore_system_fonts=True, pdf_standards=["ua-1"], **options
    )
    return made, [str(warning) for warning in warnings]


def main():
    try:
        path = source()
        with suppress(RuntimeError):  # which names no place: the next line names it
            fit(path)
        pdf, warnings = compiled(path)
    except ValueError as error:
        sys.exit(str(error))
    except typst.TypstError as error:
        sys.exit(error.diagnostic)
    if warnings:
        sys.exit("\n".join(warnings))
    (BUILD / "book.pdf").write_bytes(pdf)
    print(f"build/print/book.pdf: {len(pdf) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()

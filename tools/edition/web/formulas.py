"""Sphinx's formulas: typeset while the pages are made, by KaTeX; numbered ones link to themselves.

A formula that KaTeX cannot read is a warning with its place. A page holds, out of sight, the equations that
it cites and does not show, so that a script can show them beside the link.
"""

import json
import os
import re
import subprocess
from functools import cache
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.util import logging

LOG = logging.getLogger(__name__)
TAG = re.compile(r"\s*\\tag\{(\d+\.\d+)\}")
CITED = re.compile(r'href="[^"]*#eq-(\d+)-(\d+)"')


@cache
def _typesetter():
    command = [os.environ["NODE"], str(Path(__file__).with_name("katex.cjs")), os.environ["KATEX"]]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )


@cache
def _typeset(tex, display):
    katex = _typesetter()
    katex.stdin.write(json.dumps({"tex": tex, "display": display}) + "\n")
    katex.stdin.flush()
    return json.loads(katex.stdout.readline())


def typeset(tex, display, node=None):
    """Return a formula as HTML; one that cannot be read is a warning, and stands as it came."""
    answer = _typeset(tex, display)
    if "error" in answer:
        LOG.warning("%s: %s", answer["error"], tex, location=node)
        return escape(tex)
    return answer["html"]


def inline(writer, node):
    writer.body.append(f'<span class="formula">{typeset(node.astext(), False, node)}</span>')
    raise nodes.SkipNode


def display(writer, node):
    tex = node.astext()
    tag = TAG.search(tex)
    number = tag[1] if tag else ""
    name = f"eq-{number.replace('.', '-')}"
    body = typeset(TAG.sub("", tex), True, node)
    if number and name in node["ids"]:
        side = f'<a class="number" href="#{name}">({number})</a>'
        writer.body.append(f'<div class="equation" id="{name}">')
    else:  # a copy that a cell prints shows its number, and is not led to
        side = f'<span class="number">({number})</span>' if number else ""
        writer.body.append('<div class="equation">')
    label = f"equation {number}" if number else "formula"
    writer.body.append(
        f'<div class="box" tabindex="0" role="group" aria-label="{label}">{body}</div>{side}</div>\n'
    )
    raise nodes.SkipNode


def add_cited(app, pagename, templatename, context, doctree):
    """Add what a page cites and does not show itself."""
    body = context.get("body", "")
    here = set(re.findall(r'class="equation" id="(eq-\d+-\d+)"', body))
    cited = sorted({f"eq-{a}-{b}" for a, b in CITED.findall(body)} - here)
    known = app.book_equations
    shown = [
        f'<div hidden data-cited="{name}">{typeset(known[number], True)}</div>'
        for name in cited
        if (number := name.removeprefix("eq-").replace("-", ".")) in known
    ]
    context["body"] = body + "\n".join(shown)


def begin(app):
    app.book_equations = json.loads((Path(app.srcdir) / "equations.json").read_text())


def end(app, failure):
    if _typesetter.cache_info().currsize:
        _typesetter().stdin.close()


def setup(app):
    app.add_html_math_renderer("katex", (inline, None), (display, None))
    app.connect("builder-inited", begin)
    app.connect("html-page-context", add_cited)
    app.connect("build-finished", end)
    return {"parallel_read_safe": True, "parallel_write_safe": False}

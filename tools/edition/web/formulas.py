"""Sphinx's formulas: typeset while the pages are made, by KaTeX; numbered ones link to themselves.

A formula that KaTeX cannot read is a warning with its place. The numbered ones of each chapter also stand in
a script of their own, which a page asks for when it is to show one of them beside a link.
"""

import json
import os
import re
import subprocess
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.util import logging

LOG = logging.getLogger(__name__)
TAG = re.compile(r"\s*\\tag\{(\d+\.\d+)\}")
TOKEN = re.compile(r"\\(?:left|right|begin|end|q?quad|approx|[A-Za-z]+|.)|:=|.", re.S)
OPENING, CLOSING = {"{", r"\left", r"\begin"}, {"}", r"\right", r"\end"}
FOR_THE_EYE = '<span class="katex-html" aria-hidden="true">'
# Half of what KaTeX writes no page needs: the LaTeX again, and classes that its style does not know.
ANNOTATED = re.compile(r"<semantics>(.*?)<annotation.*?</annotation></semantics>", re.S)
NAMESPACE = ' xmlns="http://www.w3.org/1998/Math/MathML"'
FOR_READERS_ALOUD = re.compile(r'<span class="katex-mathml">.*?</math></span>', re.S)
CLASSES = re.compile(r'<span class="([^"]*)"')
STYLED = re.compile(r'<span(?: class="([^"]*)")? style="([^"]*)"')
# A line may break within a formula, and not between it and what stands beside it without a space.
END = "<!---->"
SHORT = 20  # characters of LaTeX; what is shorter is not broken
BASE = '<span class="katex-base">'
OPENED, CLOSED, TAGS = re.compile(r"[(\[]"), re.compile(r"[)\]]"), re.compile("<[^>]*>")
BESIDE = re.compile(rf'([(\[“‘]*)(<span class="formula">.*?</span>){END}([.,;:!?)\]”’]*)', re.S)
PATH = re.compile(r'(<span class="pre">)([^<]*/[^<]*)')
# The theme's box round a display takes its name as well; a page has each name once.
NAMED_BOX = re.compile(r'(<div class="math-wrapper [^"]*") id="eq-[\d-]+"')
RULES = re.compile(r"\{[^{}]*\}")


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


@cache
def _known_classes():
    style = (Path(os.environ["KATEX"]) / "dist" / "katex.min.css").read_text(encoding="utf-8")
    return set(re.findall(r"\.([A-Za-z][\w-]*)", RULES.sub(" ", style)))


def _lean(html):
    """Return KaTeX's HTML without what nobody sees or hears."""

    def known(match):
        kept = " ".join(name for name in match[1].split() if name in _known_classes())
        return f'<span class="{kept}"' if kept else "<span"

    return CLASSES.sub(known, ANNOTATED.sub(r"\1", html).replace(NAMESPACE, ""))


def typeset(tex, display, node=None):
    """Return a formula as HTML; one that cannot be read is a warning, and stands as it came."""
    answer = _typeset(tex, display)
    if "error" in answer:
        LOG.warning("%s: %s", answer["error"], tex, location=node)
        return escape(tex)
    html = _lean(answer["html"])
    return html if display or len(tex) < SHORT else breakable(html)


def breakable(html):
    """Return an inline formula that may be broken where KaTeX would break it, but not within brackets."""
    made, *pieces = html.split(BASE)
    text = ""
    for piece in pieces:
        closed = text and len(OPENED.findall(text)) == len(CLOSED.findall(text)) and text.count("∣") % 2 == 0
        made += "<wbr>" * bool(closed) + BASE + piece
        text += TAGS.sub("", piece)
    return made


def sides(tex):
    """Return a display cut before each of its own equals signs, and before the condition behind it."""
    found, depth = [""], 0
    for token in TOKEN.findall(tex):
        depth += (token in OPENING) - (token in CLOSING)
        condition = found[-1].startswith((r"\quad", r"\qquad"))
        cut = token in ("=", ":=", r"\approx", r"\quad", r"\qquad") and found[-1].strip()
        if cut and depth == 0 and not condition:
            found.append("" if token.startswith(r"\q") else "{}")
        found[-1] += token
    return found


def displayed(tex, node=None):
    """Return a display as HTML, one side of which may stand below the other where both have no room."""
    whole = typeset(tex, True, node)
    before, eye, _ = whole.partition(FOR_THE_EYE)
    answers = [_typeset(side, True) for side in sides(tex)]
    if not eye or len(answers) < 2 or any("error" in answer for answer in answers):
        return whole
    ends = "</span></span></span>"
    parts = [_lean(answer["html"]).partition(FOR_THE_EYE)[2].removesuffix(ends) for answer in answers]
    return before + eye + "".join(f'<span class="side">{part}</span>' for part in parts) + ends


def inline(writer, node):
    writer.body.append(f'<span class="formula">{typeset(node.astext(), False, node)}</span>{END}')
    raise nodes.SkipNode


def display(writer, node):
    tex = node.astext()
    tag = TAG.search(tex)
    number = tag[1] if tag else ""
    name = f"eq-{number.replace('.', '-')}"
    body = displayed(TAG.sub("", tex), node)
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


def finish(app, pagename, templatename, context, doctree):
    """Tie the formulas of a page to their neighbors, and let them share their styles.

    A third of its bytes would say these again and again.
    """
    names = {}

    def tied(match):
        before, formula, after = match.groups()
        return f'<span class="tied">{before}{formula}{after}</span>' if before or after else formula

    def named(match):
        name = names.setdefault(match[2], f"k{len(names)}")
        return f'<span class="{match[1]} {name}"' if match[1] else f'<span class="{name}"'

    body = NAMED_BOX.sub(r"\1", context.get("body", ""))
    body = PATH.sub(lambda path: path[1] + path[2].replace("/", "/<wbr>"), body)
    context["body"] = STYLED.sub(named, BESIDE.sub(tied, body))
    rules = "".join(f":is(#k,.{name}){{{style}}}" for style, name in names.items())  # above all of KaTeX's
    context["metatags"] = context.get("metatags", "") + f"<style>{rules}</style>" * bool(names)


def begin(app, config):
    config.book_equations = json.loads((Path(app.srcdir) / "equations.json").read_text(encoding="utf-8"))
    made_by = [Path(__file__), *(Path(__file__).with_name(name) for name in ("katex.cjs", "package.json"))]
    config.typeset_by = sha256(b"".join(file.read_bytes() for file in made_by)).hexdigest()


def end(app, failure):
    if not failure:
        for chapter in {number.partition(".")[0] for number in app.config.book_equations}:
            _put_equations(app, chapter)
    if _typesetter.cache_info().currsize:
        _typesetter().stdin.close()


def _put_equations(app, chapter):
    """Write the equations of a chapter for the eye that points at a link to one of them."""
    shown = {
        number: FOR_READERS_ALOUD.sub("", displayed(tex))
        for number, tex in app.config.book_equations.items()
        if number.partition(".")[0] == chapter and "html" in _typeset(tex, True)
    }
    file = Path(app.outdir, "_static", "equations", f"{chapter}.js")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"Object.assign(bookEquations, {json.dumps(shown)});\n", encoding="utf-8")


def setup(app):
    app.add_html_math_renderer("katex", (inline, None), (display, None))
    app.add_config_value("book_equations", {}, "html")  # where one changes, pages that show it do
    app.add_config_value("typeset_by", "", "html")
    app.connect("config-inited", begin)
    app.connect("html-page-context", finish)
    app.connect("build-finished", end)
    return {"parallel_read_safe": True, "parallel_write_safe": False}

"""What makes pages easy to read and to search: lines that hang, pictures that open, an index by sections."""

import json
import re
from pathlib import Path

from docutils import nodes
from lines import hanging

DRAWN = re.compile(r"(<a\b[^>]*>\s*)?(<img\b[^>]*?src=\"([^\"]+\.svg)\"[^>]*>)")
SPACES = re.compile(r"\s+")
NUMBER = re.compile(r"\\tag\{(\d+\.\d+)\}")


def finish(app, pagename, templatename, context, doctree):
    """Give a page's HTML what Sphinx has no word for."""
    context["body"] = hanging(DRAWN.sub(_opened, context.get("body", "")))


def _opened(match):
    """A drawing in a link to itself, as the other pictures are."""
    link, picture, source = match.groups()
    return match[0] if link else f'<a class="image-reference" href="{source}">{picture}</a>'


def put_index(app, failure):
    """Write what a search looks through: each section's page, title, words, code and equations."""
    if failure:
        return
    found = [entry for page in sorted(app.env.found_docs) for entry in _sections(app.env, page)]
    file = Path(app.outdir, "_static", "sections.js")
    told = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    file.write_text(f"window.bookSections = {told};\n", encoding="utf-8")


def _sections(env, page):
    title = env.titles[page].astext()
    for section in env.get_doctree(page).findall(nodes.section):
        words, code, numbers = [], [], []
        for child in section.children:
            if not isinstance(child, nodes.section | nodes.title):
                _read(child, words, code, numbers)
        name = section.next_node(nodes.title).astext()
        place = "" if section.parent.parent is None else section["ids"][0]
        yield [page, title, name, place, SPACES.sub(" ", "".join(words)).strip(), " ".join(code), numbers]


def _read(node, words, code, numbers):
    """Add to what a section holds: formulas are left out, but for their numbers."""
    if isinstance(node, nodes.math_block):
        if node["ids"]:
            numbers += NUMBER.findall(node.astext())
        words.append(" … ")
    elif isinstance(node, nodes.math):
        words.append("…")
    elif isinstance(node, nodes.literal_block):
        code.append(SPACES.sub(" ", node.astext()))
    elif isinstance(node, nodes.Text):
        words.append(node.astext())
    elif not isinstance(node, nodes.raw | nodes.comment):
        for child in node.children:
            _read(child, words, code, numbers)
        words.append(" " * (not isinstance(node, nodes.Inline)))


def setup(app):
    app.add_config_value("made_by", "", "html")
    app.connect("html-page-context", finish, priority=600)
    app.connect("build-finished", put_index)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

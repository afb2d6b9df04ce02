"""What warnings do not see on a page that was made: raw LaTeX, raw Markdown, a picture that says nothing."""

import re
from html.parser import HTMLParser
from pathlib import Path

SILENT = {"code", "pre", "script", "style", "math", "annotation", "title"}
VOID = {"img", "br", "wbr", "hr", "meta", "link", "input", "path", "use", "line"}
RAW = {
    "raw LaTeX": re.compile(r"\$[^$\n]+\$|\\(?:[a-zA-Z]{2,}|[,;!])"),
    "a raw table": re.compile(r"^\s*\|.*\|\s*$", re.M),
    "raw Markdown": re.compile(r"\*\*\w|~~|\]\([\w#./]|^#{1,4} \w|^:::|```", re.M),
}


class Text(HTMLParser):
    """The words of a page outside of code and formulas, and its pictures without alternative text."""

    def __init__(self):
        super().__init__()
        self.silent, self.words, self.pictures = [], [], []

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag == "img" and not (named.get("alt") or "").strip():
            self.pictures.append(named.get("src", "")[:80])
        if tag in VOID:
            return
        if self.silent or tag in SILENT or "katex" in (named.get("class") or "").split():
            self.silent.append(tag)

    def handle_endtag(self, tag):
        if self.silent and tag not in VOID:
            self.silent.pop()

    def handle_data(self, data):
        if not self.silent:
            self.words.append(data)


def leftovers(page):
    """Return what is wrong on a page of HTML: pairs of what it is, and its words or its file."""
    text = Text()
    text.feed(page)
    words = "\n".join(text.words)
    raw = []
    for what, form in RAW.items():
        for found in form.finditer(words):
            begin = max(found.start() - 6, words.rfind("\n", 0, found.start()) + 1)
            raw.append((what, words[begin : found.end() + 6].strip().partition("\n")[0][:60]))
    return raw + [("a picture without alternative text", Path(source).name) for source in text.pictures]

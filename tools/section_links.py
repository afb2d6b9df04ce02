"""Bring the linked section numbers of the teachers' page up to date (`python -m tools.section_links`).

A link such as `[00, section 6](00_the_network.ipynb#6-Which-way-should-one-weight-go?)` holds the words of a
heading. These stay when a section gets another number; then the number in the link and in its text follow.
"""

import re

from .chapter_text import CHAPTERS, read, texts
from .whole_files import write_whole

PAGE = CHAPTERS / "teaching.md"
HEADING = re.compile(r"^## (\d+) (.+?)\s*$", re.M)
SECTION_LINK = re.compile(r"\[(\d\d), section \d+\]\((\d\d_\w+\.ipynb)#\d+-([^)\s]+)\)")


def numbers(notebook):
    """Return {heading as a link writes it: number} of a chapter's sections."""
    found = [pair for _, text in texts(notebook) for pair in HEADING.findall(text)]
    return {heading.replace(" ", "-"): int(number) for number, heading in found}


def linked(text):
    """Return [(file name, heading as a link writes it), ...] of the sections that a text links to."""
    return [(file, heading) for _, file, heading in SECTION_LINK.findall(text)]


def brought_up_to_date(page):
    """Return the page with the number that each linked section has now; one that is gone is an error."""

    def link(found):
        chapter, file, heading = found.groups()
        there = numbers(read(CHAPTERS / file))
        if heading not in there:
            raise LookupError(f"{file}: got a link to {heading!r}; expected one of {[*there]}")
        return f"[{chapter}, section {there[heading]}]({file}#{there[heading]}-{heading})"

    return SECTION_LINK.sub(link, page)


def main():
    before = PAGE.read_text(encoding="utf-8")
    after = brought_up_to_date(before)
    if after != before:
        write_whole(PAGE, after.encode("utf-8"))
    pairs = zip(before.splitlines(), after.splitlines(), strict=True)
    changed = sum(old != new for old, new in pairs)
    print(f"{PAGE.name}: {len(linked(after))} links to sections, {changed} lines changed")


if __name__ == "__main__":
    main()

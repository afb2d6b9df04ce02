"""Lines of code and of what it printed, each one an element: where one is wrapped, its rest hangs below it.

Lines whose columns stand below one another are kept whole, and scroll.
"""

import re

BLOCK = re.compile(r'(<div class="highlight"><pre>)(?:<span></span>)?(.*?)\n?(</pre>)', re.S)
TAGS = re.compile(r"<[^>]*>")
COLUMNS = re.compile(r"\S {2,}\S.*?\S {2,}\S")
POINTS = re.compile(r"\s*\^+\s*$")  # at what stands above it
LONG = re.compile(r"\S{28}")  # begun on a line of its own, it would leave the one above empty
ROW = re.compile(r" ?\[{1,3} ?-?[\d.]")


def hanging(html):
    """Return a page's HTML with its lines of code as elements, each with the depth of its indentation."""
    return BLOCK.sub(lambda block: block[1] + "".join(_lines(block[2])) + block[3], html)


def _lines(block):
    lines = block.split("\n")
    bare = [TAGS.sub("", line) for line in lines]
    aligned = [bool(COLUMNS.search(line) or ROW.match(line)) for line in bare]
    for k in [k for k, line in enumerate(bare) if POINTS.match(line) and k]:
        aligned[k - 1 : k + 1] = True, True
    for k, line in enumerate(lines):
        beside = aligned[max(k - 1, 0) : k] + aligned[k + 1 : k + 2]
        indentation = min(len(bare[k]) - len(bare[k].lstrip()), 24) // 4 * 4
        name = " named" * bool(LONG.search(bare[k]))
        kind = " kept" if aligned[k] and any(beside) else f" in-{indentation}" * bool(indentation)
        yield f'<span class="line{kind}{name}">{line}\n</span>'

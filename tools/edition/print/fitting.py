"""Pictures on paper: one that would leave much of a page empty is made smaller, or stands atop the next page.

Typst cannot do so itself: what stands below a picture moves with it, and with that the room for the next one.
So the volume is laid out, the first picture that wants another size gets it, and it is laid out again.
A size of 0 says that the text goes on where the picture would begin, and the picture stands on the next page.
"""

import json

import typst

SMALLEST = 0.8
BESIDE = 48  # points below a picture, for its caption and the space around it
EMPTY = 120  # points that may be left of a page


def told(path, kind):
    """Return what the volume, laid out, tells of its equations, lines of code, headings and so on."""
    found = json.loads(typst.query(str(path), "<told>", field="value", ignore_system_fonts=True))
    return [value for value in found if value["kind"] == kind]


def wanted(place):
    """Return the share of its size with which a picture fits the page it begins on.

    Where none does, 1.0 if little of the page is left, and 0.0 if the text is to go on there.

    `place` says, in points, what is left of the page ("room") and what the picture takes ("tall").
    """
    share = (place["room"] - BESIDE) / place["tall"]
    if share < SMALLEST:
        return 0.0 if place["room"] > EMPTY else 1.0
    return min(round(share, 3), 1.0)


def corrected(found, sizes):
    """Return the sizes with one more mended, the first that is wrong; the same if none is."""
    for number, place in enumerate(found, start=1):
        if sizes.get(str(number), 1.0) != wanted(place):
            return sizes | {str(number): wanted(place)}
    return sizes


def fit(path):
    """Settle the sizes of a volume's pictures, in smaller.json beside it."""
    sizes: dict[str, float] = {}
    while True:
        (path.parent / "smaller.json").write_text(json.dumps(sizes), encoding="utf-8")
        made = corrected(told(path, "picture"), sizes)
        if made == sizes:
            return
        sizes = made

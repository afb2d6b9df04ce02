"""Where the sides of a chain of equations stand in its text."""


def split(chain: str) -> list[str]:
    """Return the sides of a chain of equations: what stands between equals signs outside of braces."""
    sides, depth = [""], 0
    for letter in chain:
        depth += (letter == "{") - (letter == "}")
        if letter == "=" and depth == 0:
            sides.append("")
        else:
            sides[-1] += letter
    return sides


def of_one_side(message: str) -> str:
    """Return a message in which a line with a mark below it is cut down to the side that is marked."""
    lines = message.splitlines()
    for k in range(1, len(lines)):
        mark = lines[k].find("^")
        if mark < 0 or lines[k].strip("^ "):
            continue
        begin = 0
        for side in split(lines[k - 1]):
            end = begin + len(side)
            if mark <= end:
                break
            begin = end + 1
        last = max(end, len(lines[k]))
        begin += len(lines[k - 1][begin:]) - len(lines[k - 1][begin:].lstrip())
        begin = min(begin, mark)
        lines[k - 1 : k + 1] = [f"    {row[begin:last].rstrip()}" for row in lines[k - 1 : k + 1]]
    return "\n".join(lines)

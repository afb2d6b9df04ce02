"""One-slip mutants of the pictures: each draws or prints something else than it says; see mutants.py."""

from mutants import Mutant

NUMBERS = "pictures/ground/numbers.py"
ARGUMENTS = "pictures/ground/arguments.py"

SLIPS = [
    # printed numbers
    Mutant(
        "rounded keeps six digits",
        NUMBERS,
        "float(value):.12g",
        "float(value):.6g",
        unseen=True,
    ),
    Mutant(
        "a small pull loses its sign",
        NUMBERS,
        "0 < abs(value) < 0.5 * 10**-decimals",
        "0 < abs(value) < 0.05 * 10**-decimals",
        unseen=True,
    ),
    # drawings
    Mutant(
        "overshoot: the level line at the least E",
        "pictures/losses.py",
        "[start, start])",
        "[losses.min()] * 2)",
        unseen=True,
    ),
    Mutant(
        "two classes: the slope triangle half as high",
        "pictures/probabilities.py",
        "slope_triangle(axes, 0, middle, 2, 2 * slope)",
        "slope_triangle(axes, 0, middle, 2, slope)",
        unseen=True,
    ),
    Mutant(
        "training: a fourth set has no line",
        "pictures/training_runs.py",
        '"m": (1, len(SET_STYLES))',
        '"m": (1, 9)',
        unseen=True,
        asked_first="test_picture_arguments.py",
    ),
    Mutant(
        "bell and parabola: read between 0 and 1 always",
        "pictures/activations.py",
        "np.linspace(*activation.bounds, SAMPLES)",
        "np.linspace(0.0, 1.0, SAMPLES)",
        unseen=True,
    ),
    Mutant(
        "worksheet: one equation for every slope",
        "pictures/worksheet.py",
        "activation.slope_equation or found[SLOPE - 1]",
        "found[SLOPE - 1]",
    ),
    Mutant(
        "a sliding digit: what is kept back is filled",
        "pictures/sliding_digit.py",
        "    if length > 0:",
        "    if length > -9:",
    ),
    Mutant(
        "network backwards: the way leads to the first input always",
        "pictures/forward_and_back.py",
        "places.tails(0)[way.m]",
        "places.tails(0)[1]",
    ),
    Mutant(
        "fingerprints: right over wrong",
        "pictures/fingerprints.py",
        "[part / right for part in wrong]",
        "[right / np.where(part, part, 1) for part in wrong]",
    ),
    Mutant(
        "verdicts: the axis begins at 0",
        "pictures/verdicts.py",
        "ZERO + LENGTH * (share - LEAST) / (1 - LEAST), level",
        "ZERO + LENGTH * share, level",
    ),
    Mutant(
        "wishes: the sizes are added",
        "pictures/wishes.py",
        "float(wishes.sum())\n    card",
        "float(abs(wishes).sum())\n    card",
    ),
    Mutant(
        "a chain: the gate is left out",
        "pictures/chains.py",
        "gate, float(on_y_hat[0]))",
        "gate, pull * w[1])",
    ),
    Mutant(
        "a boundary: the leading class against itself",
        "pictures/plane.py",
        "np.delete(z_hat, i, axis=0).max(axis=0)",
        "z_hat.max(axis=0)",
    ),
    Mutant(
        "depth: one color too few",
        "pictures/depth.py",
        "(GROWS, np.argmax(kept))",
        "(STAYS, np.argmax(kept))",
    ),
    Mutant(
        "weights beside their start: each on a scale of its own",
        "pictures/learned_weights.py",
        'start[k].reshape(shape), limit, f"start',
        'start[k].reshape(shape), np.abs(start).max(), f"start',
    ),
    # how they are stored
    Mutant(
        "a palette of the rarest colors",
        "pictures/ground/palette.py",
        "np.argsort(-counts",
        "np.argsort(counts",
    ),
    Mutant(
        "a palette however far its colors",
        "pictures/ground/palette.py",
        "FARTHEST = 16.0",
        "FARTHEST = 999.0",
    ),
    Mutant(
        "an alternative text that ends an attribute",
        "pictures/ground/html_image.py",
        "html.escape(text)",
        "text",
    ),
    # what they are given
    Mutant("a size of another argument passes", ARGUMENTS, "{name: shape}, self.known)", "{name: shape})"),
    Mutant(
        "a picture: NaN passes",
        ARGUMENTS,
        "fine = (least <= array) & (array <= most)",
        "fine = ~(array < least) & ~(array > most)",
    ),
    Mutant(
        "whole numbers may be halves",
        ARGUMENTS,
        "array == np.floor(array)",
        "array == np.floor(2 * array) / 2",
    ),
    Mutant(
        "numbers need not rise",
        ARGUMENTS,
        "if self.rising and (np.diff(array) <= 0)",
        "if self.rising and (np.diff(array) < -9)",
    ),
]
# What a picture refuses or prints where nothing is stored, no chapter sees.
NOT_IN_A_CHAPTER = ("fingerprints", "verdicts", "wishes", "chains", "plane", "palette", "html_image")
UNSEEN = {ARGUMENTS, *(f"pictures/{name}.py" for name in NOT_IN_A_CHAPTER)}
PICTURE_MUTANTS = [mutant._replace(unseen=mutant.file in UNSEEN) for mutant in SLIPS]

"""Momentum by hand, and the step that shuts a unit: their steps, and the slips in them."""

from ..chain import Slip, Step

_SEE_KEEP = "A pull of 0 must not stop the weight: its velocity only shrinks."
_SEE_RATE = "At rate 0 no weight may move, however fast the velocity has become."
_SEE_FIRST = "The first velocity is the first pull, because the velocity began at zero."
MOMENTUM = (
    Step("u1", "", "u1 = pulls[0]", "the first velocity, from rest"),
    Step("u2", "", "u2 = mu * u1 + pulls[1]", "the second velocity"),
    Step("u3", "", "u3 = mu * u2 + pulls[2]", "the third velocity"),
    Step("w1", "", "w1 = w0 + rate * u1", "the weight after the first step"),
    Step("w2", "", "w2 = w1 + rate * u2", "the weight after the second step"),
    Step("w3", "", "w3 = w2 + rate * u3", "the weight after the third step"),
    Step("velocities", "", "velocities = np.array([u1, u2, u3])", "the three velocities"),
    Step("weights", "", "weights = np.array([w1, w2, w3])", "the three weights"),
)
MOMENTUM_SLIPS = (
    Slip(
        (("u2", "u2 = pulls[1]"), ("u3", "u3 = pulls[2]")),
        "each velocity is the new pull alone: there is no momentum",
        _SEE_KEEP,
        3,
    ),
    Slip(
        (("u2", "u2 = u1 + pulls[1]"), ("u3", "u3 = u2 + pulls[2]")),
        "nothing is forgotten of the velocity",
        "With a pull of 0 the velocity must shrink from step to step.",
        3,
    ),
    Slip(
        (("u2", "u2 = mu * pulls[0] + pulls[1]"), ("u3", "u3 = mu * pulls[1] + pulls[2]")),
        "the pull before is kept, and not the velocity, which remembers all pulls",
        _SEE_KEEP,
    ),
    Slip(
        (("u2", "u2 = mu * u1 - pulls[1]"), ("u3", "u3 = mu * u2 - pulls[2]")),
        "the new pull is taken off the velocity",
        "A positive pull must raise the velocity.",
    ),
    Slip(
        (
            ("u1", "u1 = mu * pulls[0]"),
            ("u2", "u2 = mu * (u1 + pulls[1])"),
            ("u3", "u3 = mu * (u2 + pulls[2])"),
        ),
        "the new pull is shortened as well",
        _SEE_FIRST,
    ),
    Slip(
        (
            ("u1", "u1 = (1 - mu) * pulls[0]"),
            ("u2", "u2 = mu * u1 + (1 - mu) * pulls[1]"),
            ("u3", "u3 = mu * u2 + (1 - mu) * pulls[2]"),
        ),
        "the new pull counts 1 - mu, so that the velocity is an average, as some programs have it",
        _SEE_FIRST,
    ),
    Slip(
        (
            ("u1", "u1 = rate * pulls[0]"),
            ("u2", "u2 = mu * u1 + rate * pulls[1]"),
            ("u3", "u3 = mu * u2 + rate * pulls[2]"),
            ("w1", "w1 = w0 + u1"),
            ("w2", "w2 = w1 + u2"),
            ("w3", "w3 = w2 + u3"),
        ),
        "the rate is within the velocity, where this book lets it shorten the step only",
        _SEE_FIRST,
        convention=True,
    ),
    Slip(
        (("w1", "w1 = w0 - rate * u1"), ("w2", "w2 = w1 - rate * u2"), ("w3", "w3 = w2 - rate * u3")),
        "the steps go against the velocity",
        "The pull says where to go, so a positive one must raise the weight.",
        3,
    ),
    Slip(
        (("w1", "w1 = w0 + u1"), ("w2", "w2 = w1 + u2"), ("w3", "w3 = w2 + u3")),
        "the rate is left out of the steps",
        _SEE_RATE,
        3,
    ),
    Slip(
        (("w2", "w2 = w0 + rate * u2"), ("w3", "w3 = w0 + rate * u3")),
        "each step sets out from the first weight again",
        "The second step begins where the first has ended.",
    ),
    Slip(
        (("u2", "u2 = 0.9 * u1 + pulls[1]"), ("u3", "u3 = 0.9 * u2 + pulls[2]")),
        "the momentum is 0.9, as in the chapter, and not that of the cell",
        "By what does the velocity shrink where the pull is 0?",
    ),
    Slip((("w1", "w1 = rate * u1"),), "the weight begins at 0", "It begins at the weight given.", 2),
    Slip(
        (
            ("w1", "w1 = w0 + rate * pulls[0]"),
            ("w2", "w2 = w1 + rate * pulls[1]"),
            ("w3", "w3 = w2 + rate * pulls[2]"),
        ),
        "the weight follows the pulls, and not the velocities",
        _SEE_KEEP,
    ),
    Slip(
        (("w1", "w1 = w0"), ("w2", "w2 = w1 + rate * u1"), ("w3", "w3 = w2 + rate * u2")),
        "each step uses the velocity of the step before",
        "The two arrows stand in an order: first the velocity, then the weight.",
    ),
    Slip(
        (
            ("w1", "w1 = w0 + rate * (mu * u1 + pulls[0])"),
            ("w2", "w2 = w1 + rate * (mu * u2 + pulls[1])"),
            ("w3", "w3 = w2 + rate * (mu * u3 + pulls[2])"),
        ),
        "the step looks ahead by one more momentum, as Nesterov's does",
        _SEE_FIRST,
        1,
    ),
)

_SEE_INK = "Put your rate in, take the step, and try inks of 0, 0.5 and 1: which of them opens the unit?"
_SEE_DOWN = "A negative pull must lower what it pulls."
SHUT = (
    Step("pull_b", "5.5", "pull_b = q", "the pull on the bias"),
    Step("pull_w", "5.5", "pull_w = q * ink", "the pull on the weight"),
    Step("new_bias", "", "new_bias = b + rate * pull_b", "the bias after the step"),
    Step("new_weight", "", "new_weight = w + rate * pull_w", "the weight after the step"),
    Step("loudest", "0.1", "loudest = b + w", "the sum at full ink, before the step"),
    Step("falls", "", "falls = pull_b + pull_w", "how fast that sum moves with the rate"),
    Step("least_rate", "", "least_rate = -loudest / falls", "the rate at which the sum at full ink is 0"),
)
SHUT_SLIPS = (
    Slip(
        (("pull_w", "pull_w = q"),),
        "the pull on the weight lacks the signal at its tail, the ink",
        "At an ink of 0 the weight has no part in the sum, and no pull.",
        3,
    ),
    Slip((("pull_w", "pull_w = ink"),), "the pull on the weight is the ink alone, without q", _SEE_DOWN),
    Slip(
        (("pull_w", "pull_w = q * ink * w"),),
        "the weight itself stands in its pull",
        "The sum grows by the ink, whatever the weight is.",
    ),
    Slip(
        (("pull_b", "pull_b = q * ink"),),
        "the pull on the bias is multiplied by the ink: its signal is 1",
        "The bias moves at an ink of 0 as well.",
    ),
    Slip(
        (("pull_w", "pull_w = q * ink**2"),),
        "the ink is a factor twice in the pull on the weight",
        "Pull times signal, and the signal is the ink: once.",
    ),
    Slip((("pull_w", "pull_w = 0 * q"),), "the weight is left as it is", "Its signal is the ink.", 2),
    Slip((("least_rate", "least_rate = -falls / loudest"),), "the rate is upside down", _SEE_INK, 2),
    Slip((("pull_b", "pull_b = 0 * q"),), "the bias is left as it is", "Its signal is the constant 1.", 2),
    Slip(
        (("new_bias", "new_bias = b - rate * pull_b"), ("new_weight", "new_weight = w - rate * pull_w")),
        "the step goes against the pull",
        _SEE_DOWN,
        3,
    ),
    Slip(
        (("new_bias", "new_bias = b + pull_b"), ("new_weight", "new_weight = w + pull_w")),
        "the rate is left out of the step",
        "At rate 0 nothing may move.",
        3,
    ),
    Slip(
        (("new_bias", "new_bias = rate * pull_b"), ("new_weight", "new_weight = rate * pull_w")),
        "this is the step alone, and not where it leads",
        "At rate 0 the bias is what it was.",
    ),
    Slip(
        (("loudest", "loudest = b + w * ink"), ("falls", "falls = pull_b + pull_w * ink")),
        "the rate shuts the unit for this digit alone, and a blacker one opens it",
        _SEE_INK,
        3,
    ),
    Slip(
        (("loudest", "loudest = b"), ("falls", "falls = pull_b")),
        "the rate brings the bias to 0, and ink opens the unit still",
        _SEE_INK,
        3,
    ),
    Slip(
        (("loudest", "loudest = w"), ("falls", "falls = pull_w")),
        "the rate brings the weight to 0, and the bias is forgotten",
        _SEE_INK,
    ),
    Slip(
        (("least_rate", "least_rate = loudest / falls"),),
        "the rate is negative",
        "A rate says how far to go along the pull, so it is positive.",
    ),
    Slip((("falls", "falls = pull_b"),), "only the bias is moved by the step", _SEE_INK),
    Slip((("falls", "falls = pull_b + pull_w * ink"),), "two inks are mixed: 1 before the step", _SEE_INK),
    Slip((("loudest", "loudest = b + w * ink"),), "two inks are mixed: 1 after the step", _SEE_INK),
)

"""Slips in the first E of a program and the lowest, and in what a little ink does; chapter 07."""

from ..chain import Derivation, Slip, Step

_SEE_FIRST = "Where all are given the same, each is given 1 divided by their number."
_SEE_SUREST = "Write down the row that the second softmax is given: one 1, and 0 for every other class."
_FIRST = (
    Step("first", "7.1", "first = np.log(K)", "the first E"),
    Step("over_batch", "7.1", "over_batch = np.log(B)", "the first E of a softmax over the batch"),
    Step("surest", "1.16", "surest = np.e / (np.e + K - 1)", "the most that a second softmax can give"),
    Step("lowest", "2.1", "lowest = -np.log(surest)", "the E that softmax twice cannot get below"),
)
_FIRST_SLIPS = (
    Slip((("first", "first = np.log(10)"),), "ten classes are counted, as with the digits", _SEE_FIRST, 3),
    Slip((("first", "first = np.log(B)"),), "the examples are counted, and not the classes", _SEE_FIRST),
    Slip((("first", "first = np.log10(K)"),), "the logarithm has base 10", "E is in nats."),
    Slip((("first", "first = np.log2(K)"),), "the logarithm has base 2", "E is in nats."),
    Slip((("first", "first = -np.log(K)"),), "the minus is lost", "E is never negative."),
    Slip((("first", "first = 1 / K"),), "the probability is given, and not its logarithm", _SEE_FIRST),
    Slip(
        (("over_batch", "over_batch = np.log(K)"),),
        "the classes still share the 1",
        "Down which axis does a softmax over the batch add up to 1?",
        3,
    ),
    Slip((("over_batch", "over_batch = np.log(32)"),), "the batch of section 2 is counted", _SEE_FIRST, 3),
    Slip(
        (("over_batch", "over_batch = np.log(B * K)"),),
        "all numbers of the batch share one 1",
        "Down which axis does a softmax over the batch add up to 1?",
    ),
    Slip((("over_batch", "over_batch = np.log10(B)"),), "the logarithm has base 10", "E is in nats."),
    Slip((("surest", "surest = np.e / (np.e + 9)"),), "nine other classes are counted", _SEE_SUREST, 3),
    Slip((("surest", "surest = np.e / (np.e + K)"),), "one class too many is counted", _SEE_SUREST, 3),
    Slip(
        (("surest", "surest = 1.0"),),
        "the second softmax can be as sure as one alone",
        "Its logits lie between 0 and 1, whatever the weights are.",
        3,
    ),
    Slip(
        (("surest", "surest = 1 / K"),),
        "the second softmax cannot tell classes apart at all",
        _SEE_SUREST,
    ),
    Slip(
        (("surest", "surest = np.e / (K - 1)"),),
        "the wanted class is left out of the pot",
        _SEE_SUREST,
    ),
    Slip(
        (("surest", "surest = np.e / K"),),
        "the one e is counted, and the pot still holds K ones",
        _SEE_SUREST,
        3,
    ),
    Slip(
        (("surest", "surest = np.e / (1 + np.e)"),),
        "two classes are counted, as with a sigmoid",
        _SEE_SUREST,
    ),
    Slip((("surest", "surest = np.e / (np.e + B - 1)"),), "the examples share the pot", _SEE_SUREST),
    Slip(
        (("first", "first = 1 / K"), ("over_batch", "over_batch = 1 / B"), ("lowest", "lowest = surest")),
        "the probabilities are given: E is minus their logarithm",
        "How much does E charge for a probability of 1?",
        3,
    ),
    Slip(
        (("first", "first = np.log10(K)"), ("over_batch", "over_batch = np.log10(B)")),
        "the logarithms of the first two have base 10",
        "E is in nats.",
    ),
    Slip(
        (
            ("first", "first = np.log10(K)"),
            ("over_batch", "over_batch = np.log10(B)"),
            ("lowest", "lowest = -np.log10(surest)"),
        ),
        "all logarithms have base 10",
        "E is in nats.",
    ),
    Slip(
        (
            ("first", "first = np.log2(K)"),
            ("over_batch", "over_batch = np.log2(B)"),
            ("lowest", "lowest = -np.log2(surest)"),
        ),
        "all logarithms have base 2",
        "E is in nats.",
    ),
    Slip(
        (
            ("first", "first = -np.log(K)"),
            ("over_batch", "over_batch = -np.log(B)"),
            ("lowest", "lowest = np.log(surest)"),
        ),
        "the minus is lost",
        "E is never negative.",
        3,
    ),
    Slip((("lowest", "lowest = surest"),), "the probability is given, and not its logarithm", _SEE_SUREST),
    Slip((("lowest", "lowest = np.log(surest)"),), "the minus is lost", "E is never negative."),
)

_SEE_INK = "Raise all slopes by 1: then only all logits rise alike, and neither z nor E may notice."
_INK = (
    Step("average", "7.3", "average = (z * s).sum()", "the average slope, each class counting with its z"),
    Step("surer", "1.13", "surer = z[0, 0] * (s[0] - average)", "the slope of z_1"),
    Step("pull_1", "7.3", "pull_1 = s[0] - average", "the pull on the ink where class 1 is right"),
    Step("pull_2", "7.3", "pull_2 = s[1] - average", "the pull on the ink where class 2 is right"),
)
_INK_SLIPS = (
    Slip((("average", "average = 0 * s.sum()"),), "each class speaks for its own logit alone", _SEE_INK, 3),
    Slip(
        (("average", "average = s.mean()"),),
        "all classes count alike in the average",
        "A class that holds nothing has nothing to lose.",
        3,
    ),
    Slip((("average", "average = -(z * s).sum()"),), "what the classes hold is added", _SEE_INK),
    Slip(
        (("average", "average = (z * np.abs(s)).sum()"),),
        "the third logit is raised: its slope is -2",
        _SEE_INK,
        3,
    ),
    Slip(
        (("pull_1", "pull_1 = 1 - z[0, 0]"), ("pull_2", "pull_2 = 1 - z[0, 1]")),
        "only what the right class lacks is given, without the slopes",
        "Ink reaches E by way of all three logits, each with its own slope.",
        3,
    ),
    Slip(
        (("surer", "surer = s[0] - average"),),
        "the factor in front, z_1 itself, is left out",
        "A class that holds nothing cannot win or lose much by a little ink.",
        3,
    ),
    Slip((("surer", "surer = s[0]"),), "the slope of the logit stands in place of that of z", _SEE_INK, 3),
    Slip(
        (("surer", "surer = z[0, 0] * (1 - z[0, 0]) * s[0]"),),
        "only the class's own logit is counted",
        _SEE_INK,
        3,
    ),
    Slip((("surer", "surer = z[0, 0] * s[0]"),), "the price is left out", _SEE_INK),
    Slip(
        (("pull_1", "pull_1 = (1 - z[0, 0]) * s[0]"), ("pull_2", "pull_2 = (1 - z[0, 1]) * s[1]")),
        "only the right class's own logit is counted",
        _SEE_INK,
        3,
    ),
    Slip(
        (("pull_1", "pull_1 = average - s[0]"), ("pull_2", "pull_2 = average - s[1]")),
        "the sign is that of the slope of E",
        "The pull says what lowers E.",
        3,
    ),
    Slip(
        (
            ("pull_1", "pull_1 = z[0, 0] * (s[0] - average)"),
            ("pull_2", "pull_2 = z[0, 1] * (s[1] - average)"),
        ),
        "a factor z is too many, as in a slope of z and not of its logarithm",
        "Where a network is sure and wrong it must be pulled hardest.",
        3,
    ),
    Slip(
        (("pull_2", "pull_2 = s[0] - average"),),
        "class 1 is still taken for the right one",
        "Who is wanted now?",
    ),
)

FIRST_E = Derivation(("z_hat",), ("first", "over_batch", "lowest"), _FIRST, _FIRST_SLIPS)
MORE_INK = Derivation(("z", "s"), ("surer", "pull_1", "pull_2"), _INK, _INK_SLIPS)

"""What may be done by mistake to anything that has one row an example, as tables of expressions."""

from .wording import SEE_ROWS

SEE_ORDER = "Print it beside the right one for two examples: which entry stands where?"
SEE_SIZE = "Double it by hand and follow it to the end: what comes out must double too."
SEE_TRANSPOSE = "A reshape reads the numbers on in the old order; `.T` is what exchanges rows and columns."
SEE_ALL = "Print its shape, and what of it is 0: how many units, classes and examples are there?"
SEE_WHOLE = "Print its dtype: what is put into an array of whole numbers is cut."

# Of what has one row an example: what stands for it, what that says, how to see it.
OF_ROWS = (
    ("0 * {e} + ({e}).mean(axis=0)", "{what} is averaged over the examples", SEE_ROWS),
    ("0 * {e} + ({e}).sum(axis=0)", "{what} is added up over the examples", SEE_ROWS),
    ("0 * {e} + ({e}).mean()", "{what} is averaged over all its entries: an axis is missing", SEE_ROWS),
    ("0 * {e} + ({e}).sum()", "{what} is added up over all its entries: an axis is missing", SEE_ROWS),
    ("0 * {e} + ({e}).mean(axis=1, keepdims=True)", "{what} is averaged along each row", SEE_ALL),
    ("0 * {e} + ({e}).sum(axis=1, keepdims=True)", "{what} is added up along each row", SEE_ALL),
    ("0 * {e} + ({e})[:1]", "{what} is that of the first example for all", SEE_ROWS),
    ("0 * {e} + ({e})[-1:]", "{what} is that of the last example for all", SEE_ROWS),
    ("0 * {e} + ({e})[:, :1]", "the first entry of each row stands for all of {what}", SEE_ALL),
    ("0 * {e} + ({e})[:, -1:]", "the last entry of each row stands for all of {what}", SEE_ALL),
    ("np.roll({e}, 1, axis=0)", "{what} is that of the example before", SEE_ROWS),
    ("np.roll({e}, -1, axis=0)", "{what} is that of the example behind", SEE_ROWS),
    ("({e})[::-1]", "{what} comes with the examples in reversed order", SEE_ROWS),
    ("np.roll({e}, 1, axis=1)", "{what} is one place too far on in each row", SEE_ORDER),
    ("np.roll({e}, -1, axis=1)", "{what} is one place too far back in each row", SEE_ORDER),
    ("({e})[:, ::-1]", "{what} stands in reversed order", SEE_ORDER),
    ("np.c_[np.ones(B), {e}][:, :-1]", "{what}, with the 1 in front, is cut at the wrong end", SEE_ORDER),
    ("np.c_[{e}, np.ones(B)][:, 1:]", "{what}, with the 1 behind, is cut at the wrong end", SEE_ORDER),
    ("np.reshape(({e}).T, ({e}).shape)", "{what} is reshaped where it should be transposed", SEE_TRANSPOSE),
    (
        "np.reshape({e}, ({e}).shape[::-1]).T",
        "{what} is reshaped, and not transposed, on its way into the product",
        SEE_TRANSPOSE,
    ),
    ("np.c_[({e})[:, :-1], np.zeros(B)]", "the last entry of {what} is left out", SEE_ALL),
    ("np.c_[np.zeros(B), ({e})[:, 1:]]", "the first entry of {what} is left out", SEE_ALL),
    ("np.r_[({e})[:-1], 0 * ({e})[-1:]]", "{what} is left out for the last example", SEE_ROWS),
    ("np.r_[0 * ({e})[:1], ({e})[1:]]", "{what} is left out for the first example", SEE_ROWS),
    ("np.cumsum({e}, axis=0)", "{what} is added up from example to example, and never set back", SEE_ROWS),
    ("np.cumsum({e}, axis=1)", "{what} is added up along the row, and never set back", SEE_ALL),
    ("{e} - ({e}).mean(axis=0)", "the batch's mean is taken off {what}", SEE_ROWS),
    ("{e} - ({e}).mean(axis=1, keepdims=True)", "each row's mean is taken off {what}", SEE_SIZE),
    ("({e} - ({e}).mean(axis=0)) / ({e}).std(axis=0)", "{what} is standardized over the batch", SEE_ROWS),
    (
        "({e} - ({e}).mean(axis=1, keepdims=True)) / ({e}).std(axis=1, keepdims=True)",
        "{what} is standardized along each row",
        SEE_SIZE,
    ),
    ("{e} / ({e}).std(axis=0)", "{what} is divided by its spread over the batch", SEE_ROWS),
    (
        "{e} / np.linalg.norm({e}, axis=1, keepdims=True)",
        "each row of {what} is divided by its length",
        SEE_SIZE,
    ),
    ("{e} / np.linalg.norm({e})", "{what} is divided by its length", SEE_SIZE),
    ("{e} / abs({e}).max()", "{what} is divided by its largest entry", SEE_SIZE),
    ("{e} / ({e}).sum(axis=1, keepdims=True)", "each row of {what} is divided by its sum", SEE_SIZE),
    ("np.clip({e}, -1, 1)", "{what} is clipped at 1", SEE_SIZE),
    ("np.clip({e}, -0.1, 0.1)", "{what} is clipped at 0.1", SEE_SIZE),
    ("np.clip({e}, 0, 1)", "{what} is clipped to 0 and 1", SEE_SIZE),
    ("np.maximum({e}, 0)", "what is negative in {what} is lost, as with a ReLU", SEE_SIZE),
    ("np.sign({e})", "only the signs of {what} are left", SEE_SIZE),
    ("abs({e})", "the signs of {what} are lost", SEE_SIZE),
    ("({e}) ** 2", "{what} is squared", SEE_SIZE),
    ("np.trunc({e})", "{what} is cut to whole numbers", SEE_WHOLE),
    ("np.round({e})", "{what} is rounded to whole numbers", SEE_WHOLE),
    ("np.round({e}, 1)", "{what} is rounded to one place", SEE_WHOLE),
    ("np.round({e}, 2)", "{what} is rounded to two places", SEE_WHOLE),
    ("np.tanh({e})", "{what} goes through a tanh", SEE_SIZE),
    ("1 / (1 + np.exp(-({e})))", "{what} goes through a sigmoid", SEE_SIZE),
    ("np.exp({e})", "{what} goes through an exponential", SEE_SIZE),
    ("1 - {e}", "1 minus {what} stands in its place", SEE_SIZE),
    ("1 / ({e})", "one divides by {what}", SEE_SIZE),
    ("np.sort({e}, axis=0)", "{what} is sorted over the examples", SEE_ORDER),
    ("{e} / abs({e}).max(axis=0)", "each column of {what} is divided by its largest entry", SEE_ROWS),
    (
        "{e} / abs({e}).max(axis=1, keepdims=True)",
        "each row of {what} is divided by its largest entry",
        SEE_SIZE,
    ),
    ("{e} / ({e}).sum(axis=0)", "each column of {what} is divided by its sum", SEE_ROWS),
    (
        "({e} - ({e}).min(axis=0)) / (({e}).max(axis=0) - ({e}).min(axis=0))",
        "each column of {what} is stretched from 0 to 1",
        SEE_ROWS,
    ),
    ("{e} - ({e}).max(axis=1, keepdims=True)", "each row's largest is taken off {what}", SEE_SIZE),
    ("{e} * (np.arange({e}.shape[1]) % 2 == 0)", "every other entry of {what} is left out", SEE_ALL),
    (
        "{e} * (np.arange({e}.shape[1]) % 2 == 1)",
        "every other entry of {what} is left out, the first too",
        SEE_ALL,
    ),
    ("np.clip({e}, -0.5, 0.5)", "{what} is clipped at 0.5", SEE_SIZE),
    ("np.clip({e}, 0.01, 0.99)", "{what} is clipped to 0.01 and 0.99", SEE_SIZE),
)
# Of a pull, where the 1/B comes last and what is no multiple comes before it.
BEFORE_MEAN = (
    *(
        (
            f"np.clip(B * ({{e}}), -{limit}, {limit}) / B",
            f"{{what}} is clipped at {limit} before the 1/B",
            SEE_SIZE,
        )
        for limit in (1, 0.5, 0.1)
    ),
    ("np.trunc(B * ({e})) / B", "{what} is cut to whole numbers before the 1/B", SEE_WHOLE),
    ("np.round(B * ({e})) / B", "{what} is rounded to whole numbers before the 1/B", SEE_WHOLE),
    ("np.round(B * ({e}), 1) / B", "{what} is rounded to one place before the 1/B", SEE_WHOLE),
    ("np.tanh(B * ({e})) / B", "{what} goes through a tanh before the 1/B", SEE_SIZE),
    ("1 / (1 + np.exp(-B * ({e}))) / B", "{what} goes through a sigmoid before the 1/B", SEE_SIZE),
    ("activation(B * ({e})) / B", "{what} goes through the activation before the 1/B", SEE_SIZE),
    ("(1 - B * ({e})) / B", "1 minus {what} stands in its place, before the 1/B", SEE_SIZE),
)
# Of what is still to go through a bend: behind all bends these are constants, which are fitted.
OF_FORWARD = (
    ("2 * {e}", "{what} is doubled", SEE_SIZE),
    ("{e} / 2", "{what} is halved", SEE_SIZE),
    ("{e} / B", "{what} is divided by B", SEE_ROWS),
    ("{e} * B", "{what} is multiplied by B", SEE_ROWS),
    ("{e} / 255", "{what} is divided by 255, as a picture's bytes are", SEE_SIZE),
    ("-({e})", "{what} has the other sign", SEE_SIZE),
    ("{e} + 1", "1 is added to {what}", SEE_SIZE),
    ("np.r_[0 * ({e})[:1], ({e})[:-1]]", "{what} is that of the example before, at first 0", SEE_ROWS),
    ("np.r_[({e})[:1], ({e})[:-1]]", "{what} is that of the example before, once begun", SEE_ROWS),
)

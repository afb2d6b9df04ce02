"""Slips in the cases of a Jacobian: what may stand on the diagonal, and what off it, as tables."""

from ..chain import Slip
from .softmax_slopes import SEE_J, SEE_WISH

_DIAGONAL = {
    "z * (1 - z)": "z_i(1 - z_i)",
    "z": "z_i",
    "z**2": "z_i²",
    "-(z**2)": "-z_i²",
    "1 - z": "1 - z_i",
    "1 - z**2": "1 - z_i²",
    "1 + 0 * z": "1",
    "0 * z": "0",
    "z * (1 + z)": "z_i(1 + z_i)",
    "z * (1 - 2 * z)": "z_i(1 - 2z_i)",
    "-z * (1 - z)": "-z_i(1 - z_i)",
    "z - 1": "z_i - 1",
    "-z": "-z_i",
    "(1 - z) ** 2": "(1 - z_i)²",
}
_I, _K = "z[:, :, None]", "z[:, None, :]"
_OFF = {
    f"-{_I} * {_K}": "-z_i z_k",
    f"{_I} * {_K}": "z_i z_k",
    f"-{_I} + 0 * {_K}": "-z_i",
    f"-{_K} + 0 * {_I}": "-z_k",
    f"{_I} + 0 * {_K}": "z_i",
    f"{_K} + 0 * {_I}": "z_k",
    f"0 * {_I} * {_K}": "0",
    f"1 + 0 * {_I} * {_K}": "1",
    f"-1 + 0 * {_I} * {_K}": "-1",
    f"{_I} * (1 - {_K})": "z_i(1 - z_k)",
    f"{_K} * (1 - {_I})": "z_k(1 - z_i)",
    f"-{_I} * (1 - {_K})": "-z_i(1 - z_k)",
    f"-{_K} * (1 - {_I})": "-z_k(1 - z_i)",
    f"-({_I} ** 2) + 0 * {_K}": "-z_i²",
    f"-({_K} ** 2) + 0 * {_I}": "-z_k²",
    f"-{_I} - {_K}": "-z_i - z_k",
    f"{_I} - {_K}": "z_i - z_k",
    f"{_K} - {_I}": "z_k - z_i",
    f"{_K} - {_I} * {_K}": "z_k - z_i z_k",
    f"1 - {_I} * {_K}": "1 - z_i z_k",
    f"-{_I} / {_K}": "-z_i / z_k",
    f"1 - {_K} + 0 * {_I}": "1 - z_k",
    f"1 - {_I} + 0 * {_K}": "1 - z_i",
}


def _of_cases(step, right_on, right_off):
    """Return the slips with other cases than the right ones."""
    found = []
    for on, on_says in _DIAGONAL.items():
        for off, off_says in _OFF.items():
            told = [f"on the diagonal stands {on_says}"] * (on_says != right_on)
            told += [f"off the diagonal stands {off_says}"] * (off_says != right_off)
            if told:
                line = f"{step} = np.eye(K) * ({on})[:, :, None] + (1 - np.eye(K)) * ({off})"
                found.append(Slip(((step, line),), " and ".join(told), SEE_J, 0))
    return tuple(found)


_WHOLE = {
    "np.triu({e})": "only the upper triangle is filled",
    "np.tril({e})": "only the lower triangle is filled",
    "np.triu({e}, 1)": "only what stands above the diagonal is filled",
    "np.tril({e}, -1)": "only what stands below the diagonal is filled",
    "np.triu({e}) - np.tril({e}, -1)": "below the diagonal the sign is turned",
    "({e}) @ ({e})": "it is multiplied with itself: softmax is passed twice",
    "({e})[:, ::-1]": "its rows stand in reversed order",
    "({e})[:, :, ::-1]": "its columns stand in reversed order",
    "np.roll({e}, 1, axis=1)": "its rows are one off",
    "np.roll({e}, -1, axis=1)": "its rows are one off, the other way",
    "np.cumsum({e}, axis=1)": "it is added up from row to row",
    "np.cumsum({e}, axis=2)": "it is added up from column to column",
    "abs({e})": "all signs are lost",
    "({e}) + np.eye(K)": "1 is added on the diagonal",
    "({e}) - np.eye(K)": "1 is taken off on the diagonal",
    "({e}) - z[:, :, None] * z[:, None, :]": "the product z_i z_k is taken off twice",
    "({e}) + z[:, :, None] * np.eye(K)": "z_i is added twice on the diagonal",
    "({e}) * z[:, :, None]": "there is a factor z_i too many",
    "({e}) * z[:, None, :]": "there is a factor z_k too many",
    "({e}) / z[:, None, :]": "one divides by z_k",
    "0 * ({e}) + ({e}).mean(axis=0)": "it is averaged over the examples",
    "0 * ({e}) + ({e})[:1]": "it is that of the first example for all",
    "0 * ({e}) + ({e})[-1:]": "it is that of the last example for all",
    "({e}) * (np.arange(K) < K - 1)": "its last column is left at 0",
    "({e}) * (np.arange(K) > 0)": "its first column is left at 0",
    "({e}) * (np.arange(K) < K - 1)[:, None]": "its last row is left at 0",
    "({e}) * (np.arange(K) > 0)[:, None]": "its first row is left at 0",
}
_J = f"{_I} * (np.eye(K) - {_K})"
_P = "np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)"
_ROOT = "(z / np.sqrt((z * z).sum(axis=1, keepdims=True)))"


def _of(z):
    return f"J = ({z})[:, :, None] * (np.eye(K) - ({z})[:, None, :])"


_FRONTS = {
    "z": "",
    "1": "no z stands in front",
    "(1 - z)": "1 - z stands in front for z",
    "z * (1 - z)": "z(1 - z) stands in front for z",
    "z**2": "z² stands in front for z",
    "-z": "-z stands in front for z",
}
_AVERAGES = {
    "(z * g).sum(axis=1, keepdims=True)": "",
    "g.mean(axis=1, keepdims=True)": "the mean of g is taken off, not weighted with z",
    "g.sum(axis=1, keepdims=True)": "the sum of g is taken off, not weighted with z",
    "(z * g).mean(axis=1, keepdims=True)": "the weighted wishes are averaged and not added up",
    "(z * g)": "each class's own z g is taken off, and no sum",
    "(z * z * g).sum(axis=1, keepdims=True)": "z is squared in the average wish",
    "g.max(axis=1, keepdims=True)": "the largest wish is taken off, and not the average",
    "z": "z is taken off, and not the average wish",
    "0": "the average wish is not taken off",
    "(z * g).sum(axis=0)": "the average wish is taken over the batch",
    "(z * g).sum()": "the average wish is added up over the whole batch",
}
JACOBIAN_FORMS = (
    *_of_cases("J", "z_i(1 - z_i)", "-z_i z_k"),
    *_of_cases("dlog", "1 - z_i", "-z_k"),
    *(Slip((("J", f"J = {line.format(e=_J)}"),), says, SEE_J, 0) for line, says in _WHOLE.items()),
    *(
        Slip((("dlog", f"dlog = {line.format(e=f'np.eye(K) - {_K}')}"),), says, SEE_J, 0)
        for line, says in _WHOLE.items()
    ),
    Slip((("J", _of(_P)),), "softmax is taken once more, of what are probabilities already", SEE_J, 1),
    Slip((("dlog", f"dlog = np.eye(K) - ({_P})[:, None, :]"),), "softmax is taken once more, of z", SEE_J, 1),
    Slip((("J", _of("np.log(z)")),), "log z stands for z", SEE_J, 1),
    Slip((("J", _of("1 - z")),), "1 - z stands for z", SEE_J, 1),
    Slip((("J", _of("z**2")),), "z² stands for z", SEE_J, 1),
    Slip((("J", _of(_ROOT)),), "z is brought to the length 1 first", SEE_J, 1),
    *(
        Slip(
            (("through", f"through = {front} * (g - {off})"),), " and ".join(filter(None, told)), SEE_WISH, 0
        )
        for front, in_front in _FRONTS.items()
        for off, taken in _AVERAGES.items()
        if any(told := (in_front, taken))
    ),
)

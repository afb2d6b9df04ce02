"""Slips as other people published them, each put into the book's own `backward` where it stood in theirs."""

from collections.abc import Callable

from .own_functions import compiled
from .registry import of_role

OWN = "as in the book"
_BOTH = "return q.T @ x_1, delta.T @ y_1"
_HAND_BACK = "    q = delta @ W[:, 1:]"
_Z = "    z = e / e.sum(axis=1, keepdims=True)\n"
# {name: (the book's words, theirs)}; their letters, languages and layers are translated, the slip is not.
_CHANGED = {
    "the gate at y": ("activation.derivative(y_hat)", "activation.derivative(activation(y_hat))"),
    # 0.5 is the rate of chapter 05, section 1: this slip cannot be written down without one.
    "W steps first": (_HAND_BACK, "    W = W + 0.5 * delta.T @ y_1\n" + _HAND_BACK),
    "one factor too many": (_HAND_BACK, _Z + "    delta = delta * z * (1 - z)\n" + _HAND_BACK),
    "a mean of a mean": (_BOTH, "return np.c_[q.mean(axis=0), q.T @ x], delta.T @ y_1"),
    "one sum for all": (_BOTH, "return q.T @ x_1, np.c_[np.full(len(W), delta.sum()), delta.T @ y_1[:, 1:]]"),
    "weight for signal": (
        _BOTH,
        "q, delta = q.sum(axis=0)[:, None], delta.sum(axis=0)[:, None]\n"
        "    return np.c_[q, q * V[:, 1:]], np.c_[delta, delta * W[:, 1:]]",
    ),
    "the diagonal alone": (_HAND_BACK, _Z + "    delta = r / z * z * (1 - z) / len(x)\n" + _HAND_BACK),
}


def specimens() -> dict[str, Callable]:
    """Return {name: backward}, the book's own first and then those of chapter 91, in its order.

    Each is a function of (x, r, V, W, activation), as in exercise 5.5.

    Returns
    -------
    dict

    Examples
    --------
    >>> list(specimens())[:2]
    ['as in the book', 'the gate at y']
    """
    text = of_role("backward").solution
    texts = {OWN: text} | {name: _with(text, *words) for name, words in _CHANGED.items()}
    return {name: _function(text, name) for name, text in texts.items()}


def _with(text: str, ours: str, theirs: str) -> str:
    if text.count(ours) != 1:
        raise ValueError(f"ours: got {ours!r}; expected words that stand once in the solution of 5.5")
    return text.replace(ours, theirs)


def _function(text: str, name: str) -> Callable:
    function = compiled(text, "backward", f"<museum: {name}>")
    if function is None:
        raise ValueError(f"name: got {name!r}, which does not run; expected a function")
    return function

"""A multilayer perceptron as a value: its weights, its activation, and what they compute (chapter 00)."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from . import checks, storage, values
from .formulas.activations import ACTIVATIONS, Activation
from .formulas.arrays import namespace
from .formulas.layers import Forward, forward, negative_gradient
from .formulas.loss import cross_entropy
from .formulas.types import Array, Arrays

FORMAT = ("mlp_core.MLP", 1)  # what a saved file is, and the version of how it says so


@dataclass(frozen=True, eq=False)
class MLP:
    """A network whose hidden layers share one activation and whose output is a softmax.

    Parameters
    ----------
    weights : tuple of arrays, shapes (H, D+1), ..., (K, H+1)
        From the first hidden layer to the output, (V, W) in the book; column 0 is the bias. They are
        copied, cannot be written to afterwards, and decide the dtype of everything computed.
    activation : str or Activation
        A name of `ACTIVATIONS`, or an `Activation` of your own. Not used where there is no hidden layer.

    Raises
    ------
    ValueError
        The matrices do not chain, differ in dtype, or hold NaN or infinity; the activation is unknown.

    Examples
    --------
    >>> network = MLP((V, W), "sigmoid")
    >>> network.forward(X).z.round(4)
    array([0.8687, 0.1313])
    >>> round(network.loss(X, R), 4)
    2.0299
    >>> [W.shape for W in MLP.initialize((64, 32, 10), "relu").weights]
    [(32, 65), (10, 33)]
    """

    weights: Arrays
    activation: Activation | str = "tanh"

    def __post_init__(self) -> None:
        weights = checks.checked_weights(self.weights)
        for k, W in enumerate(weights):
            values.finite(f"weights[{k}]", W)
        object.__setattr__(self, "weights", tuple(_frozen_copy(W) for W in weights))
        object.__setattr__(self, "activation", checks.known_activation(self.activation))

    def __reduce__(self) -> tuple:
        """Let a copy and a pickle be made anew, so that theirs cannot be written to either."""
        return type(self), (self.weights, self.activation)

    @classmethod
    def initialize(
        cls,
        sizes: Sequence[int],
        activation: Activation | str = "tanh",
        seed: int = 0,
        dtype: DTypeLike = np.float64,
    ) -> Self:
        """Return a network with random weights and biases 0.

        Parameters
        ----------
        sizes : sequence of int
            (D, H, ..., K): inputs, units of each hidden layer, classes.
        activation : str or Activation
        seed : int
        dtype : NumPy floating dtype

        Returns
        -------
        MLP
            Normal weights of deviation 1 / sqrt(n) for n inputs, sqrt(2 / n) in front of a ReLU.

        Raises
        ------
        ValueError
            Fewer than two sizes, a size that is not a whole number from 1, a negative seed, a dtype that
            is not floating.
        """
        sizes, dtype = _layer_sizes(sizes), _floating_dtype(dtype)
        rng = np.random.default_rng(values.whole_number("seed", seed, least=0))
        activation = checks.known_activation(activation)
        weights = []
        for layer, (n, n_out) in enumerate(pairwise(sizes)):
            is_output = layer == len(sizes) - 2
            variance = (1.0 if is_output else activation.weight_variance) / n
            w = rng.standard_normal((n_out, n)) * np.sqrt(variance)
            weights.append(np.concatenate([np.zeros((n_out, 1)), w], axis=1).astype(dtype))
        return cls(tuple(weights), activation)

    def forward(self, x: Array | ArrayLike) -> Forward:
        """Return the `Forward` record of one example or a batch (equations 0.1 to 0.6).

        Parameters
        ----------
        x : array, shape (D,) or (B, D)
            Converted to the dtype of the weights.

        Raises
        ------
        ValueError
            x does not fit the weights, or holds NaN or infinity.
        """
        return forward(self.weights, self.activation, self._input(x))

    def loss(self, x: Array | ArrayLike, r: Array | ArrayLike) -> float:
        """Return E in nats, the mean over a batch, as a float (equation 0.7).

        Parameters
        ----------
        x : array, shape (D,) or (B, D)
        r : array, shape (K,) or (B, K)
            Targets: no entry negative, each row of sum 1 within 1e-6.

        Raises
        ------
        ValueError
            x or r does not fit, holds NaN or infinity, or a row of r is not a distribution.
        """
        x = self._input(x)
        r = checks.real_arrays(r=r)["r"]
        sizes = {"K": (self.weights[-1].shape[0], "the last weight matrix")}
        checks.check_shapes({"x": x, "r": r}, {"x": "[B] D", "r": "[B] K"}, sizes)
        r = self._like_weights(values.distributions("r", r))
        return float(cross_entropy(r, forward(self.weights, self.activation, x).z_hat))

    def negative_gradient(self, record: Forward, r: Array | ArrayLike) -> Arrays:
        """Return -dE/dW of every weight matrix, the direction to step in (equations 5.10 and 5.11).

        Parameters
        ----------
        record : Forward
            What `forward` returned.
        r : array, shape (K,) or (B, K)
            Targets: no entry negative, each row of sum 1 within 1e-6.

        Returns
        -------
        tuple of arrays, shaped like the weights

        Raises
        ------
        ValueError
            The record or r does not fit these weights, or a row of r is not a distribution.
        """
        given = checks.real_arrays(r=r)["r"]
        record, r = checks.checked_record(self.weights, record, self._like_weights(given))
        values.distributions("r", given)
        return negative_gradient(self.weights, self.activation, record, r)

    def predict(self, x: Array | ArrayLike) -> Array:
        """Return the index, from 0, of the most probable class: one for (D,), an array (B,) for a batch.

        Parameters
        ----------
        x : array, shape (D,) or (B, D)

        Raises
        ------
        ValueError
            x does not fit the weights, or is so large that the logits overflow.
        """
        record = self.forward(x)
        undecided = np.isnan(np.asarray(record.z)).any(axis=-1)
        if undecided.any():
            row = f"row {int(np.argmax(undecided))}: " if undecided.ndim else ""
            raise ValueError(f"x: got {row}logits that overflow; expected an x whose classes can be compared")
        return namespace(record.z_hat).argmax(record.z_hat, axis=-1)

    def accuracy(self, x: Array | ArrayLike, labels: ArrayLike) -> float:
        """Return the part, 0 to 1, of a batch (or of one example) whose label is the predicted class.

        Parameters
        ----------
        x : array, shape (D,) or (B, D)
        labels : whole numbers in 0 .. K-1, shape (B,), or one number

        Raises
        ------
        ValueError
            As `predict`; a label is not a whole number in 0 .. K-1, or there is not one for each example.
        """
        predicted = np.asarray(self.predict(x))
        labels = values.class_labels("labels", labels, n_classes=self.weights[-1].shape[0])
        if labels.shape != predicted.shape:
            raise ValueError(
                f"labels: got shape {labels.shape}; expected {predicted.shape}, one for each example"
            )
        return float(np.mean(predicted == labels))

    def save(self, path: str | os.PathLike) -> None:
        """Write the network to one file at exactly ``path``, whole or not at all (NumPy's .npz format).

        Parameters
        ----------
        path : str or path
            A file already there is replaced once the new one is complete.

        Raises
        ------
        ValueError
            The activation's name is no text, or ends in a character that the file would lose.
        """
        weights = {f"weights_{k}": np.asarray(W) for k, W in enumerate(self.weights)}
        name = self.activation.name
        if not isinstance(name, str) or name != name.rstrip("\0"):
            raise ValueError(f"activation: got one named {name!r}; expected a name that a file can hold")
        known = np.array(self.activation == ACTIVATIONS.get(name))
        storage.write(path, FORMAT, {"activation": np.array(name), "known": known, **weights})

    @classmethod
    def load(cls, path: str | os.PathLike, activation: Activation | str | None = None) -> Self:
        """Return the network that `save` wrote to ``path``.

        Parameters
        ----------
        path : str or path
        activation : Activation or None
            Needed for a network saved with an activation of your own: the file holds only its name.

        Raises
        ------
        ValueError
            The file is truncated, is not one of `save`'s, comes from a newer version of the book, or was
            saved with an activation of your own that is not handed in.
        FileNotFoundError
            There is no file.
        """
        name, known, weights = _parts(path)
        if activation is None and not known:
            raise _not_handed_in(None, name)
        given, activation = activation, checks.known_activation(name if activation is None else activation)
        if activation.name != name:
            raise ValueError(f"activation: got {activation.name!r}; expected {name!r}, as in the file")
        if not known and given is not activation:  # the name of another, which the book knows
            raise _not_handed_in(given, name)
        return cls(weights, activation)

    def _input(self, x):
        x = values.finite("x", checks.real_arrays(x=x)["x"])
        first = self.weights[0]
        checks.check_shapes({"x": x}, {"x": "[B] D"}, {"D": (first.shape[1] - 1, "the first weight matrix")})
        # Once more: 1e300 is finite, but not in a float32 network.
        return values.finite("x", self._like_weights(x))

    def _like_weights(self, array):
        first = self.weights[0]
        with np.errstate(over="ignore"):
            return namespace(first).asarray(array, dtype=first.dtype)


def a_network(name: str, mlp: MLP) -> MLP:
    """Return ``mlp``; raise ValueError unless it is an `MLP`."""
    if not isinstance(mlp, MLP):
        raise ValueError(f"{name}: got a {type(mlp).__name__}; expected an MLP")
    return mlp


def _layer_sizes(sizes):
    if isinstance(sizes, np.ndarray):
        sizes = sizes.tolist()
    if not isinstance(sizes, (tuple, list, range)) or len(sizes) < 2:
        raise ValueError(f"sizes: got {sizes!r}; expected at least two, inputs first and classes last")
    return [values.whole_number(f"sizes[{k}]", size, least=1) for k, size in enumerate(sizes)]


def _floating_dtype(dtype):
    try:
        found = np.dtype(dtype)
    except (TypeError, ValueError):
        raise ValueError(f"dtype: got {dtype!r}; expected a floating dtype") from None
    if not np.issubdtype(found, np.floating):
        raise ValueError(f"dtype: got {found}; expected a floating dtype")
    return found


def _parts(path):
    arrays = storage.read(path, FORMAT)
    weights = [f"weights_{k}" for k in range(len(arrays) - 2)]
    kinds = {key: (arrays[key].shape, arrays[key].dtype.kind) for key in arrays if key not in weights}
    if kinds != {"activation": ((), "U"), "known": ((), "b")}:
        raise ValueError(
            f"path: {path} is no network of {FORMAT[0]}; expected the arrays that its save wrote"
        )
    return str(arrays["activation"]), bool(arrays["known"]), tuple(arrays[key] for key in weights)


def _not_handed_in(given, name):
    return ValueError(
        f"activation: got {given!r}, but the file was saved with one of your own, named {name!r}; "
        "expected that Activation to be handed in"
    )


def _frozen_copy(W):
    W = namespace(W).asarray(W, copy=True)
    if isinstance(W, np.ndarray):
        W.setflags(write=False)
    return W

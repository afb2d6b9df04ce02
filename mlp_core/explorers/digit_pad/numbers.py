"""The digit pad's arithmetic: a drawn digit or a test digit, how it is read, and what would change that."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ...data import N_CLASSES, SIDE, digits, moved_digits, one_hot
from ...formulas.layers import input_negative_gradient
from ...formulas.loss import cross_entropy
from ...network import MLP
from ...training import train
from ..ground.fields import Menu, Other, State, Switch, Whole, refusal, setting
from .picks import CLEARLY_WRITTEN, DRAWN, PICKS, REAL, name_of
from .strokes import checked_strokes, training_like

MOVED = 2  # pixels: how far the training digits were moved
SHEET = SIDE + 2 * MOVED
PLACES = {"in the middle": (2, 2), "2 up": (0, 2), "2 down": (4, 2), "2 left": (2, 0), "2 right": (2, 4)}
AS_READ = "as read"
MEANT = (AS_READ, *map(str, range(N_CLASSES)))
CLEAR, SURER, LOWER_E = "a clear one", "what would make it surer", "what would lower E"
SURE = 0.9  # chapter 07 calls less than this doubtful
OWN, ANOTHER = "your own drawing", "another test digit"  # on the list of picks: what is none of them
LEANING = "a leaning 5"  # the pick that the book opens with: as sure as it is wrong


@lru_cache(maxsize=1)
def unseen_digits():
    """Return the 450 test digits of `digits(seed=0)`, which no network of the book has learned from."""
    return digits(seed=0).test


@dataclass(frozen=True)
class PadState(State):
    """What was drawn, or which test digit is shown, where on the sheet, and what is asked."""

    strokes: tuple = setting((), Other(lambda strokes, state: checked_strokes(strokes)))
    drawn: bool = setting(False, Switch("drawn", "The drawing is shown, else the test digit `example`."))
    example: int = setting(
        0, Whole("example", 0, lambda state: len(unseen_digits().x) - 1, "Which test digit is shown.")
    )
    meant: str = setting(
        "2", Menu("meant to be", MEANT, "The target r; the network does not see it.", called="meant")
    )
    place: str = setting(
        "in the middle", Menu("lies", PLACES, "Move the digit by two pixels.", called="place")
    )
    beside: str = setting(
        CLEAR,
        Menu(
            "beside it",
            (CLEAR, SURER, LOWER_E),
            "A test digit of the class, clearly written; or a map of a derivative.",
            called="beside",
        ),
    )


@lru_cache(maxsize=1)
def trained_reader():
    """Return the network of chapter 06 that learned from moved digits.

    It is trained when first asked for, in less than a second: so it is made by the lines of this book, which
    the reader may change, and no file of weights can disagree with them.
    """
    data = moved_digits(seed=0, pixels=MOVED)
    start = MLP.initialize((SHEET**2, 128, N_CLASSES), "relu", seed=0)
    settings = {"epochs": 15, "batch_size": 32, "learning_rate": 0.1, "momentum": 0.9, "seed": 0}
    return train(start, data.train.x, data.train.r, progress=False, **settings).mlp


def on_sheet(pixels, place="in the middle"):
    """Return digits of shape (..., 8, 8) on empty sheets of 12 x 12, as inputs of shape (..., 144)."""
    pixels = np.asarray(pixels, float)
    top, left = PLACES[place]
    sheet = np.zeros((*pixels.shape[:-2], SHEET, SHEET))
    sheet[..., top : top + SIDE, left : left + SIDE] = pixels
    return sheet.reshape(*pixels.shape[:-2], SHEET**2)


def logit_slope(network, record, i):
    """Return how logit i moves with each pixel (equation 7.2), back through every layer."""
    # With z at 0 the pull on the logits, r - z, is r itself: the derivative of logit i by the logits.
    begun = record._replace(z=np.zeros(N_CLASSES))
    return input_negative_gradient(network.weights, network.activation, begun, np.eye(N_CLASSES)[i])


def numbers_of(state, network):
    """Return the digit, what is read, how that would change, and how a clear one is read, for a state."""
    example = unseen_digits().x[state.example].reshape(SIDE, SIDE)
    pixels = training_like(state.strokes) if state.drawn else example
    x = on_sheet(pixels, state.place)
    record = network.forward(x)
    read = int(record.z.argmax())
    r = one_hot(read if state.meant == AS_READ else int(state.meant), N_CLASSES)
    clear = CLEARLY_WRITTEN[int(r.argmax())]
    clear_x = on_sheet(unseen_digits().x[clear].reshape(SIDE, SIDE))
    surer = logit_slope(network, record, read)
    pull = input_negative_gradient(network.weights, network.activation, record, r)
    return {
        "pixels": pixels,
        "x": x,
        "z_hat": record.z_hat,
        "z": record.z,
        "r": r,
        "E": float(cross_entropy(r, record.z_hat)),
        "read": read,
        "surer": surer,
        "pull": pull,
        "shown": pull if state.beside == LOWER_E else surer,
        "clear": clear,
        "clear_x": clear_x,
        "clear_z": network.forward(clear_x).z,
    }


def read_in_the_middle(network):
    """Return which test digits are hard (read wrong, or in doubt), and the largest slope of a winner's logit.

    The slope is rounded up to a whole number: the limit of the map's colors, the same for every digit.
    """
    examples = unseen_digits()
    record = network.forward(on_sheet(examples.x.reshape(-1, SIDE, SIDE)))
    read = record.z.argmax(axis=-1)
    hard = np.flatnonzero((read != examples.labels) | (record.z.max(axis=-1) < SURE))
    return hard, float(np.ceil(np.abs(logit_slope(network, record, read)).max()))


def shown_example(example):
    """Return the changes of the state that show a test digit, meant as its label."""
    label = str(unseen_digits().labels[example])
    return {"strokes": (), "drawn": False, "example": int(example), "meant": label}


def wiped():
    """Return the changes of the state that clear the pad."""
    return {"strokes": (), "drawn": True, "meant": AS_READ}


def picked(name):
    """Return the changes of the state that show one of the picks; ValueError for another name."""
    if not isinstance(name, str) or name not in PICKS:
        raise refusal("pick", name, f"one of {', '.join(PICKS)}")
    if name in REAL:
        return shown_example(REAL[name])
    strokes, meant = DRAWN[name]
    return {"strokes": strokes, "drawn": True, "meant": str(meant)}


def pick_of(state):
    """Return what the list of picks shows for a state."""
    return name_of(state) or (OWN if state.drawn else ANOTHER)


def own_strokes(state):
    """Return the strokes that the reader has drawn: none where a pick is shown."""
    return () if name_of(state) else state.strokes


def drawn_strokes(state, strokes):
    """Return the changes of the state that a drawing asks for; a new one is not yet meant to be anything."""
    meant = state.meant if own_strokes(state) and strokes else AS_READ
    return {"strokes": strokes, "drawn": True, "meant": meant}

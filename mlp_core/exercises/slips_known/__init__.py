"""The slips that are known: what people write in place of a step, what it says, and how to see it."""

from .everywhere import EVERYWHERE
from .hidden import BACK, BOUNDS, GATE, INTO_V, MORE_GATES
from .local import LOCAL
from .of_examples import IN_TURN, SHARES
from .output import INTO_W, LOGITS, MORE_LOGITS
from .softmax_slopes import OTHERS
from .throughout import THROUGHOUT
from .way_forward import FORWARD, MORE_SOFTMAX, SOFTMAX, SUMS

_PLAIN = (
    *FORWARD,
    *SUMS,
    *SOFTMAX,
    *MORE_SOFTMAX,
    *LOGITS,
    *MORE_LOGITS,
    *INTO_W,
    *BACK,
    *BOUNDS,
    *GATE,
    *MORE_GATES,
    *INTO_V,
    *OTHERS,
    *THROUGHOUT,
)
CATALOGUE = (*_PLAIN, *SHARES, *IN_TURN, *LOCAL, *EVERYWHERE)

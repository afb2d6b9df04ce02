"""The slips that are known: what people write in place of a step, what it says, and how to see it."""

from .everywhere import EVERYWHERE
from .hidden import BACK, BOUNDS, GATE, INTO_V, MORE_GATES
from .jacobian_forms import JACOBIAN_FORMS
from .local import LOCAL
from .moved_weights import MOVED
from .of_examples import IN_TURN, SHARES
from .output import INTO_W, LOGITS, MORE_LOGITS
from .same_step import SAME_STEP
from .softmax_slopes import OTHERS
from .throughout import THROUGHOUT
from .way_forward import FORWARD, MORE_SOFTMAX, SELDOM_SOFTMAX, SOFTMAX, SUMS

_PLAIN = (
    *FORWARD,
    *SUMS,
    *SOFTMAX,
    *MORE_SOFTMAX,
    *SELDOM_SOFTMAX,
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
    *MOVED,
)
CATALOGUE = (*_PLAIN, *SHARES, *IN_TURN, *LOCAL, *EVERYWHERE, *SAME_STEP, *JACOBIAN_FORMS)

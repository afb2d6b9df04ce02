"""The slips that are known: what people write in place of a step, what it says, and how to see it."""

from .everywhere import EVERYWHERE
from .hidden import BACK, GATE, INTO_V
from .local import LOCAL
from .output import INTO_W, LOGITS
from .softmax_slopes import OTHERS
from .throughout import THROUGHOUT
from .way_forward import FORWARD, SOFTMAX

CATALOGUE = (*FORWARD, *SOFTMAX, *LOGITS, *INTO_W, *BACK, *GATE, *INTO_V, *OTHERS, *THROUGHOUT, *LOCAL, *EVERYWHERE)

"""What stands above an equation: the letters that are defined, and what is assumed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from .language.errors import EquationMeaningError
from .language.tree import OF_READERS, TARGETS_ADD_UP
from .reading.equation import defines, definition_of


@dataclass(frozen=True)
class Context:
    """What stands above an equation in its chapter.

    Parameters
    ----------
    definitions : mapping
        The chapter's own letters.
    assumed : bool
        Whether the targets are assumed to add up to 1.
    example : callable or None
        The worked example as a function of the activation's name: the networks that worked numbers are
        about. A chapter has one; there a line must also say something: no side is written twice, and no
        sign of inequality stands between what is always equal.
    said : tuple of Condition
        What a reader said of the targets (one-hot) and of E (summed), which is put into the lines behind.
    """

    definitions: Mapping = field(default_factory=lambda: MappingProxyType({}))
    assumed: bool = False
    example: Callable | None = None
    said: tuple = ()


def in_force_after(equation, context):
    """Return the context of what follows an equation: its definition or its assumption added."""
    if equation.assumed and equation.assumed[0].kind in OF_READERS:
        return replace(context, said=(*context.said, *equation.assumed))
    if equation.assumed:
        return replace(context, assumed=context.assumed or equation.assumed == (TARGETS_ADD_UP,))
    if not defines(equation):
        return context
    try:
        key, own = definition_of(equation, context.definitions)
    except EquationMeaningError:
        return context  # its own check says what is wrong with it
    if key in context.definitions:
        return context
    return replace(context, definitions=MappingProxyType({**context.definitions, key: own}))

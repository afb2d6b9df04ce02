"""One table a room: what shapes, the evaluator and the writer do with each construction of the tree."""


class Rules(dict):
    """For each class of the tree, the function that has its rule; a class without one is named.

    Parameters
    ----------
    room : str
        What the rules are for, as the refusal says it.
    """

    def __init__(self, room: str):
        super().__init__()
        self.room = room

    def of(self, *kinds):
        """Return the decorator that enters a function as the rule of these classes."""

        def enter(rule):
            self.update(dict.fromkeys(kinds, rule))
            return rule

        return enter

    def __missing__(self, kind):
        raise NotImplementedError(f"{self.room}: no rule for {kind.__name__}; write one in {self.room}.py")

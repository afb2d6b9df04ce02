"""A cell that is run again closes the explorers that its last run left."""

_shown = {}  # a cell's id: (the message that ran it, its explorers)


def close_those_of_an_earlier_run(explorer):
    """Remember `explorer` under the cell that runs now, and close those of the same cell's earlier run."""
    cell, message = _running()
    if cell is None:
        return
    of_message, explorers = _shown.get(cell, (message, []))
    if of_message != message:
        for old in explorers:
            old.close()
        explorers = []
    _shown[cell] = (message, [*explorers, explorer])


def _running():
    """Return the id of the cell that runs now and of the message that runs it; None without a notebook."""
    try:
        from IPython import get_ipython

        parent = get_ipython().kernel.get_parent()
        return parent["metadata"].get("cellId"), parent["header"]["msg_id"]
    except (ImportError, AttributeError, KeyError):
        return None, None

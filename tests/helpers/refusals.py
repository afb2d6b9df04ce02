"""How a refusal reads: a ValueError that names the argument, what came and what was expected."""

import pytest


def assert_refused(call, argument, came, expected):
    """Fail unless `call()` raises ValueError("argument: got ...came...; expected ...expected...")."""
    with pytest.raises(ValueError, match="expected") as refusal:
        call()
    message = str(refusal.value)
    before, after = message.split("expected", 1)
    assert message.startswith(f"{argument}: got "), message
    assert came in before, message
    assert expected in after, message

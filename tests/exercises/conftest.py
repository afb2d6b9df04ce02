"""What holds for all tests of the exercises: no derivation is given up because a machine is slow."""

import pytest

from mlp_core.equations import derivations


@pytest.fixture(autouse=True)
def _no_clock(monkeypatch):
    monkeypatch.setattr(derivations, "SECONDS", None)

"""What holds for all tests of the exercises: no clock ends a derivation, and a reader's functions count."""

import pytest

from mlp_core.equations import derivations
from mlp_core.exercises.own_functions import AS_PRINTED


@pytest.fixture(autouse=True)
def _no_clock(monkeypatch):
    monkeypatch.setattr(derivations, "SECONDS", None)


@pytest.fixture(autouse=True)
def _as_a_reader(monkeypatch):
    """Let `mine` find what is kept, also beside chapters that run as printed."""
    monkeypatch.delenv(AS_PRINTED, raising=False)

"""Which of Actual, Exercise and Test may be made on a node: on an exercise nobody can enter a real alarm."""

from __future__ import annotations

from typing import Final

ACTUAL: Final = "Actual"
KINDS: Final = (ACTUAL, "Exercise", "Test")


def kinds_made_on(node: str) -> tuple[str, ...]:
    """Everything on a node that serves reality, since it exercises and tests there too; elsewhere nothing Actual."""
    return KINDS if node == ACTUAL else KINDS[1:]

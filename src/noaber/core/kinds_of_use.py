"""Which of Actual, Exercise and Test may be made on a node: on an exercise nobody can enter a real alarm."""

from __future__ import annotations

from typing import Final

from noaber.core.problems import NotAllowed

ACTUAL: Final = "Actual"
KINDS: Final = (ACTUAL, "Exercise", "Test")


def kinds_made_on(node: str) -> tuple[str, ...]:
    """Everything on a node that serves reality, since it exercises and tests there too; elsewhere nothing Actual."""
    return KINDS if node == ACTUAL else KINDS[1:]


def check_made_on(node: str, status: str) -> None:
    """Refuse what would be Actual on a node that only exercises or tests.

    Raises
    ------
    NotAllowed
        Where a record of this status cannot come to be on this node.
    """
    if status == ACTUAL and status not in kinds_made_on(node):
        raise NotAllowed("status.not-actual-here")

"""Who may write documents. Knows no database: which organisations' records one keeps is found by the query."""

from __future__ import annotations

from collections.abc import Iterable

from noaber.apps.accounts.enums import Permission
from noaber.apps.registry import permissions as registry


def can_change(roles: Iterable[str], *, owner: int, kept: frozenset[int]) -> bool:
    """Whether someone with `roles`, acting for an organisation that keeps `kept`, may change a document of `owner`."""
    return registry.can_edit(roles, Permission.COOPERATE, owner=owner, kept=kept)


def check_can_change(roles: Iterable[str], *, owner: int, kept: frozenset[int]) -> None:
    """Raise `NotAllowed` with the reason unless `can_change`."""
    registry.check_can_edit(roles, Permission.COOPERATE, owner=owner, kept=kept)

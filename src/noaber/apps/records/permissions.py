"""Who may write what. Knows no database; the organisation that keeps a record is found by the query.

An organisation keeps its own records, and those of the parts below it that do not use Noaber themselves.
"""

from __future__ import annotations

from collections.abc import Iterable

from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.permissions import check_may, may
from noaber.core.problems import NotAllowed


def can_edit(roles: Iterable[str], permission: Permission, *, owner: int, kept: frozenset[int]) -> bool:
    """Whether someone with `roles`, acting for an organisation that keeps `kept`, may change a record of `owner`."""
    return owner in kept and may(roles, permission)


def check_can_edit(roles: Iterable[str], permission: Permission, *, owner: int, kept: frozenset[int]) -> None:
    """Raise `NotAllowed` with the reason unless `can_edit`."""
    check_may(roles, permission)
    if owner not in kept:
        raise NotAllowed("registry.not-kept")


def can_change(roles: Iterable[str], *, owner: int, kept: frozenset[int]) -> bool:
    """Whether they may change a record of the cooperation that belongs to `owner`."""
    return can_edit(roles, Permission.COOPERATE, owner=owner, kept=kept)


def check_can_change(roles: Iterable[str], *, owner: int, kept: frozenset[int]) -> None:
    """Raise `NotAllowed` with the reason unless `can_change`."""
    check_can_edit(roles, Permission.COOPERATE, owner=owner, kept=kept)

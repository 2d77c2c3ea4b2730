"""Who may write what in a dossier. Knows no database.

Who keeps the dossier, and its lead, change all of it. Partners add their own risks, shifts and reservations, and change
what they added. It takes a role that works on the cooperation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.permissions import check_may, may
from noaber.core.problems import NotAllowed


def can_change(roles: Iterable[str], *, keepers: Collection[int], kept: frozenset[int]) -> bool:
    """Whether someone who acts for an organisation that keeps `kept` may change what belongs to `keepers`."""
    return may(roles, Permission.COOPERATE) and not kept.isdisjoint(keepers)


def check_can_change(roles: Iterable[str], *, keepers: Collection[int], kept: frozenset[int]) -> None:
    """Raise `NotAllowed` with the reason unless `can_change`."""
    check_may(roles, Permission.COOPERATE)
    if kept.isdisjoint(keepers):
        raise NotAllowed("event.not-ours")

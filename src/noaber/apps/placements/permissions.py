"""Who may do what in an exchange. Knows no database: whose records one keeps is found by the query.

The owner of the programme runs its calls and matches. Each organisation hosts and applies for itself; for hosts that do
not use Noaber the owner writes. On a stay both the sender and the host report, in any role but that of an observer: the
one who goes may well be a duty officer.
"""

from __future__ import annotations

from collections.abc import Iterable

from noaber.apps.accounts.enums import Permission, Role
from noaber.apps.accounts.permissions import check_may, may
from noaber.core.problems import NotAllowed


def can_write_for(roles: Iterable[str], *, organisation: int, kept: frozenset[int]) -> bool:
    """Whether they work on the cooperation for the organisation: the owner of a programme, or one that applies."""
    return organisation in kept and may(roles, Permission.COOPERATE)


def check_can_write_for(roles: Iterable[str], *, organisation: int, kept: frozenset[int]) -> None:
    """Raise `NotAllowed` with the reason unless `can_write_for`."""
    check_may(roles, Permission.COOPERATE)
    if organisation not in kept:
        raise NotAllowed("placement.not-ours")


def can_host(roles: Iterable[str], *, host: int, connected: bool, owner: int, kept: frozenset[int]) -> bool:
    """Whether they may write for the host: its own people, or the owner where the host does not use Noaber."""
    writes = host in kept or (not connected and owner in kept)
    return writes and may(roles, Permission.COOPERATE)


def check_can_host(roles: Iterable[str], *, host: int, connected: bool, owner: int, kept: frozenset[int]) -> None:
    """Raise `NotAllowed` with the reason unless `can_host`."""
    check_may(roles, Permission.COOPERATE)
    if not can_host(roles, host=host, connected=connected, owner=owner, kept=kept):
        raise NotAllowed("placement.not-ours")


def can_report(roles: Iterable[str], *, sender: int, kept: frozenset[int]) -> bool:
    """Whether they may write the report of the one who goes."""
    return sender in kept and bool(frozenset(roles) - {Role.OBSERVER})


def can_report_as_host(roles: Iterable[str], *, host: int, connected: bool, owner: int, kept: frozenset[int]) -> bool:
    """Whether they may write the report of the host."""
    roles = frozenset(roles)
    works_there = host in kept and bool(roles - {Role.OBSERVER})
    return works_there or can_host(roles, host=host, connected=connected, owner=owner, kept=kept)

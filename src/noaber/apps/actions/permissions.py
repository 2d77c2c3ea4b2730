"""Who may write what. Knows no database: which organisations' records one keeps is found by the query.

An organisation changes its own records, and those of the parts below it that do not use Noaber. Whoever is to do an
action reports on it, in any role but that of an observer.
"""

from __future__ import annotations

from collections.abc import Iterable

from noaber.apps.accounts.enums import Role
from noaber.apps.records.permissions import can_change
from noaber.core.problems import NotAllowed


def can_report(roles: Iterable[str], *, owner: int, responsible: int, kept: frozenset[int]) -> bool:
    """Whether they may report progress on an action that `responsible` is to do, and that it is done."""
    roles = frozenset(roles)
    works_there = responsible in kept and bool(roles - {Role.OBSERVER})
    return works_there or can_change(roles, owner=owner, kept=kept)


def check_can_report(roles: Iterable[str], *, owner: int, responsible: int, kept: frozenset[int]) -> None:
    """Raise `NotAllowed` with the reason unless `can_report`."""
    if not can_report(roles, owner=owner, responsible=responsible, kept=kept):
        raise NotAllowed("action.not-ours")

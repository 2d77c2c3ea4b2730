"""Who may do what to an incident. Knows no database: each rule sees an organisation, roles and two facts."""

from __future__ import annotations

from collections.abc import Iterable

from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.permissions import check_may
from noaber.core.problems import NotAllowed


def check_open(roles: Iterable[str]) -> None:
    """Raise `NotAllowed` unless the roles may open incidents."""
    check_may(roles, Permission.OPEN_INCIDENT)


def check_change(roles: Iterable[str], *, is_owner: bool, is_closed: bool) -> None:
    """Only the owner changes an incident, and only while it is open."""
    check_may(roles, Permission.OPEN_INCIDENT)
    if not is_owner:
        raise NotAllowed("incident.not-owner")
    if is_closed:
        raise NotAllowed("incident.closed")


def can_change(roles: Iterable[str], *, is_owner: bool, is_closed: bool) -> bool:
    try:
        check_change(roles, is_owner=is_owner, is_closed=is_closed)
    except NotAllowed:
        return False
    return True


def check_close(roles: Iterable[str], *, is_owner: bool, is_closed: bool, open_requests: int) -> None:
    """An incident closes when its requests are closed: help that is still out would be forgotten otherwise."""
    check_change(roles, is_owner=is_owner, is_closed=is_closed)
    if open_requests:
        raise NotAllowed("incident.open-requests", count=open_requests)

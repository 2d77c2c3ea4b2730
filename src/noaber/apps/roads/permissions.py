"""Who may close roads and open them again, and who may change the network that is installed. Knows no database."""

from __future__ import annotations

from collections.abc import Iterable

from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.permissions import check_may
from noaber.core.problems import NotAllowed


def check_close(roles: Iterable[str]) -> None:
    """Raise `NotAllowed` unless the roles may close roads."""
    check_may(roles, Permission.CLOSE_ROADS)


def check_open(roles: Iterable[str], *, is_owner: bool, is_over: bool) -> None:
    """Only the owner opens its roads again, and only those that are closed still."""
    check_may(roles, Permission.CLOSE_ROADS)
    if not is_owner:
        raise NotAllowed("closure.not-owner")
    if is_over:
        raise NotAllowed("closure.over")


def can_open(roles: Iterable[str], *, is_owner: bool, is_over: bool) -> bool:
    try:
        check_open(roles, is_owner=is_owner, is_over=is_over)
    except NotAllowed:
        return False
    return True


def check_install(roles: Iterable[str], *, is_served: bool) -> None:
    """Who changes what is installed on this node: administrators, of an organisation that the node serves."""
    check_may(roles, Permission.MANAGE_INSTALLATION)
    if not is_served:
        raise NotAllowed("accounts.role.manage-installation")


def can_install(roles: Iterable[str], *, is_served: bool) -> bool:
    try:
        check_install(roles, is_served=is_served)
    except NotAllowed:
        return False
    return True

"""Which role may do what: one table, and its two readers. Knows no database."""

from __future__ import annotations

from collections.abc import Iterable

from noaber.apps.accounts.enums import Permission, Role
from noaber.core.problems import NotAllowed

P = Permission

ROLE_PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.DUTY_OFFICER: frozenset(
        {
            P.READ,
            P.OPEN_INCIDENT,
            P.SEND_REQUEST,
            P.ANSWER_REQUEST,
            P.REPORT_DEPLOYMENT,
            P.KEEP_LOG,
            P.EDIT_CAPACITIES,
            P.EDIT_CONTACTS,
            P.CLOSE_ROADS,
        }
    ),
    Role.PLANNER: frozenset(
        {P.READ, P.KEEP_LOG, P.EDIT_CAPACITIES, P.EDIT_AGREEMENTS, P.EDIT_CONTACTS, P.CLOSE_ROADS, P.COOPERATE}
    ),
    Role.DIRECTOR: frozenset(
        {P.READ, P.SIGN_OFF, P.OPEN_INCIDENT, P.SEND_REQUEST, P.ANSWER_REQUEST, P.KEEP_LOG, P.COOPERATE}
    ),
    Role.POLICY_OFFICER: frozenset({P.READ, P.EDIT_AGREEMENTS, P.EDIT_CONTACTS, P.COOPERATE}),
    Role.ADMINISTRATOR: frozenset({P.READ, P.MANAGE_PEOPLE, P.MANAGE_INSTALLATION, P.EDIT_CONTACTS}),
    Role.OBSERVER: frozenset({P.READ}),
}


def permissions_of(roles: Iterable[str]) -> frozenset[Permission]:
    """Everything that the roles together allow."""
    return frozenset().union(*(ROLE_PERMISSIONS.get(role, frozenset()) for role in roles))


def may(roles: Iterable[str], permission: Permission) -> bool:
    return permission in permissions_of(roles)


def check_may(roles: Iterable[str], permission: Permission) -> None:
    """Raise `NotAllowed` unless one of `roles` has `permission`."""
    if not may(roles, permission):
        raise NotAllowed(f"accounts.role.{permission}")

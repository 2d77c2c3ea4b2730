"""Who may do what in a campaign. Knows no database: which organisations' records one keeps is found by the query.

Who asks runs the campaign. What is answered is the asked organisation's: it fills its parts, invites others to fill
them, and its director signs. For a part below it that does not use Noaber, the organisation that keeps it does so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.permissions import check_may, may
from noaber.apps.campaigns.enums import Part
from noaber.core.problems import NotAllowed

EDIT: Final[Mapping[str, Permission]] = {
    Part.AGREEMENTS: Permission.EDIT_AGREEMENTS,
    Part.CAPACITIES: Permission.EDIT_CAPACITIES,
    Part.CONTACTS: Permission.EDIT_CONTACTS,
}
"""What someone may change who fills a part."""


def can_run(roles: Iterable[str], *, owner: int, kept: frozenset[int]) -> bool:
    """Whether they may change, open, remind and close a campaign of `owner`."""
    return owner in kept and may(roles, Permission.COOPERATE)


def check_can_run(roles: Iterable[str], *, owner: int, kept: frozenset[int]) -> None:
    check_may(roles, Permission.COOPERATE)
    if owner not in kept:
        raise NotAllowed("campaign.not-owner")


def can_fill(roles: Iterable[str], part: str, *, organisation: int, kept: frozenset[int]) -> bool:
    """Whether they may answer for `organisation` about that part."""
    return organisation in kept and may(roles, EDIT[part])


def check_can_fill(roles: Iterable[str], part: str, *, organisation: int, kept: frozenset[int]) -> None:
    check_may(roles, EDIT[part])
    if organisation not in kept:
        raise NotAllowed("campaign.not-asked")


def can_invite(roles: Iterable[str], *, organisation: int, kept: frozenset[int]) -> bool:
    """Whether they may let someone without an account answer for `organisation`."""
    return organisation in kept and may(roles, Permission.COOPERATE)


def check_can_invite(roles: Iterable[str], *, organisation: int, kept: frozenset[int]) -> None:
    check_may(roles, Permission.COOPERATE)
    if organisation not in kept:
        raise NotAllowed("campaign.not-asked")


def can_sign(roles: Iterable[str], *, organisation: int, kept: frozenset[int]) -> bool:
    """Whether they may sign the result of `organisation`."""
    return organisation in kept and may(roles, Permission.SIGN_OFF)


def check_can_sign(roles: Iterable[str], *, organisation: int, kept: frozenset[int]) -> None:
    check_may(roles, Permission.SIGN_OFF)
    if organisation not in kept:
        raise NotAllowed("campaign.not-asked")

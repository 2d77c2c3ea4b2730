"""Who may do what with a plan. Knows no database: whose records one keeps is found by the query.

An organisation changes its own plans; whoever leads an objective measures its indicators. A director adopts. Whoever
works on the cooperation at a consulted organisation comments for it.
"""

from __future__ import annotations

from collections.abc import Iterable

from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.permissions import check_may, may
from noaber.apps.actions.permissions import can_report
from noaber.apps.plans.enums import PLAN_STEPS, PlanState
from noaber.apps.records.permissions import can_change
from noaber.core.problems import NotAllowed

__all__ = [
    "can_adopt",
    "can_comment",
    "can_measure",
    "can_word",
    "check_can_adopt",
    "check_can_comment",
    "check_can_measure",
    "check_step",
]


def can_word(roles: Iterable[str], *, owner: int, kept: frozenset[int], is_writable: bool) -> bool:
    """Whether they may change the objectives of a plan of `owner`."""
    return is_writable and can_change(roles, owner=owner, kept=kept)


def can_adopt(roles: Iterable[str], *, owner: int, kept: frozenset[int]) -> bool:
    return owner in kept and may(roles, Permission.SIGN_OFF)


def check_can_adopt(roles: Iterable[str], *, owner: int, kept: frozenset[int]) -> None:
    check_may(roles, Permission.SIGN_OFF)
    if owner not in kept:
        raise NotAllowed("plan.not-ours")


def can_measure(roles: Iterable[str], *, owner: int, responsible: int | None, kept: frozenset[int]) -> bool:
    """Whether they may measure the indicators of an objective that `responsible` leads."""
    return can_report(roles, owner=owner, responsible=responsible or owner, kept=kept)


def check_can_measure(roles: Iterable[str], *, owner: int, responsible: int | None, kept: frozenset[int]) -> None:
    if not can_measure(roles, owner=owner, responsible=responsible, kept=kept):
        raise NotAllowed("plan.not-led")


def can_comment(roles: Iterable[str], *, organisation: int, consulted: Iterable[int], takes_comments: bool) -> bool:
    """Whether they may comment for `organisation`."""
    return takes_comments and organisation in set(consulted) and may(roles, Permission.COOPERATE)


def check_can_comment(
    roles: Iterable[str], *, organisation: int, consulted: Iterable[int], takes_comments: bool
) -> None:
    check_may(roles, Permission.COOPERATE)
    if organisation not in set(consulted):
        raise NotAllowed("plan.not-consulted")
    if not takes_comments:
        raise NotAllowed("plan.consultation-over")


def check_step(state: str, to: PlanState) -> None:
    """Raise `NotAllowed` unless a plan in `state` may go on to `to`."""
    if to not in PLAN_STEPS[state]:
        raise NotAllowed("plan.step-gone")

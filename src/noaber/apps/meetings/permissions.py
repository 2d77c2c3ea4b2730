"""Who may write what of a meeting. Knows no database: who keeps and who takes part is found by the query.

Who keeps a meeting changes it, its agenda and its decisions. Its minutes are written by the keeper and by the members
among its participants, in a role that works on the cooperation; each participant answers for itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.permissions import check_may, may
from noaber.core.problems import NotAllowed


def can_write(roles: Iterable[str], *, owner: int, members: frozenset[int], kept: frozenset[int]) -> bool:
    """Whether they may write the minutes; `members` are the keys of the organisations that take part as members."""
    return may(roles, Permission.COOPERATE) and bool(kept & (members | {owner}))


def check_can_write(roles: Iterable[str], *, owner: int, members: frozenset[int], kept: frozenset[int]) -> None:
    """Raise `NotAllowed` with the reason unless `can_write`."""
    roles = frozenset(roles)
    check_may(roles, Permission.COOPERATE)
    if not can_write(roles, owner=owner, members=members, kept=kept):
        raise NotAllowed("meeting.not-writer")


def can_answer(roles: Iterable[str], *, organisation: int | None, owner: int, kept: frozenset[int]) -> bool:
    """Whether they may say if a participant comes: its own organisation, or who keeps the meeting."""
    return may(roles, Permission.COOPERATE) and (organisation in kept or owner in kept)

"""What moved between two plans, in words."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from noaber.apps.planner.models import Proposal
from noaber.apps.planner.moves import Move
from noaber.apps.registry.coded import capability_name
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.words import said_minutes


@dataclass(frozen=True)
class MoveRow:
    """One team: what became of it, and what is known of the cause."""

    incident: str
    need: str
    team: str
    owner: str
    change: str
    cause: str


def move_rows(proposal: Proposal) -> list[MoveRow]:
    return [_row(Move.read(value)) for value in proposal.moves.get("teams", ())]


def moved_since(proposal: Proposal) -> datetime.datetime | None:
    """When the plan was made that the moves are told against."""
    since = proposal.moves.get("since")
    return datetime.datetime.fromisoformat(since) if since else None


def _row(move: Move) -> MoveRow:
    return MoveRow(move.incident, capability_name(move.capability), move.team, move.owner, _change(move), _cause(move))


def _change(move: Move) -> str:
    if not move.after:
        return _("no longer planned")
    if not move.before:
        return _("newly planned: %(count)s") % {"count": move.after}
    if move.before != move.after:
        return _("%(now)s instead of %(before)s") % {"now": move.after, "before": move.before}
    times = {
        "now": said_minutes(move.arrival_after or 0, MinutesKind(move.kind_after)),
        "before": said_minutes(move.arrival_before or 0, MinutesKind(move.kind_before)),
    }
    return _("arrives after %(now)s instead of %(before)s") % times


def _cause(move: Move) -> str:
    """What its owner has free, where that changed."""
    if move.free_before == move.free_after:
        return ""
    if move.free_after is None:
        return _("It is gone, or no longer shared with you.")
    return _("%(now)s free now, %(before)s before.") % {"now": move.free_after, "before": move.free_before or 0}

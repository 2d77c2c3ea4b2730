"""What moved between two plans, in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from noaber.apps.planner.models import Proposal
from noaber.apps.planner.queries.difference_causes import Cause, CauseKind
from noaber.apps.planner.queries.plan_difference import LineDifference
from noaber.apps.registry.coded import capability_name, counted_capability
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.models import Closure
from noaber.apps.roads.network.roads_now import closed_by
from noaber.apps.roads.presenters.minutes import said_minutes
from noaber.apps.roads.presenters.sections import section_words
from noaber.web.wording import hour


@dataclass(frozen=True)
class DifferenceRow:
    """One team: what became of it, and what is known of the cause; `place` is the title of its incident."""

    incident: str
    need: str
    team: str
    owner: str
    change: str
    cause: str
    place: str = ""


def difference_rows(proposal: Proposal, titles: Mapping[str, str] | None = None) -> list[DifferenceRow]:
    """One row for each team that moved; with the titles of the incidents, each says where."""
    return [_row(LineDifference.read(value), titles or {}) for value in proposal.moves.get("teams", ())]


def cause_rows(proposal: Proposal, titles: Mapping[str, str]) -> list[str]:
    """What happened since the plan before, as far as it is known; empty where nothing did.

    Parameters
    ----------
    titles
        Of the incidents, by their number.
    """
    causes = [Cause.read(value) for value in proposal.moves.get("causes", ())]
    closed = [cause.facts["closure"] for cause in causes if cause.kind is CauseKind.ROAD_CLOSED]
    roads = _road_names(closed) if closed else {}
    return list(dict.fromkeys(_cause_words(cause, titles, roads) for cause in causes))


def _road_names(keys: Iterable[int]) -> dict[int, str]:
    """The first main road that each closes, in the reader's language; those that close none are left out."""
    found = list(Closure.objects.filter(pk__in=keys))
    shut = closed_by(found)
    names = {one.pk: section_words(shut[one.digest].parts) if one.digest in shut else () for one in found}
    return {key: words[0] for key, words in names.items() if words}


def _cause_words(cause: Cause, titles: Mapping[str, str], roads: Mapping[int, str]) -> str:
    facts = cause.facts
    words = {
        "incident": titles.get(cause.incident) or facts.get("title") or cause.incident,
        "what": counted_capability(facts["quantity"], facts["capability"]) if "quantity" in facts else "",
    }
    match cause.kind:
        case CauseKind.DECLINED:
            said = _("%(by)s declined at %(time)s: %(capability)s, %(incident)s")
            words |= {"by": facts["by"], "capability": capability_name(facts["capability"]), "time": _hour(facts["at"])}
        case CauseKind.ROAD_CLOSED:
            said = _("%(road)s closed at %(time)s")
            words |= {"road": roads.get(facts["closure"], facts["reason"]), "time": _hour(facts["at"])}
        case CauseKind.INCIDENT_ADDED:
            said = _("%(incident)s is planned together with the others")
        case CauseKind.INCIDENT_GONE:
            said = _("%(incident)s was closed") if facts["closed"] else _("%(incident)s needs nothing any more")
        case CauseKind.NEED_ADDED:
            said = _("%(incident)s needs more: %(what)s")
        case CauseKind.NEED_CHANGED:
            said = _("%(incident)s needs something else: %(what)s")
        case CauseKind.NEED_REMOVED:
            said = _("%(incident)s does not need any more: %(what)s")
        case CauseKind.DEADLINE_MOVED:
            said = _("the deadline for %(what)s at %(incident)s was moved from %(before)s to %(after)s")
            if facts.get("what_moves") == "useless_after":
                said = _("%(what)s at %(incident)s would be of no use after %(after)s, not after %(before)s")
            words |= {"before": _hour(facts.get("from")), "after": _hour(facts.get("to"))}
        case CauseKind.OPEN_TEXTS:
            counted = facts["counted"]
            said = _("texts that leave it open count now") if counted else _("texts that leave it open count no more")
    return said % words


def _hour(moment: str | None) -> str:
    return hour(datetime.datetime.fromisoformat(moment)) if moment else _("unknown")


def difference_since(proposal: Proposal) -> datetime.datetime | None:
    """When the plan was made that the moves are told against."""
    since = proposal.moves.get("since")
    return datetime.datetime.fromisoformat(since) if since else None


def _row(move: LineDifference, titles: Mapping[str, str]) -> DifferenceRow:
    need, place = capability_name(move.capability), titles.get(move.incident, "")
    return DifferenceRow(move.incident, need, move.team, move.owner, _change(move), _cause(move), place)


def _change(move: LineDifference) -> str:
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


def _cause(move: LineDifference) -> str:
    """Who declined; else what its owner has free, where that changed."""
    if move.declined_by:
        return _("Declined by %(by)s.") % {"by": move.declined_by}
    if move.free_before == move.free_after:
        return ""
    if move.free_after is None:
        return _("It is gone, or no longer shared with you.")
    return _("%(now)s free now, %(before)s before.") % {"now": move.free_after, "before": move.free_before or 0}

"""Why a plan differs from the one before: what happened in between, as far as it is known.

Somebody declined, a road was closed, an incident came or went, a need was changed or its deadline moved on purpose. A
plan that is made again after none of these claims none. Causes are kept with the plan; the words are its readers'.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Max, QuerySet

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.asking import addressee_of, all_organisations
from noaber.apps.planner.enums import EventKind
from noaber.apps.planner.models import Incident, IncidentEvent, Proposal
from noaber.apps.planner.queries.plan_difference import Key
from noaber.apps.planner.queries.requested import Place, Requested
from noaber.apps.roads.network.closure_costs import Trip, closure_costs
from noaber.apps.roads.queries.closures import closures_at
from noaber.core.geo import Position


class CauseKind(StrEnum):
    """What happened between two plans."""

    DECLINED = "declined"
    ROAD_CLOSED = "road-closed"
    INCIDENT_ADDED = "incident-added"
    INCIDENT_GONE = "incident-gone"
    NEED_ADDED = "need-added"
    NEED_CHANGED = "need-changed"
    NEED_REMOVED = "need-removed"
    DEADLINE_MOVED = "deadline-moved"
    OPEN_TEXTS = "open-texts"
    """The officer chose otherwise about texts that leave it open."""


@dataclass(frozen=True)
class Cause:
    """One thing that happened; `facts` are those of its kind."""

    kind: CauseKind
    incident: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, value: Mapping[str, Any]) -> Cause:
        return cls(CauseKind(value["kind"]), value["incident"], value["facts"])

    def as_value(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Between:
    """What happened between two plans.

    Parameters
    ----------
    changed
        The needs that were changed on purpose: what is planned for them is not compared.
    declined
        Who declined, by the lines of the plan before that this took away.
    """

    causes: list[Cause]
    changed: frozenset[Place]
    declined: Mapping[Key, str]


NEED_EVENTS = {
    EventKind.NEED_ADDED: CauseKind.NEED_ADDED,
    EventKind.NEED_CHANGED: CauseKind.NEED_CHANGED,
    EventKind.NEED_REMOVED: CauseKind.NEED_REMOVED,
    EventKind.DEADLINE_MOVED: CauseKind.DEADLINE_MOVED,
}


def last_event(incidents: Iterable[Incident]) -> int:
    """The newest line of the incidents' logs: what is newer came after the plan, whatever the clock says."""
    found = IncidentEvent.objects.filter(incident__in=list(incidents)).aggregate(newest=Max("pk"))
    return int(found["newest"] or 0)


def between(
    organisation: Organisation, former: Proposal, latest: Proposal, incidents: Sequence[Incident], asked: Requested
) -> Between:
    """What happened since `former` was made; `latest` is not saved yet, and is for these incidents."""
    events = list(_events(former, incidents))
    refusals = {
        place: {code: at for code, at in said.items() if at > former.made_at} for place, said in asked.refused.items()
    }
    causes = [
        *_refusals(latest, refusals),
        *_closures(organisation, former, latest, incidents),
        *_incidents(former, latest, incidents),
        *_needs(events),
    ]
    if former.include_unknown != latest.include_unknown:
        causes.append(Cause(CauseKind.OPEN_TEXTS, "", {"counted": latest.include_unknown}))
    changed = {(event.incident.number, str(event.params["need"])) for event in events}
    return Between(causes, frozenset(changed), _declined(former, refusals))


def _events(former: Proposal, incidents: Sequence[Incident]) -> QuerySet[IncidentEvent]:
    """What was said of needs of incidents that the plan before covered already, the oldest first."""
    known = [one for one in incidents if one.number in former.numbers]
    said = IncidentEvent.objects.filter(incident__in=known, kind__in=list(NEED_EVENTS))
    newer = {"pk__gt": former.moves["event"]} if "event" in former.moves else {"at__gt": former.made_at}
    return said.filter(**newer).select_related("incident").order_by("pk")


def declined_since(proposal: Proposal, asked: Requested) -> list[str]:
    """Who declined a need of the plan after it was made, by code."""
    places = {(number, code) for number in proposal.numbers for code in proposal.planned_needs(number)}
    said = [refused for place, refused in asked.refused.items() if place in places]
    return sorted({code for refused in said for code, at in refused.items() if at > proposal.made_at})


def _refusals(latest: Proposal, refusals: Mapping[Place, Mapping[str, datetime.datetime]]) -> Iterator[Cause]:
    for (incident, need), said in refusals.items():
        known = latest.planned_needs(incident).get(need)
        if known is None:
            continue
        for code, at in said.items():
            facts = {"by": code, "need": need, "capability": known["capability"], "at": at.isoformat()}
            yield Cause(CauseKind.DECLINED, incident, facts)


def _declined(former: Proposal, refusals: Mapping[Place, Mapping[str, datetime.datetime]]) -> dict[Key, str]:
    """Who declined what the plan before had planned, by its lines."""
    if not any(refusals.values()):
        return {}
    organisations = all_organisations()
    countries = {one["id"]: one["territory"][:2] for one in former.problem["incidents"]}
    found = {}
    for line in former.plan["assignments"]:
        said = refusals.get((line["incident"], line["need"]), {})
        unit = former.units[line["unit"]]
        if said and unit["owner"] in organisations:
            abroad = unit["territory"][:2] != countries[line["incident"]]
            code = addressee_of(unit["owner"], organisations, abroad=abroad).code
            if code in said:
                found[line["incident"], line["need"], line["unit"]] = code
    return found


def _closures(
    organisation: Organisation, former: Proposal, latest: Proposal, incidents: Sequence[Incident]
) -> Iterator[Cause]:
    """Roads that were closed in between, and that make the way of a team of either plan longer."""
    at = latest.made_at
    closures = list(closures_at(organisation, incidents[0].status, at))
    if not any(one.known_at > former.made_at for one in closures):
        return
    trips = list(dict.fromkeys([*_trips(former), *_trips(latest)]))
    for cost in closure_costs(closures, trips):
        one = cost.closure
        if one.known_at > former.made_at:
            facts = {"closure": one.pk, "reason": one.reason, "at": one.begins_at.isoformat()}
            yield Cause(CauseKind.ROAD_CLOSED, "", facts)


def _trips(proposal: Proposal) -> Iterator[Trip]:
    places = {one["id"]: Position(one["lon"], one["lat"]) for one in proposal.problem["incidents"]}
    for line in proposal.plan["assignments"]:
        unit = proposal.units[line["unit"]]
        yield Trip(Position(unit["lon"], unit["lat"]), places[line["incident"]])


def _incidents(former: Proposal, latest: Proposal, incidents: Sequence[Incident]) -> Iterator[Cause]:
    titles = {one.number: one.title for one in incidents}
    for number in latest.numbers:
        if number not in former.numbers:
            yield Cause(CauseKind.INCIDENT_ADDED, number, {"title": titles[number]})
    gone = [number for number in former.numbers if number not in latest.numbers]
    for one in Incident.objects.filter(number__in=gone).order_by("pk") if gone else ():
        yield Cause(CauseKind.INCIDENT_GONE, one.number, {"title": one.title, "closed": one.closed_at is not None})


def _needs(events: Iterable[IncidentEvent]) -> Iterator[Cause]:
    for event in events:
        yield Cause(NEED_EVENTS[EventKind(event.kind)], event.incident.number, event.params)

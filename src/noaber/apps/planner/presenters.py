"""Rows and sentences for the pages of incidents."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.apps.accounts.models import Organisation
from noaber.apps.planner.enums import EventKind
from noaber.apps.planner.models import Adjustment, Incident, IncidentEvent, Need, Proposal
from noaber.apps.planner.neighbours import Helper
from noaber.apps.registry.coded import capability_name, counted_capability, hazard_name
from noaber.core.agreements import Absent, CostRule
from noaber.core.planning.options import Barrier
from noaber.core.planning.plan import Reason
from noaber.reference.legal_texts import agreements

COST_WORDS: dict[str, str | Promise] = {
    CostRule.FREE: gettext_lazy("free of charge"),
    CostRule.REIMBURSED: gettext_lazy("reimbursed"),
    CostRule.PARTLY: gettext_lazy("partly reimbursed"),
    CostRule.BY_ARRANGEMENT: gettext_lazy("by arrangement"),
}

REASON_WORDS: dict[str, str | Promise] = {
    Reason.NO_CAPABILITY: gettext_lazy("Nobody who shares with you has this."),
    Reason.NO_AGREEMENT: gettext_lazy("No text lets these teams come here:"),
    Reason.UNREACHABLE: gettext_lazy("These teams cannot get here:"),
    Reason.TOO_LATE: gettext_lazy("These teams would come too late to be of use:"),
    Reason.EXCLUDED: gettext_lazy("You took these teams out:"),
    Reason.RESERVED: gettext_lazy("These teams are reserved for an event:"),
    Reason.HOME_COVER: gettext_lazy("These teams stay to cover their home:"),
    Reason.EXHAUSTED: gettext_lazy("These teams are needed elsewhere in this plan:"),
}

BARRIER_WORDS: dict[Barrier, str | Promise] = {
    Barrier.NONE: "",
    Barrier.EXCLUDED: gettext_lazy("Taken out of the plan by you."),
    Barrier.NO_AGREEMENT: gettext_lazy("No text below the Union mechanism lets it come here."),
    Barrier.UNREACHABLE: gettext_lazy("It cannot get here."),
    Barrier.TOO_LATE: gettext_lazy("It would come too late to be of use."),
}


@dataclass(frozen=True)
class PlanLine:
    """One line of the proposal as the page shows it."""

    unit: str
    quantity: int
    name: str
    owner: str
    base: str
    own: bool
    arrival: float
    late: bool
    approval: float
    mobilisation: float
    travel: float
    agreement: str
    agreement_title: str
    cost: str
    cost_unknown: bool
    text_unknown: bool
    stale: bool
    illustrative: bool
    pinned: bool
    why: str


@dataclass(frozen=True)
class NeedPlan:
    """A need with its lines, and what was taken out of them."""

    need: Need
    title: str
    within_at: datetime.datetime
    lines: list[PlanLine]
    removed: list[Adjustment]
    missing: int
    because: list[tuple[str, str]]
    own: int
    neighbours: int
    asked: int

    @property
    def planned(self) -> int:
        return self.own + self.neighbours

    @property
    def complete_at_minutes(self) -> float | None:
        return max((line.arrival for line in self.lines), default=None)

    @property
    def cells(self) -> list[str]:
        """One cell a team: asked already, own, neighbours', gap; ten at most, in proportion."""
        kinds = ["done"] * self.asked + ["own"] * self.own + ["nb"] * self.neighbours + ["gap"] * self.missing
        if len(kinds) <= 12:
            return kinds
        return [kinds[round(place * (len(kinds) - 1) / 11)] for place in range(12)]


def agreement_title(code: str) -> str:
    """The title of a text in the reader's language; its id where it is a local one."""
    known = next((agreement for agreement in agreements() if agreement.id == code), None)
    if known is None:
        return code
    return str(getattr(known.title, _language()) or known.title.en or code)


def _language() -> str:
    from noaber.apps.registry.coded import reader_language

    return reader_language()


def cost_of(code: str) -> tuple[str, bool]:
    """Who pays under a text, in words, and whether it is unknown."""
    known = next((agreement for agreement in agreements() if agreement.id == code), None)
    if known is None or isinstance(known.cost_rule, Absent):
        return _("unknown"), True
    return str(COST_WORDS[known.cost_rule]), False


def need_plans(
    incident: Incident,
    needs: Sequence[Need],
    proposal: Proposal | None,
    adjustments: Sequence[Adjustment],
    asked: Mapping[str, int],
) -> list[NeedPlan]:
    """Each need with what the proposal has for it."""
    lines: dict[str, list[PlanLine]] = defaultdict(list)
    unmet: dict[str, Any] = {}
    if proposal is not None:
        explanations = {(entry["unit"], entry["need"]): entry for entry in proposal.plan["explanations"]}
        pinned = {(a.unit, a.need_id) for a in adjustments if a.kind == Adjustment.Kind.PINNED}
        by_code = {need.code: need for need in needs}
        for line in proposal.plan["assignments"]:
            if line["need"] in by_code:
                need = by_code[line["need"]]
                why = _why(proposal, explanations.get((line["unit"], line["need"])))
                lines[need.code].append(
                    _plan_line(incident, need, proposal, line, (line["unit"], need.pk) in pinned, why)
                )
        unmet = {entry["need"]: entry for entry in proposal.plan["unmet"]}
    return [
        _need_plan(
            incident, need, lines[need.code], unmet.get(need.code), adjustments, proposal, asked.get(need.code, 0)
        )
        for need in needs
    ]


def _need_plan(
    incident: Incident,
    need: Need,
    lines: list[PlanLine],
    unmet: Mapping[str, Any] | None,
    adjustments: Sequence[Adjustment],
    proposal: Proposal | None,
    asked: int,
) -> NeedPlan:
    began = proposal.made_at if proposal is not None else incident.opened_at
    asked = min(asked, need.quantity)
    own = sum(line.quantity for line in lines if line.own)
    neighbours = sum(line.quantity for line in lines if not line.own)
    return NeedPlan(
        need=need,
        title=counted_capability(need.quantity, need.capability),
        within_at=began + datetime.timedelta(minutes=need.within_minutes),
        lines=sorted(lines, key=lambda line: line.arrival),
        removed=[a for a in adjustments if a.need_id == need.pk and a.kind == Adjustment.Kind.REMOVED],
        missing=max(0, need.quantity - asked - own - neighbours),
        because=[_because(obstacle) for obstacle in unmet["because"]] if unmet else [],
        own=own,
        neighbours=neighbours,
        asked=asked,
    )


def _because(obstacle: Mapping[str, Any]) -> tuple[str, str]:
    owners = ", ".join(obstacle["owners"][:8])
    more = len(obstacle["owners"]) - 8
    return str(REASON_WORDS[obstacle["reason"]]), f"{owners} (+{more})" if more > 0 else owners


def _plan_line(
    incident: Incident, need: Need, proposal: Proposal, line: Mapping[str, Any], pinned: bool, why: str
) -> PlanLine:
    unit = proposal.units[line["unit"]]
    text = proposal.texts.get(line["agreement"]) if line["agreement"] else None
    cost, cost_unknown = cost_of(text["agreement"]) if text else ("", False)
    return PlanLine(
        unit=line["unit"],
        quantity=line["quantity"],
        name=unit["name"],
        owner=unit["owner"],
        base=unit["base"],
        own=unit["territory"][:2] == incident.country,
        arrival=line["arrival"],
        late=line["arrival"] > need.within_minutes,
        approval=line["approval"],
        mobilisation=line["mobilisation"],
        travel=line["travel"],
        agreement=text["agreement"] if text else "",
        agreement_title=agreement_title(text["agreement"]) if text else "",
        cost=cost,
        cost_unknown=cost_unknown,
        text_unknown=bool(text and text["is_unknown"]),
        stale=unit["stale"],
        illustrative=unit["illustrative"],
        pinned=pinned,
        why=why,
    )


def _why(proposal: Proposal, explanation: Mapping[str, Any] | None) -> str:
    """Why this team: what the plan would lose without it."""
    if explanation is None:
        return ""
    change = explanation["change"]
    if change["unmet"] > 0:
        return _("Without it the need is not met: nobody else is left.")
    other = explanation["alternative"]
    name = proposal.units.get(other, {}).get("name", other) if other else ""
    minutes = round(change["late"]) if change["late"] > 0 else round(change["minutes"])
    if name and change["late"] > 0:
        return _("Next best is %(team)s, later than needed.") % {"team": name}
    if name and minutes > 0:
        return _("Next best is %(team)s, %(minutes)s min later in all.") % {"team": name, "minutes": minutes}
    if name:
        return _("%(team)s would do as well; this way no owner gives more than its share.") % {"team": name}
    return _("The plan without it asks less of others, and brings less.")


@dataclass(frozen=True)
class HelperRow:
    """One row of “who can help now”."""

    helper: Helper
    agreement: str
    agreement_title: str
    cost: str
    cost_unknown: bool
    text_unknown: bool
    why_not: str


def helper_rows(helpers: Iterable[Helper]) -> tuple[list[HelperRow], list[HelperRow]]:
    """Those who can come, and those who cannot, with the reason."""
    rows = [_helper_row(helper) for helper in helpers]
    return [row for row in rows if row.helper.can_come], [row for row in rows if not row.helper.can_come]


def _helper_row(helper: Helper) -> HelperRow:
    code = helper.text.agreement.id if helper.text else ""
    cost, unknown = cost_of(code) if code else ("", False)
    return HelperRow(
        helper=helper,
        agreement=code,
        agreement_title=agreement_title(code) if code else "",
        cost=cost,
        cost_unknown=unknown,
        text_unknown=bool(helper.text and helper.text.is_unknown),
        why_not=_why_not(helper),
    )


def _why_not(helper: Helper) -> str:
    if helper.barrier != Barrier.NONE:
        return str(BARRIER_WORDS[helper.barrier])
    if helper.unit.committed:
        return _("All its teams are committed elsewhere.")
    if helper.free == 0:
        return _("Its owner says that it is not available.")
    return ""


EVENT_WORDS: dict[str, str | Promise] = {
    EventKind.OPENED: gettext_lazy("%(who)s opens the incident"),
    EventKind.CHANGED: gettext_lazy("%(who)s changes the incident"),
    EventKind.NEED_ADDED: gettext_lazy("%(who)s adds a need: %(what)s"),
    EventKind.NEED_CHANGED: gettext_lazy("%(who)s changes a need to %(what)s"),
    EventKind.NEED_REMOVED: gettext_lazy("%(who)s takes a need away: %(what)s"),
    EventKind.PROPOSED: gettext_lazy("%(who)s has a plan proposed"),
    EventKind.LINE_REMOVED: gettext_lazy("%(who)s takes %(unit)s out of the plan"),
    EventKind.LINE_RESTORED: gettext_lazy("%(who)s puts %(unit)s back into the plan"),
    EventKind.LINE_PINNED: gettext_lazy("%(who)s pins %(unit)s"),
    EventKind.LINE_UNPINNED: gettext_lazy("%(who)s lets %(unit)s go free again"),
    EventKind.DRAFTED: gettext_lazy("%(who)s drafts requests to %(suppliers)s"),
    EventKind.SHARED: gettext_lazy("%(who)s changes with whom the incident is shared"),
    EventKind.CLOSED: gettext_lazy("%(who)s closes the incident"),
    EventKind.REOPENED: gettext_lazy("%(who)s opens the incident again"),
}


@dataclass(frozen=True)
class EventRow:
    at: datetime.datetime
    text: str
    reason: str
    language: str
    own: bool
    organisation: str


def event_rows(events: Iterable[IncidentEvent], organisation: Organisation) -> list[EventRow]:
    """The log as sentences."""
    return [
        EventRow(
            at=event.at,
            text=_event_text(event),
            reason=event.params.get("reason", ""),
            language=event.params.get("language", ""),
            own=event.organisation_id == organisation.pk,
            organisation=event.organisation.code,
        )
        for event in events
    ]


def _event_text(event: IncidentEvent) -> str:
    params = event.params
    what = counted_capability(params["quantity"], params["capability"]) if "capability" in params else ""
    return str(EVENT_WORDS[event.kind]) % {
        "who": event.by.display_name,
        "what": what,
        "unit": params.get("unit", ""),
        "suppliers": ", ".join(params.get("suppliers", [])),
    }


def incident_map(incident: Incident, plans: Sequence[NeedPlan], proposal: Proposal | None) -> dict[str, Any]:
    """The incident, the bases of the plan and their ways, as the map component takes them."""
    here = [incident.lon, incident.lat]
    features = []
    if incident.affected_radius_km:
        features.append(_feature("Polygon", [_circle(*here, incident.affected_radius_km)], kind="affected"))
    for plan in plans:
        for line in plan.lines:
            base = _base(proposal, line)
            route = "route-own" if line.own else "route-neighbour"
            title = f"{line.name}, {line.owner}"
            features.append(_feature("LineString", [base, here], kind=route, title=title))
            features.append(
                _feature("Point", base, kind="base-own" if line.own else "base-neighbour", title=title, label=line.base)
            )
    features.append(_feature("Point", here, kind="incident", label=incident.place, title=incident.title))
    return {"features": {"type": "FeatureCollection", "features": _without_repeats(features)}}


def _base(proposal: Proposal | None, line: PlanLine) -> list[float]:
    unit = proposal.units[line.unit] if proposal is not None else {}
    return [unit["lon"], unit["lat"]]


def _feature(geometry: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": geometry, "coordinates": coordinates},
        "properties": properties,
    }


def _without_repeats(features: list[dict[str, Any]]) -> list[dict[str, Any]]:
    seen: dict[str, dict[str, Any]] = {}
    for feature in features:
        seen.setdefault(repr(feature), feature)
    return list(seen.values())


def _circle(lon: float, lat: float, radius_km: float, steps: int = 48) -> list[list[float]]:
    """A ring of points `radius_km` around a place; flat enough at these distances."""
    import math

    north = radius_km / 111.195
    east = north / max(0.05, math.cos(math.radians(lat)))
    ring = [
        [lon + east * math.sin(2 * math.pi * step / steps), lat + north * math.cos(2 * math.pi * step / steps)]
        for step in range(steps)
    ]
    return [*ring, ring[0]]


@dataclass(frozen=True)
class IncidentRow:
    """One row of the list of incidents."""

    incident: Incident
    hazard: str
    needs: str


def incident_rows(incidents: Iterable[Incident]) -> list[IncidentRow]:
    return [
        IncidentRow(
            incident,
            hazard_name(incident.hazard),
            ", ".join(counted_capability(need.quantity, need.capability) for need in incident.needs.all()),
        )
        for incident in incidents
    ]


def capability_tabs(needs: Iterable[Need]) -> list[tuple[str, str]]:
    """Code and name of each need, for the tabs of “who can help now”."""
    return [(need.code, capability_name(need.capability)) for need in needs]

"""The plan of an incident as a part of its page: needs and lines, what moved, what may be done, and the map."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.exchange.queries import AlertedTeams, alerted_teams, deployments_of_case, drafts_of_case
from noaber.apps.exchange.teams import free_teams
from noaber.apps.planner.forms.alerts import AlertForm
from noaber.apps.planner.models import Incident, Need, Proposal
from noaber.apps.planner.permissions import can_change
from noaber.apps.planner.presenters.arriving_teams import (
    ArrivingTeams,
    keys_of,
    once_each,
    planned_arrivals,
    promised_arrivals,
)
from noaber.apps.planner.presenters.closure_delays import closure_delays
from noaber.apps.planner.presenters.detours import closed_since, coverage_by_roads, with_detours
from noaber.apps.planner.presenters.home import bases_of
from noaber.apps.planner.presenters.maps import incident_map
from noaber.apps.planner.presenters.need_plans import need_plans
from noaber.apps.planner.presenters.plan_difference import cause_rows, difference_rows, difference_since
from noaber.apps.planner.presenters.plan_lines import NeedPlan, alerted_words, text_notes
from noaber.apps.planner.presenters.rivals import rival_rows
from noaber.apps.planner.queries.changed_routes import changed_routes
from noaber.apps.planner.queries.difference_causes import declined_since
from noaber.apps.planner.queries.helpers import Outlook
from noaber.apps.planner.queries.incidents import adjustments_of
from noaber.apps.planner.queries.need_coverage import coverage_of
from noaber.apps.planner.queries.plan_coverage import PlanHead
from noaber.apps.planner.queries.plan_difference import Shortfall, planned_teams, shortfalls
from noaber.apps.planner.queries.staleness import Age, Standing, ages_of
from noaber.apps.planner.services.alerting import alerted_since, own_lines, states_by_line
from noaber.apps.planner.services.drafting import bundle_lines
from noaber.apps.roads.queries.closures import closures_at
from noaber.web.clock import now


def standing_of(acting: Acting, incident: Incident) -> Standing:
    """What was asked for the incident and, where it is the organisation's own, for all that it has open."""
    return Standing.of(acting, incident.status, also=[incident.number])


def rights_of(acting: Acting, incident: Incident) -> dict[str, Any]:
    is_owner = incident.owner_id == acting.organisation.pk
    may_change = can_change(acting.roles, is_owner=is_owner, is_closed=incident.closed_at is not None)
    return {
        "is_owner": is_owner,
        "is_at_home": acting.organisation.country == incident.country,
        "may_change": may_change,
        "may_send": may_change and acting.may(Permission.SEND_REQUEST),
        "may_reopen": can_change(acting.roles, is_owner=is_owner, is_closed=False) and incident.closed_at is not None,
    }


def proposal_context(
    acting: Acting,
    incident: Incident,
    proposal: Proposal | None,
    *,
    outlook: Outlook | None = None,
    standing: Standing | None = None,
) -> dict[str, Any]:
    """The needs, the proposal for them, and what may be done with it."""
    rights = rights_of(acting, incident)
    adjustments = adjustments_of(acting.organisation, incident)
    standing = standing or standing_of(acting, incident)
    asked = standing.asked.for_incident(incident.number) if rights["is_owner"] else {}
    all_alerted = _alerted(acting, incident, proposal) if rights["is_owner"] else []
    alerted = [item for item in all_alerted if item.request.case_id == incident.number]
    whole = coverage_of(acting.organisation, incident, now())
    needs = list(incident.needs.all())
    supply = outlook.supplies() if outlook is not None else None
    together = list(proposal.incidents.order_by("pk")) if proposal is not None else []
    titles = {one.number: one.title for one in together}
    plans = need_plans(
        incident,
        needs,
        proposal,
        adjustments,
        asked=asked,
        supply=supply,
        alerted=states_by_line(proposal, alerted),
        found=whole,
        titles=titles,
    )
    drafts = len(drafts_of_case(acting.organisation, incident.number)) if rights["is_owner"] else 0
    changes = _changes(acting, incident, proposal, standing, all_alerted, titles)
    closures = list(closures_at(acting.organisation, incident.status, now()))
    running = _promised(acting, incident, needs)
    costly = closure_delays(closures, once_each([*running, *planned_arrivals(incident, plans)]))
    plans = with_detours(incident, plans, costly)
    coming = once_each([*running, *planned_arrivals(incident, plans)])
    own = own_lines(acting, proposal, incident, alerted) if proposal is not None and rights["may_send"] else []
    return (
        rights
        | changes
        | {
            "incident": incident,
            "proposal": proposal,
            "together": [one for one in together if one != incident],
            "rivals": rival_rows(proposal, titles, number=incident.number) if proposal is not None else [],
            "plans": plans,
            "whole": whole,
            "texts": text_notes(plans),
            "pinned_count": sum(1 for one in adjustments if one.kind == "pinned"),
            "removed_count": sum(1 for one in adjustments if one.kind == "removed"),
            "head": PlanHead.of(proposal, incident.number, now=coverage_by_roads(incident, plans))
            if proposal is not None
            else None,
            "roads_closed_since": proposal is not None and closed_since(proposal, closures, plans),
            "unknown_lines": sum(1 for plan in plans for line in plan.lines if line.text and line.text.is_unknown),
            "asks": _asks(acting, incident, proposal) if changes["age"].is_current else [],
            "drafts_count": drafts,
            "own_teams": sum(line.quantity for line in own),
            "own_owners": len({line.unit.partition(":")[0] for line in own}),
            "alerted": alerted_words(alerted),
            "alert_form": AlertForm(),
            "mark": _mark(
                proposal, plans, drafts, rights, changes, [closure.pk for closure in closures], alerted, coming
            ),
            "closure_delays": costly,
            "map_data": incident_map(incident, coming, closures, costly),
        }
    )


def _promised(acting: Acting, incident: Incident, needs: Sequence[Need]) -> list[ArrivingTeams]:
    """Who was promised, and comes from where."""
    deployments = deployments_of_case(acting.organisation, incident.number)
    keys = keys_of(deployments)
    bases = bases_of(acting.organisation, incident.status, keys) if keys else {}
    return list(
        promised_arrivals(
            acting.organisation, deployments, {incident.number: incident}, bases, {incident.number: needs}
        )
    )


def _asks(acting: Acting, incident: Incident, proposal: Proposal | None) -> list[tuple[str, int]]:
    """Whom the plan's requests go to, and how many lines each has."""
    bundles = bundle_lines(proposal, incident, asker=acting.organisation.code) if proposal is not None else {}
    return [(supplier, len(asked)) for (supplier, _text), asked in bundles.items()]


def _alerted(acting: Acting, incident: Incident, proposal: Proposal | None) -> list[AlertedTeams]:
    """The own teams that were alerted for the incident, and for those that are planned with it."""
    numbers = {incident.number, *(proposal.numbers if proposal is not None else ())}
    return alerted_teams(acting.organisation, numbers)


def _changes(
    acting: Acting,
    incident: Incident,
    proposal: Proposal | None,
    standing: Standing,
    alerted: Sequence[AlertedTeams],
    titles: Mapping[str, str],
) -> dict[str, Any]:
    """What the plan moved against the one before, and what has changed since it was made."""
    if proposal is None:
        nothing: dict[str, Any] = {
            "age": Age(),
            "difference_since": None,
            "moves": [],
            "causes": [],
            "moves_elsewhere": 0,
        }
        return nothing | {"declined_since": [], "shortfalls": [], "ways": []}
    ages = ages_of(proposal, standing)
    age = ages[incident.number] if incident.closed_at is None else Age(sent=ages[incident.number].sent)
    moves = difference_rows(proposal)
    here = [move for move in moves if move.incident in ("", incident.number)]
    return {
        "age": age,
        "difference_since": difference_since(proposal),
        "moves": here,
        "causes": cause_rows(proposal, titles),
        "declined_since": declined_since(proposal, standing.asked),
        "moves_elsewhere": len(moves) - len(here),
        "shortfalls": _shortfalls(acting, incident, proposal, ages, standing, alerted) if age.is_current else [],
        "ways": changed_routes(proposal, incident, now()) if age.is_current else [],
    }


def _shortfalls(
    acting: Acting,
    incident: Incident,
    proposal: Proposal,
    ages: Mapping[str, Age],
    standing: Standing,
    alerted: Sequence[AlertedTeams],
) -> list[Shortfall]:
    """Teams that are no longer free: of those that the plan takes for incidents for which it was not sent yet."""
    unsent = {number for number, age in ages.items() if not age.sent}
    planned = planned_teams(proposal, unsent)
    left = Counter(free_teams(acting.organisation, incident.status, now(), planned)) - standing.asked.units
    own = alerted_since(proposal, [item for item in alerted if item.request.case_id in unsent])
    return shortfalls(proposal, planned, left + own)


def _mark(
    proposal: Proposal | None,
    plans: Sequence[NeedPlan],
    drafts: int,
    rights: dict[str, Any],
    changes: dict[str, Any],
    closures: Sequence[int],
    alerted: Sequence[AlertedTeams],
    coming: Sequence[ArrivingTeams],
) -> str:
    """Names what the proposal's part of the page shows: an open page asks for it again only where this differs."""
    needs = [
        (
            plan.need.pk,
            plan.title,
            plan.need.needed_by,
            plan.need.useless_after,
            plan.need.priority,
            plan.asked,
            plan.found.coverage if plan.found else None,
        )
        for plan in plans
    ]
    since = changes["age"], changes["declined_since"], changes["shortfalls"], changes["ways"], closures
    shown = repr(
        (
            proposal.pk if proposal is not None else 0,
            needs,
            drafts,
            sorted(rights.items()),
            since,
            _marks(alerted),
            _ways(coming),
        )
    )
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def _ways(coming: Iterable[ArrivingTeams]) -> list[tuple[str, bool, bool, str]]:
    return [(one.unit, one.is_late, one.is_moving, one.words) for one in coming]


def _marks(alerted: Iterable[AlertedTeams]) -> list[tuple[str, str, int, str]]:
    return [
        (item.unit, item.need_id, item.quantity, item.deployment.state if item.deployment else "") for item in alerted
    ]

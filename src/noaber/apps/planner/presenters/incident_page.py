"""What the incident page is made of: one context for each of its parts, and all of them together for the page."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.who_sees import who_sees
from noaber.apps.exchange.queries import (
    AlertedTeams,
    alerted_teams,
    case_entries,
    deployments_of_case,
    drafts_of_case,
    requests_of_case,
)
from noaber.apps.exchange.teams import free_teams
from noaber.apps.library.panel import LinksPanel, links_panel
from noaber.apps.planner.enums import NoteKind
from noaber.apps.planner.forms.alerts import AlertForm
from noaber.apps.planner.forms.incidents import NoteLanguageForm
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
from noaber.apps.planner.presenters.helpers import find_union_row, helper_rows, left_out_rows
from noaber.apps.planner.presenters.home import bases_of
from noaber.apps.planner.presenters.log import log_rows
from noaber.apps.planner.presenters.maps import incident_map
from noaber.apps.planner.presenters.near_misses import MOST_NEAR_MISSES, NearMisses, near_misses
from noaber.apps.planner.presenters.plan_difference import cause_rows, difference_rows, difference_since
from noaber.apps.planner.presenters.plan_lines import NeedPlan, alerted_words, need_plans, text_notes
from noaber.apps.planner.presenters.rivals import rival_rows
from noaber.apps.planner.presenters.running import RequestRow, deployment_rows, request_rows
from noaber.apps.planner.queries.changed_routes import changed_routes
from noaber.apps.planner.queries.deadlines import find_deadlines
from noaber.apps.planner.queries.decisions import decisions_of
from noaber.apps.planner.queries.difference_causes import declined_since
from noaber.apps.planner.queries.helpers import Outlook, Ranking
from noaber.apps.planner.queries.incidents import adjustments_of
from noaber.apps.planner.queries.need_coverage import coverage_of
from noaber.apps.planner.queries.plan_coverage import PlanHead
from noaber.apps.planner.queries.plan_difference import Shortfall, planned_teams, shortfalls
from noaber.apps.planner.queries.situation import build_problem
from noaber.apps.planner.queries.staleness import Age, Standing, ages_of
from noaber.apps.planner.services.alerting import alerted_since, own_lines, states_by_line
from noaber.apps.planner.services.drafting import bundle_lines
from noaber.apps.planner.services.proposals import asked_by_need, latest_proposal
from noaber.apps.registry.coded import capability_name, hazard_name, territory_label
from noaber.apps.registry.placing import district_at
from noaber.apps.roads.presenters.provenance import minutes_provenance
from noaber.apps.roads.queries.closures import closures_at
from noaber.core.districts import is_district, is_finer
from noaber.core.geo import Position
from noaber.web.clock import now

MOST_HELPERS = 12
ALL_HELPERS = 5000


def incident_context(acting: Acting, incident: Incident, *, need_code: str = "") -> dict[str, Any]:
    """Everything of the page."""
    standing = standing_of(acting, incident)
    outlook = outlook_of(acting, incident, standing)
    running = running_context(acting, incident, standing)
    return (
        head_context(acting, incident)
        | proposal_context(acting, incident, latest_proposal(acting, incident), outlook=outlook, standing=standing)
        | helpers_context(acting, incident, need_code=need_code, outlook=outlook)
        | running
        | log_context(acting, incident)
        | {"others": _others(acting, incident, running["requests"]), "links": _links(acting, incident)}
    )


def standing_of(acting: Acting, incident: Incident) -> Standing:
    """What was asked for the incident and, where it is the organisation's own, for all that it has open."""
    return Standing.of(acting, incident.status, also=[incident.number])


def _links(acting: Acting, incident: Incident) -> LinksPanel | None:
    """What it is linked with: only of the node's own status, since Actual, Exercise and Test never mix."""
    return links_panel(acting, incident) if incident.status == settings.NOABER_STATUS else None


def _others(acting: Acting, incident: Incident, requests: Iterable[RequestRow]) -> list[Organisation]:
    """With whom one speaks about the incident: its owner, and each that asks or is asked."""
    found = {incident.owner.pk: incident.owner} | {row.other.pk: row.other for row in requests}
    return [other for key, other in found.items() if key != acting.organisation.pk]


def head_context(acting: Acting, incident: Incident) -> dict[str, Any]:
    return {
        "incident": incident,
        "hazard": hazard_name(incident.hazard),
        "territory": territory_label(incident.territory),
        "finer": _finer(incident),
        "groups": list(incident.groups.all()),
        "who": who_sees(incident),
        "close_road_url": _close_road_url(acting, incident),
        **provenance_context(acting, incident),
    } | _rights(acting, incident)


@dataclass(frozen=True)
class Finer:
    """What is known of the place beyond the territory that is kept with the incident."""

    words: str
    url: str


def _finer(incident: Incident) -> Finer | None:
    """The finer district, to be taken over on purpose; None where the incident carries its district."""
    if is_district(incident.territory):
        return None
    found = district_at(Position(incident.lon, incident.lat))
    if found is None or not is_finer(found.territory, incident.territory):
        return Finer(_("the district is not known"), reverse("incident-edit", args=[incident.number]))
    about = "≈ " if found.is_estimate else ""
    words = _("lies in %(territory)s") % {"territory": about + territory_label(found.territory)}
    return Finer(words, f"{reverse('incident-edit', args=[incident.number])}?district={found.territory}")


def _close_road_url(acting: Acting, incident: Incident) -> str:
    """Where a road near the incident is closed; empty for who may not."""
    if not acting.may(Permission.CLOSE_ROADS):
        return ""
    place = {"status": incident.status, "lon": incident.lon, "lat": incident.lat}
    return f"{reverse('closure-new')}?{urlencode(place)}"


def provenance_context(acting: Acting, incident: Incident) -> dict[str, Any]:
    """How the minutes to the incident are got."""
    place = Position(incident.lon, incident.lat)
    return {
        "provenance": minutes_provenance(acting.organisation, place, status=incident.status, at=now()),
        "provenance_url": f"{reverse('incident', args=[incident.number])}?part=how",
    }


def _rights(acting: Acting, incident: Incident) -> dict[str, Any]:
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
    rights = _rights(acting, incident)
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


def helpers_context(
    acting: Acting, incident: Incident, *, need_code: str, outlook: Outlook | None = None, everyone: bool = False
) -> dict[str, Any]:
    """Who can help with one need, and who cannot."""
    outlook, rights = outlook or outlook_of(acting, incident), _rights(acting, incident)
    at = outlook.situation.problem.now
    needs = list(incident.needs.all())
    chosen = next((need for need in needs if need.code == need_code), next(iter(needs), None))
    ranking = outlook.ranking(chosen.code, most=ALL_HELPERS if everyone else MOST_HELPERS) if chosen else None
    union = find_union_row(acting.organisation, incident, chosen, now().date()) if chosen else None
    near = _near_misses(acting, incident, chosen, ranking, at, everyone=everyone) if chosen and ranking else None
    return {
        "incident": incident,
        "is_at_home": acting.organisation.country == incident.country,
        "may_send": rights["may_send"],
        "may_accept": rights["may_change"],
        "tabs": [(need.code, capability_name(need.capability)) for need in needs],
        "chosen": chosen,
        "ranking": ranking,
        "able": helper_rows(ranking.able, acting.organisation, at) if ranking else [],
        "unable": helper_rows(ranking.unable, acting.organisation, at) if ranking else [],
        "near": near,
        "left_out": left_out_rows(outlook.situation.left_out),
        "union": union,
        "everyone": everyone,
    }


def _near_misses(
    acting: Acting, incident: Incident, need: Need, ranking: Ranking, at: datetime.datetime, *, everyone: bool
) -> NearMisses:
    """Who is almost what is asked; `wanted` is what running requests may not bring already."""
    asked = asked_by_need(acting, incident).get(need.code, 0)
    most = ALL_HELPERS if everyone else MOST_NEAR_MISSES
    wanted = max(0, need.quantity - asked)
    return near_misses(acting.organisation, incident, need, ranking, at, wanted=wanted, most=most)


def running_context(acting: Acting, incident: Incident, standing: Standing | None = None) -> dict[str, Any]:
    """The requests and deployments of the incident, as far as the organisation takes part in them."""
    organisation, at = acting.organisation, now()
    requests = standing.requests_of(incident.number) if standing else requests_of_case(organisation, incident.number)
    stated = find_deadlines(organisation, incident.number) if requests else {}
    return {
        "incident": incident,
        "requests": request_rows(requests, organisation, at, stated),
        "may_send": _rights(acting, incident)["may_send"],
        "deployments": deployment_rows(deployments_of_case(organisation, incident.number), organisation),
    }


def log_context(acting: Acting, incident: Incident) -> dict[str, Any]:
    return {
        "incident": incident,
        "log": log_rows(acting, incident),
        "may_note": acting.may(Permission.KEEP_LOG),
        "note_kinds": NoteKind.choices,
        "note_form": NoteLanguageForm(auto_id="log-%s"),
        "has_messages": case_entries(acting.organisation, incident.number).exists(),
    }


def outlook_of(acting: Acting, incident: Incident, standing: Standing | None = None) -> Outlook:
    """Who could help: also under texts that leave it open, each marked so."""
    decisions = decisions_of(acting.organisation, [incident])
    asked = replace((standing or standing_of(acting, incident)).asked, lines={})
    situation = build_problem(
        acting.organisation, [incident], now(), include_unknown=True, asked=asked, decisions=decisions
    )
    return Outlook.of(situation)

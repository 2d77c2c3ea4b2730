"""What the incident page is made of: one context for each of its parts, and all of them together for the page."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
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
from noaber.apps.exchange.queries import case_entries, deployments_of_case, requests_of_case
from noaber.apps.library.panel import LinksPanel, links_panel
from noaber.apps.planner.enums import NoteKind
from noaber.apps.planner.forms.incidents import NoteLanguageForm
from noaber.apps.planner.models import Incident, Need
from noaber.apps.planner.presenters.helpers import find_union_row, helper_rows, left_out_rows
from noaber.apps.planner.presenters.log import log_rows
from noaber.apps.planner.presenters.near_misses import MOST_NEAR_MISSES, NearMisses, near_misses
from noaber.apps.planner.presenters.proposal_part import proposal_context, rights_of, standing_of
from noaber.apps.planner.presenters.running import RequestRow, deployment_rows, request_rows
from noaber.apps.planner.queries.deadlines import find_deadlines
from noaber.apps.planner.queries.decisions import decisions_of
from noaber.apps.planner.queries.helpers import Outlook, Ranking
from noaber.apps.planner.queries.situation import build_problem
from noaber.apps.planner.queries.staleness import Standing
from noaber.apps.planner.services.proposals import asked_by_need, latest_proposal
from noaber.apps.registry.coded import capability_name, hazard_name, territory_label
from noaber.apps.registry.placing import district_at
from noaber.apps.roads.presenters.provenance import minutes_provenance
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
    } | rights_of(acting, incident)


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


def helpers_context(
    acting: Acting, incident: Incident, *, need_code: str, outlook: Outlook | None = None, everyone: bool = False
) -> dict[str, Any]:
    """Who can help with one need, and who cannot."""
    outlook, rights = outlook or outlook_of(acting, incident), rights_of(acting, incident)
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
        "may_send": rights_of(acting, incident)["may_send"],
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

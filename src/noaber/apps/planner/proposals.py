"""Proposals: make one, change it by taking a line out or pinning it, and turn it into drafts of requests.

A proposal is kept as it was made: problem, plan, and the facts shown beside its lines with their age. What the officer
decided otherwise is kept as adjustments, and in the incident's log with the reason.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.services import announce
from noaber.apps.exchange.draft_lines import DraftLine
from noaber.apps.exchange.models import RequestDraft
from noaber.apps.exchange.queries import drafts_of_case, requests_of_case
from noaber.apps.exchange.services.drafts import DraftData, create_draft
from noaber.apps.planner.asking import addressee_of, all_organisations
from noaber.apps.planner.enums import EventKind
from noaber.apps.planner.models import Adjustment, Incident, Need, Proposal
from noaber.apps.planner.services import log
from noaber.apps.planner.situation import Situation, look
from noaber.apps.registry.queries.planning import PlanningUnit
from noaber.core.planning.encode import encode_json, plan_value
from noaber.core.planning.encode_problem import problem_value
from noaber.core.planning.solve import solve
from noaber.core.problems import InvalidInput, NotAllowed
from noaber.web.clock import now

TIME_LIMIT_S = 10.0
"""An officer waits no longer; the best plan so far then says that it is not proven."""


def asked_by_need(acting: Acting, incident: Incident) -> dict[str, int]:
    """Teams that running requests may still bring, by need code: a new plan is for the rest."""
    asked: dict[str, int] = defaultdict(int)
    for request in requests_of_case(acting.organisation, incident.number):
        if request.consumer_id != acting.organisation.pk or not request.is_open:
            continue
        for line in request.lines.all():
            hoped = line.quantity if not line.is_answered else line.committed + line.offered + line.provisional
            asked[line.need_id] += min(line.quantity, max(hoped, line.committed))
    return dict(asked)


@transaction.atomic
def propose(acting: Acting, incident: Incident, *, include_unknown: bool) -> Proposal:
    """The proven best plan for what the incident still needs, for the data as they are now.

    Raises
    ------
    NotAllowed
        Where the incident needs nothing, is closed, or the role does not allow it.
    """
    acting.check_may(Permission.OPEN_INCIDENT)
    if incident.closed_at is not None:
        raise NotAllowed("incident.closed")
    if not incident.needs.exists():
        raise NotAllowed("incident.no-needs")
    asked = asked_by_need(acting, incident)
    situation = look(acting.organisation, incident, now(), include_unknown=include_unknown, asked=asked)
    plan = solve(situation.problem, time_limit=TIME_LIMIT_S)
    problem = problem_value(situation.problem)
    proposal = Proposal.objects.create(
        incident=incident,
        organisation=acting.organisation,
        made_at=situation.problem.now,
        made_by=acting.person,
        include_unknown=include_unknown,
        problem=problem,
        plan=plan_value(plan),
        units={line.unit: _unit_facts(situation.units[line.unit]) for line in plan.assignments},
        texts=_text_facts(situation),
        digest=hashlib.sha256(encode_json(problem)).hexdigest(),
    )
    log(incident, acting, EventKind.PROPOSED, unmet=plan.objectives.unmet, lines=len(plan.assignments))
    announce([acting.organisation])
    return proposal


def _unit_facts(unit: PlanningUnit) -> dict[str, Any]:
    return {**asdict(unit), "state_at": unit.state_at.isoformat()}


def _text_facts(situation: Situation) -> dict[str, Any]:
    """Of each text planned with: what the page shows, and since when its approval is assumed."""
    return {
        entry.id: {
            "agreement": entry.agreement.id,
            "approval": entry.approval_minutes,
            "assumed_by": entry.assumption.organisation,
            "assumed_as_of": entry.assumption.as_of.isoformat(),
            "is_unknown": entry.is_unknown,
        }
        for entry in situation.texts.values()
    }


def latest_proposal(acting: Acting, incident: Incident) -> Proposal | None:
    """The newest proposal of the acting organisation for the incident."""
    return Proposal.objects.filter(incident=incident, organisation=acting.organisation).order_by("-pk").first()


@transaction.atomic
def remove_line(acting: Acting, need: Need, unit: str, *, reason: str, language: str) -> Proposal:
    """Take a team out of the plan for a need; the plan closes around it."""
    _adjust(acting, need, unit, Adjustment.Kind.REMOVED, reason=reason, language=language)
    log(need.incident, acting, EventKind.LINE_REMOVED, need=need.code, unit=unit, reason=reason, language=language)
    return _again(acting, need.incident)


@transaction.atomic
def pin_line(acting: Acting, need: Need, unit: str, quantity: int, *, language: str) -> Proposal:
    """Hold so many teams of a unit to a need, whatever else changes; refused where the plan cannot hold it."""
    _adjust(acting, need, unit, Adjustment.Kind.PINNED, quantity=quantity, language=language)
    log(need.incident, acting, EventKind.LINE_PINNED, need=need.code, unit=unit, quantity=quantity)
    try:
        return _again(acting, need.incident)
    except InvalidInput as error:
        raise NotAllowed("incident.pin", unit=unit) from error


@transaction.atomic
def drop_adjustment(acting: Acting, need: Need, unit: str) -> Proposal:
    """Put a team back, or let a pinned line go free again."""
    acting.check_may(Permission.OPEN_INCIDENT)
    found = Adjustment.objects.filter(organisation=acting.organisation, need=need, unit=unit).first()
    if found is None:
        raise NotAllowed("incident.no-adjustment", unit=unit)
    removed = found.kind == Adjustment.Kind.REMOVED
    found.delete()
    log(
        need.incident,
        acting,
        EventKind.LINE_RESTORED if removed else EventKind.LINE_UNPINNED,
        need=need.code,
        unit=unit,
    )
    return _again(acting, need.incident)


@transaction.atomic
def drop_all_adjustments(acting: Acting, incident: Incident) -> Proposal:
    """Let the plan be free again."""
    acting.check_may(Permission.OPEN_INCIDENT)
    for adjustment in Adjustment.objects.filter(organisation=acting.organisation, incident=incident):
        removed = adjustment.kind == Adjustment.Kind.REMOVED
        kind = EventKind.LINE_RESTORED if removed else EventKind.LINE_UNPINNED
        log(incident, acting, kind, need=adjustment.need.code, unit=adjustment.unit)
        adjustment.delete()
    return _again(acting, incident)


def _adjust(
    acting: Acting,
    need: Need,
    unit: str,
    kind: Adjustment.Kind,
    *,
    language: str,
    reason: str = "",
    quantity: int | None = None,
) -> None:
    acting.check_may(Permission.OPEN_INCIDENT)
    Adjustment.objects.update_or_create(
        incident=need.incident,
        organisation=acting.organisation,
        need=need,
        unit=unit,
        defaults={
            "kind": kind,
            "quantity": quantity,
            "reason": reason,
            "language": language,
            "at": now(),
            "by": acting.person,
        },
    )


def _again(acting: Acting, incident: Incident) -> Proposal:
    former = latest_proposal(acting, incident)
    return propose(acting, incident, include_unknown=bool(former and former.include_unknown))


@transaction.atomic
def draft_requests(acting: Acting, proposal: Proposal, *, language: str, own_too: bool = False) -> list[RequestDraft]:
    """One draft for each centre to ask, and for each text that its lines stand on; nothing is sent yet.

    Own teams are alerted by the means of the country; with `own_too` their owners get a draft as well. Drafts of this
    incident that were made before and not sent are replaced.
    """
    acting.check_may(Permission.SEND_REQUEST)
    incident = proposal.incident
    for former in drafts_of_case(acting.organisation, incident.number):
        if not former.replaces:
            former.delete()
    bundles = _bundles(acting, proposal, own_too=own_too)
    drafts = [create_draft(acting, data) for data in _draft_data(acting, incident, bundles, language)]
    proposal.used_at = now()
    proposal.save(update_fields=["used_at"])
    log(incident, acting, EventKind.DRAFTED, suppliers=[draft.supplier.code for draft in drafts])
    return drafts


Bundle = dict[str, dict[str, Any]]


def _bundles(acting: Acting, proposal: Proposal, *, own_too: bool) -> dict[tuple[str, str], Bundle]:
    """The plan's lines by addressee and text, then by need: quantity and the teams that were thought of."""
    organisations = all_organisations()
    bundles: dict[tuple[str, str], Bundle] = {}
    for line in proposal.plan["assignments"]:
        unit = proposal.units[line["unit"]]
        abroad = unit["territory"][:2] != proposal.incident.country
        if not abroad and (not own_too or unit["owner"] == acting.organisation.code):
            continue
        supplier = addressee_of(unit["owner"], organisations, abroad=abroad)
        text = proposal.texts[line["agreement"]]["agreement"] if line["agreement"] else ""
        if supplier.pk == acting.organisation.pk:
            continue
        bundle = bundles.setdefault((supplier.code, text), {})
        asked = bundle.setdefault(line["need"], {"quantity": 0, "units": []})
        asked["quantity"] += line["quantity"]
        asked["units"].append(line["unit"])
    return bundles


def _draft_data(
    acting: Acting, incident: Incident, bundles: Mapping[tuple[str, str], Bundle], language: str
) -> list[DraftData]:
    organisations = all_organisations()
    needs = {need.code: need for need in incident.needs.all()}
    return [
        DraftData(
            supplier=organisations[supplier],
            status=incident.status,
            case_id=incident.number,
            incident_text=incident.title,
            territory=incident.territory,
            lines=tuple(_line(needs[code], asked) for code, asked in bundle.items()),
            language=language,
            hazard=incident.hazard,
            agreement=text,
            reception_point=incident.reception_point or incident.place,
            lon=incident.lon,
            lat=incident.lat,
            tlp=incident.tlp,
        )
        for (supplier, text), bundle in bundles.items()
    ]


def _line(need: Need, asked: Mapping[str, Any]) -> DraftLine:
    return DraftLine(
        capability=need.capability,
        quantity=asked["quantity"],
        priority=need.priority,
        within_minutes=float(need.within_minutes),
        latest_minutes=None if need.latest_minutes is None else float(need.latest_minutes),
        need_id=need.code,
        function=need.function,
        planned_units=tuple(asked["units"]),
    )

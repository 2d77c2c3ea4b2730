"""One plan for all open incidents of an organisation, as a page of its own shows it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.planner.models import Adjustment, Incident, Proposal
from noaber.apps.planner.permissions import can_change
from noaber.apps.planner.presenters.arriving_teams import planned_arrivals
from noaber.apps.planner.presenters.closure_delays import closure_delays
from noaber.apps.planner.presenters.detours import closed_since, coverage_by_roads, teams_later, with_detours
from noaber.apps.planner.presenters.incident_page import ALL_HELPERS, outlook_of
from noaber.apps.planner.presenters.maps import desk_map
from noaber.apps.planner.presenters.near_misses import NearMisses, near_misses
from noaber.apps.planner.presenters.need_plans import need_plans
from noaber.apps.planner.presenters.plan_difference import cause_rows, difference_rows, difference_since
from noaber.apps.planner.presenters.plan_lines import NeedPlan, PlanLine
from noaber.apps.planner.presenters.rivals import rival_rows
from noaber.apps.planner.queries.difference_causes import declined_since
from noaber.apps.planner.queries.plan_coverage import PlanHead
from noaber.apps.planner.queries.staleness import Age, Standing, ages_of
from noaber.apps.roads.queries.closures import closures_at
from noaber.core.coverage import Coverage, total
from noaber.web.clock import now

MOST_NEAR: Final = 3
"""Near misses of one need; the page of its incident names more."""


@dataclass(frozen=True)
class JointIncident:
    """One incident of the plan, with its needs."""

    incident: Incident
    plans: list[NeedPlan]
    age: Age

    @property
    def coverage(self) -> Coverage:
        return total(plan.coverage for plan in self.plans)

    @property
    def needed_by(self) -> datetime.datetime | None:
        """The first deadline."""
        return min((plan.need.needed_by for plan in self.plans), default=None)


@dataclass(frozen=True)
class NearOfNeed:
    """The near misses of a need that the plan leaves short."""

    incident: Incident
    plan: NeedPlan
    near: NearMisses


@dataclass(frozen=True)
class Payer:
    """Teams that come under one rule of cost; the text is empty for own means."""

    teams: int
    country: str
    text: str
    cost: str
    is_unknown: bool


def newest_plan(acting: Acting, status: str) -> Proposal | None:
    """The newest plan of the organisation for incidents of one kind."""
    found = Proposal.objects.filter(organisation=acting.organisation, incidents__status=status)
    return found.order_by("-pk").first()


def joint_context(acting: Acting, status: str) -> dict[str, Any]:
    """The plan, what is open, and what may be done; `proposal` is None where there is none yet."""
    standing = Standing.of(acting, status)
    proposal = newest_plan(acting, status)
    context: dict[str, Any] = {
        "status": status,
        "proposal": proposal,
        "open_count": len(standing.incidents),
        "may_propose": bool(standing.incidents) and can_change(acting.roles, is_owner=True, is_closed=False),
    }
    return context if proposal is None else context | _plan_context(acting, proposal, standing)


def _plan_context(acting: Acting, proposal: Proposal, standing: Standing) -> dict[str, Any]:
    incidents = list(proposal.incidents.order_by("pk").prefetch_related("needs"))
    titles = {one.number: one.title for one in incidents}
    ages = ages_of(proposal, standing)
    groups = _groups(acting, proposal, standing, incidents)
    closures = list(closures_at(acting.organisation, incidents[0].status, now()))
    costly = closure_delays(
        closures, [one for group in groups for one in planned_arrivals(group.incident, group.plans)]
    )
    groups = [replace(group, plans=with_detours(group.incident, group.plans, costly)) for group in groups]
    coming = [one for group in groups for one in planned_arrivals(group.incident, group.plans)]
    lines = [line for group in groups for plan in group.plans for line in plan.lines]
    former = _former(proposal, incidents)
    later = teams_later(plan for group in groups for plan in group.plans)
    by_roads = [coverage_by_roads(group.incident, group.plans) for group in groups]
    needs_changed = any(age.is_outdated for age in ages.values()) or bool(
        standing.incidents.keys() - set(proposal.numbers)
    )
    return {
        "head": PlanHead.of(proposal, now={number: one for some in by_roads for number, one in some.items()}),
        "groups": groups,
        "own": sum(line.quantity for line in lines if line.own),
        "neighbours": sum(line.quantity for line in lines if not line.own),
        "by_country": _by_country(proposal, lines),
        "former": former,
        "former_head": PlanHead.of(former) if former is not None else None,
        "rivals": rival_rows(proposal, titles),
        "payers": _payers(proposal, lines),
        "closure_delays": costly,
        "may_send": acting.may(Permission.SEND_REQUEST)
        and can_change(acting.roles, is_owner=True, is_closed=False)
        and any(group.age.is_current for group in groups if group.incident.closed_at is None),
        "map_data": desk_map(incidents, len(incidents), coming, (), closures, costly),
        "teams_later": later,
        "roads_closed_since": closed_since(proposal, closures, [plan for group in groups for plan in group.plans]),
        "needs_changed": needs_changed,
        "declined_since": declined_since(proposal, standing.asked),
        "difference_since": difference_since(proposal),
        "moves": difference_rows(proposal, titles),
        "causes": cause_rows(proposal, titles),
        "is_outdated": needs_changed or later > 0,
    }


def _groups(
    acting: Acting, proposal: Proposal, standing: Standing, incidents: Sequence[Incident]
) -> list[JointIncident]:
    """Each incident with what the plan has for it."""
    titles = {one.number: one.title for one in incidents}
    ages, adjustments = ages_of(proposal, standing), _adjustments(acting, incidents)
    return [
        JointIncident(
            one,
            need_plans(
                one,
                list(one.needs.all()),
                proposal,
                adjustments.get(one.pk, []),
                asked=standing.asked.for_incident(one.number),
                titles=titles,
            ),
            ages[one.number],
        )
        for one in incidents
    ]


def near_context(acting: Acting, status: str) -> dict[str, Any]:
    """Who is almost what is asked, for every need of the newest plan that lacks teams or gets them late."""
    proposal = newest_plan(acting, status)
    if proposal is None:
        return {"near": []}
    incidents = list(proposal.incidents.filter(closed_at=None).order_by("pk").prefetch_related("needs"))
    standing = Standing.of(acting, status, also=[one.number for one in incidents])
    found = []
    for group in _groups(acting, proposal, standing, incidents):
        short = [plan for plan in group.plans if plan.is_short]
        if not short:
            continue
        outlook = outlook_of(acting, group.incident, standing)
        for plan in short:
            ranking = outlook.ranking(plan.need.code, most=ALL_HELPERS)
            if ranking is not None:
                near = near_misses(
                    acting.organisation,
                    group.incident,
                    plan.need,
                    ranking,
                    outlook.situation.problem.now,
                    wanted=plan.missing,
                    most=MOST_NEAR,
                )
                if near.rows:
                    found.append(NearOfNeed(group.incident, plan, near))
    return {"near": found, "may_accept": can_change(acting.roles, is_owner=True, is_closed=False)}


def _adjustments(acting: Acting, incidents: Sequence[Incident]) -> dict[int, list[Adjustment]]:
    found: dict[int, list[Adjustment]] = {}
    rows = Adjustment.objects.filter(organisation=acting.organisation, incident__in=[one.pk for one in incidents])
    for row in rows.select_related("need", "by"):
        found.setdefault(row.incident_id, []).append(row)
    return found


def _former(proposal: Proposal, incidents: Sequence[Incident]) -> Proposal | None:
    """The plan before, for any of the same incidents."""
    covering = Proposal.objects.filter(organisation=proposal.organisation_id, incidents__in=incidents)
    return covering.filter(pk__lt=proposal.pk).order_by("-pk").first()


def _country(proposal: Proposal, line: PlanLine) -> str:
    return str(proposal.units[line.unit]["territory"][:2])


def _by_country(proposal: Proposal, lines: Sequence[PlanLine]) -> list[tuple[str, int]]:
    """Teams of neighbours, by their country, the most first."""
    teams: Counter[str] = Counter()
    for line in lines:
        if not line.own:
            teams[_country(proposal, line)] += line.quantity
    return teams.most_common()


def _payers(proposal: Proposal, lines: Sequence[PlanLine]) -> list[Payer]:
    """Who pays for whom, own means first; estimated by nobody, so without a sum."""
    teams: Counter[tuple[str, str, str, bool]] = Counter()
    for line in lines:
        text = (line.text.code, line.text.cost, line.text.cost_unknown) if line.text else ("", "", False)
        teams[_country(proposal, line), *text] += line.quantity
    found: Mapping[tuple[str, str, str, bool], int] = teams
    rows = [Payer(count, *key) for key, count in found.items()]
    return sorted(rows, key=lambda row: (bool(row.text), -row.teams, row.country, row.text))

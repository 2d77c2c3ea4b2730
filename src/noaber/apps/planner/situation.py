"""What an organisation knows for a plan at this moment: the problem, and what is shown beside its lines.

Everything is what the organisation may see: capacities, home cover, texts. The problem is made of the same values
as `noaber plan` reads from a file, so a proposal can be computed again from what was kept.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.queries import teams_spoken_for
from noaber.apps.planner.decisions import Decision
from noaber.apps.planner.models import Adjustment, Incident, Need
from noaber.apps.planner.reserved import planned_reservations
from noaber.apps.registry.queries.agreements import planned_agreement, planning_agreements
from noaber.apps.registry.queries.planning import PlanningUnit, home_cover, planning_units
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.minutes import Minutes, minutes_between
from noaber.core.agreements.planning import Case, Choice, LeftOut, Owner, PlanningAgreement
from noaber.core.deadlines import minutes_until
from noaber.core.geo import Position
from noaber.core.planning.problem import (
    EstimatedTravel,
    Exclusion,
    MatrixTravel,
    Pin,
    Problem,
    Travel,
)
from noaber.core.planning.problem import Incident as PlannedIncident
from noaber.core.planning.problem import Need as PlannedNeed
from noaber.core.quantities import ESTIMATE_DETOUR, ESTIMATE_SPEED_KM_H

ESTIMATE = EstimatedTravel(speed_km_h=ESTIMATE_SPEED_KM_H, detour=ESTIMATE_DETOUR)


@dataclass(frozen=True)
class Situation:
    """A problem and its context.

    Parameters
    ----------
    units
        By unit id; also those with nothing left.
    texts
        By the id of the planning entry.
    left_out
        Texts that apply and are not planned with, and why.
    """

    problem: Problem
    units: dict[str, PlanningUnit]
    texts: dict[str, PlanningAgreement]
    left_out: tuple[LeftOut, ...]
    asked: dict[str, int]
    """Teams already asked for or committed, by need code: the plan is for the rest."""
    kinds: Mapping[str, MinutesKind] = field(default_factory=dict)
    """How the travel of each unit was got, by its id."""


def look(
    organisation: Organisation,
    incident: Incident,
    at: datetime.datetime,
    *,
    include_unknown: bool,
    asked: dict[str, int],
    decisions: Sequence[Decision] = (),
    needs: Sequence[Need] | None = None,
) -> Situation:
    """Everything a plan of `organisation` for `incident` depends on, at the moment `at`.

    A decision about a unit or a need that is no longer there is passed over; a pin holds no more teams than are free,
    or than have not been asked for yet. `needs` are looked at instead of those of the incident.
    """
    needs = list(incident.needs.all()) if needs is None else list(needs)
    capabilities = tuple(dict.fromkeys(need.capability for need in needs))
    committed = teams_spoken_for(incident.status, at)
    listed = planning_units(organisation, incident.status, at, committed=committed, capabilities=capabilities)
    units = {unit.id: unit for unit in listed}
    texts = planning_agreements(
        organisation,
        owners=_owners(listed),
        cases=(Case(incident.territory, incident.hazard),),
        capabilities=capabilities,
        on=at.date(),
        choices=frozenset({Choice.UNKNOWN} if include_unknown else ()),
    )
    planned = _incident(incident, needs, asked, at)
    codes = {need.id for need in planned.needs}
    kept = [one for one in decisions if one.unit in units and one.need in codes]
    minutes = minutes_between(
        organisation,
        [Position(unit.lon, unit.lat) for unit in listed],
        [planned.position],
        status=incident.status,
        at=at,
    )
    reservations = planned_reservations(organisation, listed, at)
    free = {unit.id: unit.quantity for unit in listed}
    for held in reservations:
        if held.holds_at(at):
            free[held.unit] = max(0, free[held.unit] - held.quantity)
    problem = Problem(
        now=at,
        units=tuple(unit.as_unit() for unit in listed),
        incidents=(planned,),
        travel=_travel(planned, listed, minutes),
        home_cover=tuple(home_cover(organisation, incident.status, capabilities=capabilities)),
        reservations=reservations,
        agreements=tuple(map(planned_agreement, texts.entries)),
        pinned=tuple(_pins(planned, kept, free)),
        excluded=tuple(
            Exclusion(decision.unit, planned.id, decision.need)
            for decision in kept
            if decision.kind == Adjustment.Kind.REMOVED
        ),
    )
    return Situation(
        problem,
        units,
        {entry.id: entry for entry in texts.entries},
        texts.left_out,
        asked,
        {unit.id: minutes.kind(number, 0) for number, unit in enumerate(listed)},
    )


def _travel(planned: PlannedIncident, units: Sequence[PlanningUnit], minutes: Minutes) -> Travel:
    """The minutes as the problem keeps them: the estimate by its formula, those on roads by their numbers."""
    if minutes.are(MinutesKind.ESTIMATE).all():
        return ESTIMATE
    to_here = zip(units, minutes.minutes[:, 0].tolist(), strict=True)
    return MatrixTravel({unit.id: {planned.id: value} for unit, value in to_here if math.isfinite(value)})


def _pins(planned: PlannedIncident, decisions: Iterable[Decision], teams_free: Mapping[str, int]) -> Iterator[Pin]:
    """What is pinned, in the order in which it was decided, as far as there are teams and the needs still want them."""
    wanted = {need.id: need.quantity for need in planned.needs}
    free = dict(teams_free)
    for decision in decisions:
        if decision.kind != Adjustment.Kind.PINNED:
            continue
        teams = min(decision.quantity, wanted[decision.need], free[decision.unit])
        wanted[decision.need] -= teams
        free[decision.unit] -= teams
        if teams:
            yield Pin(decision.unit, planned.id, decision.need, teams)


def _owners(units: Iterable[PlanningUnit]) -> tuple[Owner, ...]:
    return tuple(dict.fromkeys(Owner(unit.owner, unit.territory) for unit in units))


def _incident(
    incident: Incident, needs: Sequence[Need], asked: dict[str, int], at: datetime.datetime
) -> PlannedIncident:
    return PlannedIncident(
        id=incident.number,
        territory=incident.territory,
        hazard=incident.hazard,
        position=Position(incident.lon, incident.lat),
        needs=tuple(_need(need, asked.get(need.code, 0), at) for need in needs),
    )


def _need(need: Need, asked: int, at: datetime.datetime) -> PlannedNeed:
    return PlannedNeed(
        id=need.code,
        capability=need.capability,
        quantity=max(0, need.quantity - asked),
        within=minutes_until(need.needed_by, at),
        priority=need.priority,
        latest=None if need.useless_after is None else minutes_until(need.useless_after, at),
    )

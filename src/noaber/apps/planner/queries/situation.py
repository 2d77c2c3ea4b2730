"""What an organisation knows for a plan at this moment: the problem, and what is shown beside its lines.

Everything is what the organisation may see: capacities, home cover, texts. The problem is made of the same values
as `noaber plan` reads from a file, so a proposal can be computed again from what was kept.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.asking import addressee_of, all_organisations
from noaber.apps.exchange.queries import teams_spoken_for
from noaber.apps.planner.models import Adjustment, Incident, Need
from noaber.apps.planner.queries.decisions import Decision
from noaber.apps.planner.queries.requested import Place, Requested
from noaber.apps.planner.queries.reservations import planned_reservations
from noaber.apps.registry.queries.agreements import planned_agreement, planning_agreements
from noaber.apps.registry.queries.planning import PlanningUnit, home_cover, planning_units
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.network.minutes import Minutes, minutes_between
from noaber.core.agreements.planning import Case, Choice, LeftOut, Owner, PlanningAgreement
from noaber.core.deadlines import minutes_until
from noaber.core.geo import Position
from noaber.core.planning.problem import EstimatedTravel, Exclusion, MatrixTravel, Pin, Problem, Travel
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
    kinds
        How the way of each unit to each incident was got.
    refused
        The units that are left out because whom they are asked through declined the need, by incident and need.
    """

    problem: Problem
    units: dict[str, PlanningUnit]
    texts: dict[str, PlanningAgreement]
    left_out: tuple[LeftOut, ...]
    kinds: Mapping[tuple[str, str], MinutesKind] = field(default_factory=dict)
    refused: Mapping[Place, tuple[str, ...]] = field(default_factory=dict)


def build_problem(
    organisation: Organisation,
    incidents: Sequence[Incident],
    at: datetime.datetime,
    *,
    include_unknown: bool,
    asked: Requested,
    decisions: Sequence[Decision] = (),
    needs: Sequence[Need] | None = None,
) -> Situation:
    """Everything a plan of `organisation` for its `incidents` together depends on, at the moment `at`.

    The incidents are of one status kind, and have one need at least. A decision about a unit or a need that is no
    longer there is passed over; a pin holds no more teams than are free, or than have not been asked for yet. `needs`
    are looked at instead of those of the only incident.
    """
    status = incidents[0].status
    planned = tuple(
        _incident(incident, list(incident.needs.all()) if needs is None else needs, asked, at) for incident in incidents
    )
    capabilities = tuple(dict.fromkeys(need.capability for one in planned for need in one.needs))
    committed = teams_spoken_for(status, at) + asked.units
    listed = planning_units(organisation, status, at, committed=committed, capabilities=capabilities)
    units = {unit.id: unit for unit in listed}
    texts = planning_agreements(
        organisation,
        owners=_owners(listed),
        cases=tuple(dict.fromkeys(Case(incident.territory, incident.hazard) for incident in incidents)),
        capabilities=capabilities,
        on=at.date(),
        choices=frozenset({Choice.UNKNOWN} if include_unknown else ()),
    )
    places = {(one.id, need.id) for one in planned for need in one.needs}
    kept = [one for one in decisions if one.unit in units and (one.incident, one.need) in places]
    minutes = minutes_between(
        organisation,
        [Position(unit.lon, unit.lat) for unit in listed],
        [one.position for one in planned],
        status=status,
        at=at,
    )
    reservations = planned_reservations(organisation, listed, at)
    free = {unit.id: unit.quantity for unit in listed}
    for held in reservations:
        if held.holds_at(at):
            free[held.unit] = max(0, free[held.unit] - held.quantity)
    refused = _refused(asked, planned, listed)
    removed = {
        Exclusion(decision.unit, decision.incident, decision.need): None
        for decision in kept
        if decision.kind == Adjustment.Kind.REMOVED
    }
    declined = {Exclusion(unit, *place): None for place, named in refused.items() for unit in named}
    problem = Problem(
        now=at,
        units=tuple(unit.as_unit() for unit in listed),
        incidents=planned,
        travel=_travel(planned, listed, minutes),
        home_cover=tuple(home_cover(organisation, status, capabilities=capabilities)),
        reservations=reservations,
        agreements=tuple(map(planned_agreement, texts.entries)),
        pinned=tuple(_pins(planned, kept, free, set(declined))),
        excluded=tuple(removed | declined),
    )
    return Situation(
        problem,
        units,
        {entry.id: entry for entry in texts.entries},
        texts.left_out,
        _kinds(planned, listed, minutes),
        refused,
    )


def _travel(planned: Sequence[PlannedIncident], units: Sequence[PlanningUnit], minutes: Minutes) -> Travel:
    """The minutes as the problem keeps them: the estimate by its formula, those on roads by their numbers."""
    if minutes.are(MinutesKind.ESTIMATE).all():
        return ESTIMATE
    rows = zip(units, minutes.minutes.tolist(), strict=True)
    return MatrixTravel(
        {
            unit.id: {one.id: value for one, value in zip(planned, row, strict=True) if math.isfinite(value)}
            for unit, row in rows
        }
    )


def _kinds(
    planned: Sequence[PlannedIncident], units: Sequence[PlanningUnit], minutes: Minutes
) -> dict[tuple[str, str], MinutesKind]:
    return {
        (unit.id, incident.id): minutes.kind(row, column)
        for row, unit in enumerate(units)
        for column, incident in enumerate(planned)
    }


def _refused(
    asked: Requested, planned: Sequence[PlannedIncident], units: Sequence[PlanningUnit]
) -> dict[Place, tuple[str, ...]]:
    """The units of those who declined a need, unless their state was told anew since."""
    if not asked.refused:
        return {}
    organisations = all_organisations()
    asked_through: dict[tuple[str, bool], str] = {}
    found: dict[Place, list[str]] = {}
    for one in planned:
        for need in one.needs:
            said = asked.refused.get((one.id, need.id), {})
            for unit in units if said else ():
                key = unit.owner, unit.territory[:2] != one.country
                if key not in asked_through:
                    asked_through[key] = addressee_of(unit.owner, organisations, abroad=key[1]).code
                declined_at = said.get(asked_through[key])
                if need.capability in unit.capabilities and declined_at is not None and unit.state_at <= declined_at:
                    found.setdefault((one.id, need.id), []).append(unit.id)
    return {place: tuple(named) for place, named in found.items()}


def _pins(
    planned: Sequence[PlannedIncident],
    decisions: Iterable[Decision],
    teams_free: Mapping[str, int],
    declined: Collection[Exclusion],
) -> Iterator[Pin]:
    """What is pinned, in the order in which it was decided, as far as there are teams and the needs still want them."""
    wanted = {(one.id, need.id): need.quantity for one in planned for need in one.needs}
    free = dict(teams_free)
    for decision in decisions:
        place = decision.incident, decision.need
        if decision.kind != Adjustment.Kind.PINNED or Exclusion(decision.unit, *place) in declined:
            continue
        teams = min(decision.quantity, wanted[place], free[decision.unit])
        wanted[place] -= teams
        free[decision.unit] -= teams
        if teams:
            yield Pin(decision.unit, decision.incident, decision.need, teams)


def _owners(units: Iterable[PlanningUnit]) -> tuple[Owner, ...]:
    return tuple(dict.fromkeys(Owner(unit.owner, unit.territory) for unit in units))


def _incident(incident: Incident, needs: Sequence[Need], asked: Requested, at: datetime.datetime) -> PlannedIncident:
    return PlannedIncident(
        id=incident.number,
        territory=incident.territory,
        hazard=incident.hazard,
        position=Position(incident.lon, incident.lat),
        needs=tuple(_need(need, asked.hoped.get((incident.number, need.code), 0), at) for need in needs),
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

"""What a change would do: to the matrix, to the minutes, to the plans of incidents. Nothing is stored.

Both sides are computed by the functions that the pages of today use, only with other texts and other assumed minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation
from noaber.apps.mapping.region import Cell, RegionMatrix, RegionQuery, alike, region_matrix
from noaber.apps.mapping.sides import Rows, sides_of
from noaber.apps.planner.models import Incident
from noaber.apps.planner.queries.requested import requested_for_incidents
from noaber.apps.planner.queries.situation import Situation, build_problem
from noaber.apps.registry.queries.agreements import planned_agreement
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.presenters.provenance import Provenance, provenance_on
from noaber.apps.roads.reach.grid import REGIONS, load_grid
from noaber.apps.roads.reach.reach import Reach, VisibleMeans, reach_of, visible_means
from noaber.core.agreements.change import Law, compare_matrices
from noaber.core.agreements.matrix import Side as CoreSide
from noaber.core.agreements.matrix import help_matrix
from noaber.core.agreements.planning import Case, Owner, PlanningNeed, planning_agreements
from noaber.core.planning.plan import Plan
from noaber.core.planning.solve import solve

WITHIN: Final = (30, 60, 120)
MOST_INCIDENTS: Final = 6
TIME_LIMIT_S: Final = 3.0

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Laws:
    """The texts and assumed minutes as they are, and as they would be."""

    before: Law
    after: Law


# the matrix


@dataclass(frozen=True)
class MatrixEffect:
    """The two matrices over the same sides, and how many answers change over every help and hazard.

    Parameters
    ----------
    better, worse, other_text
        Answers among the countries and Länder, each help at each hazard and direction one.
    """

    before: RegionMatrix
    after: RegionMatrix
    better: int
    worse: int
    other_text: int

    @property
    def changed(self) -> list[tuple[Cell, Cell]]:
        """The cells that say something else, before and after."""
        pairs = zip(self.before.rows, self.after.rows, strict=True)
        cells = (cell for was, now in pairs for cell in zip(was, now, strict=True))
        return [(was, now) for was, now in cells if was.signature != now.signature]


def matrix_effect(laws: Laws, asked: RegionQuery, capabilities: Sequence[str], hazards: Sequence[str]) -> MatrixEffect:
    """The matrix for one help and hazard before and after, and the count over all of them."""
    whole = sides_of(Rows.ALL)
    before, after = (region_matrix(whole, law.texts, asked) for law in (laws.before, laws.after))
    shown = alike(before, after)
    states = [CoreSide(side.code, (side.territory,)) for side in sides_of(Rows.STATES)]
    all_before, all_after = (
        help_matrix(states, law.texts, capabilities=capabilities, hazards=hazards, on=asked.on)
        for law in (laws.before, laws.after)
    )
    change = compare_matrices(all_before, all_after)
    return MatrixEffect(
        before.only(shown),
        after.only(shown),
        better=int(change.better.sum()),
        worse=int(change.worse.sum()),
        other_text=int(change.other_text.sum()),
    )


# the minutes


@dataclass(frozen=True)
class RegionEffect:
    """People of one territory reached in time, before and after, by `WITHIN`; `code` is empty for all together.

    `is_estimated` where any of the minutes before or after are.
    """

    code: str
    people: int
    is_estimated: bool
    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True)
class MinutesEffect:
    """The first team at every place before and after.

    Parameters
    ----------
    gain
        (cells,) float64 minutes that the change gains at each hexagon, below 0 where it costs some; infinite where
        somebody can come only after it, or only before it.
    kinds
        How the minutes at each hexagon were got, as uncertain as any of them.
    faster, slower
        How many people get help ten minutes sooner, or later, or at all, or no more.
    how
        Where the minutes come from.
    """

    before: Reach
    after: Reach
    regions: tuple[RegionEffect, ...]
    gain: Floats
    kinds: tuple[MinutesKind, ...]
    faster: int
    slower: int
    provenance: Provenance


WORTH_MINUTES: Final = 10


def minutes_effect(
    laws: Laws, reader: Organisation, status: str, at: datetime, asked: RegionQuery
) -> MinutesEffect | None:
    """What the change does to the minutes of one help at one hazard; None where either is left open."""
    if asked.capability is None or asked.hazard is None:
        return None
    seen = visible_means(reader, status, at, capability=asked.capability, hazard=asked.hazard)
    before, after = (reach_of(_under(law, seen, reader, at)) for law in (laws.before, laws.after))
    first = len(load_grid().cells)
    was, now = before.opened.minutes[:, 0], after.opened.minutes[:, 0]
    gain = _difference(was, now)
    layers = np.maximum(before.layers(0, before.opened), after.layers(0, after.opened))
    kinds = before.kinds
    estimated = np.isin(layers, [number for number, kind in enumerate(kinds) if kind is not MinutesKind.ROUTED])
    people = load_grid().people
    worth = gain[first:]
    return MinutesEffect(
        before,
        after,
        tuple(_region_effects(was[first:], now[first:], estimated[first:])),
        gain[:first],
        tuple(kinds[layer] for layer in layers[:first].tolist()),
        faster=int(people[worth >= WORTH_MINUTES].sum()),
        slower=int(people[worth <= -WORTH_MINUTES].sum()),
        provenance=provenance_on(seen.roads),
    )


def _under(law: Law, seen: VisibleMeans, reader: Organisation, at: datetime) -> VisibleMeans:
    """The same bases and roads under other texts."""
    need = PlanningNeed(
        organisation=reader.code,
        on=at.date(),
        owners=tuple(dict.fromkeys(Owner(unit.owner, unit.territory) for unit in seen.units)),
        cases=tuple(Case(place, seen.hazard) for place in dict.fromkeys(one.territory for one in load_grid().places)),
        capabilities=(seen.capability,),
    )
    entries = planning_agreements(law.texts, law.assumptions, need).entries
    return replace(seen, texts={entry.id: entry for entry in entries})


def _difference(was: Floats, now: Floats) -> Floats:
    """Minutes gained; 0 where nobody can come before nor after."""
    both = np.isinf(was) & np.isinf(now)
    return np.subtract(was, now, out=np.zeros_like(was), where=~both)


def _region_effects(was: Floats, now: Floats, estimated: Bools) -> Iterable[RegionEffect]:
    ground = load_grid()
    insides = [(code, ground.region_of == number) for number, code in enumerate(REGIONS)]
    for code, inside in [*insides, ("", ground.region_of >= 0)]:
        yield RegionEffect(
            code,
            int(ground.people[inside].sum()),
            bool((inside & estimated & (ground.people > 0)).any()),
            *(
                tuple(int(ground.people[inside & (minutes <= within)].sum()) for within in WITHIN)
                for minutes in (was, now)
            ),
        )


# the plans


@dataclass(frozen=True)
class PlanEffect:
    """The best plan for one incident before and after; nothing that was decided by hand counts in either."""

    incident: Incident
    situation: Situation
    before: Plan
    after: Plan

    @property
    def is_estimated(self) -> bool:
        """Whether the way of any team of either plan is anything but routed."""
        ways = {(line.unit, line.incident) for plan in (self.before, self.after) for line in plan.assignments}
        return any(self.situation.kinds[way] is not MinutesKind.ROUTED for way in ways)

    @property
    def is_same(self) -> bool:
        return self.before.assignments == self.after.assignments


def plan_effects(laws: Laws, acting: Acting, status: str, at: datetime) -> list[PlanEffect]:
    """What the change does to the plans of the open incidents that the organisation sees, the newest first."""
    seen = Incident.objects.visible_to(acting.organisation).filter(status=status, closed_at__isnull=True)
    newest = seen.prefetch_related("needs").order_by("-opened_at")[:MOST_INCIDENTS]
    return [_plan_effect(laws, acting, incident, at) for incident in newest if incident.needs.all()]


def _plan_effect(laws: Laws, acting: Acting, incident: Incident, at: datetime) -> PlanEffect:
    asked = requested_for_incidents(acting.organisation, [incident.number])
    situation = build_problem(acting.organisation, [incident], at, include_unknown=False, asked=asked)
    before, after = (_plan(law, acting.organisation, incident, situation, at) for law in (laws.before, laws.after))
    return PlanEffect(incident, situation, before, after)


def _plan(law: Law, organisation: Organisation, incident: Incident, situation: Situation, at: datetime) -> Plan:
    need = PlanningNeed(
        organisation=organisation.code,
        on=at.date(),
        owners=tuple(dict.fromkeys(Owner(unit.owner, unit.territory) for unit in situation.units.values())),
        cases=(Case(incident.territory, incident.hazard),),
        capabilities=tuple(dict.fromkeys(one.capability for one in situation.problem.incidents[0].needs)),
    )
    entries = planning_agreements(law.texts, law.assumptions, need).entries
    problem = replace(situation.problem, agreements=tuple(map(planned_agreement, entries)))
    return solve(problem, time_limit=TIME_LIMIT_S)

"""Two wanted the same: the teams that another incident would have had, if it had been the only one.

Each incident is planned once more by itself, with all teams; what it would have got then and does not get, because it
goes to another incident, was wanted twice. What the other has instead, and what the holder would have without the
team, say why it goes where it goes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from noaber.core.planning.lines import Line, place_of
from noaber.core.planning.model import Model, restrict
from noaber.core.planning.optimise import Optimiser
from noaber.core.planning.options import PlacedNeed
from noaber.core.planning.plan import Explanation
from noaber.core.planning.program import Deadline, TimeUp
from noaber.core.planning.ties import settle_ties

LEAST_LOSS: Final = 1.0
"""Minutes: an arrival that differs by less makes no rivals."""


class Ground(StrEnum):
    """Why the team goes where it goes; the first of these that holds.

    `LATE_OTHERWISE`: it is in time, and the next one would not be.
    """

    PINNED = "pinned"
    PRIORITY = "priority"
    NO_OTHER = "no-other"
    LATE_OTHERWISE = "late-otherwise"
    LESS_LOST = "less-lost"


@dataclass(frozen=True, slots=True)
class Rival:
    """Teams of a unit that two incidents wanted. Minutes.

    Parameters
    ----------
    incident, need, arrival
        Where they go, and when they are there.
    wanted_by, wanted_for, arrival_there
        The incident that would have had them, its need, and when they would have been there.
    instead, instead_arrival
        What comes there in their place; None where teams are missing.
    otherwise, otherwise_arrival
        What would come to the holder without them; None where nobody would.
    """

    unit: str
    teams: int
    incident: str
    need: str
    arrival: float
    wanted_by: str
    wanted_for: str
    arrival_there: float
    ground: Ground
    instead: str | None
    instead_arrival: float | None
    otherwise: str | None
    otherwise_arrival: float | None


@dataclass(frozen=True)
class _Swap:
    """A team that an incident would have had by itself, and what it has instead (None: nobody)."""

    need: int
    wanted: int
    instead: int | None


def rivals_of(
    model: Model, lines: tuple[Line, ...], explanations: Iterable[Explanation], deadline: Deadline
) -> tuple[Rival, ...]:
    """The teams of a plan that two incidents wanted, by incident that goes without; none where time was up.

    Parameters
    ----------
    lines
        The plan.
    explanations
        One per line, in the same order: what happens to the holder without the team.
    """
    places = {placed.incident_index for placed in model.options.needs}
    if len(places) < 2:
        return ()
    why = {(line.unit, line.need): one for line, one in zip(lines, explanations, strict=True)}
    found: dict[tuple[int, int, int, int | None], int] = defaultdict(int)
    with suppress(TimeUp):
        for incident in sorted(places):
            for swap, holder in _swaps(model, lines, incident, deadline):
                found[swap.wanted, holder, swap.need, swap.instead] += 1
    return tuple(
        _rival(model, _Swap(need, unit, instead), holder, teams, why)
        for (unit, holder, need, instead), teams in found.items()
    )


def _swaps(model: Model, lines: tuple[Line, ...], incident: int, deadline: Deadline) -> Iterator[tuple[_Swap, int]]:
    """What the incident by itself would have had, each with the need of another incident that has it."""
    alone = _alone(model, incident, deadline)
    held: dict[int, list[int]] = defaultdict(list)
    for line in lines:
        if model.options.needs[line.need].incident_index != incident:
            held[line.unit] += [line.need] * line.teams
    ours = [line for line in lines if model.options.needs[line.need].incident_index == incident]
    for swap in _exchanged(model, alone, ours):
        later = None if swap.instead is None else _arrival(model, swap.need, swap.instead)
        if held[swap.wanted] and (later is None or later - _arrival(model, swap.need, swap.wanted) >= LEAST_LOSS):
            yield swap, held[swap.wanted].pop(0)


def _alone(model: Model, incident: int, deadline: Deadline) -> list[Line]:
    """The plan of one incident by itself, with the needs' places in the whole problem."""
    part = restrict(model, [incident])
    optimiser = Optimiser(part, deadline)
    optimum, lines = settle_ties(optimiser, optimiser.optimise(), deadline)
    if not optimum.proven:
        raise TimeUp
    needs = [n for n, placed in enumerate(model.options.needs) if placed.incident_index == incident]
    return [Line(needs[line.need], line.unit, line.teams) for line in lines]


def _exchanged(model: Model, alone: Iterable[Line], ours: Iterable[Line]) -> Iterator[_Swap]:
    """Teams of the first plan that the second does not have, each with one that it has in its place, soonest first."""
    wanted, given = _single(alone), _single(ours)
    for need in dict.fromkeys([*wanted, *given]):
        more = _beyond(wanted.get(need, {}), given.get(need, {}))
        less = _beyond(given.get(need, {}), wanted.get(need, {}))
        for units in (more, less):
            units.sort(key=lambda unit: (_arrival(model, need, unit), unit))
        for place, unit in enumerate(more):
            yield _Swap(need, unit, less[place] if place < len(less) else None)


def _single(lines: Iterable[Line]) -> dict[int, dict[int, int]]:
    """Teams by need and unit."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for line in lines:
        found[line.need][line.unit] = line.teams
    return found


def _beyond(one: Mapping[int, int], other: Mapping[int, int]) -> list[int]:
    return [unit for unit, teams in one.items() for _ in range(teams - other.get(unit, 0))]


def _arrival(model: Model, need: int, unit: int) -> float:
    found = model.options.by_need[need]
    return float(found.arrival[place_of(found, unit)])


def _rival(model: Model, swap: _Swap, holder: int, teams: int, why: Mapping[tuple[int, int], Explanation]) -> Rival:
    units, needs = model.options.problem.units, model.options.needs
    has, lacks = needs[holder], needs[swap.need]
    at = {unit.id: place for place, unit in enumerate(units)}
    otherwise = why[swap.wanted, holder].alternative
    otherwise_arrival = None if otherwise is None else _arrival(model, holder, at[otherwise])
    return Rival(
        unit=units[swap.wanted].id,
        teams=teams,
        incident=has.incident.id,
        need=has.need.id,
        arrival=_arrival(model, holder, swap.wanted),
        wanted_by=lacks.incident.id,
        wanted_for=lacks.need.id,
        arrival_there=_arrival(model, swap.need, swap.wanted),
        ground=_ground(model, swap.wanted, holder, lacks, otherwise_arrival),
        instead=None if swap.instead is None else units[swap.instead].id,
        instead_arrival=None if swap.instead is None else _arrival(model, swap.need, swap.instead),
        otherwise=otherwise,
        otherwise_arrival=otherwise_arrival,
    )


def _ground(model: Model, wanted: int, holder: int, lacks: PlacedNeed, otherwise: float | None) -> Ground:
    has, unit = model.options.needs[holder], model.options.problem.units[wanted].id
    if any(
        (pin.unit, pin.incident, pin.need) == (unit, has.incident.id, has.need.id)
        for pin in model.options.problem.pinned
    ):
        return Ground.PINNED
    if has.need.weight > lacks.need.weight:
        return Ground.PRIORITY
    if otherwise is None:
        return Ground.NO_OTHER
    is_in_time = _arrival(model, holder, wanted) <= has.need.within
    return Ground.LATE_OTHERWISE if is_in_time and otherwise > has.need.within else Ground.LESS_LOST

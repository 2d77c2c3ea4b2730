"""Where one more team would help most, over many combinations of incidents.

One more team means: of an owner, with one capability, beside one of the owner's units that have it, where it
saves most. It may go itself, or stay so that another may go. Saved is what stays unmet; where nothing stays
unmet in a combination, saved is lateness.

The prices of a plan say what one more team can save at most (weak duality), so only those that may be among the
best are tried. What is reported was tried.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from noaber.core.planning.model import Group, Model, restrict
from noaber.core.planning.objective import Objective, total
from noaber.core.planning.optimise import Optimiser
from noaber.core.planning.options import Barrier, Options
from noaber.core.planning.program import FACE_TOLERANCE, TimeUp, Vertex
from noaber.core.planning.stages import least_whole

REPORTED: Final = 10
Chosen = tuple[int, ...]
"""The incidents of a combination, by their places in the problem."""


@dataclass(frozen=True, slots=True)
class OneMore:
    """One more team of `owner` with `capability`, beside the unit `beside`.

    Parameters
    ----------
    unmet
        What it saves of weighted missing teams, summed over all combinations.
    late
        What it saves of weighted lateness, summed over the combinations that lack nothing.
    combinations
        How many of them it improves.
    """

    owner: str
    capability: str
    beside: str
    unmet: int
    late: float
    combinations: int


Arrivals = Mapping[int, float]
"""Minutes to each need that can be served, by the need's place in the problem."""


@dataclass(frozen=True)
class _Site:
    """Where one more team could stand: beside a unit, by its place in the problem."""

    unit: int
    arrivals: Arrivals


@dataclass(frozen=True)
class _Offer:
    """An owner and a capability, and the different places where one more team could stand."""

    owner: str
    capability: str
    sites: tuple[_Site, ...]

    def soonest(self) -> Arrivals:
        """The best of all places for each need."""
        best: dict[int, float] = {}
        for site in self.sites:
            for need, minutes in site.arrivals.items():
                best[need] = min(minutes, best.get(need, minutes))
        return best


@dataclass(frozen=True)
class _Shortage:
    """A combination that lacks something (or is late), and what its prices say."""

    chosen: Chosen
    objective: Objective
    value: float
    slack: float
    need_prices: dict[int, float]
    cover_prices: dict[tuple[str, str], float]

    def most_saved(self, offer: _Offer, costs: Mapping[int, float]) -> float:
        """No more than this is saved: by going where it is worth most, or by letting another go."""
        going = max((self.need_prices[n] - cost for n, cost in costs.items() if n in self.need_prices), default=0.0)
        return max(0.0, going, self.cover_prices.get((offer.owner, offer.capability), 0.0)) + self.slack


def rank_one_more(model: Model, combinations: Iterable[Chosen]) -> tuple[OneMore, ...]:
    """The teams that would save most, the best first; none that would save nothing.

    Parameters
    ----------
    model
        The whole problem.
    combinations
        Which incidents happen at once.
    """
    shortages = list(_shortages(model, combinations))
    asked = []
    for offer in _offers(model.options):
        most = _sums(shortages, _bounds(model, offer, offer.soonest(), shortages))
        if any(most):
            asked.append((most, offer))
    asked.sort(key=lambda entry: entry[0], reverse=True)
    best: list[OneMore] = []
    for most, offer in asked:
        if len(best) == REPORTED and most <= _key(best[-1]):
            break
        best.append(_best_site(model, offer, shortages))
        best.sort(key=_key, reverse=True)
        del best[REPORTED:]
    return tuple(found for found in best if found.combinations)


def _shortages(model: Model, combinations: Iterable[Chosen]) -> Iterator[_Shortage]:
    for chosen in combinations:
        with suppress(TimeUp):  # Where the solver gave up, nothing is claimed.
            if found := _shortage(model, chosen):
                yield found


def _best_site(model: Model, offer: _Offer, shortages: Sequence[_Shortage]) -> OneMore:
    """The place where one more team saves most, the first in file order of equals."""
    bounds = [_bounds(model, offer, site.arrivals, shortages) for site in offer.sites]
    sums = [_sums(shortages, bound) for bound in bounds]
    best: OneMore | None = None
    for place in sorted(range(len(bounds)), key=lambda place: sums[place], reverse=True):
        if best is not None and sums[place] <= _key(best):
            break
        found = _tried(model, offer, offer.sites[place], shortages, bounds[place])
        if best is None or _key(found) > _key(best):
            best = found
    if best is None:
        raise AssertionError("an offer has a site")
    return best


def _key(found: OneMore) -> tuple[float, float]:
    return found.unmet, found.late


def _sums(shortages: Sequence[_Shortage], saved: dict[int, float]) -> tuple[float, float]:
    """What is saved of unmet and of late."""
    unmet = sum(amount for at, amount in saved.items() if shortages[at].objective is Objective.UNMET)
    return unmet, sum(saved.values()) - unmet


def _offers(options: Options) -> Iterator[_Offer]:
    """Every owner and capability that is asked for or kept at home, with the owner's units that have it."""
    units = options.problem.units
    covered = {(row.owner, row.capability) for row in options.problem.home_cover}
    arrivals = _arrivals(options)
    sites: dict[tuple[str, str], dict[Hashable, _Site]] = defaultdict(dict)
    for place, unit in enumerate(units):
        for capability in sorted(unit.capabilities):
            found = arrivals.get((place, capability), {})
            if found or (unit.owner, capability) in covered:
                alike = tuple(found.items())
                sites[unit.owner, capability].setdefault(alike, _Site(place, found))
    for (owner, capability), different in sites.items():
        yield _Offer(owner, capability, tuple(different.values()))


def _arrivals(options: Options) -> dict[tuple[int, str], dict[int, float]]:
    """Minutes to each need, by unit and capability, of those that can come."""
    arrivals: dict[tuple[int, str], dict[int, float]] = defaultdict(dict)
    for number, (placed, found) in enumerate(zip(options.needs, options.by_need, strict=True)):
        allowed = found.barrier == Barrier.NONE
        for unit, minutes in zip(found.units[allowed].tolist(), found.arrival[allowed].tolist(), strict=True):
            arrivals[unit, placed.need.capability][number] = minutes
    return arrivals


def _late(options: Options, need: int, arrival: float) -> float:
    asked = options.needs[need].need
    return asked.weight * max(0.0, arrival - asked.within)


def _bounds(model: Model, offer: _Offer, arrivals: Arrivals, shortages: Sequence[_Shortage]) -> dict[int, float]:
    """What one more team can save at most, by the place of the combination; those with nothing left out."""
    nothing = dict.fromkeys(arrivals, 0.0)
    lateness = {need: _late(model.options, need, minutes) for need, minutes in arrivals.items()}
    bounds = {}
    for place, shortage in enumerate(shortages):
        costs = nothing if shortage.objective is Objective.UNMET else lateness
        if (most := shortage.most_saved(offer, costs)) > FACE_TOLERANCE:
            bounds[place] = most
    return bounds


def _shortage(model: Model, chosen: Chosen) -> _Shortage | None:
    """What a combination lacks, or by how much it is late; None where neither."""
    part = restrict(model, chosen)
    needs = [n for n, placed in enumerate(model.options.needs) if placed.incident_index in chosen]
    for objective in (Objective.UNMET, Objective.LATE):
        optimiser, vertex, value = _least(part, objective)
        if value > FACE_TOLERANCE:
            rows = optimiser.rows
            covers = vertex.prices[rows.first_cover_row : rows.first_cover_row + len(rows.covers)]
            return _Shortage(
                chosen=chosen,
                objective=objective,
                value=value,
                slack=max(0.0, value - vertex.bound) if value - vertex.bound > FACE_TOLERANCE else 0.0,
                need_prices=dict(zip(needs, vertex.prices[: len(needs)].tolist(), strict=True)),
                cover_prices={
                    (row.owner, row.capability): -price for row, price in zip(rows.covers, covers.tolist(), strict=True)
                },
            )
    return None


def _least(model: Model, objective: Objective) -> tuple[Optimiser, Vertex, float]:
    """The least of one objective; lateness where nothing may be missing."""
    optimiser = Optimiser(model)
    if objective is Objective.LATE:
        optimiser.let_nothing_lack()
    costs = optimiser.costs[objective]
    vertex = optimiser.program.minimise(costs)
    found = least_whole(optimiser.program, costs, vertex) if vertex else None
    if vertex is None or found is None:
        raise TimeUp
    return optimiser, vertex, total(costs, found.values)


def _tried(
    model: Model, offer: _Offer, site: _Site, shortages: Sequence[_Shortage], bounds: Collection[int]
) -> OneMore:
    """What one more team saves, by making the plans anew where it can save anything."""
    saved = {}
    for place in bounds:
        shortage = shortages[place]
        part = _with_one_more(restrict(model, shortage.chosen), shortage, offer, site)
        try:
            _, _, value = _least(part, shortage.objective)
        except TimeUp:
            continue  # The solver gave up: nothing is claimed here.
        if shortage.value - value > FACE_TOLERANCE:
            saved[place] = shortage.value - value
    unmet, late = _sums(shortages, saved)
    beside = model.options.problem.units[site.unit].id
    return OneMore(offer.owner, offer.capability, beside, round(unmet), late, len(saved))


def _with_one_more(part: Model, shortage: _Shortage, offer: _Offer, site: _Site) -> Model:
    """The part with one more team, alone in its group, that counts in its owner's home cover."""
    places = {need: place for place, need in enumerate(shortage.need_prices)}
    arrivals = {places[need]: minutes for need, minutes in site.arrivals.items() if need in places}
    needs = np.array([need for need in arrivals if part.quantity[need]], dtype=np.int64)
    arrival = np.array([arrivals[need] for need in needs.tolist()], dtype=np.float64)
    late = np.array([_late(part.options, need, arrivals[need]) for need in needs.tolist()], dtype=np.float64)
    order = np.argsort(np.concatenate([part.column_need, needs]), kind="stable")

    def joined(old: npt.NDArray[Any], new: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return np.concatenate([old, new.astype(old.dtype)])[order]

    ones = np.ones(len(needs), dtype=np.int64)
    return replace(
        part,
        groups=(*part.groups, Group((site.unit,), 1, offer.owner, frozenset({offer.capability}))),
        column_group=joined(part.column_group, ones * len(part.groups)),
        column_need=joined(part.column_need, needs),
        arrival=joined(part.arrival, arrival),
        late=joined(part.late, late),
        lower=joined(part.lower, ones * 0),
        upper=joined(part.upper, ones),
        covers=tuple(
            replace(row, total=row.total + 1) if (row.owner, row.capability) == (offer.owner, offer.capability) else row
            for row in part.covers
        ),
    )

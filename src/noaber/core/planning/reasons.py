"""Why this team on this line: a code and its figures, read off the solved plan; pages put it into words.

What a line says first is what an officer would ask first: it is held by hand; it is late; a nearer one stays away, and
why; it is the last that comes in time; else how near it is. What it says second is chosen so that no two lines of a
need say the same.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from noaber.core.planning.lines import Line, place_of
from noaber.core.planning.model import Model
from noaber.core.planning.options import Barrier, NeedOptions
from noaber.core.planning.travel import Minutes
from noaber.core.planning.unmet import full_covers

EPSILON: Final = 1e-9
"""Minutes: arrivals that differ by less are the same."""
LEAST_LATER: Final = 0.5
"""Minutes: who would be sooner by less is not worth a word, since it would be said as none."""


class Lead(StrEnum):
    """What a line says first."""

    PINNED = "pinned"
    LATE = "late"
    SUBSTITUTE = "substitute"
    LAST_IN_TIME = "last-in-time"
    NEAREST = "nearest"
    RANK = "rank"


class Tail(StrEnum):
    """What it says second."""

    STAYS = "stays"
    NEXT = "next"
    NOBODY = "nobody"
    SPARE = "spare"
    RANK = "rank"


class Cause(StrEnum):
    """Why a nearer unit stays away; in this order where several do."""

    USED = "used"
    EXCLUDED = "excluded"
    HOME_COVER = "home-cover"
    RESERVED = "reserved"
    BURDEN = "burden"
    NO_TEXT = "no-text"
    EXHAUSTED = "exhausted"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a unit goes to a need. Minutes.

    Parameters
    ----------
    rank
        Its place among the units that may come to the need and have a team, the soonest being 1.
    spare
        From its arrival to the deadline; below 0 where it is late.
    leave_by
        From now: when it leaves at the latest to be in time.
    stays
        Teams with the capability that stay with its owner, all its units together.
    instead_of, cause, goes_to, later
        A sooner unit that stays away, why, the incident it goes to (for `Cause.USED`), and how much sooner it would be.
    next_best, next_later
        The soonest unit that might still go, and how much later it would be.
    """

    unit: str
    incident: str
    need: str
    lead: Lead
    tail: Tail
    rank: int
    spare: float
    leave_by: float
    stays: int
    instead_of: str | None = None
    cause: Cause | None = None
    goes_to: str | None = None
    later: float | None = None
    next_best: str | None = None
    next_later: float | None = None

    @property
    def said(self) -> tuple[object, ...]:
        """What a reader could tell two lines apart by, minutes rounded as they are shown."""
        first: tuple[object, ...] = ()
        match self.lead:
            case Lead.SUBSTITUTE:
                first = self.instead_of, self.cause, self.goes_to, round(self.later or 0)
            case Lead.LAST_IN_TIME:
                first = (round(self.leave_by),)
            case Lead.RANK:
                first = (self.rank,)
        second: tuple[object, ...] = ()
        match self.tail:
            case Tail.STAYS:
                second = (self.stays,)
            case Tail.NEXT:
                second = self.next_best, round(self.next_later or 0)
            case Tail.SPARE:
                second = (round(self.spare),)
            case Tail.RANK:
                second = (self.rank,)
        return self.lead, first, self.tail, second


@dataclass(frozen=True)
class _Away:
    """A unit that does not bring all it has, and why."""

    unit: int
    minutes: float
    cause: Cause
    goes_to: str | None


def reasons_of(model: Model, lines: tuple[Line, ...]) -> tuple[Reason, ...]:
    """One reason per line of a plan, in the same order."""
    scene = _Scene(model, lines)
    by_need: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_need[line.need].append(line)
    found = {
        (reason.incident, reason.need, reason.unit): reason
        for need, some in by_need.items()
        for reason in _told_apart(scene.reasons(need, some))
    }
    units, needs = model.options.problem.units, model.options.needs
    keys = ((needs[line.need].incident.id, needs[line.need].need.id, units[line.unit].id) for line in lines)
    return tuple(found[key] for key in keys)


def _told_apart(reasons: Iterable[Reason]) -> Iterator[Reason]:
    """The same reasons, with another second fact where a line would say what one before it says."""
    said: set[tuple[object, ...]] = set()
    for reason in reasons:
        tails = (reason.tail, Tail.SPARE, Tail.STAYS, Tail.RANK)
        different = (replace(reason, tail=tail) for tail in tails)
        chosen = next(one for one in different if one.said not in said)
        said.add(chosen.said)
        yield chosen


class _Scene:
    """A solved plan, with what all reasons ask of it."""

    def __init__(self, model: Model, lines: tuple[Line, ...]) -> None:
        self.model, self.options = model, model.options
        self.units = model.options.problem.units
        self.sent: dict[int, int] = defaultdict(int)
        self.needs_of: dict[int, dict[int, int]] = defaultdict(dict)
        for line in lines:
            self.sent[line.unit] += line.teams
            self.needs_of[line.unit][line.need] = line.teams
        self.full = full_covers(model, self.sent)
        self.pinned = {(pin.unit, pin.incident, pin.need) for pin in model.options.problem.pinned if pin.quantity}

    def reasons(self, need: int, lines: list[Line]) -> list[Reason]:
        """The reasons of one need's lines, the soonest line first."""
        found = self.options.by_need[need]
        arrival = {line.unit: float(found.arrival[place_of(found, line.unit)]) for line in lines}
        lines = sorted(lines, key=lambda line: (arrival[line.unit], line.unit))
        ranks, spare = self._ranks(found), self._spare_units(found)
        away = self._away(need, found, arrival[lines[-1].unit])
        stays = self._stays(found)
        reasons, before = [], -math.inf
        for line in lines:
            at = arrival[line.unit]
            passed = [one for one in away if before - EPSILON <= one.minutes <= at - LEAST_LATER]
            reasons.append(self._reason(need, line, at, ranks, spare, passed, stays))
            before = at
        return self._last_in_time(reasons)

    def _reason(
        self,
        need: int,
        line: Line,
        at: float,
        ranks: dict[int, int],
        spare: list[tuple[float, int]],
        passed: list[_Away],
        stays: dict[str, int],
    ) -> Reason:
        placed, unit = self.options.needs[need], self.units[line.unit]
        away = min(passed, key=lambda one: (list(Cause).index(one.cause), one.minutes, one.unit), default=None)
        later = next(((minutes, other) for minutes, other in spare if other != line.unit and minutes >= at), None)
        late = at > placed.need.within
        lead = self._lead(line, placed.incident.id, placed.need.id, late=late, away=away, rank=ranks[line.unit])
        return Reason(
            unit=unit.id,
            incident=placed.incident.id,
            need=placed.need.id,
            lead=lead,
            tail=_tail(lead, later is not None),
            rank=ranks[line.unit],
            spare=placed.need.within - at,
            leave_by=placed.need.within - float(self.options.travel[line.unit, placed.incident_index]),
            stays=stays[unit.owner],
            instead_of=self.units[away.unit].id if away else None,
            cause=away.cause if away else None,
            goes_to=away.goes_to if away else None,
            later=at - away.minutes if away else None,
            next_best=self.units[later[1]].id if later else None,
            next_later=later[0] - at if later else None,
        )

    def _lead(self, line: Line, incident: str, need: str, *, late: bool, away: _Away | None, rank: int) -> Lead:
        if (self.units[line.unit].id, incident, need) in self.pinned:
            return Lead.PINNED
        if late:
            return Lead.LATE
        if away is not None:
            return Lead.SUBSTITUTE
        return Lead.NEAREST if rank == 1 else Lead.RANK

    def _last_in_time(self, reasons: list[Reason]) -> list[Reason]:
        """The same, where the last line that is in time says so: nobody else would be."""
        in_time = [place for place, reason in enumerate(reasons) if reason.spare >= 0]
        last = in_time[-1] if in_time else -1
        if last <= 0 or reasons[last].lead is not Lead.RANK:
            return reasons
        one = reasons[last]
        if one.next_later is not None and one.next_later <= one.spare:
            return reasons
        return [*reasons[:last], replace(one, lead=Lead.LAST_IN_TIME), *reasons[last + 1 :]]

    def _ranks(self, found: NeedOptions) -> dict[int, int]:
        """The place of each unit that may come and has a team, by arrival."""
        may = (found.barrier == Barrier.NONE) & (self.options.available[found.units] > 0)
        units, arrival = found.units[may], found.arrival[may]
        order = np.lexsort((units, arrival))
        return {unit: place for place, unit in enumerate(units[order].tolist(), start=1)}

    def _spare_units(self, found: NeedOptions) -> list[tuple[float, int]]:
        """Minutes and unit of those that might still go, the soonest first."""
        may = (found.barrier == Barrier.NONE) & (self.options.available[found.units] > 0)
        pairs = zip(found.arrival[may].tolist(), found.units[may].tolist(), strict=True)
        return sorted((minutes, unit) for minutes, unit in pairs if self._is_spare(unit))

    def _is_spare(self, unit: int) -> bool:
        return int(self.options.available[unit]) > self.sent[unit] and not self._is_kept(unit)

    def _is_kept(self, unit: int) -> bool:
        """Whether home cover lets no more of it go."""
        return any((self.units[unit].owner, capability) in self.full for capability in self.units[unit].capabilities)

    def _stays(self, found: NeedOptions) -> dict[str, int]:
        """Teams with the capability that stay, by owner."""
        stays: dict[str, int] = defaultdict(int)
        for unit in found.units.tolist():
            stays[self.units[unit].owner] += int(self.options.available[unit]) - self.sent[unit]
        return stays

    def _away(self, need: int, found: NeedOptions, until: float) -> list[_Away]:
        """The units that would be there sooner than `until` and do not all come."""
        minutes = self._minutes(need, found)
        sooner = np.flatnonzero(minutes < until - EPSILON).tolist()
        away = (self._cause(need, found, place, float(minutes[place])) for place in sooner)
        return [one for one in away if one is not None]

    def _minutes(self, need: int, found: NeedOptions) -> Minutes:
        """Arrival as it would be: without a text, without its approval."""
        column = self.options.needs[need].incident_index
        mobilisation = np.array([self.units[unit].mobilisation for unit in found.units.tolist()], dtype=np.float64)
        bare = mobilisation + self.options.travel[found.units, column]
        return np.where(np.isfinite(found.approval), found.arrival, bare)

    def _cause(self, need: int, found: NeedOptions, place: int, minutes: float) -> _Away | None:
        unit = int(found.units[place])
        match Barrier(int(found.barrier[place])):
            case Barrier.EXCLUDED:
                return _Away(unit, minutes, Cause.EXCLUDED, None)
            case Barrier.NO_AGREEMENT:
                has_any = self.units[unit].quantity > 0
                return _Away(unit, minutes, Cause.NO_TEXT if has_any else Cause.EXHAUSTED, None)
            case Barrier.UNREACHABLE | Barrier.TOO_LATE:
                return None
            case Barrier.NONE:
                return self._kept_away(need, unit, minutes)

    def _kept_away(self, need: int, unit: int, minutes: float) -> _Away | None:
        """Why a unit that may come does not bring all it has; None where it does."""
        available = int(self.options.available[unit])
        if available == 0:
            held = self.units[unit].quantity > 0
            return _Away(unit, minutes, Cause.RESERVED if held else Cause.EXHAUSTED, None)
        if self.needs_of[unit].get(need, 0) == available:
            return None
        if available > self.sent[unit]:
            if need in self.needs_of[unit]:
                return None  # Its own line says what of it stays.
            return _Away(unit, minutes, Cause.HOME_COVER if self._is_kept(unit) else Cause.BURDEN, None)
        others = {other: teams for other, teams in self.needs_of[unit].items() if other != need}
        most = max(others, key=lambda other: (others[other], -other))
        return _Away(unit, minutes, Cause.USED, self.options.needs[most].incident.id)


def _tail(lead: Lead, has_next: bool) -> Tail:
    match lead:
        case Lead.LATE:
            return Tail.NEXT if has_next else Tail.NOBODY
        case Lead.SUBSTITUTE | Lead.LAST_IN_TIME:
            return Tail.SPARE
        case Lead.PINNED | Lead.NEAREST:
            return Tail.STAYS
        case Lead.RANK:
            return Tail.NEXT if has_next else Tail.SPARE

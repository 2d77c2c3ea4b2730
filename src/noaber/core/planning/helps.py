"""What would help most: one team more, or one thing less in the way, and what the plan becomes with it.

Each thing is a change of the problem, and what it brings was found by making the whole plan anew with it. Only what
makes the plan better by its own objectives is named: less missing, or no more missing and less late. The best is what
brings most teams in time, the more urgent needs first; then what saves most of these objectives. Teams are counted
from the plans themselves, since a weighted sum says nothing to anybody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

import numpy as np

from noaber.core.planning.model import CoverRow, covers_of
from noaber.core.planning.options import Barrier, Options, find_options
from noaber.core.planning.plan import Assignment, Plan, Status
from noaber.core.planning.problem import ANY, Agreement, Exclusion, HomeCover, Incident, Need, Problem
from noaber.core.planning.program import FACE_TOLERANCE, Deadline, TimeUp
from noaber.core.planning.solve import solve

REPORTED: Final = 5
OF_A_KIND: Final = 2
LEAST_MINUTES: Final = 1.0
"""Arrivals that differ by less are the same."""

Place = tuple[str, str]
"""Incident and need."""


class Help(StrEnum):
    """What can help; in this order where two bring the same."""

    TEAM = "team"
    """One more team, there by the deadline of a need."""
    TAKEN_OUT = "taken-out"
    """A team that the officer took out is put back."""
    APPROVAL = "approval"
    """What takes minutes to be approved under a text is approved at once."""
    OPEN_TEXT = "open-text"
    """A text that leaves it open is held to cover it."""
    HOME_COVER = "home-cover"
    """An owner keeps one team fewer at home."""
    RESERVED = "reserved"
    """What an event holds of a unit is let go."""
    TEXT = "text"
    """Teams that no text lets come may come, approved at once."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that might help; what does not belong to its kind is empty.

    Parameters
    ----------
    name
        The unit (taken out, reserved), the owner (home cover), the agreement (approval, open text), or the territory
        that teams come from (text).
    incident, need
        Where one more team is there in time, or what a team was taken out of.
    """

    kind: Help
    capability: str = ""
    name: str = ""
    incident: str = ""
    need: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """What a plan comes to at one need.

    Parameters
    ----------
    last, late_minutes
        Minutes after the deadline, of the last team and of all together; 0 where nothing is late.
    late_units
        Whose teams are late.
    """

    in_time: int = 0
    late: int = 0
    missing: int = 0
    last: float = 0.0
    late_minutes: float = 0.0
    late_units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gain:
    """What one need has with a thing, against what it has without."""

    place: Place
    before: Reached
    after: Reached

    @property
    def in_time(self) -> int:
        return self.after.in_time - self.before.in_time

    @property
    def missing(self) -> int:
        """Teams missing beyond those before; below 0 fewer."""
        return self.after.missing - self.before.missing

    @property
    def is_one(self) -> bool:
        """Whether anything differs, to the minute."""
        later = self.after.last - self.before.last, self.after.late_minutes - self.before.late_minutes
        return bool(self.in_time or self.missing) or any(abs(minutes) >= LEAST_MINUTES for minutes in later)


@dataclass(frozen=True, slots=True)
class Helping:
    """A thing that helps.

    Parameters
    ----------
    urgent
        Teams in time beyond those before, each with the weight of its need.
    unmet, late
        What it saves of these objectives.
    gains
        The needs at which something differs; also those that have less, since the plan is made anew.
    """

    thing: Thing
    urgent: int
    unmet: int
    late: float
    gains: tuple[Gain, ...]

    @property
    def in_time(self) -> int:
        """Teams in time beyond those before, all needs together."""
        return sum(gain.in_time for gain in self.gains)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found.

    Parameters
    ----------
    before
        What the plan comes to as things are; None where there was no time even for that.
    helping
        The best first, at most `OF_A_KIND` of a kind.
    tried, left
        How many things were tried, and how many there was no time for.
    """

    before: Mapping[Place, Reached] | None
    helping: tuple[Helping, ...] = ()
    tried: int = 0
    left: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing or late: no help is wanted."""
        return self.before is not None and not any(one.missing or one.late for one in self.before.values())


@dataclass(frozen=True)
class Extras:
    """What may be changed beside what the problem itself says.

    Parameters
    ----------
    taken_out
        Of the problem's exclusions, those that the officer can take back.
    open_texts
        Agreements that leave it open whether they cover this, and are not planned with.
    """

    taken_out: Collection[Exclusion] = ()
    open_texts: Sequence[Agreement] = field(default_factory=tuple)


def what_helps(problem: Problem, extras: Extras | None = None, *, time_limit: float | None = None) -> Answer:
    """The things that would help most, each tried by itself.

    Parameters
    ----------
    time_limit
        Seconds; when they have passed, what was tried until then is the answer.
    """
    deadline, extras = Deadline.after(time_limit), extras or Extras()
    try:
        plain = _solved(problem, deadline)
    except TimeUp:
        return Answer(None)
    before = reached(problem, plain)
    if Answer(before).is_complete:
        return Answer(before)
    things = list(things_of(problem, extras))
    found, tried = [], 0
    for thing in things:
        try:
            helping = _tried(problem, extras, thing, plain, before, deadline)
        except TimeUp:
            break
        tried += 1
        if helping is not None:
            found.append(helping)
    found.sort(key=lambda one: (-one.urgent, -one.unmet, -one.late))
    return Answer(before, tuple(_few(found)), tried, len(things) - tried)


def reached(problem: Problem, plan: Plan) -> dict[Place, Reached]:
    """What a plan comes to at each need, in file order."""
    lines: dict[Place, list[Assignment]] = defaultdict(list)
    for line in plan.assignments:
        lines[line.incident, line.need].append(line)
    return {
        (incident.id, need.id): _reached(need, lines[incident.id, need.id])
        for incident in problem.incidents
        for need in incident.needs
    }


def _reached(need: Need, lines: Sequence[Assignment]) -> Reached:
    late = [line for line in lines if line.arrival > need.within]
    coming, in_time = (sum(line.quantity for line in some) for some in (lines, set(lines) - set(late)))
    return Reached(
        in_time=in_time,
        late=coming - in_time,
        missing=need.quantity - coming,
        last=max((line.arrival - need.within for line in late), default=0.0),
        late_minutes=sum(line.quantity * (line.arrival - need.within) for line in late),
        late_units=tuple(line.unit for line in late),
    )


def things_of(problem: Problem, extras: Extras) -> Iterator[Thing]:
    """Everything that might help, one kind after the other."""
    options = find_options(problem)
    asked = {placed.need.capability for placed in options.needs if placed.need.quantity}
    yield from _teams(problem)
    for exclusion in problem.excluded:
        if exclusion in extras.taken_out:
            yield Thing(Help.TAKEN_OUT, "", exclusion.unit, exclusion.incident or "", exclusion.need or "")
    for agreement in problem.agreements:
        if agreement.approval > 0:
            yield Thing(Help.APPROVAL, "", agreement.id)
    for agreement in extras.open_texts:
        yield Thing(Help.OPEN_TEXT, "", agreement.id)
    for row in covers_of(options):
        if min(row.minimum, row.total) > 0:
            yield Thing(Help.HOME_COVER, row.capability, row.owner)
    having = {unit.id: unit.capabilities for unit in problem.units}
    held = {one.unit for one in problem.reservations if one.quantity and one.holds_at(problem.now)}
    for unit in sorted(held):
        if having[unit] & asked:
            yield Thing(Help.RESERVED, "", unit)
    yield from _texts(options, extras)


def _teams(problem: Problem) -> Iterator[Thing]:
    """One for each need whose deadline can still be met, and that is not wholly pinned."""
    pinned: Counter[Place] = Counter()
    for pin in problem.pinned:
        pinned[pin.incident, pin.need] += pin.quantity
    for incident in problem.incidents:
        for need in incident.needs:
            if need.quantity > pinned[incident.id, need.id] and need.within > 0:
                yield Thing(Help.TEAM, need.capability, "", incident.id, need.id)


def _texts(options: Options, extras: Extras) -> Iterator[Thing]:
    """By territory and capability, where teams are there and no text lets them come, not even one left open."""
    found: dict[Thing, None] = {}
    for placed, choices in zip(options.needs, options.by_need, strict=True):
        barred = choices.units[(choices.barrier == Barrier.NO_AGREEMENT) & (options.available[choices.units] > 0)]
        for number in barred.tolist() if placed.need.quantity else ():
            unit = options.problem.units[number]
            if not _is_open(extras.open_texts, unit.territory, placed.incident, placed.need):
                found[Thing(Help.TEXT, placed.need.capability, unit.territory)] = None
    yield from found


def _is_open(texts: Sequence[Agreement], territory: str, incident: Incident, need: Need) -> bool:
    return any(
        text.permits(
            provider=territory, receiver=incident.territory, capability=need.capability, hazard=incident.hazard
        )
        for text in texts
    )


def changed(problem: Problem, thing: Thing, extras: Extras) -> Problem:
    """The problem with that one thing."""
    match thing.kind:
        case Help.TEAM:
            return replace(problem, incidents=tuple(_with_one_less(one, thing) for one in problem.incidents))
        case Help.TAKEN_OUT:
            back = Exclusion(thing.name, thing.incident or None, thing.need or None)
            return replace(problem, excluded=tuple(one for one in problem.excluded if one != back))
        case Help.APPROVAL:
            at_once = [replace(one, approval=0.0) if one.id == thing.name else one for one in problem.agreements]
            return replace(problem, agreements=tuple(at_once))
        case Help.OPEN_TEXT:
            texts = [one for one in extras.open_texts if one.id == thing.name]
            return replace(problem, agreements=(*problem.agreements, *texts))
        case Help.HOME_COVER:
            return replace(problem, home_cover=tuple(_covers_less(problem, thing)))
        case Help.RESERVED:
            left = [one for one in problem.reservations if one.unit != thing.name or not one.holds_at(problem.now)]
            return replace(problem, reservations=tuple(left))
        case Help.TEXT:
            return replace(problem, agreements=(*problem.agreements, _text(problem, thing)))


def _with_one_less(incident: Incident, thing: Thing) -> Incident:
    """What is still wanted beside a team that is there in time."""
    if incident.id != thing.incident:
        return incident
    needs = [replace(one, quantity=one.quantity - 1) if one.id == thing.need else one for one in incident.needs]
    return replace(incident, needs=tuple(needs))


def _covers_less(problem: Problem, thing: Thing) -> Iterator[HomeCover]:
    """Of the owner's teams one fewer stays: counted from those that it has, where it should keep more."""
    stay = next(min(row.minimum, row.total) for row in covers_of(find_options(problem)) if _is_about(row, thing))
    for row in problem.home_cover:
        yield replace(row, minimum=min(row.minimum, stay - 1)) if _is_about(row, thing) else row


def _is_about(row: CoverRow | HomeCover, thing: Thing) -> bool:
    return (row.owner, row.capability) == (thing.name, thing.capability)


def _text(problem: Problem, thing: Thing) -> Agreement:
    return Agreement(
        id=_unused(problem),
        providers=(thing.name,),
        receivers=tuple(dict.fromkeys(incident.territory for incident in problem.incidents)),
        capabilities=frozenset({thing.capability}),
        hazards=frozenset({ANY}),
        approval=0.0,
    )


def _unused(problem: Problem) -> str:
    """An id that no agreement of the problem has."""
    return "+".join(["", *(one.id for one in problem.agreements)])


def _tried(
    problem: Problem, extras: Extras, thing: Thing, plain: Plan, before: Mapping[Place, Reached], deadline: Deadline
) -> Helping | None:
    """What the thing brings; None where the plan is no better with it."""
    other = changed(problem, thing, extras)
    plan = _solved(other, deadline)
    unmet = plain.objectives.unmet - plan.objectives.unmet
    late = plain.objectives.late - plan.objectives.late
    if unmet < 0 or (unmet == 0 and late <= FACE_TOLERANCE):
        return None
    after = reached(other, plan)
    if thing.kind is Help.TEAM:
        at = thing.incident, thing.need
        after[at] = replace(after[at], in_time=after[at].in_time + 1)
    gains = tuple(gain for place in before if (gain := Gain(place, before[place], after[place])).is_one)
    weights = {(incident.id, need.id): need.weight for incident in problem.incidents for need in incident.needs}
    urgent = sum(weights[gain.place] * gain.in_time for gain in gains)
    return Helping(thing, urgent, unmet, late, gains) if gains else None


def _solved(problem: Problem, deadline: Deadline) -> Plan:
    """The proven best plan.

    Raises
    ------
    TimeUp
        Where there is no time for it: what is not proven is not compared.
    """
    left = deadline.remaining()
    plan = solve(problem, time_limit=left if np.isfinite(left) else None, explanation_work=0)
    if plan.status is not Status.OPTIMAL:
        raise TimeUp
    return plan


def _few(found: Sequence[Helping]) -> Iterator[Helping]:
    """The first ones, not too many of a kind, and of one more team with a capability only the best place."""
    kinds: Counter[Help] = Counter()
    teams: set[str] = set()
    shown = 0
    for one in found:
        thing = one.thing
        if (
            shown == REPORTED
            or kinds[thing.kind] == OF_A_KIND
            or (thing.kind is Help.TEAM and thing.capability in teams)
        ):
            continue
        kinds[thing.kind] += 1
        shown += 1
        teams.add(thing.capability if thing.kind is Help.TEAM else "")
        yield one

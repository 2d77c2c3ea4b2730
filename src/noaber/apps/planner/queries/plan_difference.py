"""What moved between two plans, and which teams of a plan are no longer free.

The plan closes around what an officer decides; capacities change meanwhile as well. Both are told, team by team, with
what is known of the cause. A proposal keeps what moved when it was made; the words are those of its readers.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from noaber.apps.planner.models import Adjustment, Proposal, Wants
from noaber.apps.roads.enums import MinutesKind

Place = tuple[str, str]
"""Number of the incident, code of the need."""
Key = tuple[str, str, str]
"""Number of the incident, code of the need, id of the unit."""
NO_LINE: Final[Mapping[str, Any]] = {"quantity": 0, "arrival": None}


@dataclass(frozen=True)
class LineDifference:
    """A team that comes, goes, or comes otherwise than in the plan before.

    Parameters
    ----------
    capability, need, incident
        Of the need; its code, and the number of its incident.
    before, after
        Teams in the plan before and in this one.
    arrival_before, arrival_after
        Minutes; None in a plan that does not have it.
    kind_before, kind_after
        How these minutes were got, as `MinutesKind`.
    free_before, free_after
        Teams that might go when the plans were made; None where its organisation could not see the unit.
    """

    need: str
    capability: str
    team: str
    owner: str
    before: int
    after: int
    arrival_before: float | None
    arrival_after: float | None
    free_before: int | None
    free_after: int | None
    kind_before: str = MinutesKind.ESTIMATE.value
    kind_after: str = MinutesKind.ESTIMATE.value
    incident: str = ""
    declined_by: str = ""
    """Who declined it since the plan before."""

    @classmethod
    def read(cls, value: Mapping[str, Any]) -> LineDifference:
        """As a proposal keeps it; those of old say only whether the ways were routed."""
        kept = dict(value)
        for when in ("before", "after"):
            if f"routed_{when}" in kept:
                kept[f"kind_{when}"] = MinutesKind.of(kept.pop(f"routed_{when}")).value
        return cls(**kept)

    def as_value(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def is_one(self) -> bool:
        """Whether anything differs, to the minute."""
        if self.before != self.after or self.arrival_before is None or self.arrival_after is None:
            return self.before != self.after
        return abs(self.arrival_after - self.arrival_before) >= 1


@dataclass(frozen=True)
class Shortfall:
    """A unit of the plan that has fewer teams free now than the plan takes."""

    team: str
    owner: str
    planned: int
    free: int


def compare_plans(
    former: Proposal,
    latest: Proposal,
    *,
    changed: Iterable[Place] = (),
    declined: Mapping[Key, str] | None = None,
) -> list[LineDifference]:
    """What differs in the needs that both plans were made for, in the order of the plans.

    What the officer took out for the later one is not repeated: it stands in the plan as such. Where teams were asked
    for or alerted in between, the later plan is for fewer: those that are not in it any more have been asked, and are
    told only where they were declined.

    Parameters
    ----------
    changed
        Needs that were changed on purpose, and are not compared.
    declined
        Who declined, by the line of the plan before.
    """
    declined = declined or {}
    needs_now, asked = _needs(latest), _compared(former, latest)
    then_lines, now_lines = _lines(former), _lines(latest)
    removed = {
        (one["incident"], one["need"], one["unit"])
        for one in latest.decisions
        if one["kind"] == Adjustment.Kind.REMOVED
    }
    places = asked.keys() - set(changed)
    keys = [key for key in {**then_lines, **now_lines} if key[:2] in places and key not in removed]
    free_then, free_now = _free(former), _free(latest)
    units = {**former.units, **latest.units}
    moves = (
        LineDifference(
            need=need,
            capability=needs_now[incident, need]["capability"],
            team=units[unit]["name"],
            owner=units[unit]["owner"],
            before=then_lines.get((incident, need, unit), NO_LINE)["quantity"],
            after=now_lines.get((incident, need, unit), NO_LINE)["quantity"],
            arrival_before=then_lines.get((incident, need, unit), NO_LINE)["arrival"],
            arrival_after=now_lines.get((incident, need, unit), NO_LINE)["arrival"],
            free_before=free_then.get(unit),
            free_after=free_now.get(unit),
            kind_before=former.minutes_kind(unit, incident).value,
            kind_after=latest.minutes_kind(unit, incident).value,
            incident=incident,
            declined_by=declined.get((incident, need, unit), ""),
        )
        for incident, need, unit in keys
    )
    found = (move for move in moves if move.is_one)
    return [
        move for move in found if move.after >= move.before or move.declined_by or not asked[move.incident, move.need]
    ]


def _compared(former: Proposal, latest: Proposal) -> dict[Place, bool]:
    """The needs of both plans, wanted by the same deadline, and whether teams for them were asked for in between."""
    then_wanted, found = _wants(former), {}
    for place, (capability, teams, deadline, priority) in _wants(latest).items():
        if place in then_wanted:
            capability_then, teams_then, *said = then_wanted[place]
            if (capability_then, *said) == (capability, deadline, priority):
                found[place] = teams < teams_then
    return found


def _wants(proposal: Proposal) -> dict[Place, Wants]:
    return {
        (number, code): wants for number in proposal.numbers for code, wants in proposal.planned_wants(number).items()
    }


def _needs(proposal: Proposal) -> dict[Place, dict[str, Any]]:
    return {
        (number, code): need for number in proposal.numbers for code, need in proposal.planned_needs(number).items()
    }


def _lines(proposal: Proposal) -> dict[Key, Mapping[str, Any]]:
    return {(line["incident"], line["need"], line["unit"]): line for line in proposal.plan["assignments"]}


def _free(proposal: Proposal) -> dict[str, int]:
    held = _held(proposal)
    return {unit["id"]: max(0, unit["quantity"] - held[unit["id"]]) for unit in proposal.problem["units"]}


def shortfalls(proposal: Proposal, planned: Mapping[str, int], free: Mapping[str, int]) -> list[Shortfall]:
    """The units of a plan that have fewer teams free now than it takes.

    Parameters
    ----------
    planned
        Teams that it takes, by unit id: see `planned_teams`.
    free
        Teams that may go now, by unit id; a unit that is not in it has none.
    """
    return list(_shortfalls(proposal, planned, free))


def planned_teams(proposal: Proposal, numbers: Container[str]) -> dict[str, int]:
    """How many teams the plan takes for these incidents, by unit id."""
    teams: dict[str, int] = defaultdict(int)
    for line in proposal.plan["assignments"]:
        if line["incident"] in numbers:
            teams[line["unit"]] += line["quantity"]
    return dict(teams)


def _shortfalls(proposal: Proposal, takes: Mapping[str, int], free: Mapping[str, int]) -> Iterator[Shortfall]:
    for unit, planned in takes.items():
        left = free.get(unit, 0)
        if left < planned:
            facts = proposal.units[unit]
            yield Shortfall(facts["name"], facts["owner"], planned, left)


def left_at_home(proposal: Proposal) -> dict[tuple[str, str], int]:
    """Teams that stay with their owner if the plan is carried out, by owner and capability."""
    left: dict[tuple[str, str], int] = defaultdict(int)
    taken, held = planned_teams(proposal, proposal.numbers), _held(proposal)
    for unit in proposal.problem["units"]:
        for capability in unit["capabilities"]:
            left[unit["owner"], capability] += max(0, unit["quantity"] - held[unit["id"]]) - taken.get(unit["id"], 0)
    return dict(left)


def _held(proposal: Proposal) -> Counter[str]:
    """Teams that are reserved at the moment of the plan, by unit."""
    held: Counter[str] = Counter()
    for one in proposal.problem.get("reservations", ()):
        begins_at, ends_at = (datetime.datetime.fromisoformat(one[name]) for name in ("from", "to"))
        if begins_at <= proposal.made_at < ends_at:
            held[one["unit"]] += one["quantity"]
    return held

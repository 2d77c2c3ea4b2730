"""What moved between two plans for one incident, and which teams of a plan are no longer free.

The plan closes around what an officer decides; capacities change meanwhile as well. Both are told, team by team, with
what is known of the cause.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from noaber.apps.planner.models import Adjustment, Proposal
from noaber.apps.planner.outdated import planned_needs
from noaber.apps.registry.coded import capability_name
from noaber.web.wording import duration

Key = tuple[str, str]
"""Code of the need, id of the unit."""


@dataclass(frozen=True)
class Move:
    """A team that comes, goes, or comes otherwise than in the plan before: in words, ready to be shown."""

    need: str
    team: str
    owner: str
    change: str
    cause: str


@dataclass(frozen=True)
class Shortfall:
    """A unit of the plan that has fewer teams free now than the plan takes."""

    team: str
    owner: str
    planned: int
    free: int


def moves_between(former: Proposal, latest: Proposal) -> list[Move]:
    """What differs in the needs that both plans were made for, in the order of the plans.

    What the officer took out for the later one is not repeated: it stands in the plan as such.
    """
    needs_then, needs_now = planned_needs(former), planned_needs(latest)
    same = {code for code, need in needs_now.items() if needs_then.get(code) == need}
    then, now = _lines(former), _lines(latest)
    removed = {(one["need"], one["unit"]) for one in latest.decisions if one["kind"] == Adjustment.Kind.REMOVED}
    keys = [key for key in {**then, **now} if key[0] in same and key not in removed]
    free_then, free_now = _free(former), _free(latest)
    units = {**former.units, **latest.units}
    return [
        Move(
            need=capability_name(needs_now[need]["capability"]),
            team=units[unit]["name"],
            owner=units[unit]["owner"],
            change=change,
            cause=_cause(free_then.get(unit), free_now.get(unit)),
        )
        for need, unit in keys
        if (change := _change(then.get((need, unit)), now.get((need, unit))))
    ]


def _lines(proposal: Proposal) -> dict[Key, Mapping[str, Any]]:
    return {(line["need"], line["unit"]): line for line in proposal.plan["assignments"]}


def _free(proposal: Proposal) -> dict[str, int]:
    return {unit["id"]: unit["quantity"] for unit in proposal.problem["units"]}


def _change(then: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> str:
    """What became of a line; empty where it stayed what it was, to the minute."""
    if now is None:
        return _("no longer planned")
    if then is None:
        return _("newly planned: %(count)s") % {"count": now["quantity"]}
    if now["quantity"] != then["quantity"]:
        return _("%(now)s instead of %(before)s") % {"now": now["quantity"], "before": then["quantity"]}
    if abs(now["arrival"] - then["arrival"]) >= 1:
        times = {"now": duration(round(now["arrival"])), "before": duration(round(then["arrival"]))}
        return _("arrives after %(now)s instead of %(before)s") % times
    return ""


def _cause(then: int | None, now: int | None) -> str:
    """What its owner has free, where that changed."""
    if then == now:
        return ""
    if now is None:
        return _("It is gone, or no longer shared with you.")
    return _("%(now)s free now, %(before)s before.") % {"now": now, "before": then or 0}


def shortfalls(proposal: Proposal, free: Mapping[str, int]) -> list[Shortfall]:
    """The units of a plan that have fewer teams free now than it takes.

    Parameters
    ----------
    free
        Teams that may go now, by unit id; a unit that is not in it has none.
    """
    return list(_shortfalls(proposal, free))


def planned_teams(proposal: Proposal) -> dict[str, int]:
    """How many teams the plan takes, by unit id."""
    teams: dict[str, int] = defaultdict(int)
    for line in proposal.plan["assignments"]:
        teams[line["unit"]] += line["quantity"]
    return dict(teams)


def _shortfalls(proposal: Proposal, free: Mapping[str, int]) -> Iterator[Shortfall]:
    for unit, planned in planned_teams(proposal).items():
        left = free.get(unit, 0)
        if left < planned:
            facts = proposal.units[unit]
            yield Shortfall(facts["name"], facts["owner"], planned, left)


def left_at_home(proposal: Proposal) -> dict[Key, int]:
    """Teams that stay with their owner if the plan is carried out, by owner and capability."""
    left: dict[Key, int] = defaultdict(int)
    taken = planned_teams(proposal)
    for unit in proposal.problem["units"]:
        _add(left, unit["owner"], unit["capabilities"], unit["quantity"] - taken.get(unit["id"], 0))
    return dict(left)


def _add(left: dict[Key, int], owner: str, capabilities: Iterable[str], teams: int) -> None:
    for capability in capabilities:
        left[owner, capability] += teams

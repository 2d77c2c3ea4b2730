"""Beside a line of a plan: what a closed road costs it, whether it would be in time without that, and whether the plan
was made before the road was closed, so that the line may be later than it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from math import isfinite

from noaber.apps.planner.models import Incident, Proposal
from noaber.apps.planner.presenters.closure_delays import ClosureDelays, Delay
from noaber.apps.planner.presenters.plan_lines import DetourNote, NeedPlan, PlanLine
from noaber.apps.roads.models import Closure
from noaber.core.coverage import Cover, Coverage, Standing, cover, total
from noaber.core.deadlines import minutes_until
from noaber.core.detours import Detour


def with_detours(incident: Incident, plans: Sequence[NeedPlan], told: Iterable[ClosureDelays]) -> list[NeedPlan]:
    """The same plans, each line with the closure that costs it most; one that the plan does not know comes first.

    What a need has in time, late and missing is counted by the roads as they are now.
    """
    found: dict[str, list[tuple[ClosureDelays, Delay]]] = defaultdict(list)
    for closure in told:
        for later in closure.later:
            if later.coming.incident == incident:
                found[later.coming.unit].append((closure, later))
    return [_with_notes(plan, found) for plan in plans] if found else list(plans)


def _with_notes(plan: NeedPlan, found: Mapping[str, Sequence[tuple[ClosureDelays, Delay]]]) -> NeedPlan:
    within = minutes_until(plan.need.needed_by, plan.began)
    lines = [
        replace(line, detour=_note(line, plan.began, within, found[line.unit])) if line.unit in found else line
        for line in plan.lines
    ]
    if not any(line.is_later for line in lines):
        return replace(plan, lines=lines)
    return replace(plan, lines=lines, coverage=_coverage_now(plan, lines))


def _coverage_now(plan: NeedPlan, lines: Iterable[PlanLine]) -> Coverage:
    """What the plan has of the teams that it was made for, by the roads as they are now."""
    come = [Cover(line.quantity, line.comes_at, Standing.PLANNED) for line in lines if line.comes_at is not None]
    need = plan.need
    return cover(plan.coverage.asked, come, needed_by=need.needed_by, useless_after=need.useless_after)


def _note(line: PlanLine, began: datetime, within: float, causes: Sequence[tuple[ClosureDelays, Delay]]) -> DetourNote:
    told, later = max(causes, key=lambda cause: (cause[0].closure.known_at > began, _extra(cause[1])))
    detour = Detour(line.arrival, line.travel, _or_never(later.now), _extra(later), within)
    section = told.sections[0] if told.sections else ""
    return DetourNote(
        later.extra_words,
        section,
        told.closure.reason,
        told.closure.language,
        told.closure.begins_at,
        makes_late=detour.makes_late,
        is_later=detour.is_later,
        turns_late=detour.turns_late,
        arrives_at=began + timedelta(minutes=detour.arrives) if isfinite(detour.arrives) else None,
    )


def closed_since(proposal: Proposal, closures: Iterable[Closure], plans: Iterable[NeedPlan]) -> bool:
    """Whether a road was closed after the plan was made: another plan may do better now."""
    return any(one.known_at > proposal.made_at for one in closures) or teams_later(plans) > 0


def teams_later(plans: Iterable[NeedPlan]) -> int:
    """Teams on whose way a road was closed since they were planned."""
    return sum(line.quantity for plan in plans for line in plan.lines if line.is_later)


def coverage_by_roads(incident: Incident, plans: Sequence[NeedPlan]) -> dict[str, Coverage]:
    """What the plan has for the incident by the roads as they are now; empty where no closure came after it."""
    return {incident.number: total(plan.coverage for plan in plans)} if teams_later(plans) else {}


def _extra(later: Delay) -> float:
    return _or_never(later.extra)


def _or_never(minutes: float | None) -> float:
    return float("inf") if minutes is None else minutes

"""Beside a line of a plan: what a closed road costs it, and whether it would be in time without that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from noaber.apps.planner.closures_told import ClosureTold, Later
from noaber.apps.planner.models import Incident
from noaber.apps.planner.plan_rows import DetourNote, NeedPlan, PlanLine
from noaber.core.deadlines import minutes_until
from noaber.core.detours import Detour


def with_detours(incident: Incident, plans: Sequence[NeedPlan], told: Iterable[ClosureTold]) -> list[NeedPlan]:
    """The same plans, each line with the closure that costs it most."""
    dearest: dict[str, tuple[ClosureTold, Later]] = {}
    for closure in told:
        for later in closure.later:
            unit = later.coming.unit
            if later.coming.incident == incident and (unit not in dearest or _extra(later) > _extra(dearest[unit][1])):
                dearest[unit] = closure, later
    return [_with_notes(plan, dearest) for plan in plans] if dearest else list(plans)


def _with_notes(plan: NeedPlan, dearest: Mapping[str, tuple[ClosureTold, Later]]) -> NeedPlan:
    within = minutes_until(plan.need.needed_by, plan.began)
    lines = [
        replace(line, detour=_note(line, *dearest[line.unit], within)) if line.unit in dearest else line
        for line in plan.lines
    ]
    return replace(plan, lines=lines)


def _note(line: PlanLine, told: ClosureTold, later: Later, within: float) -> DetourNote:
    detour = Detour(line.arrival, line.travel, _or_never(later.now), _extra(later), within)
    section = told.sections[0] if told.sections else ""
    return DetourNote(
        later.extra_words,
        section,
        told.closure.reason,
        told.closure.language,
        detour.makes_late,
        detour.is_planned_with,
    )


def _extra(later: Later) -> float:
    return _or_never(later.extra)


def _or_never(minutes: float | None) -> float:
    return float("inf") if minutes is None else minutes

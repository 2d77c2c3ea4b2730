"""How far a plan is, for one reader on one day: read, then counted by `core.plans.progress`. Nothing is stored."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from noaber.apps.accounts.models import Organisation
from noaber.apps.actions.models import Action
from noaber.apps.library.links import Linked
from noaber.apps.plans.models import Indicator, Measurement, Objective, Plan
from noaber.apps.plans.presenters.quantities import quantity
from noaber.apps.plans.queries import evidence_of, objectives_of, served_by, weights_of
from noaber.core.messages.model import FreeText
from noaber.core.plans.progress import Progress, Standing, Work, elapsed_share, progress_of, standing_of


@dataclass(frozen=True)
class ActionLine:
    """An action within an objective. `why` is what was last said of it: the reason, else the last report."""

    action: Action
    standing: Standing
    weight: int
    days_late: int
    why: FreeText | None
    evidence: list[Linked]

    @property
    def work(self) -> Work:
        return Work(self.standing, self.weight)


@dataclass(frozen=True)
class IndicatorLine:
    indicator: Indicator
    last: Measurement | None
    share: Fraction | None
    measurements: list[Measurement]

    @property
    def percent(self) -> int | None:
        return percent(self.share)

    @property
    def value(self) -> Decimal | None:
        return self.last.value if self.last else None

    @property
    def baseline_words(self) -> str:
        return quantity(self.indicator.baseline, self.indicator.unit)

    @property
    def value_words(self) -> str:
        return quantity(self.value, self.indicator.unit)

    @property
    def target_words(self) -> str:
        return quantity(self.indicator.target, self.indicator.unit)


@dataclass(frozen=True)
class ObjectiveView:
    """An objective with its parts. `progress` counts its own actions and those of its parts, each once."""

    objective: Objective
    parts: tuple[ObjectiveView, ...]
    lines: tuple[ActionLine, ...]
    indicators: tuple[IndicatorLine, ...]
    progress: Progress

    @property
    def every_line(self) -> list[ActionLine]:
        """Its own actions, then those of its parts, each once."""
        found = {line.action.pk: line for part in reversed(self.parts) for line in part.lines}
        own = {line.action.pk for line in self.lines}
        return [*self.lines, *(line for key, line in reversed(found.items()) if key not in own)]

    @property
    def every(self) -> Iterator[ObjectiveView]:
        yield self
        yield from self.parts


@dataclass(frozen=True)
class PlanView:
    """A plan on a day. An action that serves several objectives counts once in its progress."""

    plan: Plan
    today: datetime.date
    objectives: tuple[ObjectiveView, ...]
    progress: Progress
    late: list[ActionLine]
    elapsed: Fraction

    @property
    def elapsed_percent(self) -> int:
        return percent(self.elapsed) or 0

    @property
    def lines(self) -> list[ActionLine]:
        return once(line for view in self.objectives for line in view.every_line)

    @property
    def shown(self) -> list[ActionLine]:
        """What was done, the latest first."""
        done = [line for line in self.lines if line.action.done_on]
        return sorted(done, key=lambda line: line.action.done_on or datetime.date.min, reverse=True)

    @property
    def share_percent(self) -> int | None:
        return percent(self.progress.share)


def percent(share: Fraction | None) -> int | None:
    """Rounded down: nothing is called all done that is not."""
    return None if share is None else int(share * 100)


def once(lines: Iterable[ActionLine]) -> list[ActionLine]:
    """Each action once, where it stands first."""
    found: dict[int, ActionLine] = {}
    for line in lines:
        found.setdefault(line.action.pk, line)
    return list(found.values())


def plan_on(reader: Organisation, plan: Plan, today: datetime.date) -> PlanView:
    """How far `plan` is on `today`, of what the reader sees."""
    objectives = objectives_of(reader, plan)
    views = tuple(view_objectives(reader, plan, objectives, today))
    lines = once(line for view in views for line in view.every_line)
    late = sorted(
        (line for line in lines if line.standing is Standing.LATE), key=lambda line: (-line.days_late, line.action.pk)
    )
    return PlanView(
        plan=plan,
        today=today,
        objectives=views,
        progress=progress_of(line.work for line in lines),
        late=late,
        elapsed=elapsed_share(plan.first_on, plan.last_on, today),
    )


def view_objectives(
    reader: Organisation, plan: Plan, objectives: Sequence[Objective], today: datetime.date
) -> Iterator[ObjectiveView]:
    """The views of objectives, parts within the ones they belong to where those are given too."""
    served = served_by(reader, objectives, plan)
    weights = weights_of(objectives)
    evidence = evidence_of(reader, [action for actions in served.values() for action in actions])
    given = {objective.pk for objective in objectives}

    def view(objective: Objective) -> ObjectiveView:
        parts = tuple(view(part) for part in objectives if part.parent_id == objective.pk)
        lines = tuple(
            _line(action, weights.get((objective.pk, action.pk), 1), evidence.get(action.pk, []), today)
            for action in served.get(objective.pk, [])
        )
        every = once([*lines, *(line for part in parts for line in part.lines)])
        indicators = tuple(_indicator(indicator) for indicator in objective.indicators.all())
        return ObjectiveView(objective, parts, lines, indicators, progress_of(line.work for line in every))

    return (view(objective) for objective in objectives if objective.parent_id not in given)


def _line(action: Action, weight: int, evidence: list[Linked], today: datetime.date) -> ActionLine:
    standing = standing_of(action.state, action.due_on, today)
    late = (today - action.due_on).days if standing is Standing.LATE and action.due_on else 0
    return ActionLine(action, standing, weight, late, _why(action), evidence)


def _why(action: Action) -> FreeText | None:
    if action.state_reason:
        return action.reason
    notes: list[Any] = list(action.notes.all())
    return notes[0].words if notes else None


def _indicator(indicator: Indicator) -> IndicatorLine:
    """Its value is the last one measured."""
    measured = list(indicator.measurements.all())
    last = measured[0] if measured else None
    return IndicatorLine(indicator, last, indicator.share_at(last.value if last else None), measured)

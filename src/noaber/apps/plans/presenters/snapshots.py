"""A frozen state read for one reader: only the actions that they see, counted anew."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from noaber.apps.accounts.models import Organisation
from noaber.apps.actions.models import Action
from noaber.apps.plans.models import PlanSnapshot
from noaber.apps.plans.presenters.tables import STANDING_WORDS
from noaber.core.messages.model import FreeText
from noaber.core.plans.progress import Progress, Standing, Work, progress_of

Frozen = Mapping[str, Any]


@dataclass(frozen=True)
class FrozenLine:
    row: Frozen

    @property
    def standing(self) -> Standing:
        return Standing(self.row["standing"])

    @property
    def word(self) -> str | Promise:
        return STANDING_WORDS[self.standing]

    @property
    def words(self) -> FreeText:
        return FreeText(self.row["title"], self.row["language"])

    @property
    def said(self) -> FreeText | None:
        """What shows it, else the last that was said of it."""
        if self.row["evidence"]:
            return FreeText(self.row["evidence"], self.row["evidence_language"])
        return FreeText(self.row["why"], self.row["why_language"]) if self.row["why"] else None

    @property
    def due_on(self) -> datetime.date | None:
        return datetime.date.fromisoformat(self.row["due_on"]) if self.row["due_on"] else None


@dataclass(frozen=True)
class FrozenObjective:
    row: Frozen
    lines: list[FrozenLine]
    indicators: list[Frozen]

    @property
    def words(self) -> FreeText:
        return FreeText(self.row["title"], self.row["language"])

    @property
    def progress(self) -> Progress:
        return progress_of(Work(line.standing, line.row["weight"]) for line in self.lines)


@dataclass(frozen=True)
class FrozenPlan:
    snapshot: PlanSnapshot
    taken_on: datetime.date
    objectives: list[FrozenObjective]
    progress: Progress


def read_snapshots(reader: Organisation, snapshots: Iterable[PlanSnapshot]) -> list[FrozenPlan]:
    """States of a plan at the ends of quarters, each of the actions that the reader sees today."""
    snapshots = list(snapshots)
    keys = {row["action"] for one in snapshots for row in one.content["actions"]}
    seen = set(Action.objects.visible_to(reader).filter(pk__in=keys).values_list("pk", flat=True))
    return [_read(one, seen) for one in snapshots]


def _read(snapshot: PlanSnapshot, seen: set[int]) -> FrozenPlan:
    content = snapshot.content
    lines = [FrozenLine(row) for row in content["actions"] if row["action"] in seen]
    objectives = [
        FrozenObjective(
            row,
            [line for line in lines if line.row["objective"] == row["id"]],
            [one for one in content["indicators"] if one["objective"] == row["id"]],
        )
        for row in content["objectives"]
    ]
    once = {line.row["action"]: line for line in reversed(lines)}
    return FrozenPlan(
        snapshot=snapshot,
        taken_on=datetime.date.fromisoformat(content["today"]),
        objectives=objectives,
        progress=progress_of(Work(line.standing, line.row["weight"]) for line in once.values()),
    )

"""A closed road, told where it matters: which teams it makes later, and by how much."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from noaber.apps.planner.presenters.arriving_teams import ArrivingTeams
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.models import Closure
from noaber.apps.roads.network.closure_costs import closure_costs
from noaber.apps.roads.network.roads_now import closed_by
from noaber.apps.roads.presenters.minutes import said_minutes
from noaber.apps.roads.presenters.sections import section_words


@dataclass(frozen=True)
class Delay:
    """Teams that a closure makes later; minutes of driving, None where no way is left."""

    coming: ArrivingTeams
    extra: float | None
    now: float | None
    kind: MinutesKind

    @property
    def extra_words(self) -> str:
        """+24 min."""
        if self.extra is None:
            return _("no way")
        words = said_minutes(self.extra, self.kind)
        return words.replace("≈ ", "≈ +") if words.startswith("≈") else f"+{words}"


@dataclass(frozen=True)
class ClosureDelays:
    """A closure with those whom it touches, the longest detour first."""

    closure: Closure
    sections: tuple[str, ...]
    roads: str
    """The numbers of the first road that it closes; empty where no main road is closed."""
    later: tuple[Delay, ...]

    @property
    def extra_words(self) -> str:
        """What it costs at most: +24 min."""
        return self.later[0].extra_words

    @property
    def label(self) -> str:
        """What a map says beside its sign."""
        return " ".join(filter(None, (self.roads, self.extra_words)))


def closure_delays(closures: Sequence[Closure], coming: Sequence[ArrivingTeams]) -> list[ClosureDelays]:
    """The closures that make some of these later, the dearest first."""
    moving = [one for one in coming if one.is_moving]
    costs = closure_costs(closures, [one.trip for one in moving])
    shut = closed_by([cost.closure for cost in costs]) if costs else {}
    rows = []
    for cost in costs:
        parts = shut[cost.closure.digest].parts
        words = section_words(parts)
        later = tuple(Delay(moving[one.trip], _finite(one.extra), _finite(one.now), one.kind) for one in cost.detours)
        rows.append(ClosureDelays(cost.closure, words, words[0].partition(",")[0] if words else "", later))
    return rows


def _finite(minutes: float) -> float | None:
    return minutes if math.isfinite(minutes) else None

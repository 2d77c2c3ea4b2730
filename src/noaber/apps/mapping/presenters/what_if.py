"""Before and after, as the page shows it: cells that change, people reached, plans."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from noaber.apps.mapping.effects import WITHIN, MatrixEffect, MinutesEffect, PlanEffect, RegionEffect
from noaber.apps.mapping.presenters.matrix import cell_words, folded_words
from noaber.apps.mapping.region import Cell
from noaber.apps.mapping.sides import full_name, short_name, side_words
from noaber.apps.mapping.words import ICONS
from noaber.apps.registry.coded import capability_name, territory_name
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.presenters.closures import feature, map_of
from noaber.apps.roads.presenters.minutes import said_minutes
from noaber.apps.roads.presenters.provenance import Provenance
from noaber.apps.roads.reach.grid import load_grid
from noaber.core.planning.plan import Plan
from noaber.web.wording import number

STEPS: Final = (10, 30, 60)
BOUNDS: Final = [2.6, 48.9, 8.9, 53.6]
MOST_CELLS: Final = 60


@dataclass(frozen=True)
class AfterCell:
    """A cell as it would be; `was` is what it says today where that differs."""

    kind: str
    icon: str
    first: str
    second: str
    was: str
    label: str


@dataclass(frozen=True)
class AfterRow:
    """One helper; `folded` names the others for which the texts say the same, today and after."""

    short: str
    name: str
    folded: tuple[str, ...]
    cells: list[AfterCell]

    @property
    def folded_words(self) -> str:
        return folded_words(len(self.folded))


@dataclass(frozen=True)
class ChangedCell:
    """One changed cell in the list beside the matrix."""

    owner: str
    place: str
    before: str
    before_kind: str
    before_icon: str
    after: str
    after_kind: str
    after_icon: str


@dataclass(frozen=True)
class MatrixEffectView:
    heads: list[tuple[str, str]]
    rows: list[AfterRow]
    changed: list[ChangedCell]
    more: int
    better: int
    worse: int
    other_text: int


def present_matrix_effect(effect: MatrixEffect) -> MatrixEffectView:
    rows = [
        AfterRow(
            short_name(side),
            full_name(side),
            tuple(full_name(other) for other in effect.after.folded.get(side, ())),
            [_after_cell(was, now) for was, now in zip(before, after, strict=True)],
        )
        for side, before, after in zip(effect.after.sides, effect.before.rows, effect.after.rows, strict=True)
    ]
    changed = effect.changed
    return MatrixEffectView(
        [(short_name(side), full_name(side)) for side in effect.after.sides],
        rows,
        [_changed(was, now) for was, now in changed[:MOST_CELLS]],
        max(0, len(changed) - MOST_CELLS),
        effect.better,
        effect.worse,
        effect.other_text,
    )


def _after_cell(was: Cell, now: Cell) -> AfterCell:
    if now.kind in ("own", "home"):
        return AfterCell(now.kind, "", _("own") if now.kind == "own" else _("inland"), "", "", "")
    first, second = cell_words(now)
    before = cell_words(was)[0] if was.signature != now.signature else ""
    label = _("%(owner)s helps %(place)s: %(first)s, %(second)s") % {
        "owner": side_words(now.owner),
        "place": side_words(now.place),
        "first": first,
        "second": second,
    }
    return AfterCell(now.kind, ICONS[now.kind], first, second, before, label)


def _changed(was: Cell, now: Cell) -> ChangedCell:
    return ChangedCell(
        side_words(now.owner),
        side_words(now.place),
        ", ".join(cell_words(was)),
        was.kind,
        ICONS[was.kind],
        ", ".join(cell_words(now)),
        now.kind,
        ICONS[now.kind],
    )


# minutes


@dataclass(frozen=True)
class Share:
    """Of the people of a territory, who is reached within some minutes; shares from 0 to 100."""

    before: float
    after: float
    difference: int


@dataclass(frozen=True)
class RegionEffectRow:
    name: str
    people: int
    is_estimated: bool
    shares: list[Share]
    is_sum: bool


@dataclass(frozen=True)
class MinutesView:
    within: tuple[int, ...]
    rows: list[RegionEffectRow]
    faster: str
    slower: str
    provenance: Provenance
    map: dict[str, Any]


def present_minutes(effect: MinutesEffect) -> MinutesView:
    is_estimated = effect.regions[-1].is_estimated
    return MinutesView(
        WITHIN,
        [_region_row(region) for region in effect.regions],
        _people(effect.faster, is_estimated),
        _people(effect.slower, is_estimated),
        effect.provenance,
        map_of(_gain_features(effect), bounds=BOUNDS),
    )


def _people(count: int, is_estimated: bool) -> str:
    return f"≈ {number(count)}" if is_estimated and count else number(count)


def _region_row(region: RegionEffect) -> RegionEffectRow:
    shares = [
        Share(100 * before / max(1, region.people), 100 * after / max(1, region.people), after - before)
        for before, after in zip(region.before, region.after, strict=True)
    ]
    name = territory_name(region.code) if region.code else _("All together")
    return RegionEffectRow(name, region.people, region.is_estimated, shares, not region.code)


def _gain_features(effect: MinutesEffect) -> Iterator[dict[str, Any]]:
    """The hexagons by the minutes that the change gains or costs there; where it is the same, in the palest step."""
    shapes = load_grid().shapes
    alike: dict[tuple[int, str], list[Any]] = {}
    for cell, gain in enumerate(effect.gain.tolist()):
        if any(math.isfinite(reach.opened.minutes[cell, 0]) for reach in (effect.before, effect.after)):
            words = gain_words(gain, effect.kinds[cell])
            alike.setdefault((gain_step(gain), words), []).append(shapes[cell]["coordinates"])
    for (step, title), polygons in alike.items():
        yield feature({"type": "MultiPolygon", "coordinates": polygons}, kind="gain", step=step, title=title)


def gain_step(gain: float) -> int:
    """−3 to 3: how many of `STEPS` the minutes reach."""
    reached = sum(abs(gain) >= step for step in STEPS)
    return reached if gain > 0 else -reached


def gain_words(gain: float, kind: MinutesKind) -> str:
    """What a hexagon says: minutes sooner or later, rounded, or that somebody comes only then."""
    if math.isinf(gain):
        return _("somebody can come only after the change") if gain > 0 else _("nobody can come any more")
    minutes = said_minutes(round(abs(gain)), kind)
    if abs(gain) < 1:
        return _("the same")
    return (_("%(minutes)s sooner") if gain > 0 else _("%(minutes)s later")) % {"minutes": minutes}


# plans


@dataclass(frozen=True)
class PlanFigures:
    """A plan in three numbers: teams that are missing, minutes too late in all, and the mean arrival."""

    missing: int
    late: float
    mean_arrival: float | None


@dataclass(frozen=True)
class PlanRow:
    """One incident before and after; `moves` says which teams would come instead. Minutes of both are of one kind."""

    number: str
    title: Any
    url: str
    before: PlanFigures
    after: PlanFigures
    moves: list[str]
    is_same: bool
    is_proven: bool
    is_estimated: bool


def plan_rows(effects: Iterable[PlanEffect]) -> list[PlanRow]:
    return [_plan_row(effect) for effect in effects]


def _plan_row(effect: PlanEffect) -> PlanRow:
    return PlanRow(
        number=effect.incident.number,
        title=effect.incident.title,
        url=reverse("incident", args=[effect.incident.number]),
        before=_figures(effect, effect.before),
        after=_figures(effect, effect.after),
        moves=[] if effect.is_same else list(_moves(effect)),
        is_same=effect.is_same,
        is_proven=all(plan.status == "optimal" for plan in (effect.before, effect.after)),
        is_estimated=effect.is_estimated,
    )


def _figures(effect: PlanEffect, plan: Plan) -> PlanFigures:
    within = {need.id: need.within for need in effect.situation.problem.incidents[0].needs}
    teams = sum(line.quantity for line in plan.assignments)
    late = sum(line.quantity * max(0.0, line.arrival - within[line.need]) for line in plan.assignments)
    arrivals = sum(line.quantity * line.arrival for line in plan.assignments)
    return PlanFigures(sum(one.missing for one in plan.unmet), late, arrivals / teams if teams else None)


def _moves(effect: PlanEffect) -> Iterator[str]:
    """The teams that come only after the change, then those that no longer do."""
    before, after = _teams(effect.before), _teams(effect.after)
    for unit, need in dict.fromkeys([*after, *before]):
        difference = after.get((unit, need), 0) - before.get((unit, need), 0)
        if difference:
            words = (
                ngettext("%(count)s more: %(unit)s, %(help)s", "%(count)s more: %(unit)s, %(help)s", difference)
                if difference > 0
                else ngettext("%(count)s fewer: %(unit)s, %(help)s", "%(count)s fewer: %(unit)s, %(help)s", -difference)
            )
            known = effect.situation.units[unit]
            named = {"count": abs(difference), "unit": f"{known.name} ({known.owner})", "help": _help_of(effect, need)}
            yield words % named


def _help_of(effect: PlanEffect, need: str) -> str:
    needs = effect.situation.problem.incidents[0].needs
    return capability_name(next(one.capability for one in needs if one.id == need))


def _teams(plan: Plan) -> dict[tuple[str, str], int]:
    return {(line.unit, line.need): line.quantity for line in plan.assignments}

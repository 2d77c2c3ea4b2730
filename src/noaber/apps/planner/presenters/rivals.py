"""Two wanted the same: where a team goes that two incidents wanted, why, and what the other has instead."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from noaber.apps.planner.models import Proposal
from noaber.apps.roads.enums import MinutesKind
from noaber.core.planning.rivals import Ground
from noaber.web.wording import hour

GROUND_WORDS: Final[dict[Ground, str | Promise]] = {
    Ground.PINNED: gettext_lazy("%(team)s goes to %(here)s, because you hold it there."),
    Ground.PRIORITY: gettext_lazy("%(team)s goes to %(here)s, where the need is more urgent."),
    Ground.NO_OTHER: gettext_lazy("%(team)s goes to %(here)s, because nobody else could come there."),
    Ground.LATE_OTHERWISE: gettext_lazy(
        "%(team)s goes to %(here)s, because the next one there, %(other)s, would be late, at %(time)s."
    ),
    Ground.LESS_LOST: gettext_lazy(
        "%(team)s goes to %(here)s: %(other)s would be there at %(time)s, and all together would wait longer."
    ),
}


@dataclass(frozen=True)
class RivalRow:
    """Where the team goes and why; what those that go without have instead."""

    goes: str
    without: tuple[str, ...]


def rival_rows(proposal: Proposal, titles: Mapping[str, str], *, number: str = "") -> list[RivalRow]:
    """One row for each team that two incidents wanted, and why; whoever loses most by it first.

    Of one incident only, where `number` names it.
    """
    found = [one for one in proposal.rivals if not number or number in (one["incident"], one["wanted_by"])]
    told: dict[str, list[str]] = {}
    for one in sorted(found, key=_loss, reverse=True):
        lost = told.setdefault(_goes(proposal, titles, one), [])
        if (without := _without(proposal, titles, one)) not in lost:
            lost.append(without)
    return [RivalRow(goes, tuple(lost)) for goes, lost in told.items()]


def _loss(one: Mapping[str, Any]) -> float:
    """How much later help comes to who goes without; without end where nobody comes."""
    return math.inf if one["instead"] is None else float(one["instead_arrival"] - one["arrival_there"])


def _goes(proposal: Proposal, titles: Mapping[str, str], one: Mapping[str, Any]) -> str:
    here, other = one["incident"], one["otherwise"] or ""
    return str(GROUND_WORDS[Ground(one["ground"])]) % {
        "team": _teams(proposal, one["unit"], one["teams"]),
        "here": titles.get(here, here),
        "other": _name(proposal, other),
        "time": _time(proposal, one["otherwise_arrival"], here, [other]),
    }


def _without(proposal: Proposal, titles: Mapping[str, str], one: Mapping[str, Any]) -> str:
    there = titles.get(one["wanted_by"], one["wanted_by"])
    wanted_at = _time(proposal, one["arrival_there"], one["wanted_by"], [one["unit"]])
    if one["instead"] is None:
        words = _("%(incident)s goes without; it would have been there at %(time)s.")
        return words % {"incident": there, "time": wanted_at}
    return _("%(incident)s has %(team)s at %(time)s instead of %(before)s.") % {
        "incident": there,
        "team": _name(proposal, one["instead"]),
        "time": _time(proposal, one["instead_arrival"], one["wanted_by"], [one["instead"]]),
        "before": wanted_at,
    }


def _time(proposal: Proposal, minutes: float | None, number: str, units: Iterable[str]) -> str:
    """When a team arrives, with ≈ where its way is not routed."""
    if minutes is None:
        return ""
    at = hour(proposal.made_at + timedelta(minutes=minutes))
    kind = MinutesKind.worst(proposal.minutes_kind(unit, number) for unit in units)
    return at if kind is MinutesKind.ROUTED else f"≈ {at}"


def _teams(proposal: Proposal, unit: str, teams: int) -> str:
    name = _name(proposal, unit)
    if teams == 1:
        return name
    return ngettext("%(name)s (%(count)s team)", "%(name)s (%(count)s teams)", teams) % {"count": teams, "name": name}


def _name(proposal: Proposal, unit: str) -> str:
    return str(proposal.units.get(unit, {}).get("name", unit))

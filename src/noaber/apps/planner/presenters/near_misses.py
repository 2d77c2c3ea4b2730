"""Near misses of a need as rows: who is not exactly what is asked, or could only just not come, and why it is named.

Two kinds are named. Some units are something else: they hold what is asked (a platoon its engines) or can do the same
task. Others are exactly what is asked and fail by little: kept at home, reserved for an event, or too late by less than
an hour. None of them covers anything; an officer may accept the first kind (`services/stand_ins.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from noaber.apps.accounts.models import Organisation
from noaber.apps.planner.models import Adjustment, Incident, Need
from noaber.apps.planner.presenters.helpers import HelperRow, helper_rows
from noaber.apps.planner.queries.helpers import Helper, Outlook, Ranking
from noaber.apps.planner.queries.requested import Requested
from noaber.apps.planner.queries.situation import build_problem
from noaber.apps.registry.coded import attribute_value_text, capability_name, counted_capability, in_reader_language
from noaber.apps.registry.models import Capacity
from noaber.core.capability_match import Match, Nearness, stands_for, teams_for
from noaber.core.geo import Position, distance_km
from noaber.core.planning.options import Barrier
from noaber.reference.kinship import held_by_package, load_kinship
from noaber.reference.vocabulary import load_attributes

MOST_NEAR_MISSES: Final = 6
JUST_TOO_LATE_MINUTES: Final = 60
"""Who would come later than this after the last useful moment is no near miss."""


@dataclass(frozen=True)
class NearMiss:
    """One row.

    Parameters
    ----------
    match
        How it comes near to the need; exact for a unit that fails by little.
    why
        Why it is named, as a sentence.
    limits
        What a team can bear at most, where that depends on the task: "Largest current: 2 m/s".
    teams, covers, wanted
        How many of its teams may stand in, and for how many of the need's open teams; 0 where that cannot be said.
    """

    row: HelperRow
    match: Match
    distance_km: float
    why: str
    limits: tuple[str, ...]
    teams: int = 0
    covers: int = 0
    wanted: int = 0

    @property
    def may_stand_in(self) -> bool:
        return self.covers > 0

    @property
    def asked(self) -> str:
        """What would be asked: “1 fire platoon”."""
        return counted_capability(self.teams, self.match.capability)


@dataclass(frozen=True)
class NearMisses:
    """The nearest of a need's near misses, and how many there are."""

    rows: list[NearMiss]
    count: int


def near_misses(
    organisation: Organisation,
    incident: Incident,
    need: Need,
    ranking: Ranking,
    at: datetime,
    *,
    wanted: int,
    most: int = MOST_NEAR_MISSES,
) -> NearMisses:
    """The near misses of `need`, the quickest first; `wanted` is how many teams are still open."""
    found = [*_others(organisation, incident, need, at, wanted), *_just_not(organisation, incident, need, ranking, at)]
    found.sort(key=lambda one: (one.row.helper.minutes is None, one.row.helper.minutes or 0.0))
    return NearMisses(found[:most], len(found))


def find_near_miss(
    organisation: Organisation, incident: Incident, need: Need, unit: str, at: datetime, *, wanted: int
) -> NearMiss | None:
    """The unit as something else that may stand in for teams of the need; None where it may not."""
    others = _others(organisation, incident, need, at, wanted)
    return next((one for one in others if one.row.helper.unit.id == unit and one.may_stand_in), None)


def _others(
    organisation: Organisation, incident: Incident, need: Need, at: datetime, wanted: int
) -> Iterator[NearMiss]:
    """Units that are something else than is asked, and can come."""
    codes = load_kinship().near(need.capability)
    if not codes:
        return
    asked = [_as_if_asked(need, code) for code in codes]
    situation = build_problem(organisation, [incident], at, include_unknown=True, asked=Requested(), needs=asked)
    outlook = Outlook.of(situation)
    able = {code: _able(outlook, code) for code in codes}
    facts = _Facts.of(helper for helpers in able.values() for helper in helpers)
    accepted = _accepted(organisation, incident)
    for code, helpers in able.items():
        for row in helper_rows(helpers, organisation, at):
            match = facts.match(row.helper, need.capability)
            if match is not None and match.is_near_miss and match.capability == code:
                left = max(0, row.helper.may_go - accepted.get(row.helper.unit.id, 0))
                teams = teams_for(match, wanted, left)
                yield NearMiss(
                    row,
                    match,
                    _distance_km(row.helper, incident),
                    _why_near(match, need.capability),
                    facts.limits(row.helper, code),
                    teams,
                    stands_for(match, wanted, teams),
                    wanted,
                )


def _accepted(organisation: Organisation, incident: Incident) -> dict[str, int]:
    """Teams by unit that stand in already: nothing stands in twice."""
    held = Adjustment.objects.filter(incident=incident, organisation=organisation, kind=Adjustment.Kind.PINNED)
    rows = held.filter(need__stands_in_for__isnull=False).order_by().values_list("unit")
    return dict(rows.annotate(Sum("quantity")))


def _able(outlook: Outlook, code: str) -> list[Helper]:
    ranking = outlook.ranking(code, most=len(outlook.situation.units))
    return ranking.able if ranking else []


def _as_if_asked(need: Need, capability: str) -> Need:
    """The same need for another type of help; it is looked at, and never saved."""
    other = copy(need)
    other.pk, other.code, other.capability = None, capability, capability
    return other


def _just_not(
    organisation: Organisation, incident: Incident, need: Need, ranking: Ranking, at: datetime
) -> Iterator[NearMiss]:
    """Units that are exactly what is asked and fail by little."""
    helpers = [helper for helper in ranking.unable if _fails_by_little(helper, ranking)]
    facts = _Facts.of(helpers)
    exact = Match(Nearness.EXACT, need.capability)
    for row in helper_rows(helpers, organisation, at):
        yield NearMiss(
            row,
            exact,
            _distance_km(row.helper, incident),
            _too_late_words(row.helper, ranking) if row.helper.barrier is Barrier.TOO_LATE else row.why_not,
            facts.limits(row.helper, need.capability),
        )


def _fails_by_little(helper: Helper, ranking: Ranking) -> bool:
    if helper.barrier is Barrier.TOO_LATE:
        return helper.unit.quantity > 0 and _minutes_too_late(helper, ranking) <= JUST_TOO_LATE_MINUTES
    return helper.barrier is Barrier.NONE and helper.unit.quantity > 0


def _minutes_too_late(helper: Helper, ranking: Ranking) -> float:
    return (helper.minutes or 0.0) - (ranking.latest or 0.0)


def _too_late_words(helper: Helper, ranking: Ranking) -> str:
    minutes = max(1, round(_minutes_too_late(helper, ranking)))
    return ngettext(
        "It would come %(count)s minute too late to be of use.",
        "It would come %(count)s minutes too late to be of use.",
        minutes,
    ) % {"count": minutes}


def _why_near(match: Match, wanted: str) -> str:
    has = capability_name(match.capability)
    match match.nearness:
        case Nearness.LARGER:
            return _("Same task, larger: %(has)s.") % {"has": has}
        case Nearness.SIMILAR:
            return _("Similar task: %(has)s.") % {"has": has}
        case _ if match.stands_for is None:
            return _("%(has)s. Holds this, how many is unknown: %(wanted)s.") % {
                "has": has,
                "wanted": capability_name(wanted),
            }
        case _:
            return _("%(has)s. Each holds %(parts)s.") % {
                "has": has,
                "parts": counted_capability(match.stands_for, wanted),
            }


def _distance_km(helper: Helper, incident: Incident) -> float:
    """As the crow flies."""
    return distance_km(Position(helper.unit.lon, helper.unit.lat), Position(incident.lon, incident.lat))


@dataclass(frozen=True)
class _Facts:
    """What the packages and properties of some units say, by capacity."""

    vehicles: Mapping[int, list[dict[str, object]]]
    attributes: Mapping[int, dict[str, str | float | bool]]

    @classmethod
    def of(cls, helpers: Iterable[Helper]) -> _Facts:
        keys = {helper.unit.capacity for helper in helpers}
        if not keys:
            return cls({}, {})
        rows = Capacity.objects.filter(pk__in=keys).values_list("pk", "vehicles", "attributes")
        listed = list(rows)
        return cls({pk: vehicles for pk, vehicles, _ in listed}, {pk: attributes for pk, _, attributes in listed})

    def match(self, helper: Helper, wanted: str) -> Match | None:
        unit = helper.unit
        held = held_by_package(self.vehicles.get(unit.capacity, []))
        return load_kinship().match(unit.capabilities, wanted, country=unit.territory[:2], holds=held)

    def limits(self, helper: Helper, capability: str) -> tuple[str, ...]:
        """What a team can bear at most in this task; limits that fit every task are left to its own page."""
        values = self.attributes.get(helper.unit.capacity, {})
        known = (one for one in load_attributes().values() if one.is_limit and capability in one.capabilities)
        return tuple(
            f"{in_reader_language(one.names)}: {attribute_value_text(one, values[one.code])}"
            for one in known
            if one.code in values
        )

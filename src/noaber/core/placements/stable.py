"""The matching, and the proof that it is stable.

Gale and Shapley's algorithm for residents and hospitals, as `matching` has it, gives each applicant the best place of
any stable matching. The library wants lists that name each other: a pair enters only where no hard rule forbids it, the
applicant wishes it and the host ranked the applicant. Whoever is left without such a pair stays out of the game.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from matching.games import HospitalResident

from noaber.core.placements.market import Applicant, Market, Place
from noaber.core.placements.rules import broken_rules

Pairs: TypeAlias = Mapping[int, int]
"""Of each matched applicant, the place."""


class Fault(StrEnum):
    """Why a matching is not stable."""

    BLOCKED = "blocked"
    RULE = "rule"
    NOT_WISHED = "not-wished"
    NOT_RANKED = "not-ranked"
    FULL = "full"


@dataclass(frozen=True, order=True)
class Flaw:
    """An applicant and a place that speak against the matching."""

    applicant: int
    place: int
    fault: Fault


def is_possible(applicant: Applicant, place: Place) -> bool:
    """Whether both want each other and no rule forbids it."""
    wanted = place.key in applicant.wishes and applicant.key in place.ranked
    return wanted and not broken_rules(applicant, place)


def match(market: Market) -> dict[int, int]:
    """The stable matching that is best for the applicants; there is exactly one."""
    wishes = {
        one.key: [key for key in one.wishes if key in market.places and is_possible(one, market.places[key])]
        for one in market.applicants.values()
    }
    rankings = {
        place.key: [key for key in place.ranked if place.key in wishes.get(key, ())] for place in market.places.values()
    }
    residents = {str(key): list(map(str, listed)) for key, listed in wishes.items() if listed}
    hospitals = {str(key): list(map(str, listed)) for key, listed in rankings.items() if listed}
    if not residents:
        return {}
    capacities = {key: market.places[int(key)].capacity for key in hospitals}
    solved = HospitalResident.create_from_dictionaries(residents, hospitals, capacities).solve(optimal="resident")
    return {int(one.name): int(hospital.name) for hospital, taken in solved.items() for one in taken}


def find_flaws(market: Market, pairs: Pairs) -> list[Flaw]:
    """Everything that speaks against the stability of `pairs`; nothing where they are stable. Knows no algorithm."""
    taken: dict[int, list[int]] = {key: [] for key in market.places}
    for one, key in pairs.items():
        taken[key].append(one)
    flaws = [
        Flaw(one, key, fault)
        for one, key in pairs.items()
        if (fault := _unfit(market.applicants[one], market.places[key])) is not None
    ]
    for place in market.places.values():
        flaws += [Flaw(one, place.key, Fault.FULL) for one in sorted(taken[place.key])[place.capacity :]]
        flaws += [
            Flaw(who.key, place.key, Fault.BLOCKED)
            for who in market.applicants.values()
            if is_possible(who, place) and _would_leave(who, place, pairs) and _would_take(place, who, taken[place.key])
        ]
    return sorted(flaws)


def _unfit(applicant: Applicant, place: Place) -> Fault | None:
    if broken_rules(applicant, place):
        return Fault.RULE
    if place.key not in applicant.wishes:
        return Fault.NOT_WISHED
    return None if applicant.key in place.ranked else Fault.NOT_RANKED


def _would_leave(applicant: Applicant, place: Place, pairs: Pairs) -> bool:
    """Whether the applicant would rather have the place than what they have."""
    now = pairs.get(applicant.key)
    if now is None or now not in applicant.wishes:
        return now != place.key
    return applicant.wishes.index(place.key) < applicant.wishes.index(now)


def _would_take(place: Place, applicant: Applicant, taken: list[int]) -> bool:
    """Whether the host has room for the applicant, or would rather have them than someone it has."""
    if len(taken) < place.capacity:
        return True
    rank = place.ranked.index(applicant.key)
    return any(one not in place.ranked or place.ranked.index(one) > rank for one in taken)

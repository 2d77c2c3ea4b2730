"""The hard rules: what no wish and no ranking outweighs."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from enum import StrEnum

from noaber.core.placements.market import Applicant, Period, Place


class Rule(StrEnum):
    CONSENT = "consent"
    OWN_HOUSE = "own-house"
    FUNCTION = "function"
    LANGUAGE = "language"
    DATES = "dates"


def broken_rules(applicant: Applicant, place: Place) -> tuple[Rule, ...]:
    """Every rule that keeps the applicant from the place; none where they may go."""
    return tuple(_broken(applicant, place))


def _broken(applicant: Applicant, place: Place) -> Iterator[Rule]:
    if not applicant.consented:
        yield Rule.CONSENT
    if applicant.organisation == place.organisation:
        yield Rule.OWN_HOUSE
    if place.functions and applicant.function not in place.functions:
        yield Rule.FUNCTION
    if not _speaks(applicant, place):
        yield Rule.LANGUAGE
    if first_stay(applicant, place) is None:
        yield Rule.DATES


def _speaks(applicant: Applicant, place: Place) -> bool:
    spoken = applicant.languages
    return not place.languages or any(
        language in spoken and spoken[language] >= level for language, level in place.languages.items()
    )


def first_stay(applicant: Applicant, place: Place) -> Period | None:
    """The earliest whole stay that lies in a period of the place while the applicant is free."""
    length = datetime.timedelta(weeks=place.weeks) - datetime.timedelta(days=1)
    for period in sorted(place.periods, key=lambda one: one.begins):
        begins = max(period.begins, applicant.available.begins)
        if begins + length <= min(period.ends, applicant.available.ends):
            return Period(begins, begins + length)
    return None

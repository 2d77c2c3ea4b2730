"""The small parts of a page as values: what a clock, a track or honest minutes show. The tags put them into markup."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from noaber.web import wording

SOON: Final = datetime.timedelta(minutes=15)
USUAL_SPAN: Final = datetime.timedelta(hours=1)
DAY: Final = datetime.timedelta(days=1)
TWO_DAYS: Final = 2 * DAY
PERCENT_STEP: Final = 5

SEVERITIES: Final[dict[str, Promise]] = {
    "extreme": _("Extreme"),
    "severe": _("Severe"),
    "moderate": _("Moderate"),
    "minor": _("Minor"),
    "unknown": _("Unknown"),
}
"""CAP 1.2 severity."""

STATUS_WORDS: Final[dict[str, Promise]] = {
    "Actual": _("ACTUAL"),
    "Exercise": _("EXERCISE"),
    "Test": _("TEST"),
}

LANGUAGE_NAMES: Final[dict[str, Promise]] = {
    "nl": _("Dutch"),
    "fr": _("French"),
    "de": _("German"),
    "en": _("English"),
    "lb": _("Luxembourgish"),
    "da": _("Danish"),
    "sv": _("Swedish"),
    "nb": _("Norwegian"),
    "fi": _("Finnish"),
}

TLP_MEANINGS: Final[dict[str, Promise]] = {
    "RED": _("For the eyes and ears of the named recipients only."),
    "AMBER+STRICT": _("Only within the receiving organisation, for those who need to know."),
    "AMBER": _("Within the receiving organisation and its partners, for those who need to know."),
    "GREEN": _("Within the community; not for publication."),
    "CLEAR": _("No limit on disclosure."),
}
"""TLP 2.0 (FIRST), in our words."""


def percent_class(fraction: float) -> str:
    """`w-0` to `w-100` in steps: widths are classes, since nothing in a page may carry its own style."""
    bounded = min(1.0, max(0.0, fraction))
    return f"w-{round(bounded * 100 / PERCENT_STEP) * PERCENT_STEP}"


@dataclass(frozen=True)
class Clock:
    """What waits until `deadline`, since `since`."""

    deadline: datetime.datetime
    now: datetime.datetime
    since: datetime.datetime

    @property
    def seconds(self) -> float:
        return (self.deadline - self.now).total_seconds()

    @property
    def state(self) -> str:
        """`late`, `soon` or nothing."""
        if self.seconds < 0:
            return "late"
        return "soon" if self.deadline - self.now <= SOON else ""

    @property
    def fraction_left(self) -> float:
        span = (self.deadline - self.since).total_seconds()
        return self.seconds / span if span > 0 else 0.0

    @property
    def width(self) -> str:
        return percent_class(self.fraction_left)

    @property
    def counted(self) -> float:
        """The seconds that the words tell: from two days on, days of the calendar, as a list of due days counts."""
        if abs(self.seconds) < TWO_DAYS.total_seconds():
            return self.seconds
        return wording.days_between(self.now, self.deadline) * DAY.total_seconds()

    @property
    def words(self) -> str:
        return wording.left(self.counted)

    @property
    def big_words(self) -> str:
        return wording.left_big(self.counted)


def make_clock(deadline: datetime.datetime, now: datetime.datetime, since: datetime.datetime | None = None) -> Clock:
    """Without `since` the bar stands for the last hour."""
    return Clock(deadline, now, since if since is not None else deadline - USUAL_SPAN)


@dataclass(frozen=True)
class Step:
    label: str
    state: str
    """`done`, `now` or nothing."""


def make_steps(labels: Sequence[str], current: int) -> list[Step]:
    """The steps of a track; `current` counts from 0, -1 is before the first."""
    return [Step(label, _step_state(index, current)) for index, label in enumerate(labels)]


def _step_state(index: int, current: int) -> str:
    if index < current:
        return "done"
    return "now" if index == current else ""


APPROXIMATE: Final[dict[str, Promise]] = {
    "estimate": _("Estimated from the distance, not from a road network."),
    "estimated": _("Estimated from the distance, not from a road network."),
    "coarse": _("By main roads: approximate, not from a road network."),
}
"""Kinds of minutes that are shown with ≈, and what they rest on."""


def approximate_words(kind: object) -> Promise | None:
    """What minutes of this kind rest on where they are approximate; None where they are routed."""
    return APPROXIMATE.get(str(getattr(kind, "value", kind)).lower())

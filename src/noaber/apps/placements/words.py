"""Codes of exchanges in the reader's language: levels, rules, what became of a wish, why a matching is not stable."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.apps.placements.enums import StaffFunction, WorkLanguage
from noaber.core.placements.reasons import Outcome, WishOutcome
from noaber.core.placements.rules import Rule
from noaber.core.placements.stable import Fault
from noaber.web.wording import day, day_short

RULES: Final[Mapping[Rule, Promise]] = {
    Rule.CONSENT: gettext_lazy("the superior has not agreed"),
    Rule.OWN_HOUSE: gettext_lazy("it is the own organisation"),
    Rule.FUNCTION: gettext_lazy("it is for other functions"),
    Rule.LANGUAGE: gettext_lazy("no language of work is spoken well enough"),
    Rule.DATES: gettext_lazy("the days do not fit"),
}
OUTCOMES: Final[Mapping[Outcome, Promise]] = {
    Outcome.GIVEN: gettext_lazy("given"),
    Outcome.REFUSED: gettext_lazy("the host does not take this applicant"),
    Outcome.NOT_RANKED: gettext_lazy("the host did not rank this applicant"),
    Outcome.FILLED: gettext_lazy("filled by applicants that the host ranked higher"),
    Outcome.NOT_NEEDED: gettext_lazy("not needed: a better wish was given"),
    Outcome.WITHDRAWN: gettext_lazy("no longer offered"),
}
FAULTS: Final[Mapping[Fault, Promise]] = {
    Fault.BLOCKED: gettext_lazy("both would rather have each other"),
    Fault.RULE: gettext_lazy("a rule stands against it"),
    Fault.NOT_WISHED: gettext_lazy("the applicant did not wish it"),
    Fault.NOT_RANKED: gettext_lazy("the host did not rank the applicant"),
    Fault.FULL: gettext_lazy("more people than places"),
}


def days_in_words(first: datetime.date, last: datetime.date) -> str:
    """15 September – 31 October 2025; the year of the first day only where it is another."""
    begins = day_short(first) if first.year == last.year else day(first)
    return f"{begins} – {day(last)}"


def levels_in_words(levels: Mapping[str, str]) -> str:
    """English B2, Swedish B1; empty where there is none."""
    return ", ".join(f"{WorkLanguage(language).label} {level}" for language, level in levels.items())


def functions_in_words(functions: list[str]) -> str:
    """For whom a place is."""
    if not functions:
        return _("everyone")
    return ", ".join(str(StaffFunction(function).label) for function in functions)


def outcome_in_words(wish: WishOutcome) -> str:
    """Why a wish was given or not; no other applicant is named."""
    if wish.outcome == Outcome.RULE:
        return ", ".join(str(RULES[rule]) for rule in wish.rules)
    return str(OUTCOMES[wish.outcome])

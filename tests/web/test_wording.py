"""Numbers, durations and times in words. The sentences themselves are checked where the catalogues are."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.problems import Problem
from noaber.web import clock, wording

AT = datetime.datetime(2021, 7, 14, 16, 34, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def in_the_hague_in_english():
    with timezone.override(ZoneInfo("Europe/Amsterdam")), translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "1.234.567"), ("de", "1.234.567"), ("en", "1,234,567"), ("fr", "1\u202f234\u202f567")]
)
def test_numbers_are_grouped_as_the_language_does(language: str, said: str) -> None:
    with translation.override(language):
        assert wording.number(1234567) == said


@pytest.mark.parametrize(("language", "said"), [("nl", "68,6"), ("fr", "68,6"), ("de", "68,6"), ("en", "68.6")])
def test_decimals_follow_the_language(language: str, said: str) -> None:
    with translation.override(language):
        assert wording.number(68.64, 1) == said


CHECKED_ON = datetime.date(2026, 11, 24)


def test_a_check_is_told_with_its_day() -> None:
    assert wording.checked(CHECKED_ON, "Noaber") == "checked on 24 November 2026 by Noaber"
    assert wording.checked(CHECKED_ON) == "checked on 24 November 2026"
    assert wording.checked_day(CHECKED_ON) == "24 November 2026"


def test_an_exercise_that_plays_before_a_check_does_not_know_its_day(settings: Any) -> None:
    settings.NOABER_STATUS = "Exercise"
    with clock.at(AT):
        assert wording.checked(CHECKED_ON, "Noaber") == "checked by Noaber before the exercise"
        assert wording.checked(CHECKED_ON) == "checked before the exercise"
        assert wording.checked_day(CHECKED_ON) == "before the exercise"
        assert wording.checked(AT.date(), "Noaber") == "checked on 14 July 2021 by Noaber"


def test_money() -> None:
    assert wording.euro(Decimal("31400.00")) == "€31,400"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 min"),
        (-3, "0 min"),
        (38.4, "38 min"),
        (59.5, "1 h"),
        (80, "1 h 20"),
        (65, "1 h 05"),
        (1500, "25 h"),
        (2880, "2 days"),
        (1_804_320, "1,253 days"),
    ],
)
def test_durations_are_as_exact_as_one_can_use(minutes: float, said: str) -> None:
    assert wording.duration(minutes) == said


@given(st.floats(min_value=0, max_value=60 * 47))
def test_a_duration_is_never_off_by_more_than_half_a_minute(minutes: float) -> None:
    with translation.override("en"):
        words = wording.duration(minutes).replace(" min", "").split(" h")
    said = int(words[0]) if len(words) == 1 else int(words[0]) * 60 + int(words[1] or 0)
    assert abs(said - minutes) <= 0.5


@pytest.mark.parametrize(
    ("seconds", "said", "big"),
    [
        (0, "0 min left", "0:00 left"),
        (784, "13 min left", "13:04 left"),
        (4859, "1 h 20 left", "1 h 20 left"),
        (-1, "0 min late", "0 min late"),
        (-375, "6 min late", "6 min late"),
        (366 * 86400, "366 days left", "366 days left"),
        (400 * 86400, "more than a year left", "more than a year left"),
        (-400 * 86400, "400 days late", "400 days late"),
    ],
)
def test_a_clock_says_left_or_late(seconds: float, said: str, big: str) -> None:
    assert wording.left(seconds) == said
    assert wording.left_big(seconds) == big


def test_an_instant_of_today_is_its_hour() -> None:
    assert wording.moment(AT, AT + datetime.timedelta(hours=1)) == "18:34"


def test_an_instant_of_another_day_has_its_date() -> None:
    assert wording.moment(AT, AT + datetime.timedelta(days=1)) == "14 July 18:34"
    assert wording.moment(AT, AT + datetime.timedelta(days=365)) == "14 July 2021 18:34"


def test_the_day_is_the_readers() -> None:
    late = datetime.datetime(2021, 7, 14, 22, 30, tzinfo=datetime.UTC)
    assert wording.day(late) == "15 July 2021"
    assert wording.day_short(late) == "15 July"
    assert wording.day_long(late) == "Thursday 15 July 2021"
    assert wording.moment(late, late + datetime.timedelta(hours=1)) == "00:30"


def test_in_full_has_both_clocks() -> None:
    assert wording.moment_in_full(AT) == "14 July 2021 18:34 (16:34 UTC)"


@pytest.mark.parametrize(("language", "month"), [("nl", "juli"), ("fr", "juillet"), ("de", "Juli"), ("en", "July")])
def test_months_are_in_the_language(language: str, month: str) -> None:
    with translation.override(language):
        assert month in wording.day(AT)


def test_a_problem_is_said_with_its_parameters() -> None:
    problem = Problem("input.reference", params={"kind": "unit", "id": "X"})
    assert wording.problem(problem) == "There is no unit “X” in this input."


@pytest.mark.parametrize(("language", "name"), [("en", "flood rescue by boat"), ("nl", "waterredding met boten")])
def test_a_problem_names_a_capability_in_words(language: str, name: str) -> None:
    with translation.override(language):
        said = wording.problem(Problem("flow.declined", params={"quantity": 2, "capability": "FRB"}))
    assert name.casefold() in said.casefold()
    assert "FRB" not in said


def test_french_counts_the_first_of_a_month_otherwise() -> None:
    first = datetime.date(2025, 9, 1)
    assert wording.day_long(first) == "Monday 1 September 2025"
    with translation.override("fr"):
        said = [wording.day(first), wording.day_short(first), wording.day_long(first), wording.day(AT)]
    assert said == ["1er septembre 2025", "1er septembre", "lundi 1er septembre 2025", "14 juillet 2021"]

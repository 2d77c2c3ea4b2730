"""What an exercise has reached and what lies after it; in real time everything has come."""

from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from noaber.web import clock

EVENING = datetime.datetime(2021, 7, 14, 16, 2, tzinfo=datetime.UTC)
MOMENTS = st.datetimes(datetime.datetime(1990, 1, 1), datetime.datetime(2090, 1, 1), timezones=st.just(datetime.UTC))


@pytest.fixture(autouse=True)
def a_node_of_an_exercise(settings: Any) -> None:
    settings.NOABER_STATUS = "Exercise"


@given(dated=MOMENTS)
def test_in_real_time_everything_has_come(dated: datetime.datetime) -> None:
    assert clock.find_exercise_time() is None
    assert clock.has_come(dated)
    assert clock.has_come(dated.date())


@given(dated=MOMENTS, reached=MOMENTS)
def test_an_exercise_knows_what_is_not_dated_later(dated: datetime.datetime, reached: datetime.datetime) -> None:
    with clock.at(reached):
        assert clock.has_come(dated) == (dated <= reached)
    with clock.at(max(dated, reached)):
        assert clock.has_come(dated)


def test_a_day_has_come_from_its_first_minute_where_the_reader_is() -> None:
    with timezone.override(ZoneInfo("Europe/Brussels")):
        with clock.at(EVENING):
            assert clock.has_come(datetime.date(2021, 7, 14))
            assert not clock.has_come(datetime.date(2021, 7, 15))
        with clock.at(EVENING.replace(hour=22)):
            assert clock.has_come(datetime.date(2021, 7, 15))

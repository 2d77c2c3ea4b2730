"""The course of a deployment on the axis of the desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from noaber.core.timeline import Axis, Bar, Course, Stretch

NOW = datetime(2021, 7, 14, 16, 54, tzinfo=UTC)
MOMENTS = st.none() | st.integers(-2000, 2000).map(lambda minutes: NOW + timedelta(minutes=minutes))
AXIS = Axis(NOW)


def test_the_axis_begins_two_whole_hours_before():
    assert AXIS.hours[0] == datetime(2021, 7, 14, 14, 0, tzinfo=UTC)
    assert (len(AXIS.hours), AXIS.now_minute) == (8, 174)


def test_on_the_way_it_runs_from_setting_out_to_the_arrival():
    course = Course(left_at=NOW - timedelta(minutes=24), arrives_at=NOW + timedelta(minutes=66))
    assert AXIS.bars(course) == [Bar(Stretch.ON_THE_WAY, 150, 240)]


def test_what_has_not_set_out_begins_now_and_stays_as_planned():
    course = Course(arrives_at=NOW + timedelta(minutes=66), until=NOW + timedelta(minutes=126))
    assert AXIS.bars(course) == [Bar(Stretch.ON_THE_WAY, 174, 240), Bar(Stretch.PLANNED, 240, 300)]


def test_at_work_it_stays_as_planned_until_it_is_released():
    arrived = Course(
        left_at=NOW - timedelta(minutes=60),
        arrives_at=NOW - timedelta(minutes=30),
        has_arrived=True,
        until=NOW + timedelta(hours=30),
    )
    on_the_way, at_work = Bar(Stretch.ON_THE_WAY, 114, 144), Bar(Stretch.AT_WORK, 144, 174)
    assert AXIS.bars(arrived) == [on_the_way, at_work, Bar(Stretch.PLANNED, 174, 480)]
    ended = Course(arrived.left_at, arrived.arrives_at, True, arrived.until, NOW - timedelta(minutes=10))
    assert AXIS.bars(ended) == [on_the_way, Bar(Stretch.AT_WORK, 144, 164)]


def test_taken_back_on_the_way_nothing_is_to_come():
    assert AXIS.bars(Course(NOW, NOW + timedelta(hours=1), False, NOW + timedelta(hours=4), NOW)) == []


@given(MOMENTS, MOMENTS, st.booleans(), MOMENTS, MOMENTS)
def test_bars_lie_on_the_axis(left_at, arrives_at, has_arrived, until, ended_at):
    bars = AXIS.bars(Course(left_at, arrives_at, has_arrived, until, ended_at))
    assert all(0 <= bar.begins < bar.ends <= AXIS.minutes for bar in bars)
    planned = [bar for bar in bars if bar.stretch is Stretch.PLANNED]
    assert all(bar.begins >= AXIS.now_minute for bar in planned)
    assert not any(bar.ends > AXIS.now_minute for bar in bars if bar.stretch is Stretch.AT_WORK)

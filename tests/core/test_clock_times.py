"""Times of the clock, as they are typed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.clock_times import Side, read_clock, write_clock

NOW = datetime(2021, 7, 14, 18, 47, 20)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20:12", datetime(2021, 7, 14, 20, 12)),
        ("20.12", datetime(2021, 7, 14, 20, 12)),
        ("20h12", datetime(2021, 7, 14, 20, 12)),
        (" 2012 ", datetime(2021, 7, 14, 20, 12)),
        ("18:47", datetime(2021, 7, 14, 18, 47)),
        ("18:46", datetime(2021, 7, 15, 18, 46)),
        ("1:30", datetime(2021, 7, 15, 1, 30)),
        ("16/7 06:00", datetime(2021, 7, 16, 6, 0)),
        ("16.7. 06:00", datetime(2021, 7, 16, 6, 0)),
        ("1-2 06:00", datetime(2022, 2, 1, 6, 0)),
        ("29/2 06:00", datetime(2024, 2, 29, 6, 0)),
        ("24:00", None),
        ("8 pm", None),
        ("31/2 10:00", None),
        ("", None),
    ],
)
def test_the_next_time_that_the_clock_shows_it(text: str, expected: datetime | None) -> None:
    assert read_clock(text, NOW) == expected


def test_what_was_said_lies_behind() -> None:
    assert read_clock("18:47", NOW, Side.BEHIND) == datetime(2021, 7, 14, 18, 47)
    assert read_clock("23:50", NOW, Side.BEHIND) == datetime(2021, 7, 13, 23, 50)


@given(st.integers(-300_000, 300_000), st.sampled_from(Side))
def test_what_is_written_is_read_again(minutes: int, side: Side) -> None:
    at = NOW.replace(second=0) + timedelta(minutes=abs(minutes) if side is Side.AHEAD else -abs(minutes))
    assert read_clock(write_clock(at, NOW, side), NOW, side) == at

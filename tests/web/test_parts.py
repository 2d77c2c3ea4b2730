"""Clocks, tracks and widths as values."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

import noaber.web
from noaber.core.messages.model import Tlp
from noaber.web import parts

CSS = Path(noaber.web.__file__).parent / "static" / "noaber" / "css"
NOW = datetime.datetime(2021, 7, 14, 16, 41, tzinfo=datetime.UTC)


def minutes(count: float) -> datetime.timedelta:
    return datetime.timedelta(minutes=count)


@pytest.mark.parametrize(("left", "state"), [(38, ""), (15.01, ""), (15, "soon"), (0, "soon"), (-0.01, "late")])
def test_a_clock_is_soon_within_a_quarter_of_an_hour_and_late_after(left: float, state: str) -> None:
    assert parts.make_clock(NOW + minutes(left), NOW).state == state


@pytest.mark.parametrize(
    ("left", "since", "width"),
    [(60, None, "w-100"), (30, None, "w-50"), (13, 20, "w-65"), (-5, 20, "w-0"), (500, 20, "w-100")],
)
def test_the_bar_empties(left: float, since: float | None, width: str) -> None:
    began = None if since is None else NOW + minutes(left - since)
    assert parts.make_clock(NOW + minutes(left), NOW, began).width == width


def test_a_deadline_at_its_own_beginning_has_an_empty_bar() -> None:
    assert parts.make_clock(NOW, NOW, NOW).width == "w-0"


@pytest.mark.parametrize(
    ("deadline", "said"),
    [
        ("2024-11-07T23:59", "42 days late"),
        ("2024-12-17T23:59", "34 h 01 late"),
        ("2024-12-16T23:59", "3 days late"),
        ("2024-12-20T23:59", "37 h 59 left"),
        ("2024-12-31T00:01", "12 days left"),
    ],
)
def test_beyond_two_days_a_clock_counts_days_of_the_calendar(deadline: str, said: str) -> None:
    """As a list does that knows only the day: an action of 7 November is 42 days late on 19 December, at any hour."""
    zone = ZoneInfo("Europe/Brussels")
    now = datetime.datetime(2024, 12, 19, 10, tzinfo=zone)
    clock = parts.make_clock(datetime.datetime.fromisoformat(deadline).replace(tzinfo=zone), now)
    with timezone.override(zone), translation.override("en"):
        assert (clock.words, clock.big_words) == (said, said)


@given(st.floats(allow_nan=False))
def test_every_width_has_its_class(fraction: float) -> None:
    styles = (CSS / "parts.css").read_text(encoding="utf-8")
    name = parts.percent_class(fraction)
    assert re.search(rf"\.{name} {{ --left: {name[2:]}%; }}", styles)


def test_the_steps_of_a_track() -> None:
    labels = ["Committed", "En route", "Arrived"]
    assert [step.state for step in parts.make_steps(labels, 1)] == ["done", "now", ""]
    assert [step.state for step in parts.make_steps(labels, -1)] == ["", "", ""]


@pytest.mark.parametrize(
    ("kind", "word"),
    [("estimate", "distance"), ("Estimated", "distance"), ("coarse", "main roads"), ("routed", ""), ("matrix", "")],
)
def test_what_approximate_minutes_rest_on(kind: str, word: str) -> None:
    words = parts.approximate_words(kind)
    assert words is None if not word else word in str(words)


def test_every_tlp_label_has_its_meaning_and_its_colour() -> None:
    styles = (CSS / "parts.css").read_text(encoding="utf-8")
    for label in Tlp:
        assert parts.TLP_MEANINGS[label.value]
        assert f".tlp--{label.value.partition('+')[0].lower()}" in styles

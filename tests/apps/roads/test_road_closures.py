"""Closing roads and opening them again: who may, who is told, and what a file may say."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from noaber.apps.accounts import feed
from noaber.apps.accounts.enums import Role, Status, TlpLabel
from noaber.apps.accounts.models import Feed, Organisation
from noaber.apps.roads.models import Closure
from noaber.apps.roads.network.geometry import read_closures, shape_of
from noaber.apps.roads.presenters.closures import ClosureState, closure_features, closure_rows
from noaber.apps.roads.queries.closures import closures_at, get_closure, list_closures
from noaber.apps.roads.services.closures import ClosureData, close_roads, open_again, tell_turns
from noaber.core.problems import InvalidInput, NotFound
from noaber.web import clock
from planner_builders import EVENING, Evening, refused
from registry_builders import make_acting
from roads_builders import BRIDGE, close_bridge, later

pytestmark = pytest.mark.every_database

POLYGON = {"type": "Polygon", "coordinates": [[[5.6, 50.5], [5.9, 50.5], [5.9, 50.7], [5.6, 50.5]]]}


def told(organisation: Organisation) -> int:
    row = Feed.objects.filter(organisation=organisation).first()
    return row.version if row else 0


def test_a_closure_reaches_the_group_and_wakes_its_pages(evening: Evening) -> None:
    before = {one: told(one) for one in (evening.nl, evening.se)}
    closure = close_bridge(evening)
    assert [*list_closures(evening.nl, "Exercise")] == [closure]
    assert get_closure(evening.lu, closure.pk) == closure
    assert not list_closures(evening.se, "Exercise")
    assert told(evening.nl) > before[evening.nl]
    assert told(evening.se) == before[evening.se]
    with pytest.raises(NotFound):
        get_closure(evening.se, closure.pk)


def test_red_reaches_nobody_else_and_another_status_is_another_world(evening: Evening) -> None:
    close_bridge(evening, tlp=TlpLabel.RED)
    close_bridge(evening, status=Status.TEST)
    assert not list_closures(evening.nl, "Exercise")
    assert len(list_closures(evening.be, "Exercise")) == 1
    assert len(list_closures(evening.nl, "Test")) == 1


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.POLICY_OFFICER, Role.OBSERVER])
def test_only_duty_officers_and_planners_close_roads(evening: Evening, role: Role) -> None:
    with refused("accounts.role.close-roads"):
        close_bridge(evening, acting=make_acting(evening.be, role))
    assert not Closure.objects.exists()


def test_only_the_owner_opens_a_road_again_and_only_once(evening: Evening) -> None:
    closure = close_bridge(evening)
    with refused("closure.not-owner"):
        open_again(evening.hague, closure)
    before = told(evening.nl)
    with clock.at(later(minutes=40)):
        open_again(evening.brussels, closure)
        with refused("closure.over"):
            open_again(evening.brussels, closure)
    closure.refresh_from_db()
    assert (closure.opened_at, closure.opened_by) == (later(minutes=40), evening.brussels.person)
    assert told(evening.nl) > before
    assert closures_at(evening.be, "Exercise", later(minutes=39)).exists()
    assert not closures_at(evening.be, "Exercise", later(minutes=40)).exists()


def test_one_that_ends_before_it_begins_is_refused_and_nothing_of_its_file_is_kept(evening: Evening) -> None:
    fine = ClosureData(BRIDGE, "fine", EVENING)
    wrong = ClosureData(BRIDGE, "wrong", EVENING, ends_at=EVENING)
    with refused("closure.ends-first"):
        close_roads(evening.brussels, [fine, wrong], status=Status.EXERCISE, language="en")
    assert not Closure.objects.exists()


@pytest.mark.usefixtures("network")
def test_rows_say_whether_it_holds_what_it_closes_and_who_may_open_it(evening: Evening) -> None:
    close_bridge(evening, reason="holds")
    close_bridge(evening, reason="ahead", begins_at=later(hours=3))
    close_bridge(evening, reason="over", begins_at=later(hours=-2), ends_at=later(hours=-1))
    close_bridge(evening, reason="idle", geometry={"type": "Point", "coordinates": [2.0, 48.0]})
    rows = closure_rows(evening.brussels, list_closures(evening.be, "Exercise"), EVENING)
    assert [row.state for row in rows[2:]] == [ClosureState.AHEAD, ClosureState.OVER]
    assert {row.closure.reason: row.shut.stretches for row in rows if row.shut} == {
        "holds": 1,
        "ahead": 1,
        "over": 1,
        "idle": 0,
    }
    assert [row.may_open for row in rows] == [True, True, True, False]
    assert not any(row.may_open for row in closure_rows(evening.hague, list_closures(evening.nl, "Exercise"), EVENING))


def test_what_is_opened_before_it_begins_was_never_closed(evening: Evening) -> None:
    open_again(evening.brussels, close_bridge(evening, begins_at=later(hours=3)))
    (row,) = closure_rows(evening.brussels, list_closures(evening.be, "Exercise"), EVENING)
    assert row.state is ClosureState.CALLED_OFF
    assert not row.may_open


def test_without_a_network_what_it_closes_is_not_known(evening: Evening) -> None:
    close_bridge(evening)
    (row,) = closure_rows(evening.brussels, list_closures(evening.be, "Exercise"), EVENING)
    assert row.shut is None


def test_lines_and_areas_are_drawn_with_a_sign_on_them(evening: Evening) -> None:
    collection = {"type": "GeometryCollection", "geometries": [BRIDGE, POLYGON]}
    close_bridge(evening, geometry=collection)
    close_bridge(evening, geometry={"type": "MultiLineString", "coordinates": [[[5, 50], [6, 50]], [[5, 51], [6, 51]]]})
    kinds = [one["properties"]["kind"] for one in closure_features(Closure.objects.order_by("pk"))]
    assert kinds == ["closure", "closure-area", "closure", *["closure-line", "closure"] * 2]


# Files


def encoded(value: Any) -> bytes:
    return json.dumps(value).encode()


def test_a_file_says_where_why_and_from_when_until_when() -> None:
    said = {"reason": "N61 ", "from": "2021-07-14T18:00:00+02:00", "until": "2021-07-15T06:00:00Z", "lanes": 2}
    features = [
        {"type": "Feature", "geometry": BRIDGE, "properties": said},
        {"type": "Feature", "geometry": POLYGON, "properties": {"name": "The valley", "from": "soon"}},
        {"type": "Feature", "geometry": BRIDGE, "properties": None},
        {"type": "Feature", "geometry": None, "properties": {"reason": "no shape"}},
    ]
    one, other, bare = read_closures(encoded({"type": "FeatureCollection", "features": features}))
    assert (one.reason, one.begins_at, one.ends_at) == ("N61", EVENING, datetime(2021, 7, 15, 6, tzinfo=UTC))
    assert (other.geometry, other.reason, other.begins_at) == (POLYGON, "The valley", None)
    assert (bare.geometry, bare.reason) == (BRIDGE, "")


def test_heights_and_noise_beyond_a_centimetre_are_left_out() -> None:
    (read,) = read_closures(encoded({"type": "LineString", "coordinates": [[5.123456789, 50, 112.5], [6, 51]], "x": 1}))
    assert read.geometry == {"type": "LineString", "coordinates": [[5.1234568, 50.0], [6.0, 51.0]]}
    assert shape_of(read.geometry).parts[0].length > 0


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"road closed", "input.not-json"),
        (b'{"type": "Point", "coordinates": [500, 50]}', "input.type"),
        (b'{"type": "FeatureCollection", "features": []}', "closure.no-shape"),
        (b'{"type": "Feature", "geometry": null}', "closure.no-shape"),
        (b" " * 2_000_001, "closure.file-large"),
        (encoded({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": BRIDGE}] * 1001}),
         "closure.too-many"),
    ],
    ids=["words", "off the Earth", "empty", "no geometry", "large", "many"],
)  # fmt: skip
def test_what_is_no_closure_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(InvalidInput) as error:
        read_closures(data)
    assert error.value.problems[0].code == code


def test_a_closure_that_begins_and_ends_by_its_own_time_wakes_its_readers_once_each(evening: Evening) -> None:
    close_bridge(evening, begins_at=later(hours=1), ends_at=later(hours=2))
    close_bridge(evening, begins_at=later(hours=1), ends_at=later(hours=2), tlp=TlpLabel.RED, groups=[])
    woken = {}
    for minutes in (59, 60, 60, 119, 121, 240):
        before = told(evening.nl), told(evening.be), told(evening.se)
        with clock.at(later(minutes=minutes)):
            tell_turns()
        after = told(evening.nl), told(evening.be), told(evening.se)
        woken.setdefault(minutes, []).append(tuple(b - a for a, b in zip(before, after, strict=True)))
    assert woken == {59: [(0, 0, 0)], 60: [(1, 2, 0), (0, 0, 0)], 119: [(0, 0, 0)], 121: [(1, 2, 0)], 240: [(0, 0, 0)]}


def test_a_clock_that_jumps_tells_once_and_a_road_opened_before_is_not_told_of(evening: Evening) -> None:
    opened = close_bridge(evening, begins_at=later(hours=1), ends_at=later(hours=2))
    close_bridge(evening, begins_at=later(hours=1), ends_at=later(hours=2))
    open_again(evening.brussels, opened)
    before = told(evening.nl)
    with clock.at(later(hours=12)):
        tell_turns()
        tell_turns()
    assert told(evening.nl) == before + 1
    assert not Closure.objects.exclude(turns_at=None).exists()


def test_the_watcher_of_open_pages_looks_for_it(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed.connection, "close", lambda: None)  # the test's own connection goes on
    close_bridge(evening, begins_at=later(hours=1))
    before = feed.read_versions()[evening.nl.pk]
    with clock.at(later(hours=1)):
        assert feed.read_versions()[evening.nl.pk] == before + 1

"""Who is where after how many minutes, borders closed and open: against the same said once more in plain Python."""

from __future__ import annotations

import math

import numpy as np
import pytest
from django.conf import LazySettings

from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.models import Capacity
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.forms.map_query import MapQuery
from noaber.apps.roads.network.minutes import minutes_between
from noaber.apps.roads.presenters.boundary_shares import territory_rows
from noaber.apps.roads.presenters.reach_map import cells_as_file
from noaber.apps.roads.presenters.reach_tables import gaining_rows, place_rows
from noaber.apps.roads.reach.grid import REGIONS, load_grid
from noaber.apps.roads.reach.nearest_responders import nearest_responders
from noaber.apps.roads.reach.reach import KS, Reach, VisibleMeans, reach_of, visible_means
from noaber.apps.roads.services.closures import open_again
from noaber.core.geo import Position
from noaber.reference.boundaries import country_at
from noaber.reference.gazetteer import Place, search
from planner_builders import APPROVAL_MINUTES, EVENING, Evening
from roads_builders import LIEGE, PEPINSTER, close_bridge

PUMPS = MapQuery("HCP", "flood")


def look(reader: Organisation, capability: str = "HCP") -> tuple[VisibleMeans, Reach]:
    seen = visible_means(reader, "Exercise", EVENING, capability=capability, hazard="flood")
    return seen, reach_of(seen)


def index_of(name: str) -> int:
    """Where a place stands in the arrays."""
    ground = load_grid()
    return len(ground.cells) + ground.populated.index(place_of(name))


def place_of(name: str) -> Place:
    return search(name, limit=1)[0]


def expected(evening: Evening, place: Position, country: str, k: int, *, is_open: bool) -> float:
    """The k-th team of the evening's two bases, by hand."""
    arrivals: list[float] = []
    for capacity in Capacity.objects.all():
        is_home = capacity.territory[:2] == country
        if not is_home and not (is_open and {capacity.territory[:2], country} == {"BE", "NL"}):
            continue
        base = Position(capacity.lon, capacity.lat)
        way = minutes_between(evening.be, [base], [place], status="Exercise", at=EVENING).minutes[0, 0]
        arrival = way + capacity.mobilisation_minutes + (0 if is_home else APPROVAL_MINUTES)
        arrivals += [arrival] * capacity.quantity
    return sorted(arrivals)[k - 1] if len(arrivals) >= k else math.inf


@pytest.mark.parametrize("roads", ["estimate", "network"])
def test_every_place_has_the_minutes_that_a_hand_would_find(
    evening: Evening, roads: str, request: pytest.FixtureRequest
) -> None:
    if roads == "network":
        request.getfixturevalue("network")
    evening.own_and_neighbour()
    _seen, reach = look(evening.be)
    for name in ("Pepinster", "Verviers", "Maastricht", "Venlo", "Aachen", "Lille"):
        place, index = place_of(name), index_of(name)
        for column, k in enumerate(KS):
            want = [expected(evening, place.position, place.country, k, is_open=one) for one in (False, True)]
            found = [reach.closed.minutes[index, column], reach.opened.minutes[index, column]]
            assert found == pytest.approx(want, abs=0.01), (name, k)


def test_open_borders_never_take_longer_and_nobody_comes_without_a_text(evening: Evening) -> None:
    evening.own_and_neighbour()
    _seen, reach = look(evening.be)
    assert (reach.opened.minutes <= reach.closed.minutes).all()
    assert np.isinf(reach.opened.minutes[index_of("Lille")]).all()
    assert np.isinf(reach.closed.minutes[index_of("Pepinster"), 1])
    assert np.isfinite(reach.opened.minutes[index_of("Pepinster"), 1])
    assert np.isinf(reach.gain(1)[index_of("Pepinster")])
    assert reach.gain(0)[index_of("Lille")] == 0


def test_what_is_not_seen_does_not_enter(evening: Evening) -> None:
    evening.own_and_neighbour()
    _seen, plain = look(evening.be)
    evening.team(evening.nl, "SECRET", tlp="RED", territory="NL423", lon=5.81, lat=50.57, mobilisation_minutes=1)
    _seen, hidden = look(evening.be)
    assert (hidden.opened.minutes == plain.opened.minutes).all()
    seen, known = look(evening.nl)
    assert "NL-NCC:SECRET" in {unit.id for unit in seen.units}
    assert known.opened.minutes[index_of("Pepinster"), 0] < plain.opened.minutes[index_of("Pepinster"), 0]
    nothing, empty = look(evening.se)
    assert nothing.units == ()
    assert np.isinf(empty.opened.minutes).all()


def test_who_assumes_no_approval_time_has_no_open_border(evening: Evening) -> None:
    evening.own_and_neighbour()
    seen, reach = look(evening.lu)
    assert seen.texts == {}
    assert (reach.opened.minutes == reach.closed.minutes).all()


def test_an_answer_is_kept_for_whoever_sees_the_same_and_made_anew_for_a_change(evening: Evening) -> None:
    evening.own_and_neighbour()
    first = look(evening.be)[1]
    assert look(evening.be)[1] is first
    evening.team(evening.be, "NAMUR", territory="BE352", lon=4.87, lat=50.47)
    assert look(evening.be)[1] is not first


@pytest.mark.usefixtures("network")
def test_minutes_follow_a_closure_and_are_the_former_ones_when_it_ends(evening: Evening) -> None:
    evening.own_and_neighbour()
    pepinster = index_of("Pepinster")
    _seen, before = look(evening.be)
    closure = close_bridge(evening)
    _seen, closed = look(evening.be)
    assert closed.closed.minutes[pepinster, 0] > before.closed.minutes[pepinster, 0] + 20
    assert before.kind(before.closed, pepinster, 0) is MinutesKind.ROUTED
    assert before.kind(before.closed, index_of("Namur"), 0) is MinutesKind.ESTIMATE
    open_again(evening.brussels, closure)
    _seen, after = look(evening.be)
    for one in ("closed", "opened"):
        assert (getattr(after, one).minutes == getattr(before, one).minutes).all()
        assert (getattr(after, one).units == getattr(before, one).units).all()


# Tables


def test_people_are_counted_by_region(evening: Evening) -> None:
    evening.own_and_neighbour()
    _seen, reach = look(evening.be)
    belgium = next(row for row in territory_rows(reach, PUMPS) if row.name == "Belgium")
    people, closed = 0, 0
    for number, place in enumerate(load_grid().populated):
        if place.country == "BE":
            people += place.population
            closed += place.population * (reach.closed.minutes[len(load_grid().cells) + number, 0] <= 60)
    assert belgium.people == people
    assert belgium.closed == pytest.approx(closed / people)
    everyone = territory_rows(reach, PUMPS)[-1]
    assert everyone.people == sum(row.people for row in territory_rows(reach, PUMPS)[:-1])
    assert len(territory_rows(reach, PUMPS)) == len(REGIONS) + 1


def test_places_say_who_comes_under_which_text(evening: Evening) -> None:
    evening.own_and_neighbour()
    seen, reach = look(evening.be)
    rows = {row.place.geonameid: row for row in place_rows(seen, reach, MapQuery("HCP", "flood", k=3))}
    pepinster, venlo = (rows[place_of(name).geonameid] for name in ("Pepinster", "Venlo"))
    assert pepinster.closed is None
    assert pepinster.opened is not None
    assert (pepinster.opened.unit.owner, pepinster.opened.text) == ("NL-NCC", "NL-BE-1984")
    assert venlo.opened is not None
    assert (venlo.opened.text, venlo.gain) == ("", 0)


def test_the_places_that_gain_most_come_first(evening: Evening) -> None:
    evening.own_and_neighbour()
    seen, reach = look(evening.be)
    rows = gaining_rows(seen, reach, PUMPS, most=10)
    gains = [math.inf if row.gain is None else row.gain for row in rows]
    assert gains == sorted(gains, reverse=True)
    assert min(gains) >= 10
    assert all(row.place.population >= 1000 for row in rows)


# The map


def test_every_hexagon_lies_in_its_country(evening: Evening) -> None:
    ground = load_grid()
    assert len(ground.cells) == len(set(ground.cells)) > 1500
    for place, shape in list(zip(ground.places, ground.shapes, strict=False))[::100]:
        assert country_at(place.position.lon, place.position.lat) == place.country
        assert shape["coordinates"][0][0] == shape["coordinates"][0][-1]


def test_a_file_has_every_hexagon_with_its_numbers(evening: Evening) -> None:
    evening.own_and_neighbour()
    _seen, reach = look(evening.be)
    features = list(cells_as_file(reach, PUMPS))
    assert [one["properties"]["h3"] for one in features] == list(load_grid().cells)
    known = [one for one in features if one["properties"]["open"] is not None]
    assert len(known) < len(features)
    assert {one["properties"]["kind"] for one in known} == {"estimate"}


# A click


@pytest.mark.usefixtures("network")
def test_a_click_says_who_would_come_with_each_leg(evening: Evening) -> None:
    evening.own_and_neighbour()
    seen, reach = look(evening.be)
    place = place_of("Pepinster")
    found = nearest_responders(seen, place.position, k=3)
    assert (found.name, found.territory) == ("Pepinster", "BE335")
    first, second = found.responders
    assert [first.unit.id, second.unit.id] == ["BE-NCCN:LIEGE", "NL-NCC:EINDHOVEN"]
    assert (first.kind, second.kind) == (MinutesKind.ROUTED, MinutesKind.ESTIMATE)
    assert (first.approval, first.text) == (0, None)
    assert (second.approval, second.text and second.text.agreement.id) == (APPROVAL_MINUTES, "NL-BE-1984")
    for one in found.responders:
        assert one.total == pytest.approx(one.approval + one.unit.mobilisation_minutes + one.travel)
    assert (found.closed, found.opened, found.gain) == (None, second, None)
    assert second.total == pytest.approx(reach.opened.minutes[index_of("Pepinster"), 1], abs=0.01)


def test_off_the_map_and_without_bases_nobody_comes(evening: Evening, settings: LazySettings) -> None:
    evening.own_and_neighbour()
    assert nearest_responders(look(evening.be)[0], Position(3.0, 53.0), 1).territory == ""
    assert nearest_responders(look(evening.se)[0], Position(*PEPINSTER), 1).responders == ()
    far_from_any_place = nearest_responders(look(evening.be)[0], Position(*LIEGE), 1)
    assert far_from_any_place.closed == far_from_any_place.opened
    assert far_from_any_place.gain == 0

"""How long from here to there: routed on the network where there is one, estimated where not, pair by pair."""

from __future__ import annotations

import itertools
import logging
from pathlib import Path

import numpy as np
import pytest
from django.conf import LazySettings

from noaber.apps.accounts.enums import Status, TlpLabel
from noaber.apps.planner.queries.requested import Requested
from noaber.apps.planner.queries.situation import build_problem
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.network.minutes import Minutes, minutes_between
from noaber.apps.roads.presenters.provenance import Provenance, minutes_provenance
from noaber.apps.roads.services.closures import open_again
from noaber.core.geo import Position, distance_km
from noaber.core.planning.problem import EstimatedTravel, MatrixTravel
from noaber.web import clock
from planner_builders import EVENING, Evening
from roads_builders import EINDHOVEN, LIEGE, NORTH, PEPINSTER, ROADS, WEST, close_bridge, install_network, later

BASES = [Position(*LIEGE), EINDHOVEN]
PLACES = [Position(*PEPINSTER), Position(*WEST)]


def ask(evening: Evening, *, status: str = "Exercise", at=EVENING, reader=None) -> Minutes:
    return minutes_between(reader or evening.be, BASES, PLACES, status=status, at=at)


def estimated(base: Position, place: Position) -> float:
    return distance_km(base, place) * 1.3


def driven(*points: tuple[float, float]) -> float:
    """Minutes along the points at 70 km/h."""
    legs = itertools.pairwise(points)
    return sum(distance_km(Position(*a), Position(*b)) for a, b in legs) / 70 * 60


DIRECT = driven(LIEGE, WEST, (5.70, 50.595), PEPINSTER)
AROUND = driven(LIEGE, WEST, NORTH, (5.70, 50.595), PEPINSTER)


def test_without_a_network_everything_is_estimated(evening: Evening) -> None:
    found = ask(evening)
    assert not found.are(MinutesKind.ROUTED).any()
    assert found.minutes == pytest.approx(np.array([[estimated(a, b) for b in PLACES] for a in BASES]))
    assert found.kind(0, 0) is MinutesKind.ESTIMATE


@pytest.mark.usefixtures("network")
def test_with_one_pairs_on_it_are_routed_and_the_others_estimated(evening: Evening) -> None:
    found = ask(evening)
    assert found.are(MinutesKind.ROUTED).tolist() == [[True, True], [False, False]]
    assert found.minutes[0] == pytest.approx([DIRECT, driven(LIEGE, WEST)], abs=0.001)
    assert found.minutes[1, 0] == pytest.approx(estimated(EINDHOVEN, PLACES[0]))


@pytest.mark.usefixtures("network")
def test_a_closed_bridge_lengthens_the_way_and_opening_it_restores_it_exactly(evening: Evening) -> None:
    before = ask(evening).minutes
    closure = close_bridge(evening)
    closed = ask(evening)
    assert closed.minutes[0] == pytest.approx([AROUND, driven(LIEGE, WEST)], abs=0.001)
    assert (closed.minutes[1] == before[1]).all()
    open_again(evening.brussels, closure)
    assert (ask(evening).minutes == before).all()


@pytest.mark.usefixtures("network")
def test_where_no_road_is_left_there_are_no_minutes(evening: Evening) -> None:
    around = {"type": "LineString", "coordinates": [[5.6, 50.7], [5.8, 50.7]]}
    close_bridge(evening)
    close_bridge(evening, geometry=around, reason="The way around")
    found = ask(evening)
    assert np.isinf(found.minutes[0, 0])
    assert found.kind(0, 0) is MinutesKind.ROUTED


@pytest.mark.usefixtures("network")
def test_a_closure_holds_from_its_beginning_to_its_end(evening: Evening) -> None:
    close_bridge(evening, begins_at=later(hours=1), ends_at=later(hours=2))
    moments = [later(minutes=59), later(hours=1), later(minutes=119), later(hours=2)]
    assert [ask(evening, at=at).minutes[0, 0] > DIRECT + 1 for at in moments] == [False, True, True, False]


@pytest.mark.usefixtures("network")
def test_a_closure_of_an_exercise_or_of_others_changes_nothing(evening: Evening) -> None:
    close_bridge(evening, acting=evening.hague, tlp=TlpLabel.RED, groups=[])
    close_bridge(evening, status=Status.TEST)
    assert ask(evening).minutes[0, 0] == pytest.approx(DIRECT, abs=0.001)
    assert ask(evening, reader=evening.nl).minutes[0, 0] > DIRECT + 1
    assert ask(evening, status="Test").minutes[0, 0] > DIRECT + 1


def test_a_network_that_is_built_anew_is_opened_and_one_that_is_gone_is_missed(
    evening: Evening, settings: LazySettings, tmp_path: Path
) -> None:
    install_network(settings, tmp_path)
    slow = ask(evening).minutes[0, 0]
    install_network(settings, tmp_path, ROADS.replace("highway=primary", "highway=motorway oneway=no"))
    assert ask(evening).minutes[0, 0] == pytest.approx(slow * 70 / 110, abs=0.001)
    (tmp_path / "network").rename(tmp_path / "elsewhere")
    assert not ask(evening).are(MinutesKind.ROUTED).any()


@pytest.mark.usefixtures("network")
def test_a_damaged_network_is_told_to_the_log_and_minutes_are_estimated(
    evening: Evening, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    (settings.NOABER_NETWORK / "lon.npy").unlink()
    with caplog.at_level(logging.WARNING):
        assert not ask(evening).are(MinutesKind.ROUTED).any()
        assert not ask(evening).are(MinutesKind.ROUTED).any()
    assert caplog.text.count("lon.npy") == 1


@pytest.mark.usefixtures("network")
def test_it_is_said_how_minutes_were_got(evening: Evening) -> None:
    close_bridge(evening)
    pepinster = minutes_provenance(evening.be, PLACES[0], status="Exercise", at=EVENING)
    assert pepinster == Provenance(MinutesKind.ROUTED, EVENING.date(), is_day_built=True, closures=1)
    assert minutes_provenance(evening.be, EINDHOVEN, status="Exercise", at=EVENING) == Provenance(MinutesKind.ESTIMATE)


def test_a_plan_reads_the_same_minutes(evening: Evening, settings: LazySettings, tmp_path: Path) -> None:
    evening.own_and_neighbour()
    incident = evening.incident()
    plain = build_problem(evening.be, [incident], EVENING, include_unknown=False, asked=Requested())
    assert isinstance(plain.problem.travel, EstimatedTravel)
    assert set(plain.kinds.values()) == {MinutesKind.ESTIMATE}
    install_network(settings, tmp_path)
    with clock.at(EVENING):
        routed = build_problem(evening.be, [incident], EVENING, include_unknown=False, asked=Requested())
    way = ("BE-NCCN:LIEGE", incident.number)
    assert [one for one, kind in routed.kinds.items() if kind is MinutesKind.ROUTED] == [way]
    assert isinstance(routed.problem.travel, MatrixTravel)
    assert routed.problem.travel.minutes["BE-NCCN:LIEGE"][incident.number] == pytest.approx(DIRECT, abs=0.001)

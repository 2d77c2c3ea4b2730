"""The overview says of every capability at once what reach says one by one, borders closed and open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from core.reach.reach_cases import question_of, write_case
from core.traveltime.road_files import town, write_roads
from noaber.core.reach.answer import reach
from noaber.core.reach.nearest import DrivenNearest
from noaber.core.reach.overview import Overview, Surveyor
from noaber.core.reach.question import Borders, Question
from noaber.core.traveltime.network import RoadNetwork, build_network
from noaber.core.traveltime.roads import Roads, close_roads, open_roads


@pytest.fixture
def network(tmp_path: Path) -> RoadNetwork:
    path = write_roads(tmp_path / "a.osm.pbf", "\n".join(town(7, seed=5)))
    return build_network([path], datetime(2021, 7, 14, tzinfo=UTC))


def firsts(question: Question, roads: Roads, borders: Borders) -> np.ndarray:
    """(p, c) float64, minutes of the first team, asked for capability by capability."""
    asked = replace(question, borders=borders, ks=(1,))
    found = reach(asked, DrivenNearest(roads, question.units, question.places))
    return np.concatenate([one.minutes for one in found.values()], axis=1)


@pytest.mark.parametrize("hazard", [None, "flood"])
@pytest.mark.parametrize("seed", range(3))
def test_the_overview_is_the_first_of_every_reach(
    network: RoadNetwork, tmp_path: Path, seed: int, hazard: str | None
) -> None:
    question = replace(question_of(write_case(tmp_path, (5.99, 50.69, 6.05, 50.73), seed)), hazard=hazard)
    surveyor, roads = Surveyor(question, network), open_roads(network)
    for closed in ([], [0, 3, 11, 40, 41], []):
        roads = close_roads(roads, np.array(closed, dtype=np.int64))
        found = surveyor.look(roads)
        assert found.capabilities == question.capabilities
        np.testing.assert_allclose(found.own, firsts(question, roads, Borders.CLOSED), atol=1e-9)
        np.testing.assert_allclose(found.permitted, firsts(question, roads, Borders.OPEN), atol=1e-9)
        assert (found.gain >= 0).all()


def test_a_gain_is_infinite_where_only_neighbours_come_and_nothing_where_nobody_does() -> None:
    own, permitted = np.array([[30.0, np.inf, np.inf]]), np.array([[20.0, 45.0, np.inf]])
    assert Overview(("A", "B", "C"), own, permitted).gain.tolist() == [[10.0, np.inf, 0.0]]


def test_without_units_or_places_there_is_nothing_to_see(network: RoadNetwork, tmp_path: Path) -> None:
    question = question_of(write_case(tmp_path, (5.99, 50.69, 6.05, 50.73), 1))
    roads = open_roads(network)
    assert Surveyor(replace(question, places=()), network).look(roads).own.shape == (0, 3)
    assert Surveyor(replace(question, units=()), network).look(roads).own.shape == (25, 0)

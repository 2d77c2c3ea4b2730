"""The map's reach on a Dask cluster of two workers: the same minutes; one that is gone costs one line of the log."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import numpy as np
import pytest
from distributed import LocalCluster

from noaber import cluster
from noaber.apps.roads.reach import computing
from noaber.apps.roads.reach import reach as site_reach
from noaber.apps.roads.reach.reach import Reach, reach_of, visible_means
from planner_builders import EVENING, Evening, client_of
from roads_builders import close_bridge


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a cluster of two workers in this process."""
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=False,
        protocol="tcp",
        host="127.0.0.1",
        scheduler_port=0,
        dashboard_address="127.0.0.1:0",
    ) as running:
        yield running.scheduler_address


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer of another test, and no cluster that it left alone."""
    monkeypatch.delenv(cluster.SETTING, raising=False)
    monkeypatch.setattr(computing._Pause, "until", 0.0)
    site_reach._kept.clear()


def look(evening: Evening) -> Reach:
    site_reach._kept.clear()
    return reach_of(visible_means(evening.be, "Exercise", EVENING, capability="HCP", hazard="flood"))


def assert_same(one: Reach, other: Reach) -> None:
    assert one.kinds == other.kinds
    for found, expected in (
        (one.closed, other.closed),
        (one.opened, other.opened),
        *zip(one.on, other.on, strict=True),
    ):
        for name, array in vars(found).items():
            np.testing.assert_array_equal(array, getattr(expected, name))


@pytest.mark.parametrize("roads", ["estimate", "network", "closed", "main_roads"])
def test_two_workers_find_the_same_minutes(
    evening: Evening, scheduler: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, roads: str
) -> None:
    if roads == "main_roads":
        request.getfixturevalue("main_roads")
    elif roads != "estimate":
        request.getfixturevalue("network")
    evening.own_and_neighbour()
    if roads == "closed":
        close_bridge(evening)
    alone = look(evening)
    assert any(on.places.any() for on in alone.on) == (roads != "estimate")
    monkeypatch.setenv(cluster.SETTING, scheduler)
    monkeypatch.setattr(computing, "reach", None)  # this process itself would find nothing
    assert_same(look(evening), alone)


def test_a_cluster_that_is_gone_is_said_once_and_the_page_answers(
    evening: Evening, network: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    evening.own_and_neighbour()
    alone = look(evening)
    with LocalCluster(
        n_workers=0, processes=False, protocol="tcp", host="127.0.0.1", scheduler_port=0, dashboard_address=None
    ) as running:
        monkeypatch.setenv(cluster.SETTING, running.scheduler_address)
    with caplog.at_level(logging.WARNING, logger="noaber"):
        assert_same(look(evening), alone)
        site_reach._kept.clear()
        page = client_of(evening.brussels).get("/map/?capability=HCP")
    assert page.status_code == 200
    said = [record.getMessage() for record in caplog.records if record.name.startswith("noaber")]
    assert [text.partition(": ")[0] for text in said] == ["Reach is computed on this machine for the next minute"]
    assert "No Dask scheduler answers at tcp://127.0.0.1:" in said[0]


def test_it_is_asked_again_after_the_pause(evening: Evening, scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    evening.own_and_neighbour()
    monkeypatch.setenv(cluster.SETTING, "tcp://127.0.0.1:1")
    alone = look(evening)
    assert computing._Pause.until > 0
    monkeypatch.setattr(computing._Pause, "until", 0.0)
    monkeypatch.setenv(cluster.SETTING, scheduler)
    monkeypatch.setattr(computing, "reach", None)
    assert_same(look(evening), alone)

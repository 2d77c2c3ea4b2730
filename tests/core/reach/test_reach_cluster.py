"""Reach on a Dask cluster of two workers: the same answer; what goes wrong there is one line; without it, no Dask."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from distributed import LocalCluster

from core.reach.reach_cases import question_of, write_case
from core.traveltime.road_files import limited, town, write_roads
from noaber import cluster
from noaber.cli.main import main
from noaber.core.problems import InvalidInput
from noaber.core.reach.answer import reach
from noaber.core.reach.nearest import nearest_of
from noaber.core.reach.parts import answer_part, describe_roads, joined, part_edges
from noaber.core.traveltime.roads import open_roads
from noaber.core.traveltime.storage import open_network

BELT = {"type": "LineString", "coordinates": [[5.9, 50.705], [6.012, 50.706]]}
ON_ROADS = ("--network", "net", "--closures", "closed.geojson")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """Units, places, texts, a closure and a network, in the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(cluster.SETTING, raising=False)
    write_roads(tmp_path / "town.osm.pbf", "\n".join(limited(town(6, seed=12), seed=4)))
    plain = write_case(tmp_path, (5.99, 50.69, 6.03, 50.72), 3)
    (tmp_path / "agreements.json").write_text(json.dumps({"agreements": plain.agreements}))
    (tmp_path / "closed.geojson").write_text(json.dumps(BELT))
    assert main(["network", "build", "town.osm.pbf", "-o", "net"]) == 0
    capsys.readouterr()
    return tmp_path


def local_cluster(n_workers: int) -> LocalCluster:
    """In this process, on ports that the system chooses."""
    ports = {"scheduler_port": 0, "dashboard_address": "127.0.0.1:0"}
    return LocalCluster(
        n_workers=n_workers, threads_per_worker=1, processes=False, protocol="tcp", host="127.0.0.1", **ports
    )


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a cluster of two workers."""
    with local_cluster(2) as running:
        yield running.scheduler_address


def answered(*options: str) -> bytes:
    arguments = ["units.csv", "places.csv", "--agreements", "agreements.json", "-k", "1", "-k", "3", "-k", "20"]
    assert main(["reach", *arguments, *options, "-o", "answer.csv"]) == 0
    return Path("answer.csv").read_bytes()


@pytest.mark.parametrize(
    "options", [(), ON_ROADS, (*ON_ROADS, "--vehicle", "heavy"), ("--network", "net", "--borders", "closed")]
)
def test_two_workers_find_the_same_minutes(
    folder: Path, scheduler: str, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    alone = answered(*options)
    monkeypatch.setenv(cluster.SETTING, scheduler)
    monkeypatch.setattr("noaber.core.reach.answer.reach", None)  # this process itself would find nothing
    assert answered(*options) == alone


@pytest.mark.parametrize("n_parts", [1, 2, 7, 25, 400])
def test_parts_join_to_the_whole(folder: Path, n_parts: int) -> None:
    question = question_of(write_case(folder, (5.99, 50.69, 6.03, 50.72), 8))
    edges = part_edges(len(question.places), n_parts)
    assert (edges[0], edges[-1], len(edges)) == (0, 25, min(n_parts, 25) + 1)
    whole = reach(question, nearest_of(question, None))
    parts = joined([answer_part(question, low, high) for low, high in pairwise(edges)])
    assert list(parts) == list(whole)
    for capability, found in parts.items():
        for name, array in vars(found).items():
            np.testing.assert_array_equal(array, getattr(whole[capability], name))


def test_without_places_there_is_one_empty_part() -> None:
    assert part_edges(0, 8) == [0, 0]


def refused(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert main(["reach", "units.csv", "places.csv", *options]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return err


@pytest.mark.parametrize("address", ["nowhere", "tcp://127.0.0.1:port", "ftp://127.0.0.1:1"])
def test_an_address_that_is_none_is_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    monkeypatch.setenv(cluster.SETTING, address)
    assert refused(capsys).startswith(f"NOABER_DASK_SCHEDULER: No Dask scheduler answers at {address}: ")


def test_a_scheduler_that_does_not_answer_is_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE_SECONDS", 0.5)
    with socket.socket() as held:  # bound, and nobody listens
        held.bind(("127.0.0.1", 0))
        monkeypatch.setenv(cluster.SETTING, f"tcp://127.0.0.1:{held.getsockname()[1]}")
        assert "No Dask scheduler answers at tcp://127.0.0.1:" in refused(capsys)


def test_a_cluster_without_workers_is_one_line(folder: Path) -> None:
    """Asked by a process of its own: what the scheduler in this one writes is not the command's."""
    with local_cluster(0) as running:
        command = [sys.executable, "-m", "noaber.cli.main", "reach", "units.csv", "places.csv"]
        environment = {**os.environ, cluster.SETTING: running.scheduler_address}
        told = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout, told.stderr.count("\n")) == (2, "", 1)
    assert "has no workers" in told.stderr


def test_a_worker_without_the_network_or_with_another_says_so(folder: Path, scheduler: str) -> None:
    question = question_of(write_case(folder, (5.99, 50.69, 6.03, 50.72), 3))
    here = describe_roads(open_roads(open_network(Path("net"))), Path("net"))
    for there, said in (
        (replace(here, folder=folder / "nowhere"), "There is no road network in this folder"),
        (replace(here, built_at=here.built_at + timedelta(days=1)), "A worker has another road network"),
    ):
        with pytest.raises(InvalidInput) as caught:
            cluster.reach_on_cluster(scheduler, [question], there)
        assert said in str(caught.value.problems[0])
        assert caught.value.source.endswith(str(there.folder))


def lose_the_disk(*_: object) -> None:
    raise OSError(5, "Input/output error")


def test_a_worker_that_fails_is_one_line(
    folder: Path, scheduler: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(cluster.SETTING, scheduler)
    monkeypatch.setattr(cluster, "answer_part", lose_the_disk)
    assert "did not answer the question: [Errno 5] Input/output error." in refused(capsys)


def test_without_the_package_the_extra_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(cluster.SETTING, "tcp://127.0.0.1:8786")
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "install noaber[cluster]" in refused(capsys)


def test_without_the_setting_dask_is_not_imported(folder: Path) -> None:
    program = (
        "import sys; from noaber.cli.main import main\n"
        "assert main(['reach', 'units.csv', 'places.csv', '--network', 'net', '-o', 'alone.csv']) == 0\n"
        "assert not {'dask', 'distributed'} & set(sys.modules)\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != cluster.SETTING}
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, env=environment)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")

"""What is around the building of a network: is a file complete, how far is it, and who put which folder where."""

from __future__ import annotations

import errno
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.traveltime.road_files import extract, town, write_roads
from noaber.core.problems import InvalidInput, Problem
from noaber.core.traveltime import folder, osm
from noaber.core.traveltime.folder import put_in_place
from noaber.core.traveltime.network import build_network
from noaber.core.traveltime.pbf import check_pbf
from noaber.core.traveltime.progress import (
    Phase,
    Step,
    Told,
    decode_told,
    disk_problem,
    encode_problem,
    encode_step,
)
from noaber.core.traveltime.reading import read_so_far

BUILT_AT = datetime(2021, 7, 14, tzinfo=UTC)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = write_roads(tmp_path_factory.mktemp("pbf") / "town.osm.pbf", "\n".join(town(12, seed=3)))
    return path.read_bytes()


def code_of(path: Path, content: bytes) -> str:
    """Why the file is refused; nothing where it is taken."""
    path.write_bytes(content)
    try:
        check_pbf(path)
    except InvalidInput as error:
        return error.problems[0].code
    return ""


def test_a_whole_extract_is_taken(tmp_path: Path, whole: bytes) -> None:
    assert code_of(tmp_path / "a.osm.pbf", whole) == ""
    check_pbf(extract("neuss", tmp_path))


def test_wherever_it_is_cut_off_it_is_refused(tmp_path: Path, whole: bytes) -> None:
    lengths = {0, 1, 3, 4, 5, 20, len(whole) // 3, len(whole) // 2, len(whole) - 1}
    found = {length: code_of(tmp_path / "a.osm.pbf", whole[:length]) for length in lengths}
    assert set(found.values()) == {"network.foreign", "network.cut-off"}
    assert found[len(whole) - 1] == "network.cut-off"


@given(st.binary(max_size=200))
def test_other_bytes_are_never_taken(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    assert code_of(tmp_path_factory.getbasetemp() / "b.osm.pbf", content) in {"network.foreign", "network.cut-off"}


def test_steps_come_in_the_order_of_the_phases_and_the_share_never_falls(tmp_path: Path) -> None:
    paths = [write_roads(tmp_path / f"{n}.osm.pbf", "\n".join(town(4, seed=n))) for n in (1, 2)]
    told: list[Step] = []
    build_network(paths, BUILT_AT, told.append)
    phases = [step.phase for step in told]
    assert phases == [Phase.WAYS, Phase.WAYS, *list(Phase)[1:-1]]
    shares = [step.share for step in told]
    assert shares == sorted(set(shares))
    assert 0 == shares[0] < shares[-1] < Step(Phase.WRITING, "", 1.0).share == pytest.approx(1)


def test_within_a_large_file_the_share_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(osm, "_MEASURED", 100)
    told: list[Step] = []
    build_network([write_roads(tmp_path / "a.osm.pbf", "\n".join(town(12, seed=1)))], BUILT_AT, told.append)
    for phase in (Phase.WAYS, Phase.NODES):
        done = [step.done for step in told if step.phase is phase]
        assert len(done) > 2
        assert 0 == done[0] < done[1] <= done[-1] <= 1
        assert done == sorted(done)


def test_of_a_file_that_nobody_reads_nothing_was_read(tmp_path: Path) -> None:
    assert read_so_far(tmp_path / "none") == 0
    (tmp_path / "some").write_bytes(b"x" * 10)
    assert read_so_far(tmp_path / "some") == 0
    with (tmp_path / "some").open("rb") as file:
        file.seek(4)
        assert read_so_far(tmp_path / "some") == pytest.approx(0.4 if sys.platform == "linux" else 0)
    assert read_so_far(tmp_path / "some", is_begun=True) == (1 if sys.platform == "linux" else 0)


def test_what_is_told_as_a_line_is_read_as_it_was() -> None:
    step = Step(Phase.NODES, "Reading ...", 0.5)
    assert decode_told(encode_step(step)) == Told(Phase.NODES, round(step.share, 3))
    problem = Problem("network.not-osm", "a.osm.pbf", {"reason": "“é”\nline"})
    assert decode_told(encode_problem(problem)) == Told(problem=problem)
    assert "\n" not in encode_problem(problem)


def test_a_full_disk_is_told_from_another_trouble() -> None:
    assert disk_problem(OSError(errno.ENOSPC, "No space left on device")).code == "network.no-space"
    assert disk_problem(PermissionError(errno.EACCES, "Permission denied")).params == {"reason": "Permission denied"}


@pytest.mark.parametrize("in_one_step", [True, False])
def test_a_folder_takes_the_place_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_one_step: bool
) -> None:
    if not in_one_step:
        monkeypatch.setattr(folder, "_exchange", lambda one, other: False)
    for content in ("first", "second"):
        new = tmp_path / "work" / content
        new.mkdir(parents=True)
        (new / "what").write_text(content)
        put_in_place(new, tmp_path / "network")
        assert (tmp_path / "network" / "what").read_text() == content

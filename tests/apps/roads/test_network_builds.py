"""Building a road network for the site: who may, one at a time, done, failed, cancelled, and a process that is gone."""

from __future__ import annotations

import errno
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.traveltime.road_files import write_roads
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role
from noaber.apps.accounts.models import Feed
from noaber.apps.roads.enums import BuildState
from noaber.apps.roads.models import NetworkBuild
from noaber.apps.roads.network.installed import find_network
from noaber.apps.roads.services import build_worker, builds, extracts
from noaber.apps.roads.services.builds import Ended
from noaber.apps.roads.services.processes import start_building
from noaber.core.problems import InvalidInput
from noaber.core.traveltime.progress import Phase, Told
from planner_builders import Evening, refused
from registry_builders import make_acting, make_organisation
from roads_builders import ROADS, install_network

pytestmark = pytest.mark.every_database

Started = list[int]
FIRST_ROADS = "\n".join(["node 1 5.5 50.6", "node 2 5.6 50.6", "way 1 1-2 highway=primary"])


@pytest.fixture
def started(evening: Evening, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Started:
    """A data directory with an extract in its folder; builds that are asked for are noted, and wait."""
    settings.DATA, settings.NOABER_NETWORK = tmp_path, tmp_path / "network"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    write_roads(extracts.extracts_folder() / "vesdre.osm.pbf", ROADS)
    asked: Started = []
    monkeypatch.setattr(builds, "start_follower", asked.append)
    return asked


@pytest.fixture
def keeper(evening: Evening) -> Acting:
    return make_acting(evening.be, Role.ADMINISTRATOR)


def ask(keeper: Acting, *names: str) -> NetworkBuild:
    return builds.ask_build(keeper, names or ("vesdre.osm.pbf",))


def carried_out(build: NetworkBuild) -> NetworkBuild:
    build_worker.run_build(build.pk)
    build.refresh_from_db()
    return build


def left_behind(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in tmp_path.iterdir() if path.name not in {"extracts", "network", "uploads"})


def upload(keeper: Acting, name: str, content: bytes) -> str:
    return extracts.take_in(keeper, SimpleUploadedFile(name, content))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_build_cancel_and_bring_extracts(
    evening: Evening, started: Started, keeper: Acting, role: Role
) -> None:
    build, other = ask(keeper), make_acting(evening.be, role)
    with refused("accounts.role.manage-installation"):
        ask(other)
    with refused("accounts.role.manage-installation"):
        builds.cancel_build(other, build.pk)
    with refused("accounts.role.manage-installation"):
        upload(other, "a.osm.pbf", b"")
    with refused("accounts.role.manage-installation"):
        extracts.remove_extract(other, "vesdre.osm.pbf")


def test_an_organisation_that_works_elsewhere_changes_nothing_here(started: Started) -> None:
    elsewhere = make_acting(make_organisation("DE-NW", connected=False), Role.ADMINISTRATOR)
    with refused("accounts.role.manage-installation"):
        ask(elsewhere)


def test_one_is_built_at_a_time_and_its_process_is_started(
    started: Started, keeper: Acting, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        build = ask(keeper)
    assert started == [build.pk]
    with refused("build.runs"):
        ask(keeper)
    assert NetworkBuild.objects.get() == build


@pytest.mark.parametrize(("names", "code"), [((), "build.no-extract"), (("../secret.key",), "extract.gone")])
def test_only_what_lies_in_the_folder_is_read(
    started: Started, keeper: Acting, names: tuple[str, ...], code: str
) -> None:
    with refused(code):
        builds.ask_build(keeper, names)
    assert not NetworkBuild.objects.exists()


def test_a_process_that_cannot_be_started_is_said(
    started: Started, keeper: Acting, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def fail(pk: int) -> None:
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    monkeypatch.setattr(builds, "start_follower", fail)
    with django_capture_on_commit_callbacks(execute=True):
        build = ask(keeper)
    build.refresh_from_db()
    assert build.state == BuildState.FAILED
    assert build.found_problem is not None
    assert "Cannot allocate memory" in build.found_problem.message


def test_the_network_that_was_built_is_in_use_and_everybody_hears_of_it(
    evening: Evening, started: Started, keeper: Acting, tmp_path: Path, settings: LazySettings
) -> None:
    install_network(settings, tmp_path, FIRST_ROADS)
    former = find_network()
    assert former is not None
    build = ask(keeper)
    before = Feed.objects.get(organisation=evening.nl).version
    assert carried_out(build).state == BuildState.DONE
    assert (build.phase, build.share, build.problem) == (Phase.WRITING, 1.0, None)
    network = find_network()
    assert network is not None
    assert [source.name for source in network.sources] == ["vesdre.osm.pbf"]
    assert (former.n_nodes, network.n_nodes) == (2, 5)
    assert former.lon.tolist() == [5.5, 5.6], "who asks at this moment is answered from the former one"
    assert Feed.objects.get(organisation=evening.nl).version == before + 1
    assert left_behind(tmp_path) == ["vesdre.osm.pbf"]


def test_one_that_is_cancelled_ends_and_leaves_the_former_network_and_nothing_else(
    started: Started, keeper: Acting, tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_network(settings, tmp_path, FIRST_ROADS)
    build, processes = ask(keeper), []

    def cancel_then(pk: int, told: Told) -> None:
        if told.phase is Phase.NODES:
            builds.cancel_build(keeper, pk)
        builds.note_alive(pk, told)

    def remembered(*arguments: Any) -> subprocess.Popen[str]:
        processes.append(start_building(*arguments))
        return processes[0]

    monkeypatch.setattr(build_worker, "note_alive", cancel_then)
    monkeypatch.setattr(build_worker, "start_building", remembered)
    assert carried_out(build).state == BuildState.CANCELLED
    assert build.cancelled_by == keeper.person
    assert processes[0].poll() is not None
    network = find_network()
    assert network is not None
    assert network.n_nodes == 2
    assert left_behind(tmp_path) == ["vesdre.osm.pbf"]
    with refused("build.over"):
        builds.cancel_build(keeper, build.pk)
    ask(keeper)


def test_one_that_is_cancelled_at_the_last_moment_puts_nothing_in_place(
    started: Started, keeper: Acting, tmp_path: Path
) -> None:
    build = ask(keeper)
    builds.cancel_build(keeper, build.pk)
    (tmp_path / "new").mkdir()
    with pytest.raises(Ended):
        builds.finish_build(build.pk, tmp_path / "new")
    assert not (tmp_path / "network").exists()


def test_one_whose_process_is_gone_is_recognised_and_another_may_be_built(
    started: Started, keeper: Acting, tmp_path: Path
) -> None:
    build = ask(keeper)
    builds.work_folder(build.pk).mkdir()
    builds.end_silent()
    assert NetworkBuild.objects.get().is_running
    NetworkBuild.objects.update(alive_at=timezone.now() - builds.SILENT_AFTER - timedelta(seconds=1))
    with pytest.raises(Ended):  # noqa: PT012
        builds.end_silent()
        builds.note_alive(build.pk, Told())
    build.refresh_from_db()
    assert build.state == BuildState.DIED
    assert left_behind(tmp_path) == []
    assert ask(keeper).is_running


def test_what_computes_ends_with_who_follows_it(started: Started, tmp_path: Path) -> None:
    with start_building([extracts.extracts_folder() / "vesdre.osm.pbf"], tmp_path / "built") as process:
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait() == 1
    assert not (tmp_path / "built").exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [("node 1 5.5 50.6\nnode 2 5.6 50.6\nway 1 1-2 waterway=river", "network.no-roads"), (None, "network.foreign")],
    ids=["no roads", "damaged"],
)
def test_why_there_is_no_new_network_is_kept(
    started: Started, keeper: Acting, tmp_path: Path, content: str | None, code: str
) -> None:
    path = extracts.extracts_folder() / "bad.osm.pbf"
    if content:
        write_roads(path, content)
    else:
        path.write_bytes(b"not a map")
    build = carried_out(ask(keeper, "bad.osm.pbf"))
    assert build.state == BuildState.FAILED
    assert build.found_problem is not None
    assert (build.found_problem.code, Path(build.found_problem.where).name) == (code, "bad.osm.pbf")
    assert left_behind(tmp_path) == []


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "network.no-memory"),
        ("raise SystemExit(3)", "network.ended"),
    ],
    ids=["killed by the system", "crashed"],
)
def test_a_process_that_ends_without_a_word_is_a_failure(
    started: Started, keeper: Acting, monkeypatch: pytest.MonkeyPatch, program: str, code: str
) -> None:
    def start(*_: Any) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    monkeypatch.setattr(build_worker, "start_building", start)
    build = carried_out(ask(keeper))
    assert build.found_problem is not None
    assert (build.state, build.found_problem.code) == (BuildState.FAILED, code)


def test_a_disk_that_is_full_at_the_last_step_is_said_and_the_former_network_stays(
    started: Started, keeper: Acting, tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    install_network(settings, tmp_path, FIRST_ROADS)
    monkeypatch.setattr(builds, "put_in_place", full)
    build = carried_out(ask(keeper))
    assert build.found_problem is not None
    assert (build.state, build.found_problem.code) == (BuildState.FAILED, "network.no-space")
    network = find_network()
    assert network is not None
    assert network.n_nodes == 2


def test_an_upload_lies_in_the_folder_when_it_is_whole(started: Started, keeper: Acting, tmp_path: Path) -> None:
    content = (extracts.extracts_folder() / "vesdre.osm.pbf").read_bytes()
    assert upload(keeper, "../../liège/be.osm.pbf", content) == "be.osm.pbf"
    assert [one.name for one in extracts.list_extracts()] == ["be.osm.pbf", "vesdre.osm.pbf"]
    assert not list((tmp_path / "uploads").iterdir())


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("map.txt", b"x", "extract.name"),
        (".osm.pbf", b"x", "extract.name"),
        ("a b.osm.pbf", b"x", "extract.name"),
        ("empty.osm.pbf", b"", "network.foreign"),
        ("other.osm.pbf", b"PK\x03\x04 an archive", "network.foreign"),
        ("cut.osm.pbf", None, "network.cut-off"),
    ],
)
def test_what_cannot_be_used_is_refused_and_leaves_nothing(
    started: Started, keeper: Acting, tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    cut = (extracts.extracts_folder() / "vesdre.osm.pbf").read_bytes()[:-1]
    with pytest.raises(InvalidInput) as error:
        upload(keeper, name, cut if content is None else content)
    assert error.value.problems[0].code == code
    assert [one.name for one in extracts.list_extracts()] == ["vesdre.osm.pbf"]
    assert not list((tmp_path / "uploads").iterdir())


def test_an_extract_that_is_being_read_stays_as_it_is(started: Started, keeper: Acting) -> None:
    ask(keeper)
    with refused("extract.read"):
        upload(keeper, "vesdre.osm.pbf", b"")
    with refused("extract.read"):
        extracts.remove_extract(keeper, "vesdre.osm.pbf")
    NetworkBuild.objects.update(state=BuildState.DONE, ended_at=timezone.now())
    extracts.remove_extract(keeper, "vesdre.osm.pbf")
    assert extracts.list_extracts() == []

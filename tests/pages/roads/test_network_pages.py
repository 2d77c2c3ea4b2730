"""The page of the road network: what is installed, building another, and the builds before; for administrators only."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.traveltime.road_files import write_roads
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role
from noaber.apps.roads.enums import BuildState
from noaber.apps.roads.models import NetworkBuild
from noaber.apps.roads.services import builds, extracts
from noaber.core.problems import Problem
from noaber.core.traveltime.network import build_network
from noaber.core.traveltime.progress import Phase, Told
from noaber.core.traveltime.storage import save_network
from planner_builders import EVENING, Evening, client_of
from registry_builders import make_acting
from roads_builders import ROADS, install_network

NAME = "vesdre.osm.pbf"


@pytest.fixture
def keeper(evening: Evening, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Acting:
    settings.DATA, settings.NOABER_NETWORK = tmp_path, tmp_path / "network"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    monkeypatch.setattr(builds, "start_follower", lambda pk: None)
    return make_acting(evening.be, Role.ADMINISTRATOR)


@pytest.fixture
def client(keeper: Acting) -> Client:
    return client_of(keeper)


def text(content: bytes) -> str:
    return html.unescape(re.sub(r"\s+", " ", content.decode()))


def show(client: Client, **query: str) -> str:
    headers = {"HX-Request": "true"} if "part" in query else {}
    answer = client.get(reverse("network"), query, headers=headers)
    assert answer.status_code == 200
    return text(answer.content)


def put_extract() -> bytes:
    return write_roads(extracts.extracts_folder() / NAME, ROADS).read_bytes()


def build(keeper: Acting, state: BuildState = BuildState.RUNNING, **more: Any) -> NetworkBuild:
    moment = timezone.now()
    if state != BuildState.RUNNING:
        more["ended_at"] = moment
    asked = {"asked_at": moment - timedelta(seconds=95), "alive_at": moment, "sources": [NAME], "state": state}
    return NetworkBuild.objects.create(organisation=keeper.organisation, asked_by=keeper.person, **asked | more)


def addresses() -> list[tuple[str, str]]:
    return [
        ("get", reverse("network")),
        ("post", reverse("network-upload")),
        ("post", reverse("network-extract-remove")),
        ("post", reverse("network-build")),
        ("post", reverse("network-cancel", args=[1])),
    ]


@pytest.mark.parametrize("role", [Role.DUTY_OFFICER, Role.DIRECTOR, Role.OBSERVER])
def test_for_others_there_is_no_such_page_and_no_link_to_it(evening: Evening, keeper: Acting, role: Role) -> None:
    evening.own_and_neighbour()
    other = client_of(make_acting(evening.be, role))
    assert {getattr(other, how)(address).status_code for how, address in addresses()} == {404}
    assert reverse("network") not in text(other.get(reverse("map")).content)
    assert reverse("network") in text(client_of(keeper).get(reverse("map")).content)


def test_an_extract_that_no_road_joins_to_the_rest_is_marked(client: Client, tmp_path: Path) -> None:
    apart = "node 91 7.0 50.0\nnode 92 7.01 50.0\nway 90 91-92 highway=primary"
    files = [write_roads(tmp_path / name, roads) for name, roads in ((NAME, ROADS), ("eifel.osm.pbf", apart))]
    save_network(build_network(files, EVENING), tmp_path / "network")
    vesdre, eifel = show(client, part="now").partition("eifel.osm.pbf")[::2]
    assert NAME in vesdre
    assert "left out" not in vesdre
    assert "left out" in eifel


def test_without_a_network_it_is_said_what_to_do(client: Client, tmp_path: Path) -> None:
    page = show(client)
    assert "No road network: minutes are estimated." in page
    assert "There is no extract here yet." in page
    assert str(tmp_path / "extracts") in page
    assert "No network was built on this page yet." in page


def test_what_is_installed_is_described(client: Client, settings: LazySettings, tmp_path: Path) -> None:
    install_network(settings, tmp_path)
    page = show(client)
    assert "vesdre.osm.pbf" in page
    assert "5 nodes, 5 stretches of road" in page
    assert "14 July 2021 18:00" in page
    assert "OpenStreetMap contributors" in page


def test_a_network_that_cannot_be_used_is_said(client: Client, settings: LazySettings, tmp_path: Path) -> None:
    install_network(settings, tmp_path)
    (tmp_path / "network" / "lon.npy").unlink()
    assert "The file “lon.npy” of this road network is damaged" in show(client)


def test_a_network_is_asked_for_once_by_a_form_sent_twice(client: Client) -> None:
    put_extract()
    assert f'value="{NAME}"' in show(client)
    for _ in range(2):
        answer = client.post(reverse("network-build"), {"once": "one", "extracts": [NAME]})
        assert (answer.status_code, answer.headers["Location"]) == (302, reverse("network"))
    assert NetworkBuild.objects.get().sources == [NAME]


def test_what_hinders_a_build_is_said_at_the_extracts(client: Client, keeper: Acting) -> None:
    put_extract()
    answer = client.post(reverse("network-build"), {"once": "one"})
    assert answer.status_code == 422
    assert "Choose at least one extract to build from." in text(answer.content).partition('id="extracts_error"')[2]
    build(keeper)
    answer = client.post(reverse("network-build"), {"once": "one", "extracts": [NAME]})
    assert answer.status_code == 422
    assert f'value="{NAME}" checked' in text(answer.content)
    assert "A network is being built already." in text(answer.content)
    assert NetworkBuild.objects.count() == 1


def test_how_far_it_is_is_shown_until_it_is_over(client: Client, keeper: Acting) -> None:
    running = build(keeper)
    builds.note_alive(running.pk, Told(Phase.ORDERING, 0.77))
    page = show(client, part="now", was=str(running.pk))
    assert "Ordering the junctions" in page
    assert 'aria-valuenow="77"' in page
    assert "2 min so far" in page
    assert "every 2s" in page
    assert client.post(reverse("network-cancel", args=[running.pk])).status_code == 302
    answer = client.get(reverse("network"), {"part": "now", "was": str(running.pk)}, headers={"HX-Request": "true"})
    assert answer.headers["HX-Trigger"] == "noaber:network"
    assert "every 2s" not in text(answer.content)
    assert f"By {keeper.person.display_name}. The network in use stayed." in show(client, part="builds")


def test_one_whose_process_is_gone_is_not_shown_as_running(client: Client, keeper: Acting) -> None:
    build(keeper, alive_at=timezone.now() - timedelta(minutes=1))
    page = show(client)
    assert "Being built" not in page
    assert "broken off" in page
    assert "Its process is gone" in page


def test_the_builds_before_are_a_table_and_a_file(client: Client, keeper: Acting) -> None:
    build(keeper, BuildState.DONE)
    problem = Problem("network.no-roads", "/srv/extracts/sea.osm.pbf")
    said = {"code": problem.code, "where": problem.where, "params": {}}
    build(keeper, BuildState.FAILED, problem=said, sources=["sea.osm.pbf"])
    page = show(client, sort="result")
    assert page.index("done") < page.index("sea.osm.pbf: There is no road in it that cars may drive.")
    assert "/srv" not in page
    table = client.get(reverse("network"), {"format": "csv"}).content.decode("utf-8-sig").splitlines()
    assert table[0].split(",")[:4] == ["When", "Who", "Organisation", "Extracts"]
    assert len(table) == 3


@pytest.mark.parametrize("swap", [True, False])
def test_an_upload_is_taken_in_or_refused_at_its_field(client: Client, keeper: Acting, swap: bool) -> None:
    headers = {"HX-Request": "true"} if swap else {}
    whole = put_extract()
    bad = SimpleUploadedFile("be.osm.pbf", whole[:-1])
    refused = client.post(reverse("network-upload"), {"file": bad}, headers=headers)
    assert refused.status_code == 422
    assert "The file is cut off or damaged; fetch it again." in text(refused.content)
    assert ("<html" in text(refused.content)) is not swap
    assert client.post(reverse("network-upload"), headers=headers).status_code == 422
    assert client.post(reverse("network-upload"), {"file": SimpleUploadedFile("be.osm.pbf", whole)}).status_code == 302
    assert [one.name for one in extracts.list_extracts()] == ["be.osm.pbf", NAME]


def test_a_large_upload_is_never_whole_in_memory(client: Client, settings: LazySettings, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100
    whole = put_extract()
    assert client.post(reverse("network-upload"), {"file": SimpleUploadedFile("be.osm.pbf", whole)}).status_code == 302
    assert (tmp_path / "extracts" / "be.osm.pbf").read_bytes() == whole
    assert not list((tmp_path / "uploads").iterdir())


def test_an_extract_is_deleted(client: Client) -> None:
    put_extract()
    assert client.post(reverse("network-extract-remove"), {"name": NAME}).status_code == 302
    assert client.post(reverse("network-extract-remove"), {"name": NAME}).status_code == 409
    assert extracts.list_extracts() == []

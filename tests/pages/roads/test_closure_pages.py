"""The pages of closed roads: the list, closing one by drawing, pasting or a file, and opening it again."""

from __future__ import annotations

import itertools
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from noaber.apps.accounts.enums import Role
from noaber.apps.roads.models import Closure
from noaber.apps.roads.queries.closures import closures_at
from planner_builders import EVENING, Evening, client_of
from registry_builders import make_acting
from roads_builders import BRIDGE, close_bridge, later

_tokens = itertools.count(1)


@pytest.fixture
def brussels(evening: Evening) -> Client:
    return client_of(evening.brussels)


def show(client: Client, name: str, **query: str) -> str:
    answer = client.get(reverse(name), query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def close(client: Client, *, status: int = 302, **changes: Any) -> str:
    given = {
        "once": f"closure-{next(_tokens)}",
        "reason": "Bridge at Chaudfontaine",
        "geometry": json.dumps(BRIDGE),
        "begins_at": "2021-07-14T18:00",
        "tlp": "AMBER",
        "status": "Exercise",
    }
    answer = client.post(reverse("closure-new"), given | changes)
    assert answer.status_code == status, answer.content.decode()
    return re.sub(r"\s+", " ", answer.content.decode())


def test_an_empty_list_says_what_would_be_here(brussels: Client) -> None:
    page = show(brussels, "closures")
    assert "No road is closed." in page
    assert "Close a road" in page


def test_a_road_is_closed_by_what_was_drawn(evening: Evening, brussels: Client) -> None:
    close(brussels, groups=[evening.group.pk], ends_at="2021-07-15T06:00")
    made = Closure.objects.get()
    assert (made.geometry, made.status, made.owner, made.begins_at) == (BRIDGE, "Exercise", evening.be, EVENING)
    assert made.ends_at == later(hours=12)
    page = show(client_of(evening.hague), "closures")
    assert "Bridge at Chaudfontaine" in page
    assert '"kind": "closure"' in page.replace("&quot;", '"')
    assert "Open again" not in page


def test_a_form_sent_twice_closes_once(brussels: Client) -> None:
    for _try in range(2):
        close(brussels, once="the-same")
    assert Closure.objects.count() == 1


def test_a_file_brings_several(brussels: Client) -> None:
    features = [
        {"type": "Feature", "geometry": BRIDGE, "properties": {"reason": f"Bridge {number}"}} for number in (1, 2)
    ]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    close(brussels, file=SimpleUploadedFile("closed.geojson", data), geometry="", reason="")
    assert sorted(Closure.objects.values_list("reason", flat=True)) == ["Bridge 1", "Bridge 2"]


def test_those_of_a_file_without_a_reason_are_named(brussels: Client) -> None:
    said = [{"reason": "Bridge"}, {}, {"reason": " "}]
    features = [{"type": "Feature", "geometry": BRIDGE, "properties": properties} for properties in said]
    features[2]["id"] = "way/12"
    features.insert(0, {"type": "Feature", "geometry": None, "properties": {}})
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    page = close(brussels, status=422, file=SimpleUploadedFile("closed.geojson", data), geometry="", reason=" ")
    assert "Closures 3, 4 (way/12) do not say where and why." in page.partition('id="id_reason_error"')[2]
    assert "optional" not in page.partition('for="id_reason"')[2].partition("</label>")[0]
    close(brussels, file=SimpleUploadedFile("closed.geojson", data), geometry="", reason="Flood")
    assert sorted(Closure.objects.values_list("reason", flat=True)) == ["Bridge", "Flood", "Flood"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"geometry": ""}, "Name the road, draw what is closed on the map"),
        ({"geometry": "the bridge"}, "JSON"),
        ({"geometry": '{"type": "Point", "coordinates": [5]}'}, "/coordinates"),
        ({"geometry": '{"type": "Point", "coordinates": [50.63, 5.57]}'}, "It lies off the map"),
        ({"reason": ""}, "Say where, and why it is closed."),
        ({"ends_at": "2021-07-14T17:00"}, "The end of the closure lies before its beginning."),
        ({"begins_at": ""}, "id_begins_at_error"),
    ],
    ids=["nothing", "words", "half a point", "turned around", "no reason", "ends first", "no beginning"],
)
def test_what_is_missing_is_said_at_its_field(brussels: Client, changes: dict[str, str], said: str) -> None:
    page = close(brussels, status=422, **changes)
    assert said in page
    assert "Bridge at Chaudfontaine" in page or not changes.get("reason", "x")
    assert not Closure.objects.exists()


@pytest.mark.usefixtures("network")
def test_who_closes_what_no_road_touches_is_told_at_once(brussels: Client) -> None:
    close(brussels)
    assert "no road of the network" not in show(brussels, "closures")
    close(brussels, geometry='{"type": "Point", "coordinates": [6.68, 51.2]}')
    page = show(brussels, "closures")
    assert "1 closure touches no road that is known here: no minutes change by it." in page


def test_the_owner_opens_it_again_where_the_button_stands(evening: Evening, brussels: Client) -> None:
    closure = close_bridge(evening)
    assert "Open again" in show(brussels, "closures")
    answer = brussels.post(reverse("closure-open", args=[closure.pk]), {"back": "/map/closures/?status=Exercise"})
    assert answer["Location"] == "/map/closures/?status=Exercise"
    assert not closures_at(evening.be, "Exercise", EVENING).exists()
    page = show(brussels, "closures")
    assert "open again" in page
    assert "Open again" not in page


def test_a_closure_that_lies_ahead_is_called_off(evening: Evening, brussels: Client) -> None:
    closure = close_bridge(evening, begins_at=later(hours=3))
    page = show(brussels, "closures")
    assert "Call off" in page
    assert "Open again" not in page
    brussels.post(reverse("closure-open", args=[closure.pk]), {"back": "/map/closures/"})
    page = show(brussels, "closures")
    assert "called off" in page
    assert "open again" not in page


@pytest.mark.parametrize("back", ["", "https://elsewhere.example/map/", "//elsewhere.example", "/map//elsewhere"])
def test_it_leads_nowhere_else(evening: Evening, brussels: Client, back: str) -> None:
    closure = close_bridge(evening)
    answer = brussels.post(reverse("closure-open", args=[closure.pk]), {"back": back})
    assert answer["Location"] == "/map/closures/?status=Exercise"


def test_whoever_does_not_see_it_finds_nothing(evening: Evening) -> None:
    closure = close_bridge(evening)
    stockholm = client_of(evening.stockholm)
    assert stockholm.post(reverse("closure-open", args=[closure.pk])).status_code == 404
    assert "Chaudfontaine" not in show(stockholm, "closures")
    assert "Chaudfontaine" not in show(stockholm, "closures", format="geojson")


def test_an_open_page_stays_and_asks_for_its_parts_anew(evening: Evening, brussels: Client) -> None:
    closure = close_bridge(evening)
    answer = brussels.post(reverse("closure-open", args=[closure.pk]), headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Trigger"]) == (204, "noaber:changed")
    assert not closures_at(evening.be, "Exercise", EVENING).exists()


def test_a_neighbour_does_not_open_it(evening: Evening) -> None:
    closure = close_bridge(evening)
    answer = client_of(evening.hague).post(reverse("closure-open", args=[closure.pk]))
    assert answer.status_code == 409
    assert closures_at(evening.be, "Exercise", EVENING).exists()


def test_a_role_that_may_not_finds_no_button_and_no_form(evening: Evening) -> None:
    policy = client_of(make_acting(evening.be, Role.POLICY_OFFICER))
    assert "Close a road" not in show(policy, "closures")
    assert policy.get(reverse("closure-new")).status_code == 409


def test_those_that_hold_are_a_file_that_comes_back_in(evening: Evening, brussels: Client) -> None:
    close_bridge(evening)
    close_bridge(evening, reason="later", begins_at=later(hours=1))
    answer = brussels.get(reverse("closures"), {"format": "geojson"})
    (feature,) = json.loads(answer.content)["features"]
    assert feature["geometry"] == BRIDGE
    assert feature["properties"]["reason"] == "Bridge at Chaudfontaine, under water"
    close(brussels, geometry=answer.content.decode(), reason="")
    assert Closure.objects.filter(reason__startswith="Bridge at Chaudfontaine", begins_at=EVENING).count() == 2


BY_NAME = {"geometry": "", "reason": "", "road": "E25, Liège - Maastricht"}


def test_a_main_road_is_closed_by_its_name_in_any_language(brussels: Client) -> None:
    close(brussels, **BY_NAME)
    close(brussels, **BY_NAME | {"road": "e 25, Luik – Maastricht", "reason": "Under water"})
    first, second = Closure.objects.order_by("pk")
    assert first.sections == second.sections != []
    assert {direction for _section, direction in first.sections} == {"both"}
    assert (first.reason, second.reason) == ("E25/A25, Liège – Maastricht", "Under water")
    assert "By name" in show(brussels, "closures")


def test_one_carriageway_is_closed_alone(brussels: Client) -> None:
    close(brussels, **BY_NAME, carriageway="one")
    close(brussels, **BY_NAME | {"road": "E25, Maastricht - Liège"}, carriageway="one")
    there, back = (dict(closure.sections) for closure in Closure.objects.order_by("pk"))
    assert there.keys() == back.keys()
    assert all({there[section], back[section]} == {"along", "against"} for section in there)


@pytest.mark.parametrize(
    ("road", "said"),
    [
        ("E25", "Write the number of the road, a comma and two places on it"),
        ("E9999, Liège - Maastricht", "No main road here is called E9999."),
        ("E25, Liège - Oostende", "Oostende is no junction of the E25 that is known here. It has: "),
    ],
)
def test_a_name_that_is_not_understood_says_what_was_expected(brussels: Client, road: str, said: str) -> None:
    page = close(brussels, status=422, **BY_NAME | {"road": road})
    assert said in page
    assert road in page, "what was typed is not lost"
    assert not Closure.objects.exists()


def test_a_road_is_named_or_drawn(brussels: Client) -> None:
    assert "Either name the road, or draw" in close(brussels, status=422, road="E25, Liège - Maastricht")


def test_roads_are_suggested_while_they_are_typed(brussels: Client) -> None:
    assert 'value="E25/A25, Liège – Visé"' in show(brussels, "closure-roads", road="e25 vis")
    assert 'value="E25, Liège – Maastricht"' in show(brussels, "closure-roads", road="E25, Liège - Maas")
    assert "<option" not in show(brussels, "closure-roads", road=" ")


def test_who_may_not_close_gets_no_suggestions(evening: Evening) -> None:
    observer = client_of(make_acting(evening.be, Role.OBSERVER))
    refused = observer.get(reverse("closure-roads"), {"road": "E25"})
    assert refused.status_code == observer.get(reverse("closure-new")).status_code == 409
    assert "<option" not in refused.content.decode()


@pytest.mark.usefixtures("main_roads")
def test_a_number_and_two_towns_will_do(brussels: Client) -> None:
    assert 'value="E25, Liège – Maastricht"' in show(brussels, "closure-roads", road="e25 luik maastr")
    close(brussels, **BY_NAME | {"road": "e25 luik maastricht"})
    assert Closure.objects.get().reason == "E25/A25, Liège – Maastricht"


@pytest.mark.usefixtures("main_roads")
def test_the_list_says_what_the_way_round_costs_and_the_map_has_one_sign(evening: Evening, brussels: Client) -> None:
    close(brussels, **BY_NAME)
    page = show(brussels, "closures")
    assert re.search(r'The way round takes longer: <span class="min est"[^>]*>\d+ min</span>', page)
    assert page.replace("&quot;", '"').count('"kind": "closure"') == 1
    close_bridge(evening, geometry={"type": "Point", "coordinates": [4.0, 48.2]})
    assert show(brussels, "closures").count("The way round takes longer:") == 1

"""The pages of capacities: the package, the states of a control room, many at once, the way out and in."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from noaber.apps.accounts.enums import Role
from noaber.apps.records.models import Change
from noaber.apps.registry.models import BulkEdit, Capacity
from noaber.apps.registry.services import change_capacity
from noaber.web import clock
from registry_builders import NOW, author_for, make_capacity
from registry_packages import FULL_PACKAGE


@pytest.fixture
def planner(neighbours: Any, client_for: Any) -> Client:
    client: Client = client_for(neighbours.owner, Role.PLANNER)
    return client


@pytest.fixture
def pumps(neighbours: Any) -> Capacity:
    return make_capacity(
        neighbours.owner,
        "A",
        groups=("BENELUX",),
        release_function="Duty officer of the region",
        release_channel="+31 85 000 0001",
        **FULL_PACKAGE,
    )


def test_the_package_is_shown_to_those_who_see_the_capacity_without_number_plates(
    planner: Client, pumps: Capacity, neighbours: Any, client_for: Any
):
    own = planner.get(f"/capacities/{pumps.pk}/").content.decode()
    others = client_for(neighbours.member, Role.PLANNER).get(f"/capacities/{pumps.pk}/").content.decode()
    for page in (own, others):
        for words in ("6 × Pump operator", "2,000 m Hose 150 mm", "Fuel: 400 l a day", "Waterproef", "Duty officer of"):
            assert words in page
    assert "1-ABC-001" in own
    assert "1-ABC-001" not in others
    assert client_for(neighbours.outsider, Role.PLANNER).get(f"/capacities/{pumps.pk}/").status_code == 404


def form_of(client: Client, url: str) -> dict[str, str]:
    """What the form of the page would send as it stands."""
    page = client.get(url).content.decode()
    fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)"\s+selected', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


def test_the_form_of_a_package_loses_nothing_and_says_what_is_wrong(planner: Client, pumps: Capacity):
    url = f"/capacities/{pumps.pk}/package"
    sent = form_of(planner, url)
    assert planner.post(url, sent)["Location"] == f"/capacities/{pumps.pk}/"
    pumps.refresh_from_db()
    assert {name: getattr(pumps, name) for name in FULL_PACKAGE} == FULL_PACKAGE
    wrong = planner.post(url, form_of(planner, url) | {"team-0-number": "many", "kit-1-item": "Rope"})
    assert wrong.status_code == 422
    assert "“many” is not a whole number" in wrong.content.decode()
    assert "“How many” must not be empty" in wrong.content.decode()


def test_the_history_tells_lines_that_went_and_came(planner: Client, pumps: Capacity):
    url = f"/capacities/{pumps.pk}/package"
    planner.post(url, form_of(planner, url) | {"team-1-number": "8", "reason": "one crew more"})
    page = planner.get(f"/capacities/{pumps.pk}/").content.decode()
    assert "6 × Pump operator, in 2 shifts</span> → 8 × Pump operator, in 2 shifts" in page
    assert "one crew more" in page


def test_certificates_that_have_run_out_are_marked_filtered_and_counted(planner: Client, pumps: Capacity):
    make_capacity(pumps.owner, "B")
    today = timezone.localdate(clock.now())
    for code, days in (("A", 30), ("C", -1)):
        until = (today + datetime.timedelta(days=days)).isoformat()
        lines = [{"kind": "diving", "body": "x", "valid_until": until}]
        if code == "A":
            change_capacity(author_for(pumps.owner), pumps, {"certificates": lines}, now=NOW)
        else:
            make_capacity(pumps.owner, code, certificates=lines)
    for wanted, codes in (("expired", {"C"}), ("soon", {"A", "C"}), ("", {"A", "B", "C"})):
        page = planner.get(f"/capacities/?certificates={wanted}").content.decode()
        assert set(re.findall(r'/capacities/\d+/">(\w)</a>', page)) == codes
    overview = planner.get("/organisations/NL-VR24/").content.decode()
    assert "1 capacity with a certificate that has run out" in overview
    assert "1 capacity with a certificate that runs out within 60 days" in overview


# the control room


HTMX = {"HX-Request": "true", "HX-Current-URL": "https://noaber.test/capacities/states/?q=A"}


def touch(client: Client, capacity: Capacity, **fields: Any) -> Any:
    seen = Change.objects.filter(subject_id=capacity.pk).latest("pk").pk
    return client.post(f"/capacities/states/{capacity.pk}", {"seen": seen} | fields, headers=HTMX)


def test_one_touch_reports_and_the_rows_come_back(planner: Client, pumps: Capacity):
    response = touch(planner, pumps, state="reduced:3", reason="own flood")
    assert response.status_code == 200
    assert "reduced to 3" in response.content.decode()
    assert 'hx-get="/capacities/states/?q=A"' in response.content.decode()
    pumps.refresh_from_db()
    assert (pumps.state, pumps.reduced_to, pumps.state_reason) == ("reduced", 3, "own flood")


def test_a_touch_from_an_old_sight_and_one_without_sense_change_nothing(planner: Client, pumps: Capacity):
    change_capacity(author_for(pumps.owner), pumps, {"quantity": 5}, now=NOW)
    url = f"/capacities/states/{pumps.pk}"
    assert planner.post(url, {"seen": 0, "state": "committed"}).status_code == 409
    assert touch(planner, pumps, state="reduced:5").status_code == 422
    assert touch(planner, pumps, state="gone").status_code == 422
    pumps.refresh_from_db()
    assert pumps.state == "available"


def test_only_ones_own_teams_stand_there(pumps: Capacity, neighbours: Any, client_for: Any):
    member = client_for(neighbours.member, Role.DUTY_OFFICER)
    assert "A</b>" not in member.get("/capacities/states/").content.decode()
    assert touch(member, pumps, state="committed").status_code in (404, 409)


def test_all_are_confirmed_from_what_the_page_showed(planner: Client, pumps: Capacity):
    page = planner.get("/capacities/states/").content.decode()
    seen = re.search(r'name="seen" value="([\d:,]+)"', page)
    assert seen
    Capacity.objects.update(state_at=NOW - datetime.timedelta(days=2))
    assert planner.post("/capacities/states/confirm", {"seen": seen[1]}).status_code == 302
    pumps.refresh_from_db()
    assert pumps.state_at > NOW - datetime.timedelta(days=1)


# many at once


def test_many_are_changed_looked_at_done_and_taken_back(planner: Client, pumps: Capacity):
    make_capacity(pumps.owner, "B")
    assert "Change 1 capacity" in planner.get(f"/capacities/bulk?key={pumps.pk}").content.decode()
    assert "Change 2 capacities" in planner.get("/capacities/bulk?all=1&q=Maastricht").content.decode()
    sent = {"mobilisation_minutes": "75", "emptied": ["release_channel"], "why": "winter"}
    preview = planner.post("/capacities/bulk?all=1", sent)["Location"]
    text = planner.get(preview).content.decode()
    assert "2 would change" in text
    shown = text.partition('name="shown" value="')[2].partition('"')[0]
    planner.post(f"{preview}apply", {"shown": shown})
    assert set(Capacity.objects.values_list("mobilisation_minutes", "release_channel")) == {(75, "")}
    planner.post(f"{preview}undo")
    assert set(Capacity.objects.values_list("mobilisation_minutes", flat=True)) == {30}
    assert Capacity.objects.get(code="A").release_channel == "+31 85 000 0001"


def test_a_change_of_many_is_nobody_elses(planner: Client, pumps: Capacity, neighbours: Any, client_for: Any):
    assert planner.post("/capacities/bulk?all=1", {"why": "nothing"}).status_code == 422
    preview = planner.post(f"/capacities/bulk?key={pumps.pk}", {"source": "x", "why": "y"})["Location"]
    assert client_for(neighbours.owner, Role.PLANNER).get(preview).status_code == 404
    assert client_for(neighbours.member, Role.PLANNER).get(f"/capacities/bulk?key={pumps.pk}").status_code == 302
    assert BulkEdit.objects.count() == 1


# out and in


@pytest.mark.parametrize("form", ["xlsx", "zip", "csv"])
def test_what_goes_out_changes_nothing_when_it_comes_back(planner: Client, pumps: Capacity, form: str):
    data = planner.get(f"/capacities/export?format={form}").content
    file = SimpleUploadedFile(f"capacities.{form}", data)
    location = planner.post("/capacities/import", {"owner": "NL-VR24", "tlp": "AMBER", "file": file})["Location"]
    page = planner.get(location)
    assert page.status_code == 200
    assert "Nothing would change" in page.content.decode()


def test_nobody_takes_out_what_another_keeps(pumps: Capacity, neighbours: Any, client_for: Any):
    member = client_for(neighbours.member, Role.PLANNER)
    assert member.get("/capacities/export?owner=NL-VR24").status_code == 404
    assert b"1-ABC-001" not in member.get("/capacities/?format=zip").content

"""Forms as a browser without scripts sends them: what is missing is said, and what is sent twice is done once."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from noaber.apps.accounts.enums import Role
from noaber.apps.records.models import Change
from noaber.apps.registry.models import (
    AgreementRow,
    ApprovalAssumption,
    Capacity,
    CapacityUpload,
    ContactPoint,
    HomeCover,
)
from noaber.apps.registry.services import load_reference
from noaber.apps.registry.services.uploads import plan_upload
from registry_builders import NOW, csv_bytes, make_capacity, make_contact

CAPACITY = {
    "owner": "NL-VR24",
    "code": "PUMP-9",
    "name": "Pumps",
    "capability": "HCP",
    "also": ["FC"],
    "quantity": "3",
    "share_up_to": "2",
    "mobilisation_minutes": "30",
    "place": "Maastricht",
    "territory": "NL423",
    "lon": "5.69",
    "lat": "50.85",
    "languages": ["nl", "de"],
    "host_needs": ["fuel"],
    "host_note": "Diesel",
    "host_note_language": "en",
    "cost_per_day_eur": "1250",
    "tlp": "AMBER",
    "groups": ["BENELUX"],
    "source": "own count",
}


def once(client: Client, url: str) -> str:
    """The token of the form that a page shows."""
    found = re.search(r'name="once" value="([^"]+)"', client.get(url).content.decode())
    assert found is not None
    return found.group(1)


def twice(client: Client, url: str, data: dict[str, Any], *, page: str = "") -> Any:
    """Send one form two times, as an impatient hand does; the second answer."""
    token = once(client, page or url)
    first = client.post(url, data | {"once": token})
    second = client.post(url, data | {"once": token})
    assert (first.status_code, second.status_code) == (302, 302), first.content.decode()
    assert first["Location"] == second["Location"]
    return second


@pytest.fixture
def planner(neighbours: Any, client_for: Any) -> Client:
    client: Client = client_for(neighbours.owner, Role.PLANNER)
    return client


def test_a_capacity_is_added_once(planner: Client):
    response = twice(planner, "/capacities/new", CAPACITY)
    capacity = Capacity.objects.get()
    assert response["Location"] == capacity.get_absolute_url()
    assert [row.capability for row in capacity.capability_rows.all()] == ["HCP", "FC"]
    text = planner.get(capacity.get_absolute_url()).content.decode()
    for shown in ("3 of 3", "up to 2 may go", "Maastricht", "Fuel", "Diesel", "€1,250", "Dutch, German", "own count"):
        assert shown in text
    assert Change.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("code", "two words", "Use letters, digits"),
        ("name", "", "This field is required"),
        ("territory", "NL999", "is not a territory that Noaber knows"),
        ("lon", "", "This field is required"),
        ("lat", "91", "less than or equal to 90"),
        ("quantity", "0", "greater than or equal to 1"),
        ("share_up_to", "4", "More may go than there are"),
        ("cost_per_day_eur", "-1", "greater than or equal to 0"),
        ("groups", ["NOT-MINE"], "NOT-MINE"),
        ("owner", "BE-NCCN", "BE-NCCN"),
    ],
)
def test_what_is_wrong_with_a_capacity_is_said_at_its_field(planner: Client, field: str, value: Any, sentence: str):
    response = planner.post("/capacities/new", CAPACITY | {field: value})
    assert response.status_code == 422
    text = response.content.decode()
    error = text.partition(f'id="id_{field}_error"')[2].partition("</")[0]
    assert sentence in error
    assert f'aria-describedby="id_{field}_' in text or f" id_{field}_error" in text
    assert not Capacity.objects.exists()


def test_an_id_that_is_taken_is_said(planner: Client, neighbours: Any):
    make_capacity(neighbours.owner, "PUMP-9")
    response = planner.post("/capacities/new", CAPACITY)
    assert response.status_code == 422
    assert "PUMP-9" in response.content.decode()


def test_reporting_the_state_again_loses_nothing_of_it(planner: Client, neighbours: Any):
    capacity = make_capacity(
        neighbours.owner,
        state="reduced",
        reduced_to=1,
        state_until=NOW + datetime.timedelta(hours=5),
        state_reason="repair",
    )
    form = planner.get(capacity.get_absolute_url()).context["form"]
    shown = {field.html_name: field.value() for field in form}
    until = form["until"].as_widget().partition('value="')[2].partition('"')[0]
    assert planner.post(f"/capacities/{capacity.pk}/state", shown | {"until": until}).status_code == 302
    before = (capacity.state, capacity.reduced_to, capacity.state_until, capacity.state_reason)
    reported_before = capacity.state_at
    capacity.refresh_from_db()
    assert (capacity.state, capacity.reduced_to, capacity.state_until, capacity.state_reason) == before
    assert capacity.state_at > reported_before


def test_reduced_to_more_than_there_is_is_refused_at_its_field(planner: Client, neighbours: Any):
    capacity = make_capacity(neighbours.owner, quantity=2)
    response = planner.post(f"/capacities/{capacity.pk}/state", {"state": "reduced", "reduced_to": "2"})
    assert response.status_code == 422
    assert "Reduced means fewer than the 2 teams" in response.content.decode()


def test_a_change_says_why_and_is_in_the_history(planner: Client, neighbours: Any):
    capacity = make_capacity(neighbours.owner, "PUMP-9")
    data = {name: value for name, value in CAPACITY.items() if name not in ("owner", "code")}
    twice(planner, f"/capacities/{capacity.pk}/edit", data | {"reason": "a pump was sold"})
    text = planner.get(capacity.get_absolute_url()).content.decode()
    assert "a pump was sold" in text
    assert Change.objects.filter(action="changed").count() == 1


def test_a_withdrawn_capacity_leaves_the_lists(planner: Client, neighbours: Any):
    capacity = make_capacity(neighbours.owner, "PUMP-9")
    page = capacity.get_absolute_url()
    assert planner.post(f"/capacities/{capacity.pk}/withdraw", {"reason": ""}).status_code == 422
    token = once(planner, page)
    assert planner.post(f"/capacities/{capacity.pk}/withdraw", {"reason": "sold", "once": token}).status_code == 302
    assert planner.get(page).status_code == 404
    assert "PUMP-9" not in planner.get("/capacities/?format=csv").content.decode()


def test_what_stays_at_home_is_one_number(planner: Client):
    data = {"owner": "NL-VR24", "capability": "HCP", "minimum": "2", "tlp": "RED"}
    for _time in range(2):
        assert planner.post("/capacities/home-cover", data).status_code == 302
    assert HomeCover.objects.get().minimum == 2
    assert planner.post("/capacities/home-cover", data | {"minimum": "0"}).status_code == 302
    assert not HomeCover.objects.exists()


def test_a_contact_point_is_kept_once_and_verified(planner: Client, neighbours: Any):
    data = {
        "organisation": str(neighbours.member.pk),
        "field": "duty",
        "function": "Duty officer",
        "function_language": "en",
        "languages": ["fr", "nl"],
        "phone": "+32 2 000 00 00",
        "second_channel": "satellite phone",
        "hours": "",
        "always_open": "on",
        "tlp": "AMBER",
    }
    location = twice(planner, "/contacts/new", data)["Location"]
    contact = ContactPoint.objects.get()
    assert "never verified" in planner.get("/contacts/").content.decode()
    twice(planner, f"/contacts/{contact.pk}/verify", {"on": "2021-07-14", "check": "answered"}, page=location)
    text = planner.get(location).content.decode()
    for shown in ("14 July 2021", "N. Peeters", "satellite phone", "French, Dutch", "day and night"):
        assert shown in text


def test_the_duty_desk_stands_first(planner: Client, neighbours: Any):
    for field in ("border", "legal", "duty", "medical"):
        make_contact(neighbours.owner, field=field, function=f"desk for {field}")
    text = planner.get("/contacts/").content.decode()
    order = [text.index(f"desk for {field}") for field in ("duty", "border", "medical", "legal")]
    assert order == sorted(order)


def test_a_contact_point_that_nobody_can_reach_is_refused(planner: Client, neighbours: Any):
    data = {"organisation": str(neighbours.owner.pk), "field": "duty", "function": "Duty officer", "tlp": "AMBER"}
    assert planner.post("/contacts/new", data).status_code == 422
    assert not ContactPoint.objects.exists()


def test_an_assumption_is_marked_as_one_and_taken_back(neighbours: Any, client_for: Any):
    load_reference()
    client = client_for(neighbours.member, Role.PLANNER)
    data = {"target": "text:BE-DE-1980", "minutes": "25", "as_of": "2021-06-01", "note": "mean of four exercises"}
    twice(client, "/agreements/assumptions", data)
    assumption = ApprovalAssumption.objects.get()
    for url in ("/agreements/assumptions", "/mapping/matrix/?from=DE-NW&to=BE-NCCN", "/agreements/BE-DE-1980/"):
        text = " ".join(client.get(url).content.decode().split())
        assert '<span class="tag">assumed</span> 25' in text
        assert "1 June 2021" in text
        assert "N. Peeters" in text
    others = client_for(neighbours.partner).get("/agreements/BE-DE-1980/").content.decode()
    assert '<span class="tag">assumed</span>' not in others
    client.post(f"/agreements/assumptions/{assumption.pk}/forget")
    assert not ApprovalAssumption.objects.exists()


def test_a_check_of_a_text_is_recorded_with_who_and_when(neighbours: Any, client_for: Any):
    load_reference()
    client = client_for(neighbours.member, Role.POLICY_OFFICER)
    future = {"on": "2099-01-01", "note": "official journal"}
    assert client.post("/agreements/BE-DE-1980/check", future).status_code == 422
    page = "/agreements/BE-DE-1980/"
    twice(client, f"{page}check", {"on": "2021-07-01", "note": "official journal"}, page=page)
    row = AgreementRow.objects.get(code="BE-DE-1980")
    assert row.checked_on == datetime.date(2021, 7, 1)
    assert "N. Peeters" in row.checked_by


# a file


def upload(client: Client, data: bytes, **fields: Any) -> Any:
    file = SimpleUploadedFile("teams.csv", data, content_type="text/csv")
    return client.post("/capacities/import", {"owner": "NL-VR24", "tlp": "AMBER", "file": file} | fields)


def shown_in(client: Client, preview: str) -> str:
    """The fingerprint that the button of the preview sends."""
    return client.get(preview).content.decode().partition('name="shown" value="')[2].partition('"')[0]


def confirm(client: Client, preview: str) -> Any:
    """Press the button of the preview as it stands there."""
    return client.post(f"{preview}confirm", {"shown": shown_in(client, preview)})


def test_every_problem_of_a_file_can_be_taken_away(planner: Client):
    preview = upload(planner, csv_bytes({"id": "A", "lat": "99"}, {"id": "B", "quantity": "many"}))["Location"]
    lines = planner.get(f"{preview}problems.csv").content.decode("utf-8-sig").splitlines()
    assert lines[1:] == [
        "capacities,2,lat,99,99 is not between -90 and 90.,error",
        "capacities,3,quantity,many,“many” is not a whole number.,error",
    ]


def test_the_preview_shows_every_problem_at_its_row_and_column(planner: Client):
    data = csv_bytes({"id": "A", "lat": "99"}, {"id": "B"}, {"id": "B", "quantity": "many"}, {"id": "", "lon": "x"})
    preview = upload(planner, data)["Location"]
    response = planner.get(preview)
    assert response.status_code == 422
    cells = re.findall(r'<td class="num">(\d+)</td><td class="mono">(\w+)</td>', response.content.decode())
    assert cells == [("2", "lat"), ("4", "quantity"), ("4", "id"), ("5", "id"), ("5", "lon")]
    assert "Import it" not in response.content.decode()
    shown = plan_upload(CapacityUpload.objects.get(), now=NOW).fingerprint
    assert planner.post(f"{preview}confirm", {"shown": shown})["Location"] == preview
    assert not Capacity.objects.exists()


@pytest.mark.parametrize(
    "data",
    [b"", b"\0", b"\xff\xfe", "id\nLüttich".encode("latin-1"), b'id\n"', b"id\n" + b"x" * 200_000, bytes(range(256))],
)
def test_a_file_that_is_no_list_is_told_so(planner: Client, data: bytes):
    response = upload(planner, data)
    page = planner.get(response["Location"]) if response.status_code == 302 else response
    assert page.status_code == 422
    assert not Capacity.objects.exists()


def test_nothing_is_written_before_it_is_confirmed_and_then_once(planner: Client):
    preview = upload(planner, csv_bytes({"id": "A"}, {"id": "B"}), groups=["BENELUX"])["Location"]
    text = planner.get(preview).content.decode()
    assert "2 would be added, 0 changed, 0 stay as they are" in text
    assert not Capacity.objects.exists()
    shown = shown_in(planner, preview)
    assert planner.post(f"{preview}confirm", {"shown": shown})["Location"] == "/capacities/"
    assert planner.post(f"{preview}confirm", {"shown": shown})["Location"] == "/capacities/"
    assert "The file is imported" in planner.get(preview).content.decode()
    assert Capacity.objects.count() == 2
    assert Change.objects.count() == 2
    assert {group.code for capacity in Capacity.objects.all() for group in capacity.groups.all()} == {"BENELUX"}


def test_a_registry_that_changed_meanwhile_is_looked_at_again(planner: Client, neighbours: Any):
    capacity = make_capacity(neighbours.owner, "A", name="A")
    preview = upload(planner, csv_bytes({"id": "A", "quantity": "9"}))["Location"]
    text = planner.get(preview).content.decode()
    seen = text.partition('name="shown" value="')[2].partition('"')[0]
    Capacity.objects.filter(pk=capacity.pk).update(quantity=5)
    response = planner.post(f"{preview}confirm", {"shown": seen})
    assert response["Location"] == preview
    assert "The registry has changed since the preview" in planner.get(preview).content.decode()
    assert confirm(planner, preview)["Location"] == "/capacities/"
    capacity.refresh_from_db()
    assert capacity.quantity == 9


def test_a_preview_is_for_who_uploaded_the_file(planner: Client, neighbours: Any, client_for: Any):
    preview = upload(planner, csv_bytes({"id": "A"}))["Location"]
    for other in (neighbours.owner, neighbours.member):
        stranger = client_for(other, Role.PLANNER)
        assert stranger.get(preview)["Location"] == "/capacities/import"
        assert stranger.post(f"{preview}confirm", {"shown": "x"}).status_code in (404, 409)
    assert not Capacity.objects.exists()
    assert client_for(neighbours.owner, Role.OBSERVER).get("/capacities/import").status_code == 409


def test_an_owner_that_one_does_not_keep_cannot_be_imported_for(planner: Client):
    assert upload(planner, csv_bytes({"id": "A"}), owner="BE-NCCN").status_code == 422

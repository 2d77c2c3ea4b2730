"""What is read, by whom, and how a refusal reads."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from freezegun import freeze_time
from lxml import etree

from api_world import Neighbourhood, Reader
from noaber.apps.accounts.models import Membership
from noaber.apps.api.keys import acting_by, issue_key
from planner_builders import client_of
from registry_builders import make_acting, make_contact, make_organisation

NOT_FOUND = "It may have moved, or it is not shared with the organisation for which you act."


def test_others_read_how_many_may_go_and_not_how_many_there_are(neighbourhood: Neighbourhood) -> None:
    neighbourhood.evening.team(neighbourhood.evening.be, "UP-TO", quantity=9, share_up_to=2)
    own = Reader(neighbourhood.acting("be")).get("/capacities/BE-NCCN/UP-TO").json()
    other = Reader(neighbourhood.acting("lu")).get("/capacities/BE-NCCN/UP-TO").json()
    assert (own["quantity"], own["available"], own["shares_up_to"]) == (9, 9, False)
    assert (other["quantity"], other["available"], other["shares_up_to"]) == (2, 2, True)


def test_a_package_is_read_without_what_is_private(neighbourhood: Neighbourhood) -> None:
    vehicles = [{"kind": "tanker", "number": 1, "plates": "1-ABC-123"}]
    certificates = [{"kind": "ucpm-pool", "body": "DG ECHO", "valid_until": "2026-05-01"}]
    neighbourhood.evening.team(
        neighbourhood.evening.be, "PACKED", vehicles=vehicles, certificates=certificates, release_function="Director"
    )
    own = Reader(neighbourhood.acting("be")).get("/capacities/BE-NCCN/PACKED").json()
    other = Reader(neighbourhood.acting("lu")).get("/capacities/BE-NCCN/PACKED").json()
    assert own["vehicles"] == vehicles
    assert other["vehicles"] == [{"kind": "tanker", "number": 1}]
    for answer in (own, other):
        assert (answer["certificates"], answer["certified_until"]) == (certificates, "2026-05-01")
        assert answer["release_function"] == "Director"


def test_the_days_on_which_a_desk_is_open_are_read(neighbourhood: Neighbourhood) -> None:
    neighbourhood.evening.be.contact_points.all().delete()
    make_contact(
        neighbourhood.evening.be,
        always_open=False,
        open_days=[1, 2, 5],
        opens_at=datetime.time(8, 30),
        closes_at=datetime.time(17),
    )
    [contact] = Reader(neighbourhood.acting("be")).get("/contacts").json()["items"]
    assert (contact["open_days"], contact["opens_at"], contact["closes_at"]) == ([1, 2, 5], "08:30:00", "17:00:00")


def test_a_list_is_cut_and_narrowed(neighbourhood: Neighbourhood) -> None:
    reader = Reader(neighbourhood.acting("be"))
    first = reader.get("/capacities", limit=1).json()
    second = reader.get("/capacities", limit=1, offset=1).json()
    assert first["count"] == second["count"] == 3
    assert first["items"] != second["items"]
    assert {item["owner"] for item in reader.get("/capacities", owner="NL-NCC").json()["items"]} == {"NL-NCC"}
    assert reader.get("/incidents", closed="true").json()["items"] == []
    assert reader.get("/requests", case_id="another").json()["items"] == []


@pytest.mark.parametrize("path", ["/capacities", "/contacts", "/incidents", "/requests", "/deployments", "/waiting"])
def test_kinds_of_status_never_mix(neighbourhood: Neighbourhood, path: str) -> None:
    reader = Reader(neighbourhood.acting("nl"))
    assert (
        reader.get(path).json()["count"]
        == reader.get(path, status="Exercise").json()["count"]
        == 1 + (path == "/capacities")
    )
    assert reader.get(path, status="Actual").json()["items"] == []


def test_a_request_is_read_with_its_lines_and_offers(neighbourhood: Neighbourhood) -> None:
    answer = Reader(neighbourhood.acting("nl")).get(f"/requests/{neighbourhood.ids['message_id']}").json()
    assert answer["request"]["lines"][0]["committed"] == 2
    assert [offer["team_name"] for offer in answer["offers"]] == ["Pompen Tilburg"]


def test_an_agreement_says_what_is_unknown(neighbourhood: Neighbourhood) -> None:
    says = Reader(neighbourhood.acting("se")).get("/agreements/NL-BE-1984").json()["says"]
    assert "unknown" in json.dumps(says)


def test_the_journal_is_read_on_from_where_one_was(neighbourhood: Neighbourhood) -> None:
    reader = Reader(neighbourhood.acting("nl"))
    entries = reader.get("/journal").json()["items"]
    assert [entry["sequence"] for entry in entries] == list(range(1, len(entries) + 1))
    assert reader.get("/journal", after=entries[2]["sequence"]).json()["items"] == entries[3:]


def test_a_message_is_read_as_the_standard_writes_it(neighbourhood: Neighbourhood) -> None:
    content = Reader(neighbourhood.acting("nl")).get(f"/messages/edxl/{neighbourhood.ids['message_id']}").content
    assert etree.fromstring(content).tag.endswith("EDXLDistribution")
    assert neighbourhood.ids["message_id"].encode() in content


def test_lists_take_as_many_queries_however_long_they_are(
    neighbourhood: Neighbourhood, django_assert_num_queries: Any
) -> None:
    reader = Reader(neighbourhood.acting("be"))
    paths = ("/organisations", "/agreements", "/capacities", "/contacts", "/incidents", "/requests", "/deployments")
    counts = {path: _count_queries(reader, path) for path in paths}
    for number in range(3):
        neighbourhood.evening.team(neighbourhood.evening.nl, f"MORE-{number}")
        neighbourhood.evening.incident()
        make_contact(neighbourhood.evening.be, field=("liaison", "border", "legal")[number])
        neighbourhood.exchange.deploy(neighbourhood.exchange.send())
    for path, count in counts.items():
        with django_assert_num_queries(count):
            reader.get(path)


def _count_queries(reader: Reader, path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        reader.get(path)
    return len(captured)


def test_the_session_of_the_site_reads_for_the_organisation_chosen_there(neighbourhood: Neighbourhood) -> None:
    answer = client_of(neighbourhood.acting("lu")).get("/api/v1/incidents")
    assert answer.json()["count"] == 1


# Refusals


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_a_refusal_speaks_the_language_asked_for(neighbourhood: Neighbourhood, language: str) -> None:
    answer = Reader(neighbourhood.acting("se"), language).get(f"/incidents/{neighbourhood.ids['number']}")
    with translation.override(language):
        expected = gettext(NOT_FOUND)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json() == {"type": "about:blank", "title": "Not Found", "status": 404, "detail": expected}


def test_what_is_not_shared_reads_like_what_is_not_there(neighbourhood: Neighbourhood) -> None:
    reader = Reader(neighbourhood.acting("se"))
    hidden = reader.get(f"/incidents/{neighbourhood.ids['number']}")
    absent, elsewhere = reader.get("/incidents/BE-1999-0101-01"), reader.get("/nothing/of/the/kind")
    assert hidden.content == absent.content == elsewhere.content
    assert hidden.status_code == absent.status_code == elsewhere.status_code == 404


def test_every_part_that_cannot_be_used_is_named(neighbourhood: Neighbourhood) -> None:
    query = {"limit": "9999", "offset": "-1", "status": "Real", "state": "tired"}
    answer = Reader(neighbourhood.acting("be")).get("/capacities", **query)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    told = {error["name"]: error["detail"] for error in answer.json()["errors"]}
    assert told["limit"] == "Expected ≤ 500, found 9999."
    assert told["offset"] == "Expected ≥ 0, found -1."
    assert told["status"] == "Expected Actual, Exercise, Test, found Real."
    assert set(told) == set(query)


def test_a_defect_is_told_to_the_operator_only(
    neighbourhood: Neighbourhood, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the innermost secret")

    monkeypatch.setattr("noaber.apps.api.mapping.inventory_rows", broken)
    answer = Reader(neighbourhood.acting("be")).get("/agreements")
    assert answer.status_code == 500
    assert answer.json() == {"type": "about:blank", "title": "Internal Server Error", "status": 500}
    assert "the innermost secret" in caplog.text


def test_nothing_is_written_here(neighbourhood: Neighbourhood) -> None:
    client = client_of(neighbourhood.acting("be"))
    assert client.post("/api/v1/incidents", {}).status_code == 405


# Keys


def test_a_key_reads_for_its_organisation_only(neighbourhood: Neighbourhood) -> None:
    acting = neighbourhood.acting("be")
    Membership.objects.create(person=acting.person, organisation=neighbourhood.evening.se, role="observer")
    key = issue_key(acting.person, neighbourhood.evening.se)
    reading = acting_by(key)
    assert reading is not None
    assert reading.organisation == neighbourhood.evening.se

    acting.person.memberships.filter(organisation=neighbourhood.evening.se).delete()
    assert acting_by(key) is None


def test_a_key_ends_with_the_password_it_was_made_under(neighbourhood: Neighbourhood) -> None:
    acting = neighbourhood.acting("be")
    key = issue_key(acting.person, acting.organisation)
    acting.person.set_password("another-password")
    acting.person.save()
    assert acting_by(key) is None


def test_a_key_ends_with_the_account(neighbourhood: Neighbourhood) -> None:
    acting = neighbourhood.acting("be")
    key = issue_key(acting.person, acting.organisation)
    acting.person.is_active = False
    acting.person.save()
    assert acting_by(key) is None


def test_a_key_ends_after_a_year(db: None) -> None:
    acting = make_acting(make_organisation("BE-NCCN"))
    with freeze_time("2026-01-01"):
        key = issue_key(acting.person, acting.organisation)
    with freeze_time(datetime.date(2027, 1, 1)):
        assert acting_by(key) is not None
    with freeze_time(datetime.date(2027, 1, 3)):
        assert acting_by(key) is None


def test_a_key_that_does_not_hold_is_not_made_good_by_a_session(neighbourhood: Neighbourhood) -> None:
    client = client_of(neighbourhood.acting("be"))
    assert client.get("/api/v1/waiting").status_code == 200
    assert client.get("/api/v1/waiting", headers={"Authorization": "Bearer x"}).status_code == 401


@pytest.mark.parametrize("key", ["", "x", "a:b:c", "Zm9v:1:bar"])
def test_what_is_no_key_opens_nothing(db: None, key: str) -> None:
    answer = Client().get("/api/v1/incidents", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 401


def test_odd_questions_are_refused_and_not_failed_at(neighbourhood: Neighbourhood) -> None:
    reader = Reader(neighbourhood.acting("be"))
    refused = reader.get("/capacities", capability="\0")
    assert (refused.status_code, refused.json()["errors"][0]["name"]) == (422, "capability")
    assert reader.get("/capacities", **{f"a{number}": "1" for number in range(1001)}).status_code == 400

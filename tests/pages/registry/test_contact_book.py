"""The contact points as a whole: refused doubles, one click that verifies, gaps, vCards, paper, whom to ring."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator
from typing import Any

import pytest
import vobject
from django.utils.translation import gettext, override

from noaber.apps.accounts.enums import Role
from noaber.apps.registry.models import ContactPoint
from noaber.apps.registry.services import verify_contact
from noaber.web import clock
from registry_builders import NOW, author_for, make_contact

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def july(exercise: None) -> Iterator[None]:
    with clock.at(NOW):
        yield


def translate(words: str, language: str = "nl") -> str:
    with override(language):
        return gettext(words)


def form_of(organisation: Any, **fields: str) -> dict[str, Any]:
    given = {
        "organisation": str(organisation.pk),
        "field": "duty",
        "function": "Desk",
        "phone": "+31 85 1",
        "tlp": "RED",
    }
    return given | fields


def test_a_second_function_is_refused_with_the_way_to_the_first(neighbours: Any, client_for: Any):
    first = make_contact(neighbours.owner, function="First desk")
    client = client_for(neighbours.owner, Role.PLANNER)
    response = client.post("/contacts/new", form_of(neighbours.owner))
    assert response.status_code == 422
    text = response.content.decode()
    assert f'href="/contacts/{first.pk}/"' in text
    assert "NL-VR24, First desk" in text
    assert ContactPoint.objects.count() == 1


def test_hours_are_days_and_both_times_or_none(neighbours: Any, client_for: Any):
    client = client_for(neighbours.owner, Role.PLANNER)
    half = form_of(neighbours.owner, opens_at="09:00")
    assert client.post("/contacts/new", half).status_code == 422
    whole = half | {"closes_at": "17:00", "open_days": ["1", "2", "3", "4", "5"], "check": "answered"}
    location = client.post("/contacts/new", whole)["Location"]
    text = client.get(location).content.decode()
    for shown in ("closed now", "09:00–17:00", "verified today", "14 January 2022"):
        assert shown in text


def test_who_keeps_it_says_in_one_click_that_it_is_still_right(neighbours: Any, client_for: Any):
    contact = make_contact(neighbours.owner, groups=("BENELUX",))
    data = {"on": "2021-07-14", "check": "not-rung", "from": "list"}
    url = f"/contacts/{contact.pk}/verify"
    assert "Still right" not in client_for(neighbours.member, Role.PLANNER).get("/contacts/").content.decode()
    assert client_for(neighbours.member, Role.PLANNER).post(url, data).status_code == 409
    keeper = client_for(neighbours.owner, Role.PLANNER)
    assert "Still right" in keeper.get("/contacts/").content.decode()
    assert keeper.post(url, data)["Location"] == "/contacts/"
    contact.refresh_from_db()
    assert (contact.verified_on, contact.tried) == (TODAY, "not-rung")


def test_the_interval_is_set_by_the_administrator(neighbours: Any, client_for: Any):
    contact = make_contact(neighbours.owner)
    verify_contact(author_for(neighbours.owner), contact, on=TODAY, now=NOW)
    planner, administrator = (client_for(neighbours.owner, role) for role in (Role.PLANNER, Role.ADMINISTRATOR))
    assert planner.post("/contacts/routine", {"every_months": "3"}).status_code == 409
    assert administrator.post("/contacts/routine", {"every_months": "99"}).status_code == 422
    assert administrator.post("/contacts/routine", {"every_months": "3"}).status_code == 302
    contact.refresh_from_db()
    assert contact.expires_on == datetime.date(2021, 10, 14)


def test_gaps_leave_as_a_file_with_a_row_for_each_field(neighbours: Any, client_for: Any):
    make_contact(neighbours.owner, groups=("BENELUX",))
    client = client_for(neighbours.member, Role.PLANNER)
    text = client.get("/contacts/gaps").content.decode()
    assert f"/contacts/new?organisation={neighbours.owner.code}&amp;field=legal" in text
    file = client.get("/contacts/gaps?format=csv&country=NL").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file)))
    found = {row["For"]: row["State"] for row in rows if row["Organisation"] == "NL-VR24"}
    assert len(found) == 9
    assert (found["duty desk"], found["agreements and costs"]) == ("never verified", "missing")


def test_a_gap_of_another_year_says_of_which(neighbours: Any, client_for: Any):
    contact = make_contact(neighbours.owner)
    verify_contact(author_for(neighbours.owner), contact, on=TODAY, now=NOW)
    client = client_for(neighbours.owner, Role.PLANNER)
    at_first = client.get("/contacts/gaps").content.decode()

    assert "<small>14 January 2022</small>" in at_first
    with clock.at(NOW + datetime.timedelta(days=3 * 365)):
        assert "<small>14 January 2022</small>" in client.get("/contacts/gaps").content.decode()
    with clock.at(NOW + datetime.timedelta(days=200)):
        assert "<small>14 January</small>" in client.get("/contacts/gaps").content.decode()


def test_the_telephone_list_holds_the_duty_desks_that_one_may_see(neighbours: Any, client_for: Any):
    make_contact(neighbours.owner, groups=("BENELUX",), phone="+31 85 000 00 01", second_channel="satellite; 2")
    make_contact(neighbours.owner, field="legal", groups=("BENELUX",), phone="+31 85 000 00 02")
    (row,) = client_for(neighbours.member).get("/contacts/telephone-list").json()["contacts"]
    assert (row["phone"], row["tel"], row["second"]) == ("+31 85 000 00 01", "+31850000001", "satellite; 2")
    assert client_for(neighbours.outsider).get("/contacts/telephone-list").json()["contacts"] == []


def test_vcards_hold_what_one_may_see_and_nothing_else(neighbours: Any, client_for: Any):
    shown = make_contact(
        neighbours.owner,
        groups=("BENELUX",),
        mail="duty@example.org",
        second_channel="satellite; 2",
        function="Élan, A",
    )
    hidden = make_contact(neighbours.owner, field="legal", tlp="RED", function="Hidden desk")
    client = client_for(neighbours.member, language="nl")
    cards = list(vobject.readComponents(client.get("/contacts/all.vcf").content.decode()))
    assert len(cards) == 1
    (card,) = cards
    assert card.version.value == "3.0"
    assert card.fn.value == f"NL-VR24 {translate('duty desk')}"
    assert (card.tel.value, card.email.value, card.role.value) == ("+31850000001", "duty@example.org", "Élan, A")
    assert [line.value for line in card.contents["lang"]] == ["nl", "en"]
    assert "satellite; 2" in card.note.value
    assert "TLP:AMBER" in card.note.value
    assert card.rev.value == "2021-07-14T16:00:00Z"
    assert client.get(f"/contacts/{shown.pk}/card.vcf").status_code == 200
    assert client.get(f"/contacts/{hidden.pk}/card.vcf").status_code == 404
    assert client_for(neighbours.outsider).get("/contacts/all.vcf").content == b""


@pytest.mark.parametrize("layout", ["sheet", "wallet"])
def test_paper_says_its_day_its_label_and_until_when_it_holds(neighbours: Any, client_for: Any, layout: str):
    contact = make_contact(neighbours.owner, groups=("BENELUX",))
    verify_contact(author_for(neighbours.owner), contact, on=TODAY, now=NOW)
    make_contact(neighbours.owner, field="legal", tlp="RED", function="Hidden desk", phone="+31 85 9999")
    text = client_for(neighbours.member).get(f"/contacts/cards?as={layout}&organisation=NL-VR24").content.decode()
    for part in ("+31 85 000 0001", "TLP:AMBER", "14 July 2021", "valid until 14 January 2022", "EXERCISE"):
        assert part in text
    assert "9999" not in text
    assert "TLP:RED" in client_for(neighbours.owner).get(f"/contacts/cards?as={layout}").content.decode()
    assert client_for(neighbours.member).get("/contacts/cards?as=poster").status_code == 404


def test_a_page_says_whom_to_ring_else_who_stands_above(neighbours: Any, client_for: Any):
    make_contact(neighbours.owner, groups=("BENELUX",))
    child = neighbours.outsider
    child.parent = neighbours.owner
    child.save()
    client = client_for(neighbours.member, Role.PLANNER)
    text = client.get(f"/organisations/{child.code}/").content.decode()
    for part in ("tel:+31850000001", "open now", "never verified", "this is whom to ring instead"):
        assert part in text
    alone = client_for(child, Role.PLANNER).get(f"/organisations/{neighbours.partner.code}/").content.decode()
    assert "No number to ring is known." in alone

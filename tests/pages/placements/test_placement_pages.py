"""The pages of exchanges: what they show, to whom, and what their forms do."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from noaber.apps.accounts.acting import Acting
from noaber.apps.placements import services
from noaber.apps.placements.enums import PlacementState
from noaber.apps.placements.models import ExchangeApplication, ExchangePlacement, ExchangeProgramme, HostPlace
from noaber.apps.placements.queries import read_market
from noaber.web import clock
from placements_builders import (
    Centres,
    make_call,
    make_exchanging,
    make_matched_call,
    make_place,
    make_ranked_call,
    open_call,
)

ClientOf = Callable[[Acting], Client]
AUTUMN = datetime.datetime(2024, 10, 1, 8, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def autumn_2024(settings: Any) -> Iterator[None]:
    """An exercise on 1 October 2024."""
    settings.NOABER_STATUS = "Exercise"
    with clock.at(AUTUMN):
        yield


@pytest.fixture
def centres(db: None) -> Centres:
    return make_exchanging()


@pytest.fixture
def client_of() -> ClientOf:
    def make(acting: Acting) -> Client:
        client = Client()
        client.force_login(acting.person)
        return client

    return make


def page(client: Client, address: str, status: int = 200, **query: Any) -> str:
    answer = client.get(address, query)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def test_a_programme_a_call_a_place_and_an_application_by_their_forms(centres: Centres, client_of: ClientOf):
    hague = client_of(centres[0])
    hague.post("/exchanges/new", {"title": "North", "language": "en", "tlp": "GREEN", "groups": ["EXCHANGE"]})
    programme = ExchangeProgramme.objects.get()
    days = {"opens_on": "2024-09-01", "closes_at": "2024-10-15T18:00", "ranked_by": "2024-10-31T18:00"}
    hague.post(f"/exchanges/programmes/{programme.pk}/calls/new", {"title": "Spring", "language": "en", **days})
    call = programme.calls.get()
    place = {
        "organisation": "SE-MCF", "title": "Duty desk", "language": "en", "weeks": 2, "capacity": 1,
        "begins_1": "2025-03-03", "ends_1": "2025-05-30", "level_en": "B2",
    }  # fmt: skip
    refused = hague.post(f"/exchanges/calls/{call.pk}/places/new", place | {"weeks": 20})
    assert refused.status_code == 422
    assert "as long as the stay" in refused.content.decode()
    hague.post(f"/exchanges/calls/{call.pk}/places/new", place)
    offered = HostPlace.objects.get()
    assert offered.languages == {"en": "B2"}
    hague.post(f"/exchanges/calls/{call.pk}/step/open")
    brussels = client_of(centres[1])
    sent = brussels.post(
        f"/exchanges/calls/{call.pk}/apply",
        {
            "organisation": "BE-NCCN", "initials": "A.B.", "function": "planner", "work": "planning",
            "free_from": "2025-03-01", "free_until": "2025-06-30", "language": "fr", "consent": "on",
            "kept_until": "2025-12-31", "wish_1": offered.pk, "level_en": "C1",
        },
    )  # fmt: skip
    assert sent.status_code == 302
    assert ExchangeApplication.objects.get().wishes.get().place == offered
    assert "A.B." in page(brussels, f"/exchanges/calls/{call.pk}/applications")
    assert "A.B." not in page(client_of(centres[2]), f"/exchanges/calls/{call.pk}/applications")


def test_the_call_shows_its_clock_and_the_places_leave_as_a_file(centres: Centres, client_of: ClientOf):
    hague = centres[0]
    call = make_call(hague)
    make_place(hague, call, centres[3], town="Karlstad")
    open_call(hague, call)
    client = client_of(centres[1])
    assert "data-noaber-deadline" in page(client, f"/exchanges/calls/{call.pk}/")
    assert "Karlstad" in page(client, f"/exchanges/calls/{call.pk}/", format="csv")
    assert "Northern exchange" in page(client, "/exchanges/")


def test_the_ranking_is_moved_without_a_script_and_kept(centres: Centres, client_of: ClientOf):
    call, places, sent = make_ranked_call(centres)
    client = client_of(centres[0])
    address = f"/exchanges/places/{places[0].pk}/ranking"
    order = [sent[2].pk, sent[0].pk, sent[1].pk]
    moved = client.post(address, {"order": order, "move": f"up:{sent[1].pk}"}).content.decode()
    assert moved.index("D.U.") < moved.index("H.A.")
    assert client.post(address, {"order": order[::-1], f"reason-{sent[0].pk}": "No desk."}).status_code == 302
    coded = read_market(call).places[places[0].pk]
    assert (coded.ranked, coded.refused) == ((sent[1].pk, sent[2].pk), (sent[0].pk,))
    assert client_of(centres[2]).get(address).status_code == 409


def test_the_matching_is_previewed_proved_and_confirmed(centres: Centres, client_of: ClientOf):
    call, _, sent = make_ranked_call(centres)
    client = client_of(centres[0])
    address = f"/exchanges/calls/{call.pk}/matching"
    shown = page(client, address)
    assert "Checked: in 6 pairs" in shown
    assert "1. SE-MCF: filled by applicants that the host ranked higher" in shown
    assert client.post(f"{address}/confirm", {"digest": "old"}).status_code == 409
    client.post(f"{address}/confirm", {"digest": read_market(call).digest()})
    assert ExchangePlacement.objects.count() == 2
    assert client_of(centres[1]).get(address).status_code == 409
    own = page(client_of(centres[2]), f"/exchanges/applications/{sent[1].pk}/")
    assert "filled by applicants that the host ranked higher" in own
    assert not any(initials in own for initials in ("H.A.", "B.R."))


def test_by_hand_the_page_says_why_it_is_not_stable(centres: Centres, client_of: ClientOf):
    call, places, placed = make_matched_call(centres)
    services.step_placement(centres[0], placed[1], PlacementState.CANCELLED, reason="Ill.")
    other = ExchangeApplication.objects.get(organisation=centres[2].organisation)
    client = client_of(centres[0])
    address = f"/exchanges/calls/{call.pk}/matching"
    given = {"application": other.pk, "place": places[0].pk, "reason": "Asked by phone.", "language": "en"}
    assert client.post(f"{address}/by-hand", given).status_code == 302
    shown = page(client, address)
    assert "Not stable because" in shown
    assert "1 – SE-MCF: both would rather have each other" in shown
    assert "Asked by phone." in shown


def test_a_placement_is_seen_by_sender_host_and_owner_alone(centres: Centres, client_of: ClientOf):
    _, _, placed = make_matched_call(centres)
    address = f"/exchanges/placements/{placed[0].pk}/"
    for acting, status in zip(centres[:3], (200, 200, 404), strict=True):
        page(client_of(acting), address, status)
        assert client_of(acting).get(f"{address}confirmation/de").status_code == status
    paper = client_of(centres[1]).get(f"{address}confirmation/fr")
    assert paper.content.startswith(b"%PDF")


def test_the_calendar_names_no_person(centres: Centres, client_of: ClientOf):
    make_matched_call(centres)
    client = client_of(centres[1])
    answer = client.get("/exchanges/placements/", {"format": "ics"})
    entries = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(one["status"]) for one in entries] == ["TENTATIVE", "TENTATIVE"]
    assert b"H.A." not in answer.content
    shown = client.get("/exchanges/placements/calendar").context["address"]
    assert Client().get(shown).content.count(b"BEGIN:VEVENT") == 2
    assert "NL-NCC" in page(client, "/exchanges/placements/", format="csv")


def test_reports_by_the_form_of_the_placement(centres: Centres, client_of: ClientOf):
    _, _, placed = make_matched_call(centres)
    client = client_of(centres[0])
    address = f"/exchanges/placements/{placed[0].pk}/"
    given = {"before-text": "To see the night desk.", "before-language": "en"}
    assert client.post(f"{address}report/before", given).status_code == 302
    assert "To see the night desk." in page(client, address)
    assert client.post(f"{address}report/before", given | {"before-text": ""}).status_code == 422

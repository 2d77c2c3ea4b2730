"""The pages of exchanges: what they show, to whom, and what their forms do."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from icalendar import Calendar

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role
from noaber.apps.placements import services
from noaber.apps.placements.enums import PlacementState
from noaber.apps.placements.models import ExchangeApplication, ExchangePlacement, ExchangeProgramme, HostPlace
from noaber.apps.placements.queries import read_market
from noaber.apps.practices.models import Practice
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
from registry_builders import make_acting, make_organisation

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
    assert "Rankings so far are kept." in page(client, f"/exchanges/calls/{call.pk}/"), "where applications open again"
    shown = page(client, address)
    assert "Checked: in 6 pairs" in shown
    assert (
        '1. SE-MCF · <span lang="en">Work at SE-MCF:</span> filled by applicants that the host ranked higher' in shown
    )
    assert client.post(f"{address}/confirm", {"digest": "old"}).status_code == 409
    file = page(client, address, format="csv")
    assert "1. SE-MCF · Work at SE-MCF: filled by applicants that the host ranked higher" in file
    client.post(f"{address}/confirm", {"digest": read_market(call).digest()})
    assert ExchangePlacement.objects.count() == 2
    assert client_of(centres[1]).get(address).status_code == 409
    own = page(client_of(centres[2]), f"/exchanges/applications/{sent[1].pk}/")
    assert "filled by applicants that the host ranked higher" in own
    assert not any(initials in own for initials in ("H.A.", "B.R."))
    assert client_of(centres[2]).get(address, {"format": "csv"}).status_code == 409


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


def test_the_deadlines_of_a_call_stand_in_the_calendar_of_those_who_see_it(centres: Centres, client_of: ClientOf):
    call, _places, _sent = make_ranked_call(centres)

    def deadlines(acting: Acting) -> list[tuple[str, datetime.datetime]]:
        answer = client_of(acting).get("/exchanges/placements/", {"format": "ics"})
        entries = Calendar.from_ical(answer.content).walk("VEVENT")
        return [(str(one["summary"]), one.decoded("dtstart")) for one in entries]

    assert deadlines(centres[2]) == [("Rankings close: Spring 2025", call.ranked_by)]
    stranger = make_acting(make_organisation("LU-HCPN"), Role.POLICY_OFFICER)
    assert deadlines(stranger) == []


def test_sender_and_host_each_report_by_their_own_form_and_take_the_days_into_a_calendar(
    centres: Centres, client_of: ClientOf
):
    _, _, placed = make_matched_call(centres)
    [record] = [one for one in placed if one.host == centres[1].organisation]
    address = record.get_absolute_url()
    sender, host = client_of(centres[0]), client_of(centres[1])
    assert "report/host_before" in page(host, address)
    assert "report/host_before" not in page(sender, address)
    given = {"host_before-text": "A desk by the window.", "host_before-language": "en"}
    assert host.post(f"{address}report/host_before", given).status_code == 302
    assert sender.post(f"{address}report/host_before", given).status_code == 409
    assert "A desk by the window." in page(sender, address)
    assert "A desk by the window." in text_of(sender.get(f"{address}reports/en").content)
    calendar = sender.get(f"{address}?format=ics")
    assert calendar["content-type"].startswith("text/calendar")
    assert calendar.content.count(b"BEGIN:VEVENT") == 1


def test_the_weeks_show_what_is_offered_and_who_stays(centres: Centres, client_of: ClientOf):
    _, places, placed = make_matched_call(centres)
    client = client_of(centres[1])
    shown = page(client, "/exchanges/placements/")
    assert "Quarter 1 of 2025" in shown
    for record in placed:
        assert f'href="{record.get_absolute_url()}" title="{record} · 3 March – 16 March 2025 · planned"' in shown
    assert shown.count("offered 3 March – 30 May 2025") == len(places)
    assert "H.A." not in shown
    whole = page(client, "/exchanges/placements/", term="2025")
    assert "Nov" in whole
    assert "Year after" in whole
    after = page(client, "/exchanges/placements/", term="2025-Q3")
    assert "Nobody stays anywhere in this quarter." in after
    assert 'href="?term=2025-Q1"' in after
    assert "Quarter 1 of 2025" in page(client, "/exchanges/placements/", term="never")


def test_stays_at_one_place_at_once_lie_under_one_another(centres: Centres, client_of: ClientOf):
    _, places, placed = make_matched_call(centres)
    services.step_placement(centres[0], placed[0], PlacementState.CONFIRMED)
    HostPlace.objects.filter(pk=places[0].pk).update(capacity=2)
    ExchangePlacement.objects.filter(pk=placed[0].pk).update(place=places[0])
    ExchangePlacement.objects.filter(pk=placed[1].pk).update(place=places[0])
    context = client_of(centres[0]).get("/exchanges/placements/").context
    rows = {line.place.pk: line.rows for line in context["timeline"].lines}
    assert [[cell.stay.pk for cell in row if cell.stay] for row in rows[places[0].pk]] == [
        [placed[0].pk],
        [placed[1].pk],
    ]
    assert [[cell.stay for cell in row if cell.stay] for row in rows[places[1].pk]] == [[]]
    assert all(sum(cell.weeks for cell in row) == len(context["timeline"].weeks) for row in rows[places[0].pk])


def test_who_was_called_off_stays_nowhere(centres: Centres, client_of: ClientOf):
    _, _, placed = make_matched_call(centres)
    services.step_placement(centres[0], placed[0], PlacementState.CANCELLED, reason="Ill.")
    client = client_of(centres[0])
    shown = page(client, "/exchanges/placements/")
    assert shown.count('class="stay stay--planned"') == 1
    assert "called off" in shown


def test_the_weeks_show_no_place_of_a_call_that_is_not_shared(centres: Centres, client_of: ClientOf):
    hague, brussels = centres[0], centres[1]
    call = make_call(hague)
    make_place(hague, call, centres[3], town="Karlstad")
    own = page(client_of(hague), "/exchanges/placements/", term="2025-Q1")
    assert "Karlstad" in own
    assert "Karlstad" not in page(client_of(brussels), "/exchanges/placements/", term="2025-Q1")


def text_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_on_paper_a_call_says_what_is_offered_and_of_nobody_who_applied(centres: Centres, client_of: ClientOf):
    call, _, _ = make_ranked_call(centres)
    paper = client_of(centres[1]).get(f"/exchanges/calls/{call.pk}/paper/de")
    said = text_of(paper.content)
    assert "TLP:GREEN" in said
    assert "Work at SE-MCF" in said
    assert "Englisch B2" in said
    assert not any(initials in said for initials in ("H.A.", "D.U.", "B.R."))
    assert client_of(centres[1]).get(f"/exchanges/calls/{call.pk}/paper/es").status_code == 404


def test_the_confirmation_says_who_goes_where_for_what_and_the_report_names_nobody(
    centres: Centres, client_of: ClientOf
):
    _, _, placed = make_matched_call(centres)
    own = next(record for record in placed if record.sender == centres[0].organisation)
    address = f"/exchanges/placements/{own.pk}/"
    client = client_of(centres[0])
    assert client.get(f"{address}reports/nl").status_code == 404
    services.report_before(centres[0], own, "To see the night desk.", language="en")
    letter = text_of(client.get(f"{address}confirmation/fr").content)
    assert "H.A., planner" in letter
    assert "To see the night desk." in letter
    report = text_of(client.get(f"{address}reports/nl").content)
    assert "To see the night desk." in report
    assert "TLP:" in report
    assert "H.A." not in report
    assert client_of(centres[2]).get(f"{address}reports/nl").status_code == 404


def test_what_was_learned_becomes_a_practice_with_its_themes(centres: Centres, client_of: ClientOf):
    _, _, placed = make_matched_call(centres)
    own = next(record for record in placed if record.sender == centres[0].organisation)
    client, address = client_of(centres[0]), f"/exchanges/placements/{own.pk}/"
    with clock.at(AUTUMN + datetime.timedelta(days=365)):
        services.report_after(centres[0], own, "A handover on one page.", language="en")
        given = {"practice-title": "Handover", "practice-summary": "On one page.", "practice-language": "en"}
        assert client.post(f"{address}practice", given).status_code == 422
        assert client.post(f"{address}practice", given | {"practice-themes": ["shift-handover"]}).status_code == 302
        made = Practice.objects.get()
        assert made.codes.get().code == "shift-handover"
        assert made.number in text_of(client.get(f"{address}reports/fr").content)


def test_one_wishes_no_more_places_than_there_are(centres: Centres, client_of: ClientOf):
    hague, brussels = centres[:2]
    call = make_call(hague)
    for _number in range(2):
        make_place(hague, call, centres[3])
    open_call(hague, call)
    shown = page(client_of(brussels), f"/exchanges/calls/{call.pk}/apply")
    assert 'name="wish_2"' in shown
    assert 'name="wish_3"' not in shown


def test_place_call_and_application_lead_to_the_placement_for_whoever_sees_it(centres: Centres, client_of: ClientOf):
    call, _, placed = make_matched_call(centres)
    record = placed[0]
    link = f'href="{record.get_absolute_url()}"'
    addresses = [one.get_absolute_url() for one in (record.place, call, record.application)]
    assert all(link in page(client_of(centres[0]), address) for address in addresses)
    assert all(link not in page(client_of(centres[2]), address) for address in addresses[:2])


def test_a_call_is_found_by_what_hosts_offer_once_it_is_shared(centres: Centres, client_of: ClientOf):
    hague = centres[0]
    call = make_call(hague)
    make_place(hague, call, centres[3], title="Night shifts", town="Karlstad")
    asked = {"q": "karlstad"}
    assert call.get_absolute_url() in page(client_of(hague), "/search", **asked)
    assert call.get_absolute_url() not in page(client_of(centres[1]), "/search", **asked)
    open_call(hague, call)
    assert call.get_absolute_url() in page(client_of(centres[1]), "/search", **asked)

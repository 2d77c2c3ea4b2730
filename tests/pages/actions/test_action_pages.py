"""The pages of actions: what they show, to whom, and what their forms do."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from icalendar import Calendar

from actions_builders import WORKSHOP, make_action, make_recommendation
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role, TlpLabel
from noaber.apps.accounts.models import Membership
from noaber.apps.actions import services
from noaber.apps.actions.models import Action, Recommendation
from noaber.apps.library.enums import Relation
from noaber.apps.library.links import linked_with
from noaber.apps.library.services.links import link
from noaber.apps.records.history import Author
from registry_builders import NOW, make_acting

ClientOf = Callable[[Acting], Client]
Centres = tuple[Acting, Acting, Acting]
SEPTEMBER = datetime.date(2024, 9, 1)
JPEG = b"\xff\xd8\xff\xe0" + bytes(16)


def page(client: Client, address: str, **query: Any) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_list_shows_ours_first_and_what_is_late(centres: Centres, client_of: ClientOf):
    brussels, hague, _ = centres
    make_action(hague, title="Of the Hague", due_on=SEPTEMBER, groups=["BENELUX"])
    make_action(brussels, title="Of Brussels", due_on=datetime.date(2024, 12, 6))
    shown = page(client_of(brussels), "/actions/")
    assert shown.index("Of Brussels") < shown.index("Of the Hague")
    assert shown.count("30 days late") == 1
    assert "Of Brussels" not in page(client_of(brussels), "/actions/", state="overdue")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"organisation": "NL-NCC"}, ["second"]),
        ({"state": "overdue"}, ["first"]),
        ({"state": "done"}, []),
        ({"state": "nonsense"}, ["first", "second"]),
        ({"origin": "recommendation"}, ["second"]),
        ({"q": "first"}, ["first"]),
        ({"q": "A-2024-002"}, ["second"]),
        ({"sort": "-number"}, ["second", "first"]),
    ],
)
def test_the_filters(centres: Centres, client_of: ClientOf, query: dict[str, str], found: list[str]):
    brussels, hague, _ = centres
    make_action(brussels, title="The first", due_on=SEPTEMBER)
    make_action(brussels, title="The second", responsible=hague.organisation, came_from=make_recommendation(brussels))
    shown = page(client_of(brussels), "/actions/", **query)
    named = sorted(
        (one for one in ("first", "second") if f"The {one}" in shown), key=lambda one: shown.index(f"The {one}")
    )
    assert named == found


def test_what_one_may_not_see_is_nowhere(centres: Centres, client_of: ClientOf):
    brussels, _, dusseldorf = centres
    secret = make_action(brussels, title="A secret thing", due_on=SEPTEMBER, tlp=TlpLabel.RED)
    hidden = make_recommendation(brussels, text="A secret thought")
    client = client_of(dusseldorf)
    assert client.get(secret.get_absolute_url()).status_code == 404
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert client.get(f"/links/action/{secret.pk}/").status_code == 404
    for address in ("/actions/", "/recommendations/", "/"):
        shown = page(client, address)
        assert "secret" not in shown
        assert "BE-NCCN" not in shown
    for ending in ("csv", "ics"):
        assert "secret" not in page(client, "/actions/", state="all", format=ending)


def test_an_observer_of_the_group_sees_what_is_green(centres: Centres, client_of: ClientOf):
    brussels, _, dusseldorf = centres
    make_action(brussels, title="Amber thing", groups=["BENELUX"])
    make_action(brussels, title="Green thing", groups=["BENELUX"], tlp=TlpLabel.GREEN)
    shown = page(client_of(dusseldorf), "/actions/")
    assert ("Green thing" in shown, "Amber thing" in shown) == (True, False)


def test_an_action_from_a_recommendation_to_its_evidence(centres: Centres, client_of: ClientOf):
    brussels, hague, _ = centres
    recommendation = make_recommendation(brussels, groups=["BENELUX"])
    client = client_of(brussels)
    new = f"/actions/new?source=recommendation:{recommendation.pk}"
    assert "R-2024-001 Share one contact list." in page(client, new)
    given = {
        "title": "Dresser la liste",
        "language": "fr",
        "responsible": "NL-NCC",
        "made_on": "2024-06-24",
        "due_on": "2024-10-10",
        "origin": "recommendation",
        "tlp": "AMBER",
    }
    answer = client.post(new, given)
    assert answer.status_code == 302
    action = Action.objects.get()
    assert [one.record for one in linked_with(hague.organisation, action)] == [recommendation]

    other = client_of(hague)
    shown = page(other, "/")
    assert "A-2024-001" in shown
    told = {"report-text": "De lijst is rondgestuurd.", "report-language": "nl"}
    assert other.post(f"{action.get_absolute_url()}report", told).status_code == 302
    nothing = {"finish-done_on": "2024-10-01", "finish-evidence": "", "finish-language": "nl"}
    refused = other.post(f"{action.get_absolute_url()}finish", nothing)
    assert refused.status_code == 422
    assert "Say what shows that it is done" in refused.content.decode()
    shows = nothing | {"finish-evidence": "De lijst van oktober."}
    assert other.post(f"{action.get_absolute_url()}finish", shows).status_code == 302
    shown = page(client, action.get_absolute_url())
    assert "De lijst van oktober." in shown
    assert "De lijst is rondgestuurd." in shown
    assert "A-2024-001" not in page(other, "/")


def test_a_linked_record_is_evidence_enough(centres: Centres, client_of: ClientOf):
    brussels, _, _ = centres
    action, report = make_action(brussels), make_recommendation(brussels)
    client = client_of(brussels)
    chosen = {"how": "shows-back", "other": f"recommendation:{report.pk}"}
    assert client.post(f"/links/action/{action.pk}/new", chosen).status_code == 302
    given = {"finish-done_on": "2024-10-01", "finish-evidence": "", "finish-language": "en"}
    assert client.post(f"{action.get_absolute_url()}finish", given).status_code == 302
    assert "see the linked records" in page(client, action.get_absolute_url())


def test_links_are_found_made_and_taken_away(centres: Centres, client_of: ClientOf):
    brussels, hague, _ = centres
    action = make_action(brussels, groups=["BENELUX"])
    make_recommendation(hague, text="A hidden contact list")
    seen = make_recommendation(hague, text="A shared contact list", groups=["BENELUX"])
    client = client_of(brussels)
    found = page(client, f"/links/action/{action.pk}/new", kind="recommendation", q="list CONTACT")
    assert ("A shared contact list" in found, "A hidden contact list" in found) == (True, False)
    client.post(f"/links/action/{action.pk}/new", {"how": "about", "other": f"recommendation:{seen.pk}"})
    shown = page(client, action.get_absolute_url())
    assert "Is about" in shown
    assert "A shared contact list" in shown
    made = linked_with(brussels.organisation, action)[0].link
    other = client_of(hague)
    assert other.post(f"/links/{made.pk}/remove", {"from": f"action:{action.pk}"}).status_code == 404
    assert client.post(f"/links/{made.pk}/remove", {"from": f"action:{action.pk}"}).status_code == 302
    assert linked_with(brussels.organisation, action) == []


def test_what_one_does_not_see_cannot_be_linked(centres: Centres, client_of: ClientOf):
    brussels, hague, _ = centres
    action, hidden = make_action(brussels), make_recommendation(hague)
    client = client_of(brussels)
    address = f"/links/action/{action.pk}/new"
    assert client.post(address, {"how": "about", "other": f"recommendation:{hidden.pk}"}).status_code == 404
    assert client.post(address, {"how": "about", "other": f"action:{action.pk}"}).status_code == 422
    assert client.post(address, {"how": "about", "other": "nothing"}).status_code == 422
    assert client.get("/links/nothing/1/").status_code == 404


def test_who_does_not_cooperate_finds_no_forms(centres: Centres, client_of: ClientOf):
    brussels, hague, _ = centres
    action = make_action(brussels, groups=["BENELUX"])
    reader = client_of(make_acting(hague.organisation, Role.OBSERVER))
    shown = page(reader, action.get_absolute_url())
    assert 'method="post" action="/actions/' not in shown
    for address in ("/actions/new", "/recommendations/new", f"/links/action/{action.pk}/new"):
        assert reader.get(address).status_code == 409
    assert (
        reader.post(f"{action.get_absolute_url()}drop", {"drop-reason": "No.", "drop-language": "en"}).status_code
        == 409
    )


def test_a_recommendation_is_written_of_a_gap_declined_and_accepted(centres: Centres, client_of: ClientOf):
    brussels, _, _ = centres
    client = client_of(brussels)
    new = "/recommendations/new?party=BE33&party=NL42&capability=HCP&hazard=flood"
    assert "No text between" in page(client, new)
    given = {"text": "Conclude a text.", "language": "en", "made_on": "2024-12-06", "origin": "gap", "tlp": "AMBER"}
    assert client.post(new, given).status_code == 302
    record = Recommendation.objects.get()
    assert record.about["parties"] == ["BE33", "NL42"]
    address = record.get_absolute_url()
    assert client.post(f"{address}decline", {"reason": " ", "language": "en"}).status_code == 422
    assert client.post(f"{address}decline", {"reason": "Too early.", "language": "en"}).status_code == 302
    assert "Too early." in page(client, address)
    assert client.post(f"{address}accept").status_code == 302
    assert client.post(f"{address}accept").status_code == 409
    assert client.post(f"{address}carried-out").status_code == 302
    assert "No text between" in page(client, "/recommendations/", format="csv")


def test_a_change_keeps_what_the_form_does_not_ask(centres: Centres, client_of: ClientOf):
    brussels, hague, _ = centres
    action = make_action(brussels, illustrative=True, source="domain", due_on=SEPTEMBER)
    client = client_of(brussels)
    address = f"{action.get_absolute_url()}edit"
    given = {
        "title": "Another title",
        "language": "en",
        "responsible": "NL-NCC",
        "due_on": "2024-06-01",
        "origin": "meeting",
        "tlp": "AMBER",
    }
    assert client.post(address, given).status_code == 422
    assert client.post(address, given | {"due_on": "2024-12-01"}).status_code == 302
    action.refresh_from_db()
    assert (action.title, action.made_on, action.illustrative, action.source) == (
        "Another title",
        WORKSHOP,
        True,
        "domain",
    )
    shown = page(client, action.get_absolute_url())
    assert "BE-NCCN" in shown
    assert client_of(hague).get(action.get_absolute_url()).status_code == 200


def test_counts_are_of_what_one_sees(centres: Centres, client_of: ClientOf):
    brussels, hague, _ = centres
    make_action(brussels, due_on=SEPTEMBER)
    make_action(brussels, due_on=SEPTEMBER, groups=["BENELUX"])
    rows = page(client_of(hague), "/actions/").split("By organisation")[1]
    assert rows.count("<b>1</b>") == 1


def test_the_calendar_is_private_and_can_be_renewed(centres: Centres, client_of: ClientOf):
    brussels, hague, _ = centres
    make_action(hague, title="Ours", responsible=brussels.organisation, due_on=SEPTEMBER)
    make_action(brussels, title="Theirs", responsible=hague.organisation, due_on=SEPTEMBER)
    client = client_of(brussels)
    address = address_in(page(client, "/actions/calendar"))
    entries = Calendar.from_ical(Client().get(address).content).walk("VEVENT")
    assert [(str(entry["summary"]), entry["dtstart"].dt) for entry in entries] == [("A-2024-001 Ours", SEPTEMBER)]
    assert Client().get(address.replace(".ics", "0.ics")).status_code == 404
    client.post("/actions/calendar")
    assert Client().get(address).status_code == 404
    renewed = address_in(page(client, "/actions/calendar"))
    assert Client().get(renewed).status_code == 200
    Membership.objects.filter(person=brussels.person).delete()
    assert Client().get(renewed).status_code == 404


def address_in(shown: str) -> str:
    start = shown.index("/actions/calendar/", shown.index("http"))
    return shown[start : shown.index(".ics", start) + 4]


def test_the_desk_and_the_navigation_remind(centres: Centres, client_of: ClientOf):
    brussels, _, _ = centres
    make_action(brussels, title="Late thing", due_on=SEPTEMBER)
    make_action(brussels, title="Soon thing", due_on=datetime.date(2024, 10, 15))
    make_action(brussels, title="Far thing", due_on=datetime.date(2024, 10, 16))
    shown = page(client_of(brussels), "/")
    assert [name in shown for name in ("Late thing", "Soon thing", "Far thing")] == [True, True, False]
    assert '<span class="count">2</span>' in shown


def test_the_desk_says_as_many_days_late_as_the_list(centres: Centres, client_of: ClientOf):
    """Due on 20 August, and it is the morning of 1 October: 42 days on the calendar, 41 and some hours by the clock."""
    brussels = centres[0]
    action = make_action(brussels, due_on=datetime.date(2024, 8, 20))
    client = client_of(brussels)
    for address in ("/", "/actions/", "/actions/?state=overdue", action.get_absolute_url()):
        shown = page(client, address)
        assert shown.count("42 days late") == 1, address
        assert "41 days" not in shown


def test_the_register_is_the_list_on_paper(centres: Centres, client_of: ClientOf):
    brussels, hague, dusseldorf = centres
    late = make_action(brussels, title="Late thing", due_on=SEPTEMBER, groups=["BENELUX"], tlp=TlpLabel.GREEN)
    other = make_action(hague, title="Of the Hague", due_on=datetime.date(2024, 12, 6), groups=["BENELUX"])
    address = "/actions/register.pdf"
    paper = pdf_text(client_of(brussels).get(address, {"language": "en"}))
    for words in (late.number, other.number, "Late thing", "30 days late", "BE-NCCN, 1 overdue", "TLP:AMBER"):
        assert words in paper
    overdue = pdf_text(client_of(brussels).get(address, {"language": "nl", "state": "overdue", "q": "thing"}))
    assert (late.number in overdue, other.number in overdue) == (True, False)
    assert "30 dagen te laat" in overdue
    theirs = pdf_text(client_of(dusseldorf).get(address, {"language": "de"}))
    assert (late.number in theirs, other.number in theirs, "TLP:GREEN" in theirs) == (True, False, True)
    assert client_of(brussels).get(address, {"language": "xx"}).status_code == 404
    shown = page(client_of(brussels), "/actions/", state="overdue", page="1")
    assert 'href="/actions/register.pdf?state=overdue&amp;language=fr"' in shown


def test_the_recommendations_on_paper_are_those_of_the_list(centres: Centres, client_of: ClientOf):
    brussels, hague, dusseldorf = centres
    shared = make_recommendation(brussels, text="Share one list.", groups=["BENELUX"], tlp=TlpLabel.GREEN)
    declined = make_recommendation(hague, text="Ring twice a day.", groups=["BENELUX"], made_by="Workshop")
    services.decline_recommendation(hague, declined, reason="Once is enough.", language="en")
    address = "/recommendations/register.pdf"
    paper = pdf_text(client_of(brussels).get(address, {"language": "en"}))
    for words in (shared.number, "Share one list.", "Ring twice a day.", "Workshop", "Once is enough.", "TLP:AMBER"):
        assert words in paper
    proposed = pdf_text(client_of(brussels).get(address, {"language": "de", "state": "proposed"}))
    assert "Empfehlungsregister" in proposed
    assert (shared.number in proposed, declined.number in proposed) == (True, False)
    theirs = pdf_text(client_of(dusseldorf).get(address))
    assert (shared.number in theirs, declined.number in theirs) == (True, False)
    assert client_of(brussels).get(address, {"language": "xx"}).status_code == 404
    shown = page(client_of(brussels), "/recommendations/", state="proposed", page="1")
    assert 'href="/recommendations/register.pdf?state=proposed&amp;language=fr"' in shown


def test_a_photo_taken_on_the_spot_is_the_evidence(centres: Centres, client_of: ClientOf):
    """The page leads to the upload, which leads back; the document is evidence, so nothing need be written."""
    brussels = centres[0]
    action = make_action(brussels, due_on=SEPTEMBER)
    client = client_of(brussels)
    upload = f"/library/new?source=action:{action.pk}"
    assert f'href="{upload}"' in page(client, action.get_absolute_url())
    photo = SimpleUploadedFile("sluice.jpg", JPEG, content_type="image/jpeg")
    form = {"title": "The sluice", "file": photo, "language": "en", "file_language": "en", "kind": "report"}
    assert client.post(upload, form | {"tlp": "GREEN"}).headers["Location"] == action.get_absolute_url()
    client.post(f"{action.get_absolute_url()}finish", {"finish-done_on": "2024-10-01", "finish-language": "en"})
    action.refresh_from_db()
    assert (action.state, action.evidence) == ("done", "")
    assert "The sluice" in page(client, action.get_absolute_url())


def pdf_text(answer: Any) -> str:
    document = pypdfium2.PdfDocument(BytesIO(answer.content))
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(text.split())


def test_a_swap_shows_what_a_reload_shows(centres: Centres, client_of: ClientOf):
    brussels, _, _ = centres
    action, recommendation = make_action(brussels), make_recommendation(brussels)
    link(Author.of(brussels), recommendation, Relation.ABOUT, action, now=NOW)
    services.report_progress(brussels, action, "Begun.", language="en")
    client = client_of(brussels)
    for address in ("/actions/", action.get_absolute_url(), recommendation.get_absolute_url(), "/recommendations/"):
        swapped = client.get(address, headers={"HX-Request": "true"}).content.decode()
        lines = [line.strip() for line in swapped.splitlines() if line.strip() and "csrf" not in line]
        whole = page(client, address)
        assert [line for line in lines if line not in whole] == []

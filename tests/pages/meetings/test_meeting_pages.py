"""The pages of meetings: what they show, to whom, and what their forms do."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from icalendar import Calendar
from lxml import html

from meetings_builders import JUNE, Table, make_decision, make_item, make_meeting, make_participant, make_series
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role, TlpLabel
from noaber.apps.meetings import services
from noaber.apps.meetings.models import AgendaItem, Decision, Meeting, MinutesRevision
from registry_builders import make_acting

ClientOf = Callable[[Acting], Client]
SECRET = "A hidden thing"


def page(client: Client, address: str, **query: Any) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return "\n".join(document[number].get_textpage().get_text_bounded() for number in range(len(document)))


def test_a_meeting_from_the_plan_to_its_minutes(table: Table, client_of: ClientOf):
    client = client_of(table.brussels)
    given = {
        "title": "Réunion",
        "language": "fr",
        "kind": "meeting",
        "starts_on": "2024-12-06",
        "starts_time": "10:00",
        "time_zone": "Europe/Brussels",
        "tlp": "AMBER",
    }
    answer = client.post("/meetings/new", given)
    assert answer.status_code == 302, answer.content.decode()
    at = answer["Location"]
    who = {"organisation": "NL-NCC", "function": "director", "capacity": "member"}
    assert client.post(f"{at}people/edit", who).status_code == 302
    point = {"item-title": "Inventory", "item-language": "en", "item-purpose": "decision"}
    assert client.post(f"{at}agenda/add", point).status_code == 302
    assert client.post(f"{at}steps/convened", {}).status_code == 302
    item = AgendaItem.objects.get()
    hague = client_of(table.hague)
    said = {"text": "The inventory is there.", "language": "en", "base": ""}
    assert hague.post(f"{at}minutes/{item.pk}/write", said).status_code == 302
    decided = {"text": "It is adopted.", "language": "en", "made_on": "2024-12-06", "item": str(item.pk)}
    assert client.post(f"{at}decisions/new", decided)["Location"] == "/decisions/D-2024-001/"
    shown = page(hague, at)
    assert all(words in shown for words in ("Inventory", "D-2024-001", "It is adopted."))
    assert "The inventory is there." in page(hague, f"{at}minutes/")
    assert "D-2024-001" in page(hague, "/decisions/", q="adopted")
    assert "It is adopted." in page(hague, "/decisions/", format="csv")


@pytest.mark.parametrize(
    ("address", "form", "words"),
    [
        ("/meetings/new", {"title": ""}, "required"),
        ("/meetings/series/new", {"tlp": "AMBER"}, "one language at least"),
        ("{at}agenda/add", {}, "required"),
        ("{at}people/edit", {"capacity": "member"}, "who it is"),
        ("{at}call-off", {}, "required"),
    ],
)
def test_what_is_missing_is_said(table: Table, client_of: ClientOf, address: str, form: dict[str, str], words: str):
    at = table.meeting.get_absolute_url()
    answer = client_of(table.brussels).post(address.format(at=at), form)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_an_observer_does_not_see_a_point_for_members_anywhere(table: Table, client_of: ClientOf):
    at = table.meeting.get_absolute_url()
    secret = make_item(table.brussels, table.meeting, SECRET, members_only=True)
    services.save_minutes(table.brussels, secret, f"{SECRET} was said.", language="en", base=None)
    decision = make_decision(table.brussels, table.meeting, item=secret, text=f"{SECRET} was decided.")
    observer, member = client_of(table.dusseldorf), client_of(table.hague)
    for address in (at, f"{at}minutes/", "/decisions/", "/meetings/", f"{at}people/"):
        assert SECRET not in page(observer, address)
    for address in (at, f"{at}minutes/", "/decisions/"):
        assert SECRET in page(member, address)
    for address in (f"{at}minutes/{secret.pk}/", f"{at}minutes/{secret.pk}/versions/", decision.get_absolute_url()):
        assert observer.get(address).status_code == 404
    for paper in ("convocation.pdf", "minutes.pdf"):
        assert SECRET not in text_of(observer.get(f"{at}{paper}").content)
    assert SECRET in text_of(member.get(f"{at}minutes.pdf").content)
    assert SECRET not in page(observer, "/meetings/", format="ics")


def test_who_is_not_on_the_list_finds_nothing(table: Table, client_of: ClientOf):
    hidden = make_meeting(table.brussels, title=SECRET)
    client = client_of(table.hague)
    at = hidden.get_absolute_url()
    for address in (at, f"{at}minutes/", f"{at}convocation.pdf", f"{at}invitation.ics", f"{at}people/"):
        assert client.get(address).status_code == 404
    assert SECRET not in page(client, "/meetings/")
    assert SECRET not in page(client, "/meetings/", format="csv")


def test_the_papers_in_four_languages(table: Table, client_of: ClientOf):
    make_item(table.brussels, table.meeting, "Inventory", minutes_allotted=20)
    at, client = table.meeting.get_absolute_url(), client_of(table.hague)
    titles = {
        language: [
            text_of(client.get(f"{at}{paper}", {"language": language}).content)
            for paper in ("convocation.pdf", "minutes.pdf")
        ]
        for language in ("nl", "fr", "de", "en")
    }
    words = {
        "nl": ("Deelnemers", "Notulen"),
        "fr": ("Ordre du jour", "Procès-verbal"),
        "de": ("Tagesordnung", "Protokoll"),
    }
    for language, (one, other) in words.items():
        assert one in titles[language][0]
        assert other in titles[language][1]
    assert all("Inventory" in text for texts in titles.values() for text in texts)


def test_the_strictest_label_stands_on_the_papers(table: Table, client_of: ClientOf):
    Meeting.objects.update(tlp=TlpLabel.GREEN)
    table.meeting.refresh_from_db()
    make_item(table.brussels, table.meeting, "For members", members_only=True)
    at = table.meeting.get_absolute_url()
    assert "TLP:AMBER" in text_of(client_of(table.hague).get(f"{at}minutes.pdf").content)
    assert "TLP:GREEN" in text_of(client_of(table.dusseldorf).get(f"{at}minutes.pdf").content)


def test_a_clash_leads_to_both_versions_and_is_settled_there(table: Table, client_of: ClientOf):
    item = make_item(table.brussels, table.meeting)
    services.save_minutes(table.brussels, item, "We met.", language="en", base=None)
    base = MinutesRevision.objects.get().pk
    at = f"{table.meeting.get_absolute_url()}minutes/{item.pk}/"
    brussels, hague = client_of(table.brussels), client_of(table.hague)
    brussels.post(f"{at}write", {"text": "We met in Brussels.", "language": "en", "base": base})
    answer = hague.post(f"{at}write", {"text": "We met by video.", "language": "en", "base": base})
    both = page(hague, answer["Location"])
    assert "We met <mark>in Brussels.</mark>" in both
    assert "We met <mark>by video.</mark>" in both
    assert "is kept aside: somebody else" in page(brussels, f"{table.meeting.get_absolute_url()}minutes/")
    head = AgendaItem.objects.get().head_id
    chosen = {"head": head, "choice-1": "edit", "text-1": "We met in Brussels and by video."}
    assert hague.post(answer["Location"], chosen).status_code == 302
    now = AgendaItem.objects.get().head
    assert now is not None
    assert now.text == "We met in Brussels and by video."
    assert page(brussels, f"{at}versions/").count("<blockquote") == 4


def test_an_editor_that_htmx_asks_for_is_a_part_of_the_page(table: Table, client_of: ClientOf):
    item = make_item(table.brussels, table.meeting)
    at = f"{table.meeting.get_absolute_url()}minutes/{item.pk}/"
    hague, htmx = client_of(table.hague), {"HX-Request": "true"}
    opened = hague.get(f"{at}write", headers=htmx).content.decode()
    assert "<textarea" in opened
    assert "<html" not in opened
    kept = hague.post(f"{at}draft", {"text": "Half a sen", "language": "en", "base": ""}, headers=htmx)
    assert "was kept" in kept.content.decode()
    assert "Half a sen" in hague.get(f"{at}write", headers=htmx).content.decode()
    told = client_of(table.brussels).get(at, headers=htmx).content.decode()
    assert "is writing" in told
    assert "Half a sen" not in told
    saved = hague.post(f"{at}write", {"text": "Half", "language": "en", "base": "", "then": "go-on"}, headers=htmx)
    assert "<textarea" in saved.content.decode()
    left = hague.post(f"{at}leave", {}, headers=htmx).content.decode()
    assert "<textarea" not in left
    assert client_of(table.dusseldorf).post(f"{at}write", {"text": "x", "language": "en"}).status_code == 409


def test_the_next_of_a_series_shows_what_is_open(table: Table, client_of: ClientOf):
    series = make_series(table.brussels)
    before = make_meeting(table.brussels, series=series)
    make_item(table.brussels, before, "Left open")
    make_decision(table.brussels, before, text="Decided before.")
    somebody = make_participant(table.brussels, before, table.hague)
    services.hold(table.brussels, before)
    client = client_of(table.brussels)
    shown = page(client, "/meetings/new", series=series.pk)
    assert "Left open" in shown
    assert f'value="{somebody.pk}"' in shown
    assert "Decided before." in shown
    given = {
        "title": "Next",
        "language": "en",
        "kind": "meeting",
        "series": series.pk,
        "starts_on": "2024-12-06",
        "time_zone": "Europe/Brussels",
        "tlp": "AMBER",
        "carried": [item.pk for item in before.items.all()],
        "invited": [somebody.pk],
    }
    at = client.post(f"/meetings/new?series={series.pk}", given)["Location"]
    assert "carried over from" in page(client, at)
    assert "Put it on the agenda" not in page(client, at)
    assert Meeting.objects.get(title="Next").participants.get().organisation == table.hague.organisation
    assert "Decided before." in page(client, at)
    year = page(client, "/meetings/", view="year", year="2024")
    assert year.count("Directors’ consultation</th>") == 1


def test_a_meeting_that_was_planned_takes_up_what_is_open(table: Table, client_of: ClientOf):
    series = make_series(table.brussels)
    before = make_meeting(table.brussels, series=series)
    point = make_item(table.brussels, before, "Left open")
    planned = make_meeting(table.brussels, series=series, starts_on=datetime.date(2024, 12, 6))
    for meeting in (before, planned):
        make_participant(table.brussels, meeting, table.hague)
    services.hold(table.brussels, before)
    client, address = client_of(table.brussels), f"{planned.get_absolute_url()}agenda/carry/{point.pk}"
    assert address in page(client, planned.get_absolute_url())
    hague = client_of(table.hague)
    assert "Put it on the agenda" not in page(hague, planned.get_absolute_url())
    assert hague.post(address, {}).status_code == 409
    assert client.post(address, {})["Location"] == planned.get_absolute_url()
    assert "carried over from" in page(client, planned.get_absolute_url())
    assert client.post(address, {}).status_code == 404


def test_an_answer_stands_also_where_the_reader_may_not_give_it(table: Table, client_of: ClientOf):
    services.convene(table.brussels, table.meeting)
    officer = make_acting(table.hague.organisation, Role.DUTY_OFFICER)
    row = page(client_of(officer), f"{table.meeting.get_absolute_url()}people/").split("NL-NCC", 1)[1].split("</tr>")[0]
    assert "invited" in row
    assert "We come" not in row


def test_a_calendar_has_a_secret_address_until_it_is_renewed(table: Table, client_of: ClientOf):
    make_meeting(table.brussels, title=SECRET)
    client = client_of(table.hague)
    shown = page(client, "/meetings/calendar")
    address = shown.split('value="http://testserver', 1)[1].split('"', 1)[0]
    entries = Calendar.from_ical(Client().get(address).content).walk("VEVENT")
    assert [(str(one["summary"]), one["dtstart"].dt) for one in entries] == [("Meeting of the directors", JUNE)]
    client.post("/meetings/calendar")
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("step", ["held", "called-off", "nonsense"])
def test_only_the_keeper_takes_steps(table: Table, client_of: ClientOf, step: str):
    answer = client_of(table.hague).post(f"{table.meeting.get_absolute_url()}steps/{step}", {})
    assert answer.status_code in (409, 404)


def test_an_answer_of_ones_own(table: Table, client_of: ClientOf):
    hers = table.meeting.participants.get(organisation=table.hague.organisation)
    at = f"{table.meeting.get_absolute_url()}people/{hers.pk}/"
    assert client_of(table.hague).post(f"{at}answer", {"answer": "accepted"}).status_code == 302
    assert "accepted" in page(client_of(table.brussels), table.meeting.get_absolute_url())
    assert client_of(table.dusseldorf).post(f"{at}answer", {"answer": "declined"}).status_code == 409


def test_the_agenda_by_its_menu(table: Table, client_of: ClientOf):
    first, second = (make_item(table.brussels, table.meeting, title) for title in ("First", "Second"))
    client, at = client_of(table.brussels), table.meeting.get_absolute_url()
    client.post(f"{at}agenda/{second.pk}/move/up", {})
    client.post(f"{at}agenda/{second.pk}/finish", {})
    changed = {"title": "First of all", "language": "en", "purpose": "information", "members_only": "on"}
    client.post(f"{at}agenda/{first.pk}/edit", changed)
    rows = [(row.title, row.is_finished, row.members_only) for row in AgendaItem.objects.order_by("position")]
    assert rows == [("Second", True, False), ("First of all", False, True)]
    client.post(f"{at}agenda/{first.pk}/remove", {})
    assert AgendaItem.objects.count() == 1


def test_other_words_for_a_decision(table: Table, client_of: ClientOf):
    decision = make_decision(table.brussels, table.meeting)
    at = f"{decision.get_absolute_url()}edit"
    client = client_of(table.brussels)
    assert "The inventory is made." in page(client, at)
    client.post(at, {"text": "Better words.", "language": "en"})
    assert Decision.objects.get().text == "Better words."
    assert "The inventory is made." in page(client, decision.get_absolute_url())
    assert client_of(table.hague).get(at).status_code == 409


def test_a_meeting_is_changed_and_called_off(table: Table, client_of: ClientOf):
    client, at = client_of(table.brussels), table.meeting.get_absolute_url()
    given = {"title": "Moved", "language": "en", "kind": "workshop", "starts_on": "2024-07-01", "tlp": "GREEN"}
    assert client.post(f"{at}edit", given | {"time_zone": "Europe/Brussels"}).status_code == 302
    assert client.post(f"{at}call-off", {"off-reason": "Storm."}).status_code == 302
    table.meeting.refresh_from_db()
    assert (table.meeting.title, table.meeting.state) == ("Moved", "called-off")
    assert table.meeting.starts_on == datetime.date(2024, 7, 1)
    assert "Storm." in page(client_of(table.hague), at), "who was invited reads why"
    assert "Nothing was decided." in page(client, at)


def test_who_keeps_a_series_renames_it_and_the_history_says_so(table: Table, client_of: ClientOf):
    """The name stands with its meetings; others do not change it, and who does not see it learns nothing of it."""
    series = make_series(table.brussels)
    make_meeting(table.brussels, series=series, groups=["BENELUX"])
    keeper, member, observer = (client_of(one) for one in (table.brussels, table.hague, table.dusseldorf))
    address = f"/meetings/series/{series.pk}/edit"
    assert address in page(keeper, "/meetings/", series=series.pk)
    assert address not in page(member, "/meetings/", series=series.pk)
    named = {"name_en": "Consultation of directors", "name_fr": "Concertation", "tlp": "RED", "groups": ["BENELUX"]}
    assert keeper.post(address, {"tlp": "AMBER", "groups": ["BENELUX"]}).status_code == 422
    assert member.post(address, named).status_code == 409
    assert observer.get(address).status_code == 404
    assert keeper.post(address, named | {"tlp": "AMBER"})["Location"] == f"/meetings/?series={series.pk}"
    assert "Consultation of directors" in page(member, "/meetings/")
    history = page(keeper, address)
    before, after = (
        html.fromstring(history).xpath(f"string(//ul[@class='plain small']/li{part})") for part in ("/span", "")
    )
    assert before == "English: Directors’ consultation"
    assert after.endswith("→ French: Concertation, English: Consultation of directors")
    assert keeper.post(address, named | {"groups": []}).status_code == 302
    assert member.get(address).status_code == 404
    assert "Consultation of directors" not in page(member, "/meetings/")

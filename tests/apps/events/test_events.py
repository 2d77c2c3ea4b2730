"""Dossiers: who sees and changes them, what is reserved for them, how they close."""

from __future__ import annotations

import datetime

import pypdfium2
import pytest
from django.test import override_settings
from django.urls import reverse
from icalendar import Calendar

from actions_builders import make_action, make_recommendation
from events_builders import BEGINS, ENDS, Cast, event_data, make_event, make_partner, make_risk, make_shift
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role, TlpLabel
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.actions.calendar import feed_token
from noaber.apps.actions.services import get_feed
from noaber.apps.events import services
from noaber.apps.events.enums import EventState
from noaber.apps.events.models import EventDossier, EventPartner, LiaisonShift, WhatIf
from noaber.apps.events.queries import findings_of, list_events, seen_reservations, seen_risks, tasks_of
from noaber.apps.library.links import linked_with
from noaber.apps.library.search import Wanted, find
from noaber.apps.planner.queries.reservations import NOT_TOLD
from noaber.apps.planner.services.proposals import propose
from noaber.apps.records.history import history_of
from noaber.apps.registry.models import Capacity
from noaber.core.problems import InvalidInput, NotAllowed, NotFound
from noaber.core.search.question import read_question
from noaber.web import clock
from planner_builders import client_of
from practices_builders import make_lesson
from registry_builders import make_acting, make_contact


def codes(acting: Acting) -> list[str]:
    return [event.code for event in list_events(acting.organisation, "Exercise")]


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


def test_partners_see_the_event_and_nobody_else(cast: Cast) -> None:
    event = make_event(cast.brussels)
    assert codes(cast.hague) == []
    partner = make_partner(cast.brussels, event, cast.hague)
    assert codes(cast.hague) == ["CUP-2021"]
    assert codes(cast.dusseldorf) == codes(cast.stockholm) == []
    with pytest.raises(NotFound):
        EventDossier.objects.get_visible(cast.stockholm.organisation, pk=event.pk)
    services.remove_part(cast.brussels, partner)
    assert codes(cast.hague) == []
    assert client_of(cast.hague).get(event.get_absolute_url()).status_code == 404


def test_an_observer_sees_the_event_but_no_risk_that_is_stricter(cast: Cast) -> None:
    event = make_event(cast.brussels, tlp=TlpLabel.GREEN, groups=["BENELUX"])
    for label in ("GREEN", "AMBER", "RED"):
        make_risk(cast.brussels, event, label)
    seen = {
        acting.organisation.code: [note.tlp for note in seen_risks(acting.organisation, event)]
        for acting in (cast.brussels, cast.hague, cast.dusseldorf, cast.stockholm)
    }
    assert seen == {
        "BE-NCCN": ["GREEN", "AMBER", "RED"],
        "NL-NCC": ["GREEN", "AMBER"],
        "DE-NW": ["GREEN"],
        "SE-MCF": [],
    }
    page = client_of(cast.dusseldorf).get(event.get_absolute_url()).content.decode()
    assert "A risk for GREEN." in page
    assert "A risk for AMBER." not in page


def test_a_stricter_event_tightens_its_risks_and_no_risk_is_looser(cast: Cast) -> None:
    event = make_event(cast.brussels, tlp=TlpLabel.GREEN, groups=["BENELUX"])
    note = make_risk(cast.brussels, event, "GREEN")
    services.change_event(cast.brussels, event, event_data(cast.brussels, tlp=TlpLabel.RED, groups=["BENELUX"]))
    note.refresh_from_db()
    assert note.tlp == "RED"
    assert [one.code for one in readers_of(note)] == ["BE-NCCN"]
    event.refresh_from_db()
    with pytest.raises(InvalidInput):
        make_risk(cast.brussels, event, "AMBER")


def test_partners_add_their_own_and_change_nothing_else(cast: Cast) -> None:
    event = make_event(cast.brussels)
    with pytest.raises(NotAllowed):
        make_shift(cast.hague, event)
    make_partner(cast.brussels, event, cast.hague)
    shift = make_shift(cast.hague, event)
    make_risk(cast.hague, event)
    with pytest.raises(NotAllowed):
        make_shift(cast.hague, event, organisation=cast.brussels.organisation)
    with pytest.raises(NotAllowed):
        services.change_event(cast.hague, event, event_data(cast.hague, code="OURS"))
    with pytest.raises(NotAllowed):
        services.keep_part(cast.hague, WhatIf(event=event), {"condition": "If", "measures": "Then", "language": "en"})
    duty = make_acting(cast.hague.organisation, Role.DUTY_OFFICER)
    with pytest.raises(NotAllowed):
        services.remove_part(duty, shift)
    services.remove_part(cast.brussels, shift)


def test_the_history_tells_the_parts(cast: Cast) -> None:
    event = make_event(cast.brussels)
    make_partner(cast.brussels, event, cast.hague)
    fields = [change.fields for change in history_of(event)]
    assert fields == [{"partners": [None, "NL-NCC: Neighbour"]}, {}]
    page = client_of(cast.brussels).get(event.get_absolute_url()).content.decode()
    assert "NL-NCC: Neighbour" in page


def test_the_history_tells_what_of_a_part_changed(cast: Cast) -> None:
    event = make_event(cast.brussels)
    shift = make_shift(cast.brussels, event)
    before, name = shift.ends_at.isoformat(), str(shift)
    later = shift.ends_at + datetime.timedelta(hours=2)
    values = {"function": shift.function, "begins_at": shift.begins_at, "ends_at": later}
    services.keep_part(cast.brussels, LiaisonShift.objects.get(pk=shift.pk), values)
    services.remove_part(cast.brussels, LiaisonShift.objects.get(pk=shift.pk))
    removed, changed, added, _made = (change.fields for change in history_of(event))
    assert added == {"shifts": [None, [name, shift.begins_at.isoformat(), before]]}
    assert changed == {"shifts": [[name, before], [name, later.isoformat()]]}
    assert removed == {"shifts": [[name, shift.begins_at.isoformat(), later.isoformat()], None]}
    page = client_of(cast.brussels).get(event.get_absolute_url()).content.decode()
    assert later.isoformat() not in page, "the page says the times in words"


def test_no_partner_comes_twice_and_no_code(cast: Cast) -> None:
    event = make_event(cast.brussels)
    make_partner(cast.brussels, event, cast.hague)
    again = EventPartner(event=event)
    values = {"organisation": cast.hague.organisation, "role": "Again", "language": "en"}
    for wrong in (
        lambda: services.keep_part(cast.brussels, again, values),
        lambda: make_event(cast.brussels),
        lambda: make_event(cast.brussels, code="small letters"),
        lambda: make_event(cast.brussels, code="OTHER", titles={}),
        lambda: make_event(cast.brussels, code="OTHER", ends_at=BEGINS),
    ):
        with pytest.raises(InvalidInput):
            wrong()
    make_event(cast.hague)


def test_reserved_teams_are_left_alone_and_named_only_to_who_sees_the_event(cast: Cast) -> None:
    evening = cast.evening
    evening.own_and_neighbour()
    eindhoven = Capacity.objects.get(code="EINDHOVEN")
    event = make_event(cast.hague)
    make_partner(cast.hague, event, cast.brussels)
    with pytest.raises(NotAllowed):
        services.hold_teams(cast.brussels, event, eindhoven, 1, begins_at=BEGINS, ends_at=ENDS)
    held = services.hold_teams(cast.hague, event, eindhoven, 4, begins_at=BEGINS, ends_at=ENDS)
    incident = evening.incident()
    proposal = propose(evening.brussels, incident, include_unknown=False)
    assert {line["unit"]: line["quantity"] for line in proposal.plan["assignments"]} == {
        "BE-NCCN:LIEGE": 2,
        "NL-NCC:EINDHOVEN": 1,
    }
    assert [one["event"] for one in proposal.problem["reservations"]] == ["CUP-2021"]
    services.remove_part(cast.hague, event.partners.get())
    blind = propose(evening.brussels, incident, include_unknown=False)
    assert [one["event"] for one in blind.problem["reservations"]] == [NOT_TOLD]
    assert "CUP-2021" not in str(blind.problem) + str(blind.plan)
    services.free_teams_of(cast.hague, event, held)
    free = propose(evening.brussels, incident, include_unknown=False)
    assert {line["unit"]: line["quantity"] for line in free.plan["assignments"]}["NL-NCC:EINDHOVEN"] == 4


def test_nobody_reserves_for_what_they_do_not_see(cast: Cast) -> None:
    cast.evening.own_and_neighbour()
    eindhoven = Capacity.objects.get(code="EINDHOVEN")
    with pytest.raises(NotFound):
        services.hold_teams(cast.hague, make_event(cast.brussels), eindhoven, 1, begins_at=BEGINS, ends_at=ENDS)
    with override_settings(NOABER_STATUS="Actual"):
        earnest = make_event(cast.hague, status="Actual")
    with pytest.raises(NotFound):
        services.hold_teams(cast.hague, earnest, eindhoven, 1, begins_at=BEGINS, ends_at=ENDS)


def test_reserved_teams_are_listed_as_far_as_the_capacity_is_seen(cast: Cast) -> None:
    team = cast.evening.team(cast.evening.nl, "SECRET", groups=[], quantity=3)
    event = make_event(cast.hague)
    make_partner(cast.hague, event, cast.brussels)
    services.hold_teams(cast.hague, event, team, 2, begins_at=BEGINS, ends_at=ENDS)
    assert [one.quantity for one, _capacity in seen_reservations(cast.hague.organisation, event)] == [2]
    assert seen_reservations(cast.brussels.organisation, event) == []


def test_the_history_of_an_event_does_not_name_teams_that_its_keeper_may_not_see(cast: Cast) -> None:
    team = cast.evening.team(cast.evening.nl, "SECRET", groups=[], quantity=3)
    event = make_event(cast.brussels)
    make_partner(cast.brussels, event, cast.hague)
    held = services.hold_teams(cast.hague, event, team, 2, begins_at=BEGINS, ends_at=ENDS)
    services.free_teams_of(cast.hague, event, held)
    told = [change.fields["reservations"] for change in history_of(event) if "reservations" in change.fields]
    assert told == [["NL-NCC", None], [None, "NL-NCC"]]
    page = client_of(cast.brussels).get(event.get_absolute_url()).content.decode()
    assert "SECRET" not in page
    assert team.name not in page


def test_a_capacity_says_that_it_is_reserved_and_for_what_to_who_may_know(cast: Cast) -> None:
    team = cast.evening.team(cast.evening.nl, "EINDHOVEN", groups=["BENELUX"], quantity=3)
    event = make_event(cast.hague)
    services.hold_teams(cast.hague, event, team, 2, begins_at=BEGINS, ends_at=ENDS)
    address = reverse("capacity-reserved", args=[team.pk])
    told = client_of(cast.hague).get(address).content.decode()
    assert event.get_absolute_url() in told
    blind = client_of(cast.brussels).get(address).content.decode()
    assert "not shared with you" in blind
    assert event.code not in blind
    assert client_of(cast.stockholm).get(address).status_code == 404


def test_a_closed_event_stays_as_it_is_until_it_is_opened_again(cast: Cast) -> None:
    event = make_event(cast.brussels)
    with pytest.raises(NotAllowed):
        services.close_event(cast.brussels, event, "Too soon.", language="en")
    with clock.at(ENDS + datetime.timedelta(days=1)):
        services.close_event(cast.brussels, event, "Name liaison officers earlier.", language="en")
        event.refresh_from_db()
        for refused in (
            lambda: make_shift(cast.brussels, event),
            lambda: make_risk(cast.brussels, event),
            lambda: services.change_event(cast.brussels, event, event_data(cast.brussels)),
        ):
            with pytest.raises(NotAllowed):
                refused()
        services.reopen_event(cast.brussels, event, reason="A lesson more.")
        event.refresh_from_db()
        make_shift(cast.brussels, event)
    assert event.closing_note == "Name liaison officers earlier."


def test_an_event_that_is_called_off_lets_its_teams_go_and_is_cancelled_in_calendars(cast: Cast) -> None:
    team = cast.evening.team(cast.evening.nl, "EINDHOVEN", groups=["BENELUX"], quantity=3)
    event = make_event(cast.brussels)
    make_partner(cast.brussels, event, cast.hague)
    services.hold_teams(cast.hague, event, team, 2, begins_at=BEGINS, ends_at=ENDS)
    address = reverse("event-calendar", args=[event.pk])

    def status() -> str:
        (entry,) = Calendar.from_ical(client_of(cast.hague).get(address).content).walk("VEVENT")
        return str(entry.get("status", ""))

    with pytest.raises(NotAllowed):
        services.call_off_event(cast.hague, event, "Not mine.", language="en")
    assert status() == ""
    form = {"note": "Storm.", "language": "en"}
    answer = client_of(cast.brussels).post(reverse("event-call-off", args=[event.pk]), form)
    assert answer["Location"] == event.get_absolute_url()
    event.refresh_from_db()
    assert event.state_at(clock.now()) is EventState.CALLED_OFF
    assert status() == "CANCELLED"
    assert seen_reservations(cast.hague.organisation, event) == []
    page = client_of(cast.hague).get(event.get_absolute_url()).content.decode()
    assert "Storm." in page
    assert "Why it was called off" in page
    with pytest.raises(NotAllowed):
        make_shift(cast.brussels, event)
    services.reopen_event(cast.brussels, event, reason="It takes place after all.")
    event.refresh_from_db()
    assert (status(), event.closing_note) == ("", "")
    with clock.at(ENDS), pytest.raises(NotAllowed, match="is over"):
        services.call_off_event(cast.brussels, event, "Too late.", language="en")


def test_tasks_are_actions_that_came_from_the_event(cast: Cast) -> None:
    event = make_event(cast.brussels)
    late = make_action(cast.brussels, came_from=event, due_on=datetime.date(2024, 7, 2), groups=["BENELUX"])
    first = make_action(cast.brussels, came_from=event, due_on=datetime.date(2024, 7, 1))
    assert late.origin == "event"
    assert tasks_of(linked_with(cast.brussels.organisation, event)) == [first, late]
    assert tasks_of(linked_with(cast.hague.organisation, event)) == [late]


def test_search_finds_an_event_and_no_risk(cast: Cast) -> None:
    event = make_event(cast.brussels)
    make_risk(cast.brussels, event)

    def found(acting: Acting, words: str) -> list[EventDossier]:
        wanted = Wanted(read_question(words), "Exercise", kind="event")
        return [hit.record for hit in find(acting.organisation, wanted)]

    assert found(cast.brussels, "bekerfinale") == [event]
    assert found(cast.hague, "bekerfinale") == []
    make_partner(cast.brussels, event, cast.hague)
    assert found(cast.hague, "bekerfinale") == [event]
    services.remove_part(cast.brussels, event.partners.get())
    assert found(cast.hague, "bekerfinale") == []
    assert found(cast.brussels, "risk") == found(cast.stockholm, "bekerfinale") == []


def test_the_calendar_of_a_person_has_what_the_organisation_sees(cast: Cast) -> None:
    make_event(cast.brussels, tlp=TlpLabel.CLEAR)
    make_event(cast.brussels, code="SECRET")
    feed = get_feed(cast.hague)
    address = reverse("events-feed", args=[feed.pk, feed_token(feed)])
    answer = client_of(cast.brussels).get(address).content.decode()
    assert "CUP-2021 Cup final" in answer
    assert "SECRET" not in answer
    assert client_of(cast.brussels).get(address.replace(".ics", "0.ics")).status_code == 404


def test_pages_files_and_forms_answer(cast: Cast) -> None:
    event = make_event(cast.brussels)
    make_shift(cast.brussels, event)
    client = client_of(cast.brussels)
    home = event.get_absolute_url()
    parts = [f"{home}{kind}/new" for kind in ("places", "partners", "risks", "shifts", "what-if", "reservations")]
    for address in (
        "/events/",
        "/events/?month=2021-07",
        "/events/?month=9999-12",
        "/events/?month=0001-01",
        "/events/?q=cup&kind=sport",
        "/events/?format=csv",
        "/events/?format=ics",
        "/events/new",
        "/events/calendar",
        home,
        f"{home}edit",
        f"{home}close",
        f"{home}call-off",
        *parts,
        f"{home}shifts/{event.shifts.get().pk}/",
    ):
        assert client.get(address).status_code == 200, address
    assert client.get(f"{home}nothing/new").status_code == 404
    assert client_of(cast.stockholm).get(f"{home}places/new").status_code == 404


def test_a_form_says_what_is_wrong_and_adds_what_is_right(cast: Cast) -> None:
    event = make_event(cast.brussels)
    client = client_of(cast.brussels)
    address = f"{event.get_absolute_url()}shifts/new"
    given = {
        "organisation": "BE-NCCN",
        "function": "Night shift",
        "begins_at": "2021-07-14T20:00",
        "ends_at": "2021-07-14T08:00",
        "language": "en",
    }
    assert client.post(address, given).status_code == 422
    assert client.post(address, given | {"ends_at": "2021-07-15T04:00"}).status_code == 302
    shift = event.shifts.get()
    assert (shift.function, shift.ends_at - shift.begins_at) == ("Night shift", datetime.timedelta(hours=8))
    page = client.get(event.get_absolute_url()).content.decode()
    assert "Night shift" in page
    assert "nobody is there" in page


def test_the_contact_sheet_is_labelled_as_its_strictest_contact(cast: Cast) -> None:
    event = make_event(cast.brussels, tlp=TlpLabel.GREEN)
    make_contact(cast.brussels.organisation, tlp="AMBER+STRICT")
    make_shift(cast.brussels, event)
    client = client_of(cast.brussels)
    page = text_of(client.get(f"{event.get_absolute_url()}contacts.pdf").content)
    assert "TLP:AMBER+STRICT" in page
    assert "+31 85 000 0001" in page
    assert "+31 85 000 0009" in page
    assert "nobody" in page
    card = WhatIf(event=event)
    services.keep_part(cast.brussels, card, {"condition": "It burns", "measures": "Ring.", "language": "en"})
    assert "It burns" in text_of(client.get(f"{event.get_absolute_url()}what-to-do-if.pdf").content)


def test_the_dossier_on_paper_says_what_its_reader_sees(cast: Cast) -> None:
    event = make_event(cast.brussels, tlp=TlpLabel.GREEN, groups=["BENELUX"])
    make_partner(cast.brussels, event, cast.hague)
    make_shift(cast.brussels, event, function="Night desk")
    for label in ("GREEN", "AMBER"):
        make_risk(cast.brussels, event, label)
    case = {"condition": "A storm", "measures": "Stop the match.", "language": "en"}
    services.keep_part(cast.brussels, WhatIf(event=event), case)
    address = reverse("event-pdf", args=[event.pk])
    ours, theirs = (text_of(client_of(one).get(address).content) for one in (cast.brussels, cast.dusseldorf))
    for words in ("Cup final", "NL-NCC", "Neighbour", "Night desk", "1. A storm", "Stop the match.", "nobody"):
        assert words in ours
        assert words in theirs
    assert "A risk for AMBER." in ours
    assert "TLP:AMBER" in ours
    assert "A risk for AMBER." not in theirs
    assert "TLP:AMBER" not in theirs
    assert client_of(cast.stockholm).get(address).status_code == 404


def test_the_papers_are_in_the_language_that_is_asked(cast: Cast) -> None:
    """What people wrote stays as it is; the page offers each paper in every language."""
    event = make_event(cast.brussels)
    make_shift(cast.brussels, event, function="Night desk")
    client = client_of(cast.brussels)
    page = client.get(event.get_absolute_url()).content.decode()
    german = {"event-pdf": "Wer was tut", "event-contacts-pdf": "Kontaktblatt", "event-what-if-pdf": "Was tun, wenn"}
    for name, words in german.items():
        address = reverse(name, args=[event.pk])
        for language in ("nl", "fr", "de", "en"):
            assert f'href="{address}?language={language}"' in page
        paper = text_of(client.get(address, {"language": "de"}).content)
        assert (words in paper, "Cup final" in paper) == (True, True)
        assert words not in text_of(client.get(address).content)
        assert client.get(address, {"language": "xx"}).status_code == 404


def test_the_roster_leaves_as_a_calendar_and_as_a_table(cast: Cast) -> None:
    event = make_event(cast.brussels)
    make_partner(cast.brussels, event, cast.hague)
    ours = make_shift(cast.brussels, event, function="Day desk", place="Brussels")
    theirs = make_shift(cast.hague, event, function="Night desk", begins_at=ours.ends_at, ends_at=event.ends_at)
    client = client_of(cast.hague)
    entries = Calendar.from_ical(client.get(reverse("event-calendar", args=[event.pk])).content).walk("VEVENT")
    assert [(str(one["summary"]), one["dtstart"].dt) for one in entries] == [
        ("CUP-2021 Cup final", event.begins_at),
        ("CUP-2021: BE-NCCN, Day desk", ours.begins_at),
        ("CUP-2021: NL-NCC, Night desk", theirs.begins_at),
    ]
    roster = reverse("event-roster", args=[event.pk])
    rows = client.get(roster, {"format": "csv"}).content.decode().splitlines()
    assert len(rows) == 3
    assert "Day desk" in rows[1]
    assert "Night desk" in rows[2]
    assert client.get(roster)["Location"] == f"{event.get_absolute_url()}#shifts"
    assert client_of(cast.stockholm).get(roster, {"format": "csv"}).status_code == 404
    feed = get_feed(cast.hague)
    mine = client.get(reverse("events-feed", args=[feed.pk, feed_token(feed)])).content.decode()
    assert "Night desk" in mine
    assert "Day desk" not in mine, "the shifts of others are their own"


def test_a_number_that_expired_says_so_on_paper(cast: Cast) -> None:
    event = make_event(cast.brussels)
    fresh = make_contact(cast.brussels.organisation, verified_on=clock.now().date())
    address = reverse("event-contacts-pdf", args=[event.pk])
    assert "Verified on" in text_of(client_of(cast.brussels).get(address).content)
    assert "expired" not in text_of(client_of(cast.brussels).get(address).content)
    long_ago = datetime.date(2020, 1, 1)
    type(fresh).objects.filter(pk=fresh.pk).update(verified_on=long_ago, expires_on=long_ago, verified_by="NL")
    assert "expired" in text_of(client_of(cast.brussels).get(address).content)


def test_what_was_learned_is_collected_from_lessons_and_recommendations(cast: Cast) -> None:
    event = make_event(cast.brussels)
    lesson = make_lesson(cast.brussels, source=event)
    advice = make_recommendation(cast.brussels, came_from=event, groups=["BENELUX"])
    make_partner(cast.brussels, event, cast.hague)

    def learned(acting: Acting) -> list[object]:
        return [end.record for end in findings_of(linked_with(acting.organisation, event))]

    assert learned(cast.brussels) == [lesson, advice]
    assert learned(cast.hague) == [advice]

"""The days of an event and of what belongs to it, and what its forms say of times and phones that cannot be."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest

from events_builders import Cast, make_event, make_partner, make_shift
from noaber.apps.events import services
from noaber.apps.events.models import EventDossier, EventPlace
from noaber.apps.events.presenters.roster import present_roster
from noaber.apps.registry.models import Capacity
from noaber.core.problems import InvalidInput
from planner_builders import client_of

ZONE = ZoneInfo("Europe/Brussels")
SUMMIT = {
    "begins_at": datetime.datetime(2021, 9, 24, 6, tzinfo=ZONE),
    "ends_at": datetime.datetime(2021, 9, 26, 0, tzinfo=ZONE),
}


def place_of(cast: Cast, event: EventDossier, begins_at: datetime.datetime, ends_at: datetime.datetime) -> EventPlace:
    values = {"name": "Hall", "territory": "BE100", "lon": 4.3, "lat": 50.8, "begins_at": begins_at, "ends_at": ends_at}
    place = EventPlace(event=event)
    services.keep_part(cast.brussels, place, values)
    return place


def test_what_ends_at_midnight_does_not_run_on_the_day_that_begins_then(cast: Cast) -> None:
    event = make_event(cast.brussels, **SUMMIT)
    place_of(cast, event, event.begins_at, event.ends_at)
    client = client_of(cast.brussels)
    for url in ("/events/", event.get_absolute_url()):
        shown = client.get(url).content.decode()
        assert "25 September 2021" in shown, url
    dossier = client.get(event.get_absolute_url()).content.decode()
    assert "24 September 2021 – 25 September 2021" in dossier, "the place"
    assert "26 September" not in client.get("/events/").content.decode()


@pytest.mark.parametrize("days", [-20, 20])
def test_a_part_in_another_month_is_a_slip(cast: Cast, days: int) -> None:
    event = make_event(cast.brussels)
    away = datetime.timedelta(days=days)
    with pytest.raises(InvalidInput):
        place_of(cast, event, event.begins_at + away, event.ends_at + away)
    with pytest.raises(InvalidInput):
        make_shift(cast.brussels, event, begins_at=event.begins_at + away, ends_at=event.ends_at + away)
    assert (event.places.count(), event.shifts.count()) == (0, 0)


def test_officers_may_sit_there_some_days_before(cast: Cast) -> None:
    event = make_event(cast.brussels)
    before = event.begins_at - datetime.timedelta(days=3)
    make_shift(cast.brussels, event, begins_at=before, ends_at=before + datetime.timedelta(hours=8))
    assert event.shifts.count() == 1


def test_the_roster_says_how_often_nobody_is_there_and_what_lies_over_each_other(cast: Cast) -> None:
    event = make_event(cast.brussels)
    make_shift(cast.brussels, event)
    later = event.begins_at + datetime.timedelta(hours=4)
    make_shift(cast.brussels, event, begins_at=later, ends_at=later + datetime.timedelta(hours=8))
    shifts = list(event.shifts.select_related("organisation"))
    roster = present_roster(event, shifts, zone=ZONE, changeable=frozenset())
    assert (roster.gaps, roster.overlaps) == (1, 2)
    shown = client_of(cast.brussels).get(event.get_absolute_url()).content.decode()
    assert "1 time without anybody" in shown
    assert "2 shifts over each other" in shown


@pytest.mark.parametrize("night", ["2021-03-28T02:30", "2021-10-31T02:30"])
def test_an_hour_that_is_missing_or_comes_twice_is_named(cast: Cast, night: str) -> None:
    given = {"code": "NIGHT", "kind": "other", "title_en": "Night", "begins_at": night, "ends_at": "2021-12-01T10:00"}
    given |= {"lead": "BE-NCCN", "language": "en", "tlp": "AMBER"}
    answer = client_of(cast.brussels).post("/events/new", given)
    assert answer.status_code == 422
    assert "The clocks are changed in this hour" in answer.content.decode()


def test_a_phone_is_a_number(cast: Cast) -> None:
    event = make_event(cast.brussels)
    given = {"organisation": "BE-NCCN", "function": "Officer", "phone": "call me", "language": "en"}
    given |= {"begins_at": f"{event.begins_at:%Y-%m-%dT%H:%M}", "ends_at": f"{event.ends_at:%Y-%m-%dT%H:%M}"}
    client = client_of(cast.brussels)
    url = f"{event.get_absolute_url()}shifts/new"
    assert "Write digits, with the country code" in client.post(url, given).content.decode()
    assert client.post(url, given | {"phone": "+32 2 000 00 00"}).status_code == 302


def test_one_error_is_said_once_of_a_place(cast: Cast) -> None:
    event = make_event(cast.brussels)
    given = {"place": "Hall", "territory": "BE100", "lon": "4.3", "lat": "999", "language": "en"}
    answer = client_of(cast.brussels).post(f"{event.get_absolute_url()}places/new", given)
    assert "Choose a place of the list" not in answer.content.decode()
    missing = {name: value for name, value in given.items() if name not in ("lon", "lat")}
    answer = client_of(cast.brussels).post(f"{event.get_absolute_url()}places/new", missing)
    assert "Choose a place of the list" in answer.content.decode()


def test_the_list_of_helpers_names_the_event_only_to_who_may_know_it(cast: Cast) -> None:
    evening = cast.evening
    evening.own_and_neighbour()
    event = make_event(cast.hague)
    partner = make_partner(cast.hague, event, cast.brussels)
    eindhoven = Capacity.objects.get(code="EINDHOVEN")
    held = {"begins_at": event.begins_at, "ends_at": event.ends_at}
    services.hold_teams(cast.hague, event, eindhoven, eindhoven.quantity - 1, **held)
    services.hold_teams(cast.hague, event, eindhoven, 1, **held)
    address = f"{evening.incident().get_absolute_url()}?part=helpers"
    client = client_of(evening.brussels)
    title = f"{event.code} {event.title}"
    told = client.get(address).content.decode()
    assert f'Its teams are reserved for an event: <a href="{event.get_absolute_url()}">{title}</a>.' in told
    file = client.get(f"{address}&format=csv").content.decode()
    assert f"Its teams are reserved for an event: {title}." in file
    services.remove_part(cast.hague, partner)
    for blind in (client.get(address).content.decode(), client.get(f"{address}&format=csv").content.decode()):
        assert "Its teams are reserved for an event." in blind
        assert event.code not in blind


def test_a_plan_names_the_event_only_to_who_may_know_it(cast: Cast) -> None:
    evening = cast.evening
    evening.own_and_neighbour()
    event = make_event(cast.hague)
    partner = make_partner(cast.hague, event, cast.brussels)
    eindhoven = Capacity.objects.get(code="EINDHOVEN")
    services.hold_teams(cast.hague, event, eindhoven, 4, begins_at=event.begins_at, ends_at=event.ends_at)
    incident = evening.incident()
    client = client_of(evening.brussels)
    told = "These teams are reserved for an event: NL-NCC"

    def page() -> str:
        assert client.post(f"{incident.get_absolute_url()}propose").status_code in (200, 302)
        return client.get(incident.get_absolute_url()).content.decode()

    assert f"{told} (CUP-2021)." in page()
    services.remove_part(cast.hague, partner)
    blind = page()
    assert f"{told}." in blind
    assert "CUP-2021" not in blind

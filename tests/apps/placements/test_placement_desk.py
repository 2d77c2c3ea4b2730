"""Exchanges at the desk: who is asked for what, from when until when, and that nobody else is."""

from __future__ import annotations

import datetime

import pytest

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role
from noaber.apps.placements import services
from noaber.apps.placements.enums import CallState, PlacementState
from noaber.apps.placements.queries import read_market
from noaber.apps.placements.waiting import waiting_exchanges
from noaber.apps.records.desk import DeskRow
from noaber.web import clock
from placements_builders import (
    AUTUMN,
    CLOSES,
    RANKED,
    Centres,
    make_application,
    make_call,
    make_matched_call,
    make_place,
    make_ranked_call,
    open_call,
    rank,
)
from registry_builders import make_acting

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)


def rows(acting: Acting, at: datetime.datetime = AUTUMN) -> list[DeskRow]:
    return list(waiting_exchanges(acting, "Exercise", at))


def texts(acting: Acting, at: datetime.datetime = AUTUMN) -> list[str]:
    return [row.text for row in rows(acting, at)]


def noon(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(12), datetime.UTC)


def test_a_call_that_closes_soon_waits_for_those_who_have_not_applied(centres: Centres):
    hague, brussels, dusseldorf, stockholm = centres
    call = make_call(hague)
    north = make_place(hague, call, stockholm)
    soon = CLOSES - 14 * DAY
    assert rows(brussels, soon) == []
    open_call(hague, call)
    assert rows(brussels, soon - HOUR) == []
    [row] = rows(brussels, soon)
    assert (row.text, row.url, row.due_at) == ("Call that closes: Spring 2025", call.get_absolute_url(), CLOSES)
    make_application(brussels, call, north)
    assert rows(brussels, soon) == []
    assert texts(dusseldorf, soon) == ["Call that closes: Spring 2025"]
    assert rows(make_acting(dusseldorf.organisation, Role.DUTY_OFFICER), soon) == []
    assert texts(hague, CLOSES + HOUR) == ["Call that has closed: Spring 2025"]
    assert rows(dusseldorf, CLOSES + HOUR) == []


def test_hosts_rank_and_who_runs_it_ranks_for_hosts_without_noaber_then_matches(centres: Centres):
    hague, brussels, dusseldorf, stockholm = centres
    call = make_call(hague)
    north, south = make_place(hague, call, stockholm), make_place(brussels, call, brussels.organisation)
    open_call(hague, call)
    sent = make_application(dusseldorf, call, north, south)
    services.step_call(hague, call, CallState.RANKING)
    [at_hague], [at_brussels] = rows(hague), rows(brussels)
    assert (at_hague.text, at_hague.detail) == ("Applicants to rank: Work at SE-MCF", "1 new")
    assert (at_brussels.text, at_brussels.due_at) == ("Applicants to rank: Work at BE-NCCN", RANKED)
    assert rows(dusseldorf) == []
    assert "Call to match: Spring 2025" in texts(hague, RANKED + HOUR)
    rank(brussels, south, sent)
    assert rows(brussels) == []
    rank(hague, north, refused=[sent])
    [to_match] = rows(hague)
    assert (to_match.text, to_match.url) == ("Call to match: Spring 2025", f"/exchanges/calls/{call.pk}/matching")
    services.confirm_matching(hague, call, digest=read_market(call).digest())
    assert "Call to match: Spring 2025" not in texts(hague)


def test_a_stay_is_confirmed_reported_on_before_and_after_and_closed(centres: Centres):
    hague, brussels, _dusseldorf, _stockholm = centres
    _call, _places, _placements = make_matched_call(centres)
    [stay] = [one for one in _placements if one.sender == brussels.organisation]
    confirm = f"Placement to confirm: {stay}"
    assert confirm in texts(hague)
    assert confirm not in texts(brussels)
    services.step_placement(hague, stay, PlacementState.CONFIRMED)
    assert confirm not in texts(hague)
    before, after, over = (
        f"{words}: {stay}" for words in ("Report before the stay", "Report after the stay", "Placement that is over")
    )
    assert before not in texts(brussels, noon(stay.begins_on - 29 * DAY))
    assert before in texts(brussels, noon(stay.begins_on - 28 * DAY))
    assert before not in texts(hague, noon(stay.begins_on - 28 * DAY))
    services.report_before(brussels, stay, "How shifts are handed over.", language="en")
    assert before not in texts(brussels, noon(stay.begins_on))
    assert after not in texts(brussels, noon(stay.ends_on))
    ended = noon(stay.ends_on + DAY)
    assert after in texts(brussels, ended)
    assert over not in texts(hague, ended)
    with clock.at(ended):
        services.report_after(brussels, stay, "By a checklist.", language="en")
    assert after not in texts(brussels, ended)
    assert over in texts(hague, ended)
    services.step_placement(hague, stay, PlacementState.DONE)
    assert over not in texts(hague, ended)


def test_a_host_is_asked_for_its_reports_too(centres: Centres):
    hague, brussels, _dusseldorf, _stockholm = centres
    _call, _places, placements = make_matched_call(centres)
    [stay] = [one for one in placements if one.host == brussels.organisation]
    services.step_placement(hague, stay, PlacementState.CONFIRMED)
    before, after = (f"Report of the host {when} the stay: {stay}" for when in ("before", "after"))
    soon, ended = noon(stay.begins_on - 28 * DAY), noon(stay.ends_on + DAY)
    assert before in texts(brussels, soon)
    assert before not in texts(hague, soon)
    services.report_as_host_before(brussels, stay, "A desk is ready.", language="en")
    assert before not in texts(brussels, soon)
    assert after in texts(brussels, ended)
    with clock.at(ended):
        services.report_as_host_after(brussels, stay, "We learned.", language="en")
    assert after not in texts(brussels, ended)


def test_whoever_does_not_work_on_the_cooperation_is_told_nothing_and_nobody_a_name(centres: Centres):
    hague = centres[0]
    make_ranked_call(centres)
    assert rows(make_acting(hague.organisation, Role.OBSERVER)) == []
    assert "H.A." not in str(rows(hague))


def test_personal_data_whose_day_has_come_wait_for_who_runs_the_programme(centres: Centres):
    hague, brussels, *_ = centres
    call, _places, _sent = make_ranked_call(centres)
    erase = "Personal data to erase: Spring 2025"
    kept_until = datetime.date(2025, 12, 31)
    assert erase not in texts(hague, noon(kept_until))
    later = noon(kept_until + DAY)
    [row] = [one for one in rows(hague, later) if one.text == erase]
    assert row.detail == "3 applications"
    assert erase not in texts(brussels, later)
    with clock.at(later):
        services.erase_due(hague, call)
    assert erase not in texts(hague, later)

"""The frieze of a plan, and the buttons that remind everybody at once."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html

from noaber.apps.accounts.acting import Acting
from noaber.apps.actions import services as action_services
from noaber.apps.plans import services
from noaber.apps.plans.models import Plan, Reminder
from noaber.web import clock
from plans_builders import make_objective, make_plan, make_programme, make_serving

ClientOf = Callable[[Acting], Client]


def page_of(client: Client, plan: Plan) -> Any:
    return html.document_fromstring(client.get(plan.get_absolute_url()).content.decode())


def frieze_of(client: Client, plan: Plan) -> Any:
    [frieze] = page_of(client, plan).xpath("//table[contains(@class, 'frieze')]")
    return frieze


def words_of(element: Any) -> str:
    return " ".join(element.text_content().split())


def texts(element: Any, path: str) -> list[str]:
    return [words_of(one) for one in element.xpath(path)]


def marks_of(cell: Any) -> list[str]:
    return texts(cell, ".//a[@class='mark']")


@pytest.fixture
def plan(centres: Any) -> Plan:
    """Of 2024, with an objective whose actions are due in the second and fourth quarter, in 2025 and on no day."""
    brussels, hague, _ = centres
    plan = make_plan(brussels)
    objective = make_objective(brussels, plan)
    done = make_serving(brussels, objective, "Read", due_on=datetime.date(2024, 6, 30))
    action_services.finish_action(brussels, done, done_on=datetime.date(2024, 7, 2), evidence="18", language="en")
    make_serving(brussels, objective, "Ask", due_on=datetime.date(2024, 11, 3), responsible=hague.organisation)
    make_serving(brussels, objective, "Train", due_on=datetime.date(2025, 3, 31))
    make_serving(brussels, objective, "Some day")
    dropped = make_serving(brussels, objective, "Not this", due_on=datetime.date(2024, 8, 1))
    action_services.drop_action(brussels, dropped, reason="No need.", language="en")
    return plan


def test_each_action_stands_in_the_quarter_in_which_it_is_due(plan: Plan, centres: Any, client_of: ClientOf) -> None:
    frieze = frieze_of(client_of(centres[0]), plan)
    assert texts(frieze, "./thead//th") == ["Objective", "2024", "after", "no day", "Q1", "Q2", "Q3", "Q4 now"]
    assert [marks_of(cell) for cell in frieze.xpath("./tbody//td")] == [
        [],
        ["A-2024-001 Read done"],
        [],
        ["A-2024-002 Ask 9 days late"],
        ["A-2024-003 Train to do"],
        ["A-2024-004 Some day to do"],
    ]


def test_a_programme_has_its_years_and_shows_what_is_outside_of_an_objective(centres: Any, client_of: ClientOf) -> None:
    programme = make_programme(centres[0])
    make_objective(centres[0], programme, first_year=2026, last_year=2027)
    frieze = frieze_of(client_of(centres[0]), programme)
    assert texts(frieze, ".//th[@scope='colgroup']") == ["2025", "2026", "2027", "2028"]
    outside = ["out" in cell.get("class") for cell in frieze.xpath("./tbody//td")]
    assert outside == [True] * 4 + [False] * 8 + [True] * 4


def test_a_state_that_was_kept_stands_under_its_quarter(plan: Plan, centres: Any, client_of: ClientOf) -> None:
    services.freeze_plan(centres[0], plan)
    assert texts(frieze_of(client_of(centres[0]), plan), "./tfoot//td") == ["", "", "", "1 of 4", "", ""]


def test_one_button_reminds_all_who_are_late(plan: Plan, centres: Any, client_of: ClientOf) -> None:
    brussels, hague, _ = centres
    ours, theirs = client_of(brussels), client_of(hague)
    url = f"{plan.get_absolute_url()}remind"
    [once] = page_of(ours, plan).xpath(f"//form[@action='{url}']//input[@name='once']/@value")
    assert not page_of(theirs, plan).xpath(f"//form[@action='{url}']")
    for _click in range(2):
        assert ours.post(url, {"once": once}).status_code == 302
    assert [one.organisation for one in Reminder.objects.all()] == [hague.organisation]
    for client in (ours, theirs):
        assert "Reminded on 12 November 2024" in page_of(client, plan).text_content()
        assert "Reminded on 12 November 2024" in client.get(f"{plan.get_absolute_url()}report").content.decode()
    assert "Late in the plan: Annual plan 2024" in theirs.get("/").content.decode()
    assert f"{plan.number}/remind" not in ours.get(plan.get_absolute_url()).content.decode(), "nobody is left today"
    stale = ours.post(url, {"once": ""})
    assert stale.status_code == 409
    assert "Nobody is left to remind" in stale.content.decode()
    assert theirs.post(url).status_code in (403, 409)


def test_one_button_reminds_all_who_have_not_commented(centres: Any, client_of: ClientOf) -> None:
    brussels, hague, dusseldorf = centres
    plan = make_plan(brussels)
    url = f"{plan.get_absolute_url()}consultation"
    until = datetime.date(2024, 11, 30)
    services.open_consultation(brussels, plan, [hague.organisation, dusseldorf.organisation], until=until)
    services.finish_commenting(hague, plan.consultations.get())
    client = client_of(brussels)
    assert f"{url}/remind" in client.get(url).content.decode()
    assert client.post(f"{url}/remind").status_code == 302
    shown = client.get(url).content.decode()
    assert "Reminded on 12 November 2024" in shown
    assert f"{url}/remind" not in shown, "nobody is left today"
    assert client_of(hague).get(url).content.decode().count("Reminded on") == 0
    with clock.at(datetime.datetime(2024, 11, 13, 9, tzinfo=datetime.UTC)):
        assert f"{url}/remind" in client.get(url).content.decode()
        services.finish_commenting(dusseldorf, plan.consultations.get())
        assert f"{url}/remind" not in client.get(url).content.decode()

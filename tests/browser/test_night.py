"""The night of 14 July in Chromium: three incidents at once, and each trap of such a night met by somebody.

Brussels alerts its own teams, loses the E25, is refused by Luxembourg and helped by The Hague; the governor of Liège
looks on. The time by which help is needed stays what was said first, on every page of every side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.conftest import Officer, seat_officers
from browser.hands import (
    addresses,
    close_what_is_open,
    confirm_late,
    fill,
    open_incident,
    put_clock,
    send,
    send_by_phone,
    speak_english,
    status_of,
    step,
    take,
)
from serving import Site

pytestmark = pytest.mark.browser

Seat = Callable[..., Officer]

BENELUX = ["Benelux + NRW"]
NEEDED_BY = "20:25"
"""Eight boats at Esneux: the Dutch ones are in time over the E25, and late without it."""
SAID = re.compile(r"needed by\s+(?:\d+ Jul\w*,? )?(\d\d:\d\d)", re.IGNORECASE)
REQUESTED = re.compile(r"RequestedArrival</[^>]*>\s*<[^>]*DateTime>([^<]*)")
WHY = "Meant for another request."


@dataclass(frozen=True)
class Night:
    """Where the three incidents are."""

    boats: str
    fire: str
    elsewhere: str


@pytest.fixture
def seat(browser: Browser, own_site: Site) -> Iterator[Seat]:
    yield from seat_officers(browser, own_site)


def test_the_night(seat: Seat, own_site: Site) -> None:
    put_clock(own_site, "18:10")
    brussels, luxembourg, hague = (speak_english(seat(name)) for name in ("be-nccn", "lu-hcpn", "nl-ncc"))
    night = three_incidents_at_once(brussels)
    governor_sees_his_province(speak_english(seat("be-p-lg")), night)

    own_teams_are_alerted(brussels, speak_english(seat("be-cp")), night)
    closed_section_makes_a_team_late_and_another_come(brussels, night)
    asked = asks_for_what_is_missing(brussels, night, "LU-HCPN")
    mistaken_offer_is_withdrawn(luxembourg, brussels, asked)
    refusal_is_a_row_of_the_desk(luxembourg, brussels, asked)

    put_clock(own_site, "18:52")
    proposes_again_by_the_same_deadline(brussels, night)
    asked = asks_for_what_is_missing(brussels, night, "NL-NCC")
    help_comes_after_all(hague, brussels, asked)
    near_miss_is_named_and_taken(brussels, night)
    deadline_has_not_moved(brussels, night, asked, (brussels, hague))


def three_incidents_at_once(brussels: Officer) -> Night:
    """Boats at Esneux, fire engines at Eupen, boats at Dinant, which lies outside the province of Liège."""
    close_what_is_open(brussels)
    return Night(
        boats=opens(brussels, "Esneux", capability="FRB", quantity=8, needed_by=NEEDED_BY, groups=BENELUX),
        fire=opens(brussels, "Eupen", capability="FIRE-ENG", quantity=10, needed_by="21:00", groups=BENELUX),
        elsewhere=opens(brussels, "Dinant", capability="FRB", quantity=2, needed_by="22:00"),
    )


def opens(brussels: Officer, place: str, **needs: object) -> str:
    brussels.go("/incidents/new")
    return f"/incidents/{open_incident(brussels.page, place, **needs)}/"  # type: ignore[arg-type]


def governor_sees_his_province(governor: Officer, night: Night) -> None:
    """What happens in the province of Liège he reads, as the law says; Dinant is another governor's."""
    page = governor.go(night.boats)
    expect(page.get_by_text("in our territory").first).to_be_visible()
    assert times_said(page) == {NEEDED_BY}
    assert status_of(governor, night.fire) == 200
    assert status_of(governor, night.elsewhere) == 404


def propose(page: Page) -> Locator:
    """A new plan, on the page of the incident; the keyboard goes there."""
    page.locator("#proposal form[action$='/propose'] button").first.click()
    expect(page.locator("#h-plan")).to_be_focused()
    return page.locator("#proposal")


def every_column_is_in_sight(page: Page) -> None:
    """The reasons of a plan are not cut off where the map stands beside it."""
    was = page.viewport_size
    for width in (1120, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator(".plan-scroll").evaluate("box => box.scrollWidth <= box.clientWidth"), width
    if was:
        page.set_viewport_size(was)


def team(plan: Locator, name: str) -> Locator:
    """Its line of the plan."""
    return plan.locator("table.plan tbody tr").filter(has=plan.page.locator(".name", has_text=name))


def late(row: Locator) -> Locator:
    """The tag that says so."""
    return row.locator(".tag", has_text="late")


def own_teams_are_alerted(brussels: Officer, protection: Officer, night: Night) -> None:
    """One press alerts them; each is a deployment like any other, but it crosses no border."""
    page = brussels.go(night.boats)
    plan = propose(page)
    expect(team(plan, "Botenteam Venlo")).to_be_visible()
    expect(late(team(plan, "Botenteam Venlo"))).to_have_count(0)
    every_column_is_in_sight(page)
    plan.locator("form.alert-own button[type=submit]").click()
    expect(plan.locator("#alert-own[role=status]")).to_contain_text("5 own teams alerted, 0 confirmed")
    expect(team(plan, "Équipe bateaux Liège")).to_contain_text("alerted")
    expect(page.locator("#running")).to_contain_text("own teams")
    assert times_said(page) == {NEEDED_BY}
    alert = request_to(page, "BE-CP")
    page = protection.go(alert)
    assert times_said(page) == {NEEDED_BY}
    take(page, "commit")
    page = protection.go(addresses(page, "/deployments/")[0])
    expect(step(page, "report").first).to_be_attached()
    expect(page.locator("[value=AT_BORDER]")).to_have_count(0)
    expect(page.get_by_text("border")).to_have_count(0)
    expect(brussels.page.locator("#running")).to_contain_text("Équipe bateaux Crisnée")


def request_to(page: Page, supplier: str) -> str:
    """Where the incident's request to them is."""
    row = page.locator("#running tr[data-noaber-key^='request-']").filter(has_text=supplier)
    return row.locator("a[href^='/requests/']").first.get_attribute("href") or ""


def closed_section_makes_a_team_late_and_another_come(brussels: Officer, night: Night) -> None:
    """A second window closes the E25 by name; the plan says at once who is late now, and the next plan does without."""
    page, window = brussels.go(night.boats), brussels.context.new_page()
    window.goto(f"{brussels.site.url}/map/closures/new")
    form = window.locator("form[data-noaber-main]")
    form.locator("[name=road]").press_sequentially("E25, Liège - Maas")
    expect(window.locator("#roads-suggested option")).to_have_attribute("value", "E25, Liège – Maastricht")
    fill(form, road="E25, Liège – Maastricht")
    form.locator(f"label:has-text('{BENELUX[0]}') input[name=groups]").first.check()
    send(form)
    window.close()

    plan = page.locator("#proposal")
    changed = plan.locator(".moved li").filter(has_text="Botenteam Venlo")
    expect(late(changed).first).to_be_visible()
    plan = propose(page)
    expect(team(plan, "Botenteam Venlo")).to_have_count(0)
    expect(team(plan, "Équipe bateaux Ettelbruck")).to_be_visible()
    expect(late(team(plan, "Équipe bateaux Ettelbruck"))).to_have_count(0)


def asks_for_what_is_missing(brussels: Officer, night: Night, supplier: str) -> str:
    """Review, sign-off by phone, sent; where the request to that neighbour is."""
    page = brussels.page
    page.locator("#plan-draft button[type=submit]").click()
    send_by_phone(brussels, night.boats.rstrip("/").rsplit("/", 1)[-1])
    return request_to(page, supplier)


def mistaken_offer_is_withdrawn(helper: Officer, brussels: Officer, asked: str) -> None:
    """Both teams were offered by mistake: the asker reads it struck through, and counts nothing any more."""
    page = helper.go(asked)
    assert times_said(page) == {NEEDED_BY}
    take(page, "acknowledge")
    fill(step(page, "answer-line"), **{"common-risk_checked": "on"})
    assert times_said(page) == {NEEDED_BY}
    send(step(page, "answer-line"))
    asking = brussels.go(asked)
    expect(step(asking, "requisition")).to_be_attached()
    take(page, "withdraw-mistake", reason=WHY)
    expect(asking.get_by_text("Entered by mistake; withdrawn by LU-HCPN").first).to_be_visible()
    expect(asking.get_by_text(WHY)).to_be_visible()
    expect(step(asking, "requisition")).to_have_count(0)
    assert times_said(asking) == {NEEDED_BY}


def refusal_is_a_row_of_the_desk(helper: Officer, brussels: Officer, asked: str) -> None:
    """It waits for us with its reason and the next that fits, and one press proposes again without who refused."""
    desk = brussels.go("/")
    answer = step(helper.page, "answer-line")
    fill(answer, **{"line-1-answer": "Decline"})
    answer.locator("select[name='line-1-reason_decline']").select_option(index=1)
    send(answer)
    row = desk.locator("tr").filter(has_text="Refused: 2 boat teams, Esneux")
    expect(row).to_contain_text("LU-HCPN")
    expect(row).to_contain_text("Own means are needed for the own population")
    assert times_said(row) == {NEEDED_BY}
    row.get_by_role("button", name="Propose again").click()
    desk.wait_for_url("**/incidents/**")
    plan = desk.locator("#proposal")
    expect(plan).to_be_focused()
    expect(team(plan, "Équipe bateaux Ettelbruck")).to_have_count(0)
    expect(late(team(plan, "Botenteam Venlo"))).to_be_visible()


def proposes_again_by_the_same_deadline(brussels: Officer, night: Night) -> None:
    """Forty minutes later the plan is made anew, and what was asked is still asked by the same time."""
    page = brussels.go(night.boats)
    propose(page)
    assert times_said(page) == {NEEDED_BY}
    expect(page.locator("#needs")).to_contain_text("0 of 3 in time")


def help_comes_after_all(hague: Officer, brussels: Officer, asked: str) -> None:
    """The Hague offers what is late, knowing it, and Brussels takes it."""
    page = hague.go(asked)
    take(page, "acknowledge")
    fill(step(page, "answer-line"), **{"common-risk_checked": "on"})
    confirm_late(step(page, "answer-line"))
    send(step(page, "answer-line"))
    asking = brussels.go(asked)
    expect(asking.locator("#request-offers")).to_contain_text("late")
    confirm_late(step(asking, "requisition"))
    take(asking, "requisition")
    expect(step(page, "commit").first).to_be_attached()


def near_miss_is_named_and_taken(brussels: Officer, night: Night) -> None:
    """Ten fire engines are wanted: the platoon of Aachen holds two, is named, and comes once it is accepted."""
    page = brussels.go(night.fire)
    near = page.locator("tr.near").filter(has_text="Löschzug Aachen")
    expect(near).to_contain_text("Fire platoon. Each holds 2 fire engines.")
    send(near.locator("form[action$='/accept']"))
    expect(team(propose(page), "Löschzug Aachen")).to_be_visible()
    assert times_said(page) == {"21:00"}


def deadline_has_not_moved(brussels: Officer, night: Night, asked: str, readers: tuple[Officer, ...]) -> None:
    """On the incident, on the desk, in the request as each side reads it, and in every message that says one."""
    assert times_said(brussels.go(night.boats)) == {NEEDED_BY}
    rows = brussels.go("/").locator(f"main tr:has(a[href^='{night.boats}'])").all()
    assert {time for row in rows for time in times_said(row)} == {NEEDED_BY}
    for reader in readers:
        assert times_said(reader.go(asked)) == {NEEDED_BY}
        messages = [text_of(reader, link) for link in addresses(reader.page, "/messages/") if link.endswith("edxl.xml")]
        assert {time for message in messages for time in REQUESTED.findall(message)} == {"2021-07-14T18:25:00+00:00"}


def text_of(reader: Officer, address: str) -> str:
    return reader.context.request.get(f"{reader.site.url}{address}").text()


def times_said(shown: Page | Locator) -> set[str]:
    """Every time that stands behind the words “needed by”."""
    text = (shown.locator("main") if isinstance(shown, Page) else shown).inner_text()
    return set(SAID.findall(text))

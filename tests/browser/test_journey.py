"""The main job in Chromium: Brussels asks, The Hague and Luxembourg answer, Düsseldorf declines, help comes and goes.

Each organisation reads its own language, on a site of its own, and sees what it may see and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.conftest import Officer, seat_officers
from browser.hands import (
    addresses,
    close_what_is_open,
    fill,
    open_incident,
    said,
    send,
    speak_english,
    status_of,
    step,
    take,
    unfold,
)
from serving import Site

pytestmark = pytest.mark.browser

BOATS = "FRB"
CERTIFICATE = {
    "kind_of_help": "Sauvetage / redding",
    "head_count": "12",
    "leader": "OvD-B",
    "vehicles": "RHB 1, AA-00-BB\nRHB 2, AA-00-CC",
    "crossing_point": "Eijsden",
}
WAY = ("MOBILISING", "EN_ROUTE", "AT_BORDER", "ARRIVED")

Seat = Callable[..., Officer]


@pytest.fixture
def seat(browser: Browser, own_site: Site) -> Iterator[Seat]:
    yield from seat_officers(browser, own_site)


def test_from_an_incident_to_help_and_home_again(seat: Seat) -> None:
    brussels, hague, dusseldorf = seat("be-nccn"), seat("nl-ncc"), seat("de-nw")
    luxembourg, director = seat("lu-hcpn"), seat("be-nccn-director")
    speak_english(luxembourg)
    watched = watch_desk(brussels)

    number = ask_for_boats(brussels, director)
    requests = requests_by_supplier(brussels.page, number)
    assert set(requests) == {"NL-NCC", "LU-HCPN", "DE-NW"}
    everybody_sees_only_their_own(requests, {"NL-NCC": hague, "LU-HCPN": luxembourg, "DE-NW": dusseldorf})

    offers_all(hague, requests["NL-NCC"], "nl")
    expect(watched.get_by_text("NL-NCC").first).to_be_visible()
    offers_all(luxembourg, requests["LU-HCPN"], "en")
    declines(dusseldorf, requests["DE-NW"], "de")

    brussels.go(requests["DE-NW"])
    expect(brussels.page.get_by_text(said("fr", "declined")).first).to_be_visible()

    deployment = orders_and_commits(brussels, hague, requests["NL-NCC"])
    nobody_else_sees(deployment, [luxembourg, dusseldorf])
    certificate_is_ready(hague, deployment)
    comes(brussels, hague, deployment)
    stays_longer(brussels, hague, deployment)
    goes_home(brussels, hague, deployment)

    case_journal_is_whole(brussels, number)
    messages_can_be_read_elsewhere(brussels, requests["NL-NCC"], [luxembourg, dusseldorf])


def watch_desk(officer: Officer) -> Page:
    """A second window with the desk, which changes by itself."""
    page = officer.context.new_page()
    page.goto(officer.site.url)
    return page


def ask_for_boats(brussels: Officer, director: Officer) -> str:
    """Incident, proposal, a line out and in again, drafts, sign-off here and by phone, and sent by a double click."""
    close_what_is_open(brussels)
    page = brussels.go("/incidents/new")
    number = open_incident(page, "Pepinster", capability=BOATS, quantity=14, needed_by="3", groups=["Benelux + NRW"])
    expect(page.get_by_text(said("fr", "Who can help now"))).to_be_visible()
    page.locator("form[action$='/propose'] button").first.click()
    expect(plan_line(page, "remove").first).to_be_attached()
    plan_closes_around_what_is_taken_out(page)
    page.locator("form[action*='/draft/'] button[type=submit]").last.click()
    page.wait_for_url(f"**/incidents/{number}/review")
    expect(page.locator("main a[href^='/drafts/']").first).to_be_visible()
    drafts = addresses(page, "/drafts/")
    assert len(drafts) == 3
    for draft in drafts[:1]:
        signed = director.go(draft).locator("form[action$='/sign/']")
        send(signed)
    for draft in drafts[1:]:
        by_phone = brussels.go(draft).locator("form[action$='/signed/']")
        unfold(by_phone)
        fill(by_phone, director="J. Van Fictief", channel="phone")
        send(by_phone)
    page = brussels.go(f"/incidents/{number}/review")
    page.locator("form[action$='/send'] button[type=submit]").dblclick()
    page.wait_for_url(f"**/incidents/{number}/")
    return number


def plan_line(page: Page, action: str, unit: str = "") -> Locator:
    """What can be done with the lines of the plan, or with one of them."""
    forms = page.locator(f"form[action$='/plan/{action}']")
    return forms.filter(has=page.locator(f"input[name=unit][value='{unit}']")) if unit else forms


def plan_closes_around_what_is_taken_out(page: Page) -> None:
    """A team that is taken out is replaced, with the reason beside it; put back, the plan is what it was."""
    before = plan_units(page)
    gone = before[-1]
    form = plan_line(page, "remove", gone)
    unfold(form)
    form.locator("[name=reason]").fill("moteur en panne")
    form.locator("button").click()
    expect(plan_line(page, "restore", gone)).to_be_visible()
    expect(page.locator("q", has_text="moteur en panne")).to_be_visible()
    assert gone not in plan_units(page)
    plan_line(page, "restore", gone).locator("button").click()
    expect(plan_line(page, "remove", gone)).to_be_attached()
    assert plan_units(page) == before


def plan_units(page: Page) -> list[str]:
    return [field.input_value() for field in plan_line(page, "remove").locator("input[name=unit]").all()]


def requests_by_supplier(page: Page, number: str) -> dict[str, str]:
    page.goto(re.sub(r"/incidents/.*", f"/requests/?case={number}", page.url))
    found = {}
    for row in page.locator("#requests tbody tr").all():
        link = row.locator("a[href^='/requests/']").first
        found[row.locator("td").nth(2).inner_text().split()[0]] = link.get_attribute("href") or ""
    return found


def everybody_sees_only_their_own(requests: dict[str, str], officers: dict[str, Officer]) -> None:
    for asked, address in requests.items():
        for code, officer in officers.items():
            assert status_of(officer, address) == (200 if code == asked else 404), (asked, code)


def nobody_else_sees(deployment: str, officers: list[Officer]) -> None:
    for officer in officers:
        assert status_of(officer, deployment) == 404
        assert status_of(officer, f"{deployment}certificate/") == 404


def offers_all(officer: Officer, address: str, language: str) -> None:
    """Acknowledge, then offer what the list of teams proposes."""
    page = officer.go(address)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_text(said(language, "Nobody here has acknowledged this request yet."))).to_be_visible()
    take(page, "acknowledge")
    answer = step(page, "answer-line")
    fill(answer, **{"line-1-answer": "Accept", "common-risk_checked": "on"})
    expect(answer.locator("input[name$='-quantity']:visible").first).to_be_visible()
    send(answer)
    expect(page.get_by_text(said(language, "offered")).first).to_be_visible()


def declines(officer: Officer, address: str, language: str) -> None:
    page = officer.go(address)
    take(page, "acknowledge")
    answer = step(page, "answer-line")
    fill(answer, **{"line-1-answer": "Decline"})
    answer.locator("button[type=submit]").last.click()
    expect(page.get_by_text(said(language, "Choose the reason for declining."))).to_be_visible()
    answer = step(page, "answer-line")
    answer.locator("select[name='line-1-reason_decline']").select_option(index=1)
    send(answer)
    expect(page.get_by_text(said(language, "declined")).first).to_be_visible()


def orders_and_commits(brussels: Officer, hague: Officer, address: str) -> str:
    """Order what is offered; commit the first team with what its leader shows at the border. Where its page is."""
    asking, helping = brussels.go(address), hague.go(address)
    take(asking, "requisition")
    expect(step(helping, "commit").first).to_be_visible()
    take(helping, "commit", **CERTIFICATE)
    expect(asking.get_by_text(said("fr", "committed")).first).to_be_visible()
    link = helping.locator("main a[href^='/deployments/']").first
    return link.get_attribute("href") or ""


def certificate_is_ready(hague: Officer, deployment: str) -> None:
    page = hague.go(f"{deployment}certificate/")
    for shown in ("OvD-B", "AA-00-BB", "Eijsden"):
        expect(page.get_by_text(shown).first).to_be_visible()


def comes(brussels: Officer, hague: Officer, deployment: str) -> None:
    """Each report is seen by the other side without loading anything again; who receives says that they are at work."""
    watched, reporting = brussels.go(deployment), hague.go(deployment)
    for number, status in enumerate(WAY, start=2):
        fields = {"place": "Eijsden"} if status == "AT_BORDER" else {}
        take(reporting, "report", status=status, **fields)
        expect(changes(watched)).to_have_count(number)
    take(watched, "report", status="OPERATIONAL")
    expect(changes(reporting)).to_have_count(len(WAY) + 2)


def changes(page: Page) -> Locator:
    """The states that a deployment has gone through, as its page tells them."""
    return page.locator("[data-noaber-key^='change-']")


def stays_longer(brussels: Officer, hague: Officer, deployment: str) -> None:
    asking, helping = brussels.go(deployment), hague.go(deployment)
    form = step(asking, "ask-extension").first
    unfold(form)
    until = form.locator("[name=until]")
    until.fill(until.input_value().replace("T06", "T09"))
    send(form)
    expect(step(helping, "answer-extension").first).to_be_attached()
    take(helping, "answer-extension", answer="Accept")
    expect(step(asking, "ask-extension").first).to_be_attached()


def goes_home(brussels: Officer, hague: Officer, deployment: str) -> None:
    asking, helping = brussels.go(deployment), hague.go(deployment)
    take(asking, "release", handover="Rien à signaler.")
    expect(step(helping, "report").first).to_be_visible()
    for status in ("RETURNING", "RETURNED"):
        take(helping, "report", status=status)
    expect(asking.get_by_text(said("fr", "home")).first).to_be_visible()


def case_journal_is_whole(brussels: Officer, number: str) -> None:
    """Every message of the case in order, with its hash, and the chain checked on the spot."""
    page = brussels.go(f"/cases/{number}/journal/")
    assert page.locator("main tbody tr").count() >= 15
    expect(page.locator("main tbody tr .err, main tbody tr .chip--bad")).to_have_count(0)


def messages_can_be_read_elsewhere(brussels: Officer, address: str, others: list[Officer]) -> None:
    """Each message of the flow as EDXL, for those two sides only."""
    page = brussels.go(address)
    links = {address for address in addresses(page, "/messages/") if address.endswith("edxl.xml")}
    assert len(links) >= 5
    for link in links:
        answer = brussels.context.request.get(f"{brussels.site.url}{link}")
        assert answer.status == 200
        assert "xml" in answer.headers["content-type"]
        assert all(status_of(other, link) == 404 for other in others)

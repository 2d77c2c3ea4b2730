"""The main line of the night without a mouse: stated, planned, signed off, sent, answered and ordered by keys alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import Officer, seat_officers
from browser.hands import addresses, close_what_is_open, press_on, put_clock, speak_english, step, tab_to
from serving import Site

pytestmark = pytest.mark.browser

Seat = Callable[..., Officer]

FEW = 4
"""Keys from the plan to its main button."""


@pytest.fixture
def seat(browser: Browser, own_site: Site) -> Iterator[Seat]:
    yield from seat_officers(browser, own_site)


def test_the_main_line_by_keyboard(seat: Seat, own_site: Site) -> None:
    put_clock(own_site, "18:10")
    brussels, hague = speak_english(seat("be-nccn")), speak_english(seat("nl-ncc"))
    close_what_is_open(brussels)
    page = brussels.go("/")
    states_the_incident(page)
    proposes_and_goes_on(page)
    has_it_signed_off_and_sends(page)
    row = page.locator("#running tr[data-noaber-key^='request-']").filter(has_text="NL-NCC")
    asked = row.locator("a[href^='/requests/']").first.get_attribute("href") or ""
    answers(hague.go(asked))
    orders(brussels.go(asked))
    expect(step(hague.page, "commit").first).to_be_attached()


def states_the_incident(page: Page) -> None:
    """From the desk by the key N: the place from the list, the need, who sees it, and Ctrl+Enter."""
    page.keyboard.press("n")
    page.wait_for_url("**/incidents/new*")
    press_on(page, "[name=place]", "Esneux")
    expect(page.locator("#id_place_list [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[name=territory]")).not_to_have_value("")
    press_on(page, "[name=severity]", "Extreme")
    press_on(page, "[name='needs-0-capability']", "Flood rescue")
    press_on(page, "[name='needs-0-quantity']", "Control+a", "8")
    press_on(page, "[name='needs-0-needed_by']", "Control+a", "20:25")
    press_on(page, "[name=groups]", "Space", "Control+Enter")
    page.wait_for_url("**/incidents/BE-*/")
    expect(page.locator("#needs")).to_contain_text("8 boat teams")


def proposes_and_goes_on(page: Page) -> None:
    """After Propose the keyboard stands on the plan, and “Review and send” is a few keys away."""
    press_on(page, "#proposal form[action$='/propose'] button", "Enter")
    expect(page.locator("#h-plan")).to_be_focused()
    expect(page.locator("#proposal")).to_contain_text("Botenteam Venlo")
    press_on(page, "#proposal button[form=plan-draft]", "Enter", most=FEW)
    page.wait_for_url("**/review")


def has_it_signed_off_and_sends(page: Page) -> None:
    """The director is on the phone; back on the list, all that are ready are sent."""
    review = page.url
    for _draft in addresses(page, "/drafts/"):
        press_on(page, "td:last-child a[href^='/drafts/']", "Enter")
        page.wait_for_url("**/drafts/**")
        press_on(page, "details:has(form[action$='/signed/']) > summary", "Enter")
        press_on(page, "form[action$='/signed/'] [name=director]", "J. Van Fictief")
        press_on(page, "form[action$='/signed/'] [name=channel]", "Space")
        with page.expect_navigation():
            press_on(page, "form[action$='/signed/'] button[type=submit]", "Enter")
        page.goto(review)
    press_on(page, "form[action$='/send'] button[type=submit]", "Enter")
    page.wait_for_url("**/incidents/BE-*/")


def answers(page: Page) -> None:
    """The Hague acknowledges, looks at what is filled in, ticks the risk and sends."""
    with page.expect_navigation():
        press_on(page, "form:has([value=acknowledge]) button[type=submit]", "Enter")
    tab_to(page, "#id_common-risk_checked")
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("#request-offers")).to_contain_text("Botenteam Venlo")


def orders(page: Page) -> None:
    with page.expect_navigation():
        press_on(page, "form:has([value=requisition]) button[type=submit]", "Enter")
    expect(page.locator("#request-offers")).to_contain_text("ordered")

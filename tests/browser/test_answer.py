"""A tired officer answers by keyboard: nine boats typed where two may go, mended at one press, sent with Ctrl+Enter."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from browser.conftest import Officer, seat_officers
from browser.hands import fill, send, step, tab_to, take, unfold
from browser.test_edited_together import axe
from serving import Site

pytestmark = pytest.mark.browser
Seat = Callable[..., Officer]


@pytest.fixture
def seat(browser: Browser, demo_site: Site) -> Iterator[Seat]:
    yield from seat_officers(browser, demo_site)


def ask_the_hague(seat: Seat) -> str:
    """Brussels asks by hand for two boat teams; the answer is where the request is."""
    page = seat("be-nccn").go("/requests/new/")
    form = page.locator("form[data-noaber-main]")
    form.locator("label:has-text('NL-NCC') input[name=suppliers]").first.check()
    fill(form, case_id="BE-2021-0714-77", incident_text="Inondation", hazard="flood", territory="BE335")
    fill(form, reception_point="CP-Ops, Pepinster", lon="5.81", lat="50.57")
    line = {"line-0-capability": "FRB", "line-0-quantity": "2", "line-0-needed_by": "4 h"}
    fill(form, **line)
    send(form)
    signed = page.locator("form[action$='/signed/']")
    unfold(signed)
    fill(signed, director="J. Van Fictief", channel="phone")
    send(signed)
    page.locator("form[action$='/send/'] button[type=submit]").last.click()
    page.wait_for_url("**/requests/**")
    return page.url[page.url.index("/requests/") :]


def test_a_mistaken_number_is_mended_and_sent_by_keyboard(seat: Seat) -> None:
    address = ask_the_hague(seat)
    page = seat("nl-ncc").go(address)
    take(page, "acknowledge")
    form = step(page, "answer-line")
    proposed = [field.input_value() for field in form.locator("input[name$='-quantity']").all()]
    assert sum(int(value) for value in proposed if value) == 2
    expect(form.locator(".lsum .full")).to_have_count(2)

    tab_to(page, "input[name$='-quantity']:not([value=''])[value]")
    field = page.evaluate("document.activeElement.id")
    page.keyboard.press("Control+a")
    page.keyboard.type("9")
    guard = form.locator(".guard")
    expect(guard).to_be_visible()
    expect(page.locator("#answer-totals .err")).to_have_count(1)
    assert axe(page) == []

    page.keyboard.press("Control+Enter")
    expect(form.locator("[role=alert]")).to_be_visible()
    expect(guard).to_be_visible()

    tab_to(page, "[data-noaber-mend]")
    page.keyboard.press("Enter")
    expect(guard).to_have_count(0)
    assert page.evaluate("document.activeElement.id") == field
    expect(page.locator("#answer-totals .err")).to_have_count(0)

    tab_to(page, "#id_common-risk_checked")
    if not page.locator("#id_common-risk_checked").is_checked():
        page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("#request-offers tbody tr").first).to_be_visible()


@pytest.mark.parametrize("width", [390, 768])
def test_the_form_fits_and_its_targets_are_large_enough(seat: Seat, width: int) -> None:
    address = ask_the_hague(seat)
    officer = seat("nl-ncc", width=width, theme="dark")
    page = officer.go(address)
    take(page, "acknowledge")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page) == []
    if width == 390:
        for target in (".teams input[name$='-quantity']:visible", ".open-it > summary:visible", ".answer .seg label"):
            boxes = [one.bounding_box() for one in page.locator(target).all()]
            assert [(target, box["height"]) for box in boxes if box and box["height"] < 44] == []

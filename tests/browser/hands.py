"""What an officer does with mouse and keyboard, whatever language their pages speak.

Things are found by what they are (a step of the flow, a named field), so the same hands serve four languages; what
the page says is compared with the text of the catalogue.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Locator, Page, expect

from noaber.config.environment import CLOCK_FILE
from serving import Site

if TYPE_CHECKING:
    from browser.conftest import Officer


def said(language: str, text: str, **names: object) -> str:
    """The text as a page in that language says it."""
    with translation.override(language):
        translated = gettext(text)
    return translated % names if names else translated


def speak_english(officer: Officer) -> Officer:
    """The language is chosen at the top of every page, and is remembered for the person."""
    page = officer.go("/")
    if page.locator("html").get_attribute("lang") != "en":
        page.locator(".top button[name=language][value=en]").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
    return officer


def put_clock(site: Site, time: str) -> None:
    """Let the exercise's clock show this time of its first evening, in Brussels, and run on."""
    shows = datetime.datetime.fromisoformat(f"2021-07-14T{time}:00+02:00").astimezone(datetime.UTC)
    runs = {"shows": shows.isoformat(), "at": datetime.datetime.now(datetime.UTC).isoformat()}
    (site.data / CLOCK_FILE).write_text(json.dumps(runs), encoding="ascii")


def addresses(page: Page, beginning: str) -> list[str]:
    """Where the page's links lead, of those that begin so, each once."""
    links = page.locator(f"main a[href^='{beginning}']").all()
    return list(dict.fromkeys(link.get_attribute("href") or "" for link in links))


def close_what_is_open(officer: Officer) -> None:
    """The incidents of the exercise are closed: a plan shares the teams out among all that one has open."""
    for incident in addresses(officer.go("/incidents/"), "/incidents/BE-"):
        close = officer.go(incident).locator("form[action$='/close']")
        if close.count():
            unfold(close)
            send(close)


def send_by_phone(officer: Officer, number: str) -> None:
    """All drafts of an incident, signed off by the director on the phone."""
    page = officer.page
    page.wait_for_url(f"**/incidents/{number}/review")
    expect(page.locator("main a[href^='/drafts/']").first).to_be_visible()
    for draft in addresses(page, "/drafts/"):
        signed = officer.go(draft).locator("form[action$='/signed/']")
        if signed.count():
            unfold(signed)
            fill(signed, director="J. Van Fictief", channel="phone")
            send(signed)
    officer.go(f"/incidents/{number}/review").locator("form[action$='/send'] button[type=submit]").click()
    page.wait_for_url(f"**/incidents/{number}/")


def step(page: Page, kind: str) -> Locator:
    """The form of one step of the flow."""
    return page.locator(f"form:has(input[name=step][value={kind}])")


def send(form: Locator) -> None:
    """Press the form's button where it stays, and wait for the page that comes.

    The answer to who will see it moves what stands below.
    """
    page = form.page
    expect(form.locator("#reach.htmx-request")).to_have_count(0)
    with page.expect_navigation():
        form.locator("button[type=submit]").last.click()


def take(page: Page, kind: str, **fields: str) -> None:
    """Take the first open step of a kind, unfolding it where it is folded, with these fields filled in."""
    form = step(page, kind).first
    unfold(form)
    fill(form, **fields)
    send(form)


def confirm_late(form: Locator) -> None:
    """Tick of every team that comes late that this is meant."""
    ticks = form.locator("input[name$='-late']:visible")
    expect(ticks.first).to_be_visible()
    for tick in ticks.all():
        tick.check()


def unfold(form: Locator) -> None:
    folded = form.locator("xpath=ancestor::details[not(@open)]")
    if folded.count():
        folded.locator("> summary").first.click()


def fill(form: Locator, **fields: str) -> None:
    for name, value in fields.items():
        field = form.locator(f"[name='{name}']")
        match field.first.evaluate("field => field.type"):
            case "radio":
                choose(form, name, value)
            case "checkbox":
                field.set_checked(bool(value))
            case "select-one":
                field.select_option(value)
            case _:
                field.fill(value)


def choose(form: Locator, name: str, value: str) -> None:
    """One of several buttons, which are radio buttons underneath."""
    form.locator(f"label:has(input[name='{name}'][value='{value}'])").click()


def open_incident(
    page: Page, place: str, *, capability: str, quantity: int, needed_by: str, groups: Sequence[str] = ()
) -> str:
    """A new incident at a place that is searched by name, with hours or a time of day; the answer is its number."""
    form = page.locator("form[data-noaber-main]")
    form.locator("[name=place]").press_sequentially(place)
    page.locator("#id_place_list [role=option]").first.click()
    expect(form.locator("[name=territory]")).not_to_have_value("")
    fill(form, severity="Extreme", **{"needs-0-capability": capability})
    fill(form, **{"needs-0-quantity": str(quantity), "needs-0-needed_by": needed_by})
    for group in groups:
        form.locator(f"label:has-text('{group}') input[name=groups]").first.check()
    send(form)
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def status_of(officer: Officer, path: str) -> int:
    """How the server answers this person for an address."""
    return officer.context.request.get(f"{officer.site.url}{path}").status


def tab_to(page: Page, selector: str, most: int = 200) -> None:
    """Press Tab until the focus stands there."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


KEYS = {"Enter", "Space", "ArrowDown", "Escape", "Control+Enter", "Control+a"}
SEEN = """() => {
    const one = document.activeElement;
    const drawn = (element) => {
        const style = element && getComputedStyle(element);
        return style && (style.outlineStyle !== "none" || style.boxShadow !== "none");
    };
    const box = one.getBoundingClientRect();
    return one.matches(":focus-visible") && (drawn(one) || drawn(one.closest("label")))
        && box.top < innerHeight && box.bottom > 0;
}"""


def press_on(page: Page, selector: str, *keys: str, most: int = 200) -> None:
    """Go there by Tab, see where one stands, and press these keys: names of keys, else words to type."""
    tab_to(page, selector, most)
    assert page.evaluate(SEEN), f"one does not see that the keyboard stands on {selector}"
    for key in keys:
        if key in KEYS:
            page.keyboard.press(key)
        else:
            page.keyboard.type(key)

"""What an officer does with mouse and keyboard, whatever language their pages speak.

Things are found by what they are (a step of the flow, a named field), so the same hands serve four languages; what
the page says is compared with the text of the catalogue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Locator, Page, expect

if TYPE_CHECKING:
    from browser.conftest import Officer


def said(language: str, text: str, **names: object) -> str:
    """The text as a page in that language says it."""
    with translation.override(language):
        translated = gettext(text)
    return translated % names if names else translated


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
    page: Page, place: str, *, capability: str, quantity: int, within_hours: int, groups: list[str]
) -> str:
    """A new incident at a place that is searched by name; the answer is its number."""
    form = page.locator("form[data-noaber-main]")
    form.locator("[name=place]").press_sequentially(place)
    page.locator("#id_place_list [role=option]").first.click()
    expect(form.locator("[name=territory]")).not_to_have_value("")
    fill(form, severity="Extreme", **{"needs-0-capability": capability})
    fill(form, **{"needs-0-quantity": str(quantity), "needs-0-needed_by": str(within_hours)})
    for group in groups:
        form.locator(f"label:has-text('{group}') input[name=groups]").first.check()
    send(form)
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def status_of(officer: Officer, path: str) -> int:
    """How the server answers this person for an address."""
    return officer.context.request.get(f"{officer.site.url}{path}").status

"""The note who will see a record comes later than its form: what stands below it stays where it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from browser.conftest import Officer

pytestmark = pytest.mark.browser

FORMS = ("/plans/new", "/events/new", "/capacities/home-cover")


@pytest.mark.parametrize("width", [1440, 390])
def test_the_button_stays_where_it_is(officer: Callable[..., Officer], width: int) -> None:
    someone = officer("be-nccn-planner", language="fr", width=width)
    for address in FORMS:
        held = hold_note(someone.page)
        with someone.page.expect_request("**/reach*"):
            page = someone.go(address)
        before = height_of_button(page)
        for route in held:
            route.continue_()
        page.unroute("**/reach*")
        expect(page.locator("#reach .note")).to_be_visible()
        assert height_of_button(page) == before, address
        for label in ("RED", "CLEAR", "GREEN"):
            with page.expect_response("**/reach*"):
                page.locator("form:has(#reach) [name=tlp]").select_option(label)
            expect(page.locator("#reach.htmx-request")).to_have_count(0)
            assert height_of_button(page) == before, f"{address} {label}"


def hold_note(page: Page) -> list[Route]:
    """The note waits until those routes go on."""
    held: list[Route] = []
    page.route("**/reach*", lambda route: held.append(route))
    return held


def height_of_button(page: Page) -> float:
    """Where the button that saves stands, from the top of the page."""
    found: float = page.locator("form:has(#reach) .btn--main").evaluate(
        "button => button.getBoundingClientRect().top + scrollY"
    )
    return found

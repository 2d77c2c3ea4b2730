"""Two people change one action in two browsers: both versions stand side by side, and a click keeps one of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from browser.conftest import Officer

pytestmark = pytest.mark.browser

RUN_AXE = """async () => (await axe.run(document, {resultTypes: ["violations"], preload: false})).violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 160)}`))"""
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


def test_two_versions_stand_side_by_side(officer: Callable[..., Officer]) -> None:
    one, other = officer("be-nccn-policy"), officer("be-nccn-policy", theme="dark")
    address = begin_action(one.page, f"{one.site.url}/actions/new")
    for who in (one, other):
        who.page.goto(f"{address}edit")
    write(one.page, title="Ask the neighbours", description="First ask Aachen.")
    one.page.wait_for_url(address)
    write(other.page, title="Ask the regions", responsible_function="Planner on duty")

    page = other.page
    clash = page.locator("fieldset.clash")
    expect(clash).to_have_count(1)
    expect(clash.get_by_text("Ask the neighbours")).to_be_visible()
    expect(clash.get_by_text("Ask the regions")).to_be_visible()
    expect(clash.get_by_text("BE-NCCN")).to_be_visible()
    expect(page.locator("[name=title]")).to_have_value("Ask the regions")
    expect(page.locator("[name=description]")).to_have_value("First ask Aachen.")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert axe(page) == []
        assert not page.evaluate(TOO_WIDE)

    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        page.locator("[name=title]").press("Enter")
    assert answered.value.status == 409, "Enter chose one of the two"
    page.locator("button[value='mine:title']").click()
    page.wait_for_url(address)
    expect(page.locator("h1")).to_have_text("Ask the regions")
    expect(page.get_by_text("First ask Aachen.").first).to_be_visible()
    expect(page.get_by_text("Planner on duty").first).to_be_visible()


def begin_action(page: Page, address: str) -> str:
    page.goto(address)
    page.locator("[name=title]").fill("Ask somebody")
    page.locator("form[data-noaber-main] .btn--main").click()
    page.wait_for_url(lambda url: url != address)
    return page.url


def write(page: Page, **fields: str) -> None:
    for name, words in fields.items():
        page.locator(f"[name={name}]").fill(words)
    page.locator("form[data-noaber-main] .btn--main").click()


def axe(page: Page) -> list[str]:
    page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(RUN_AXE)
    return found

"""A campaign from one end to the other: asked, filled from a link by someone without an account, signed, frozen.

A planner of The Hague asks about the Aachen region, for which the crisis centre in Düsseldorf answers; the planner
there invites an officer of the region, who has never seen it; the director in Düsseldorf signs.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import PATIENCE_MS, Officer
from browser.hands import said
from serving import Site

pytestmark = pytest.mark.browser

REGION = "DE-AACHEN"
TITLE, TITLE_NL = "Bestandsaufnahme der Nachbarn", "Kartering van de buren"


def prepare(page: Page, site: Site) -> str:
    """The Hague's planner prepares a campaign, asks the region, and opens it; the answer is its address."""
    page.goto(f"{site.url}/campaigns/new")
    page.locator("[name=code]").fill("BROWSER")
    page.locator("[name=title_de]").fill(TITLE)
    page.locator("[name=title_nl]").fill(TITLE_NL)
    page.locator("form[data-noaber-main] button[type=submit]").click()
    page.wait_for_url("**/campaigns/*/")
    address = page.url
    page.goto(f"{address}ask")
    page.locator("[name=organisations]").select_option(REGION)
    for box in page.locator("[name=agreements]").all():
        box.uncheck()
    page.locator("form[data-noaber-main] button[type=submit]").click()
    page.wait_for_url(address)
    page.locator("form[action$='/open'] button").click()
    page.wait_for_url(address)
    return address


def invite(page: Page, address: str, part: str) -> str:
    """Düsseldorf's planner makes a link for a part; the answer is the link."""
    page.goto(address)
    page.locator(f"td[data-label='{said('de', part)}'] a.bare").click()
    page.wait_for_url("**/campaigns/asks/*/")
    page.goto(f"{page.url}invite")
    page.locator("[name=name]").fill("E. Beispiel")
    page.locator("[name=function]").fill("Kreisbrandmeister")
    page.locator("select[name=language]").select_option("de")
    page.locator("form[data-noaber-main] button[type=submit]").click()
    link = page.locator("#link").input_value()
    assert link in page.locator("#letter").input_value()
    return link


def fill_in(page: Page, link: str) -> None:
    """The officer of the region: one right, one corrected, one that they do not know, by what the buttons say."""
    page.goto(link)
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.locator("nav.nav")).to_have_count(0)
    cards = page.locator("article.look")
    assert cards.count() == 3
    names = [cards.nth(number).get_attribute("id") for number in range(3)]
    right, wrong, unsure = (page.locator(f"#{name}") for name in names)
    right.get_by_role("button", name=said("de", "Right as it is")).click()
    expect(right).to_contain_text(said("de", "right as it was"))
    wrong.get_by_role("link", name=said("de", "Correct it")).click()
    wrong.locator("[name=quantity]").fill("0")
    wrong.get_by_role("button", name=said("de", "Keep it so")).click()
    expect(wrong.locator(".err")).to_be_visible()
    wrong.locator("[name=quantity]").fill("7")
    wrong.get_by_role("button", name=said("de", "Keep it so")).click()
    expect(wrong).to_contain_text(said("de", "corrected"))
    unsure.locator("summary", has_text=said("de", "I do not know")).click()
    unsure.locator("[name=who]").fill("Leitstelle Simmerath")
    unsure.get_by_role("button", name=said("de", "Keep as unknown")).click()
    expect(unsure).to_contain_text("Leitstelle Simmerath")
    expect(page.locator("#part-progress .note--ok")).to_be_visible()
    page.reload()
    expect(page.locator("article.look.is-done")).to_have_count(3)


def report_in_four_languages(page: Page, site: Site) -> None:
    """The Hague's planner has the report made, reads it in French, and takes it along in each language."""
    page.goto(f"{site.url}/mapping/reports/new")
    page.locator("[name=capabilities]").select_option("HCP")
    page.locator("form[data-noaber-main] button[type=submit]").click()
    expect(page.locator("#overview")).to_be_visible()
    page.locator(".top button[name=language][value=fr]").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    signed = said("fr", "version %(version)s on %(day)s", version=1, day="").strip()
    campaign = page.locator("#campaigns tr", has_text=re.compile(f"{TITLE}|{TITLE_NL}"))
    expect(campaign).to_contain_text(signed)
    page.locator("#table-gaps th a").first.click()
    expect(page.locator("#table-gaps th[aria-sort]")).to_have_count(1)
    for language in ("nl", "fr", "de", "en"):
        with page.expect_download() as told:
            page.locator(f".head-acts a[hreflang={language}]").click()
        assert f"-{language}-" in told.value.suggested_filename
        with pypdfium2.PdfDocument(told.value.path()) as document:
            words = " ".join(one.get_textpage().get_text_bounded() for one in document)
        title = "The mapping of mutual assistance"
        assert "".join((said(language, title) if language != "en" else title).split()) in "".join(words.split())
        assert "EXERCISE" in words or said(language, "EXERCISE") in words


def test_an_officer_who_has_never_seen_it_fills_their_part_and_the_director_signs(
    browser: Browser, demo_site: Site, officer: Callable[..., Officer]
):
    asks = officer("nl-ncc-planner", language="nl").page
    address = prepare(asks, demo_site)
    link = invite(officer("de-nw-planner", language="de").page, address, "Capacities")
    guest = browser.new_context(locale="de", viewport={"width": 390, "height": 844})
    guest.set_default_timeout(PATIENCE_MS)
    fill_in(guest.new_page(), link)
    guest.close()

    director = officer("de-nw-director", language="de").page
    director.goto(f"{address}organisations/{REGION}/")
    director.locator("#sign button[type=submit]").click()
    director.wait_for_url("**/campaigns/versions/*/")
    page = director.locator("#main")
    expect(page).to_contain_text("7")
    expect(page).to_contain_text(said("de", "corrected"))
    expect(page).to_contain_text("Leitstelle Simmerath")
    expect(page).to_contain_text("Kreisbrandmeister, E. Beispiel")
    asks.goto(address)
    expect(asks.locator("#campaign-progress")).to_contain_text(said("nl", "signed, version %(version)s", version=1))
    report_in_four_languages(asks, demo_site)

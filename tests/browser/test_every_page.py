"""Every page, halfway through the exercise: in four languages, light and dark, wide and on a phone.

axe-core looks for what keeps people out (names, roles, contrast, order), on each page once wide and once on a phone;
a page that is wider than its window has something that does not fit, at widths from the smallest phone to a desk with
the text at twice its size; an error in the console is a defect.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from browser.conftest import Officer, seat_officers
from browser.demo_data import DemoData
from page_addresses import ADMINISTRATORS_PAGES, PAGES, PLANNERS_PAGES
from serving import Site

pytestmark = pytest.mark.browser

Seat = Callable[..., Officer]

HALFWAY = "20:35"
PHONE = 390
OTHER_WIDTHS = {"nl": (320, 640), "fr": (390, 1280), "de": (320, 768), "en": (390, 1024)}
"""Where each language is looked at besides: at 640 a page is what a screen of 1280 shows at twice the size."""
READERS = [
    pytest.param(username, language, width, theme, marks=pytest.mark.xdist_group(f"every page in {language}"))
    for username, language, width, theme in (
        ("nl-ncc", "nl", 390, "light"),
        ("be-nccn", "fr", 1440, "dark"),
        ("de-nw", "de", 390, "dark"),
        ("lu-hcpn", "en", 1440, "light"),
    )
]
"""Each a group of its own, which both cores share."""
LISTS = [
    "/incidents/",
    "/requests/",
    "/deployments/",
    "/campaigns/",
    "/capacities/",
    "/contacts/",
    "/meetings/",
    "/decisions/",
    "/events/",
    "/actions/",
    "/recommendations/",
]
"""Of each list, the first of what it lists is looked at too."""

RUN_AXE = """async contrast => {
    axe.configure({rules: [{id: "color-contrast", selector: "[data-look]"}]});
    const options = {resultTypes: ["violations"], rules: {"color-contrast": {enabled: contrast}}, preload: false};
    return (await axe.run(document, options)).violations.flatMap(
        rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")}: ${node.html.slice(0, 160)}`));
}"""
"""Contrast would be most of its work: it is measured once for each look, and not again on a phone."""
MARK_LOOKS = """() => {
    const looks = new Map(), seen = new Map();
    const of = element => {
        if (!element) return 0;
        if (!seen.has(element)) {
            const style = getComputedStyle(element);
            const look = [of(element.parentElement), style.color, style.backgroundColor, style.backgroundImage,
                          style.opacity, style.fontSize, style.fontWeight].join();
            if (!looks.has(look)) looks.set(look, looks.size + 1);
            seen.set(element, looks.get(look));
        }
        return seen.get(element);
    };
    const says = element => element.checkVisibility() && (element.matches("input, select, textarea") ||
        [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()));
    const one = new Map([...document.querySelectorAll("body *")].filter(says).map(element => [of(element), element]));
    one.forEach((element, look) => { element.dataset.look = look; });
}"""
"""Marks of the elements that say something one for each chain of colours and sizes from the page down to it."""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
        .slice(0, 3).map(one => `too wide: ${one.outerHTML.slice(0, 120)}`)"""


@pytest.fixture(scope="module")
def halfway(tmp_path_factory: pytest.TempPathFactory, demo_data: DemoData) -> Iterator[Site]:
    """The exercise at 20:35: requests wait, teams are under way, some are at work."""
    site = Site(tmp_path_factory.mktemp("halfway") / "data")
    demo_data.start(site, until=HALFWAY)
    yield site
    site.stop()
    assert "Traceback" not in site.log.read_text(errors="replace"), site.log.read_text(errors="replace")[-6000:]


@pytest.fixture
def seat(browser: Browser, halfway: Site) -> Iterator[Seat]:
    yield from seat_officers(browser, halfway)


@pytest.mark.parametrize(("username", "language", "width", "theme"), READERS)
def test_every_page_can_be_read_by_everybody(seat: Seat, username: str, language: str, width: int, theme: str) -> None:
    officer = seat(username, theme=theme)
    speak(officer, language)
    officer.page.set_viewport_size({"width": width, "height": 900})
    of_the_other_theme = set(PAGES[theme == "light" :: 2])
    nothing_is_wrong_at(officer, [*PAGES, *first_of_each(officer)], width, without_axe=of_the_other_theme)


@pytest.mark.parametrize(("language", "width", "theme"), [("de", 390, "dark"), ("fr", 1440, "light")])
def test_the_mapping_report_can_be_read(seat: Seat, language: str, width: int, theme: str) -> None:
    officer = seat("be-nccn-planner", theme=theme)
    speak(officer, language)
    officer.page.set_viewport_size({"width": width, "height": 900})
    nothing_is_wrong_at(officer, PLANNERS_PAGES, width)


@pytest.mark.parametrize(("language", "width", "theme"), [("fr", 390, "dark"), ("nl", 1440, "light")])
def test_the_pages_of_an_administrator_can_be_read(seat: Seat, language: str, width: int, theme: str) -> None:
    officer = seat("be-nccn-admin", theme=theme)
    speak(officer, language)
    officer.page.set_viewport_size({"width": width, "height": 900})
    (officer.site.data / "extracts").mkdir(exist_ok=True)
    (officer.site.data / "extracts" / "bremen-latest.osm.pbf").touch()
    nothing_is_wrong_at(officer, ADMINISTRATORS_PAGES, width)


def test_the_border_certificate_is_one_sheet(seat: Seat) -> None:
    officer = seat("nl-ncc")
    page = officer.go("/deployments/")
    links = {link.get_attribute("href") for link in page.locator("main tbody a[href^='/deployments/']").all()}
    assert links
    assert {link: sheets(officer.go(f"{link}certificate/")) for link in links} == dict.fromkeys(links, 1)


def sheets(page: Page) -> int:
    """How many sheets of paper the page fills."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def speak(officer: Officer, language: str) -> None:
    page = officer.go("/")
    if page.locator("html").get_attribute("lang") != language:
        page.locator(f".top button[name=language][value={language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", language)


def first_of_each(officer: Officer) -> list[str]:
    """The first incident, request, deployment, capacity, contact; with what belongs to them."""
    found = []
    for address in LISTS:
        page = officer.go(address)
        links = [link.get_attribute("href") or "" for link in page.locator(f"main tbody a[href^='{address}']").all()]
        found += [link for link in links if "?" not in link][:1]
    deployment = next((link for link in found if link.startswith("/deployments/")), "")
    request = next((link for link in found if link.startswith("/requests/")), "")
    return [*found, *([f"{deployment}certificate/"] if deployment else []), *([f"{request}print/"] if request else [])]


def nothing_is_wrong_at(
    officer: Officer, addresses: list[str], width: int, *, without_axe: Collection[str] = ()
) -> None:
    faults = []
    language = officer.page.locator("html").get_attribute("lang") or ""
    for address in addresses:
        page = officer.go(address)
        found = [] if address in without_axe else what_axe_finds(page, contrast=width != PHONE)
        faults += [f"{address}: {fault}" for fault in [*found, *what_is_too_wide(page, width, language)]]
    assert not faults, "\n".join(faults)


def what_axe_finds(page: Page, *, contrast: bool) -> list[str]:
    page.evaluate(AXE_SCRIPT)
    if contrast:
        page.evaluate(MARK_LOOKS)
    found: list[str] = page.evaluate(RUN_AXE, contrast)
    return found


def what_is_too_wide(page: Page, width: int, language: str) -> list[str]:
    """At the width at which the page stands, and at those at which its language is looked at besides."""
    found = page.evaluate(TOO_WIDE)
    for other in OTHER_WIDTHS[language]:
        page.set_viewport_size({"width": other, "height": 900})
        found += [f"at {other} px: {fault}" for fault in page.evaluate(TOO_WIDE)]
    page.set_viewport_size({"width": width, "height": 900})
    return list(found)


@pytest.mark.parametrize("width", [320, 640, 768, 1024, 1280])
def test_the_frame_has_its_names_at_every_width(seat: Seat, width: int) -> None:
    page = seat("be-nccn", width=width).go("/")
    assert what_axe_finds(page, contrast=False) == []
    words = page.locator(".nav a[aria-current] .long").evaluate("one => getComputedStyle(one).position")
    assert words == ("static" if width >= 1280 else "absolute"), "places have words where there is room"

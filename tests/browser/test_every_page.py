"""Every page, halfway through the exercise: in four languages, light and dark, wide and on a phone.

axe-core looks for what keeps people out (names, roles, contrast, order); a page that is wider than its phone has
something that does not fit; an error in the console is a defect.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from browser.conftest import Officer, seat_officers
from browser.demo_data import DemoData
from serving import Site

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

Seat = Callable[..., Officer]

HALFWAY = "20:35"
PHONE = {"width": 390, "height": 844}
READERS = [
    ("nl-ncc", "nl", 390, "light"),
    ("be-nccn", "fr", 1440, "dark"),
    ("de-nw", "de", 390, "dark"),
    ("lu-hcpn", "en", 1440, "light"),
]
PAGES = [
    "/",
    "/incidents/",
    "/incidents/new",
    "/requests/",
    "/requests/new/",
    "/deployments/",
    "/map/",
    "/map/?capability=BOAT&borders=gain&lon=5.8&lat=50.57",
    "/map/places",
    "/map/regions",
    "/map/closures/",
    "/map/closures/new",
    "/agreements/",
    "/agreements/assumptions",
    "/agreements/NL-BE-1984/",
    "/agreements/NL-BE-1984/?on=1987-01-01",
    "/agreements/NL-BE-1984/fields/cost_rule",
    "/agreements/?on=1990-01-01",
    "/agreements/compare?a=NL-BE-1984&b=BE-LU-2015",
    "/mapping/questions/",
    "/mapping/questions/NL-BE-1984/cost_rule/",
    "/mapping/matrix/?capability=AMB&hazard=&from=NL-VR24&to=DE-AACHEN",
    "/mapping/matrix/map?to=NL-NCC",
    "/mapping/matrix/two-places",
    "/mapping/matrix/capabilities?from=BE-CP&help=HCP",
    "/mapping/gaps/?show=all",
    "/mapping/gaps/LU/NL/",
    "/mapping/what-if/?kind=ended&text=BE-DE-1980",
    "/mapping/reports/",
    "/campaigns/",
    "/campaigns/new",
    "/campaigns/1/organisations/DE-AACHEN/",
    "/campaigns/asks/11/",
    "/i/nothing/",
    "/capacities/",
    "/capacities/new",
    "/capacities/home-cover",
    "/capacities/import",
    "/capacities/states/",
    "/capacities/?certificates=soon",
    "/capacities/bulk?all=1",
    "/contacts/",
    "/contacts/new",
    "/contacts/gaps",
    "/contacts/cards?as=sheet",
    "/contacts/cards?as=wallet",
    "/organisations/",
    "/organisations/BE-NCCN/",
    "/vocabulary/",
    "/meetings/",
    "/meetings/?view=year",
    "/meetings/calendar",
    "/meetings/5/minutes/",
    "/decisions/",
    "/events/",
    "/events/?month=2024-06",
    "/events/new",
    "/events/calendar",
    "/actions/",
    "/actions/?state=all",
    "/actions/calendar",
    "/recommendations/",
    "/practices/",
    "/practices/?q=evacuatie&theme=languages",
    "/practices/new",
    "/practices/GP-2024-001/?language=nl",
    "/practices/GP-2024-001/translate",
    "/lessons/",
    "/lessons/new",
    "/lessons/L-2022-002/",
    "/plans/",
    "/plans/new",
    "/plans/P-2024-01/",
    "/plans/P-2024-01/quarters/2024-12-31",
    "/plans/P-2025-01/",
    "/plans/P-2025-01/steps",
    "/plans/P-2025-01/compare",
    "/plans/P-2025-01/consultation",
    "/plans/P-2025-01/report",
    "/plans/P-2025-02/",
    "/plans/objectives/1/",
    "/search?q=Venlo",
    "/search?q=inondation",
    "/library/",
    "/library/new",
    "/library/1/",
    "/exchanges/",
    "/exchanges/new",
    "/exchanges/programmes/1/",
    "/exchanges/calls/1/",
    "/exchanges/calls/2/",
    "/exchanges/places/1/",
    "/exchanges/placements/",
    "/exchanges/placements/2/",
    "/exchanges/placements/calendar",
    "/presidency/",
    "/presidency/new?year=2027",
    "/presidency/4/",
    "/presidency/handovers/2/",
    "/presidency/handovers/2/compare",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/nowhere/",
]
PLANNERS_PAGES = [
    "/mapping/reports/",
    "/mapping/reports/new",
    "/mapping/reports/1/",
    "/mapping/reports/compare?old=1&new=1",
]
ADMINISTRATORS_PAGES = ["/map/network/"]
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
    const options = {resultTypes: ["violations"], rules: {"color-contrast": {enabled: contrast}}, preload: false};
    return (await axe.run(document, options)).violations.flatMap(
        rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")}: ${node.html.slice(0, 160)}`));
}"""
"""Contrast is a third of its work. Every page has it looked at once, half of them light and half dark."""
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


@pytest.fixture
def seat(browser: Browser, halfway: Site) -> Iterator[Seat]:
    yield from seat_officers(browser, halfway)


@pytest.mark.parametrize(("username", "language", "width", "theme"), READERS)
def test_every_page_can_be_read_by_everybody(seat: Seat, username: str, language: str, width: int, theme: str) -> None:
    officer = seat(username, theme=theme)
    speak(officer, language)
    officer.page.set_viewport_size({"width": width, "height": 900})
    nothing_is_wrong_at(officer, [*PAGES, *first_of_each(officer)], width, theme)


@pytest.mark.parametrize(("language", "width", "theme"), [("de", 390, "dark"), ("fr", 1440, "light")])
def test_the_mapping_report_can_be_read(seat: Seat, language: str, width: int, theme: str) -> None:
    officer = seat("be-nccn-planner", theme=theme)
    speak(officer, language)
    officer.page.set_viewport_size({"width": width, "height": 900})
    nothing_is_wrong_at(officer, PLANNERS_PAGES, width, theme)


@pytest.mark.parametrize(("language", "width", "theme"), [("fr", 390, "dark"), ("nl", 1440, "light")])
def test_the_pages_of_an_administrator_can_be_read(seat: Seat, language: str, width: int, theme: str) -> None:
    officer = seat("be-nccn-admin", theme=theme)
    speak(officer, language)
    officer.page.set_viewport_size({"width": width, "height": 900})
    (officer.site.data / "extracts").mkdir(exist_ok=True)
    (officer.site.data / "extracts" / "bremen-latest.osm.pbf").touch()
    nothing_is_wrong_at(officer, ADMINISTRATORS_PAGES, width, theme)


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


def nothing_is_wrong_at(officer: Officer, addresses: list[str], width: int, theme: str) -> None:
    faults = []
    for number, address in enumerate(addresses):
        contrast = width != PHONE["width"] and number % 2 == (theme == "dark")
        faults += [f"{address}: {fault}" for fault in look(officer.go(address), width, contrast=contrast)]
    assert not faults, "\n".join(faults)


def look(page: Page, width: int, *, contrast: bool) -> list[str]:
    """What is wrong with the page as it stands."""
    page.evaluate(AXE_SCRIPT)
    faults: list[Any] = page.evaluate(RUN_AXE, contrast)
    if width != PHONE["width"]:
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    faults += page.evaluate(TOO_WIDE)
    page.set_viewport_size({"width": width, "height": 900})
    return faults

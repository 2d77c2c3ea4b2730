"""Chromium, and a demo site of its own for each worker. Debian's Chromium where it is, else Playwright's own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from browser.demo_data import DemoData
from serving import PASSWORD, Site

HOW_TO_GET_ONE = (
    "No browser: install Debian's package chromium (apt-get install chromium) "
    "or Playwright's own (.venv/bin/playwright install chromium)."
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]

PATIENCE_MS = 120_000
"""What comes is seen at once; this is for what never comes, on a machine that does much else."""

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Ends with the module: its event loop would stand in the way of the tests that come after."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None and not Path(playwright.chromium.executable_path).exists():
        pytest.skip(HOW_TO_GET_ONE)
    running = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield running
    running.close()


@pytest.fixture(scope="session")
def demo_data() -> DemoData:
    """Starts sites on copies of the demo."""
    return DemoData()


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory, demo_data: DemoData) -> Iterator[Site]:
    """The demo, served to the tests of one module alone: they move its clock, or play its incidents to the end."""
    site = Site(tmp_path_factory.mktemp("own") / "data")
    demo_data.start(site)
    yield site
    site.stop()
    assert "Traceback" not in site.log.read_text(errors="replace")


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory, demo_data: DemoData) -> Iterator[Site]:
    """The demo, served; shared by the tests of a worker that only read or that make their own incident."""
    site = Site(tmp_path_factory.mktemp("demo") / "data")
    demo_data.start(site)
    yield site
    site.stop()
    assert "Traceback" not in site.log.read_text(errors="replace"), site.log.read_text(errors="replace")[-6000:]


EXPECTED = re.compile(r"status of (404|409|422)|^htmx:(sendAbort|afterRequest)")
"""Refusals, and what htmx says when a page is left while it asks; that a request failed it says as sendError too."""


class Officer:
    """Someone at a browser of their own, signed in for an organisation."""

    def __init__(self, context: BrowserContext, site: Site, username: str) -> None:
        self.context = context
        self.site = site
        self.username = username
        self.complaints: list[str] = []
        self.page = context.new_page()
        self.page.on("console", self._listen)
        self.page.on("pageerror", self._hear_error)

    def _listen(self, message: ConsoleMessage) -> None:
        expected = EXPECTED.search(message.text)
        if message.type == "error" and not expected:
            self.complaints.append(message.text)

    def _hear_error(self, error: Error) -> None:
        self.complaints.append(str(error))

    def sign_in(self) -> Page:
        self.page.goto(f"{self.site.url}/accounts/login/")
        self.page.locator("input[name=login]").fill(self.username)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("form[data-noaber-sign-in] button[type=submit]").click()
        self.page.wait_for_url(lambda url: "/accounts/login" not in url)
        return self.page

    def go(self, path: str) -> Page:
        self.page.goto(f"{self.site.url}{path}")
        return self.page


def seat_officers(browser: Browser, site: Site) -> Iterator[Callable[..., Officer]]:
    """`seat("be-nccn", language="fr")`: that person, signed in; any error in their console fails the test."""
    seated: list[Officer] = []

    def seat(username: str, *, language: str = "en", width: int = 1440, theme: str = "light") -> Officer:
        context = browser.new_context(
            locale=language,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if theme == "dark" else "light",
            timezone_id="Europe/Brussels",
        )
        context.set_default_timeout(PATIENCE_MS)
        someone = Officer(context, site, username)
        someone.sign_in()
        seated.append(someone)
        return someone

    yield seat
    for someone in seated:
        someone.context.close()
    complaints = [f"{someone.username}: {text}" for someone in seated for text in someone.complaints]
    assert not complaints, complaints


@pytest.fixture
def officer(browser: Browser, demo_site: Site) -> Iterator[Callable[..., Officer]]:
    """Seats officers at the demo site; see `seat_officers`."""
    yield from seat_officers(browser, demo_site)

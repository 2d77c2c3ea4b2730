"""The scripts of the frame in Chromium: keyboard, clocks, live updates, sound, maps, double clicks."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from browser.conftest import PATIENCE_MS
from serving import free_port

pytestmark = pytest.mark.browser

TESTS = Path(__file__).resolve().parents[1]
START_S = 120


class SmallSite:
    """`tests/pages/framesite`, served in a process of its own."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.log = (folder / "log").open("wb")
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "pages.framesite.settings",
            "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent / "src")]),
            "NOABER_DATA": str(folder),
        }
        environment.pop("NOABER_DATABASE_URL", None)
        command = [sys.executable, "-m", "uvicorn", "noaber.config.asgi:application", "--port", str(port)]
        command += ["--lifespan", "off", "--log-level", "warning"]
        self.process = subprocess.Popen(command, env=environment, stdout=self.log, stderr=self.log)

    def wait(self) -> None:
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            try:
                self.state()
                return
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the small site did not start: " + Path(self.log.name).read_text())

    def state(self, **moves: int) -> dict[str, int]:
        query = "?" + urllib.parse.urlencode(moves)
        with urllib.request.urlopen(f"{self.url}/framesite/state/{query}", timeout=10) as answer:
            told: dict[str, int] = json.load(answer)
            return told

    def stop(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.log.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallSite]:
    running = SmallSite(tmp_path_factory.mktemp("framesite"))
    try:
        running.wait()
        yield running
    finally:
        running.stop()


@pytest.fixture
def context(browser: Browser, site: SmallSite) -> Iterator[BrowserContext]:
    site.state(version=1, hangs=0)
    opened = browser.new_context(base_url=site.url, viewport={"width": 1440, "height": 900}, color_scheme="light")
    opened.set_default_timeout(PATIENCE_MS)
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and not re.search("(status of|Error Code) (409|422|500)|ERR_", message.text):
            complaints.append(message.text)

    opened.on("console", listen)
    opened.on("weberror", lambda error: complaints.append(str(error.error)))
    yield opened
    opened.close()
    assert complaints == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def open_live(page: Page, site: SmallSite, path: str) -> None:
    """Open a page and wait until it listens."""
    feeds = site.state()["feeds"]
    page.goto(path)
    while site.state()["feeds"] == feeds:
        page.wait_for_timeout(50)
    page.wait_for_timeout(200)


# keyboard


def test_slash_searches_and_escape_leaves_menus(page: Page) -> None:
    page.goto("/framesite/")
    page.keyboard.press("/")
    expect(page.locator("[data-noaber-search]")).to_be_focused()
    page.locator(".top .org summary").click()
    expect(page.locator(".top .org .pop")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".top .org .pop")).to_be_hidden()


def test_g_and_a_letter_go_to_a_place_and_n_makes_something(page: Page) -> None:
    page.goto("/framesite/")
    page.keyboard.press("g")
    page.keyboard.press("a")
    page.wait_for_url("**/framesite/form/")
    page.keyboard.press("g")
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/framesite/")
    page.keyboard.press("n")
    page.wait_for_url("**/framesite/form/")


def test_letters_that_are_typed_are_only_letters(page: Page) -> None:
    page.goto("/framesite/form/")
    page.locator("#id_place").press_sequentially("gd n/?")
    expect(page.locator("#id_place")).to_have_value("gd n/?")
    expect(page).to_have_url(re.compile("/form/$"))


def test_arrows_walk_through_rows(page: Page) -> None:
    page.goto("/framesite/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Extension asked")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("link", name="Confirm the order")).to_be_focused()


def test_single_keys_can_be_switched_off(page: Page) -> None:
    page.goto("/framesite/")
    page.keyboard.press("?")
    page.locator("[data-noaber-single-keys]").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("n")
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("/framesite/$"))
    expect(page.get_by_role("link", name="Confirm the order")).to_be_focused()


def test_control_and_enter_send_the_form(page: Page) -> None:
    page.goto("/framesite/form/")
    page.locator("#id_place").fill("Pepinster")
    page.locator("#id_place").press("Control+Enter")
    expect(page.locator("#id_quantity")).to_have_attribute("aria-invalid", "true")


def test_a_dialog_opens_and_closes_without_doing_it(page: Page) -> None:
    page.goto("/framesite/form/")
    page.get_by_role("button", name="Recall", exact=True).click()
    dialog = page.get_by_role("dialog", name="Recall 3 boat teams?")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Keep them there").click()
    expect(dialog).to_be_hidden()


# theme and time


def test_the_theme_is_kept_by_the_server(page: Page, context: BrowserContext) -> None:
    page.goto("/framesite/")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.get_by_role("button", name="Light or dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    told = context.request.get("/framesite/").text()
    assert '<html lang="en" data-theme="dark">' in told


def test_clocks_count_from_the_time_of_the_server(page: Page) -> None:
    page.clock.install()
    page.goto("/framesite/")
    big = page.locator(".clock--big")
    expect(big.locator("[data-noaber-clock-words]")).to_have_text(re.compile(r"^13:0[0-4] left$"))
    page.clock.fast_forward("12:00")
    expect(big.locator("[data-noaber-clock-words]")).to_have_text(re.compile(r"^1:0[0-4] left$"))
    expect(page.locator("[data-noaber-local]")).to_have_text("18:53")
    expect(page.locator("[data-noaber-utc]")).to_have_text("16:53")
    page.clock.fast_forward("03:00")
    expect(big).to_have_class(re.compile("clock--late"))
    expect(big.locator("[data-noaber-clock-words]")).to_have_text("1 min late")


# live updates


def test_a_change_refreshes_the_fragment_and_marks_what_differs(page: Page, site: SmallSite) -> None:
    open_live(page, site, "/framesite/")
    site.state(version=2)
    row = page.locator("[data-noaber-key='1']")
    expect(row).to_contain_text("Version 2")
    expect(row).to_have_class(re.compile("is-changed"))
    expect(page.locator("[data-noaber-key='2']")).not_to_have_class(re.compile("is-changed"))


def test_the_keyboard_stays_where_it_was(page: Page, site: SmallSite) -> None:
    open_live(page, site, "/framesite/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    site.state(version=2)
    expect(page.locator("[data-noaber-key='1']")).to_contain_text("Version 2")
    expect(page.get_by_role("link", name="Extension asked")).to_be_focused()


def test_what_someone_types_is_not_taken_away(page: Page, site: SmallSite) -> None:
    open_live(page, site, "/framesite/slow/")
    note = page.get_by_label("Note")
    note.fill("team is tired")
    site.state(version=2)
    expect(page.locator("#typing")).to_have_attribute("data-noaber-stale", "yes")
    expect(note).to_have_value("team is tired")
    note.blur()
    expect(page.locator("#typing[data-noaber-stale]")).to_have_count(0)
    expect(note).to_have_value("")


def test_words_in_a_form_that_folds_out_stay_until_it_is_folded_in(page: Page, site: SmallSite) -> None:
    open_live(page, site, "/framesite/slow/")
    page.get_by_text("Answer it").click()
    why = page.get_by_label("Why")
    why.fill("the bridge is closed")
    why.blur()
    site.state(version=2)
    expect(page.locator("#typing")).to_have_attribute("data-noaber-stale", "yes")
    expect(why).to_have_value("the bridge is closed")
    page.get_by_text("Answer it").click()
    expect(page.locator("#typing[data-noaber-stale]")).to_have_count(0)


def test_what_is_folded_out_stays_so_over_a_change(page: Page, site: SmallSite) -> None:
    open_live(page, site, "/framesite/slow/")
    page.get_by_text("Answer it").click()
    page.locator("#typing details").evaluate("fold => { fold.dataset.old = 'yes'; }")
    site.state(version=2)
    expect(page.locator("#typing [data-old]")).to_have_count(0)
    expect(page.get_by_label("Why")).to_be_visible()


def test_two_tabs_share_one_connection_and_the_second_takes_over(context: BrowserContext, site: SmallSite) -> None:
    first, second = context.new_page(), context.new_page()
    open_live(first, site, "/framesite/")
    feeds = site.state()["feeds"]
    second.goto("/framesite/")
    second.wait_for_timeout(500)
    assert site.state()["feeds"] == feeds
    site.state(version=2)
    expect(second.locator("[data-noaber-key='1']")).to_contain_text("Version 2")
    first.close()
    while site.state()["feeds"] == feeds:
        second.wait_for_timeout(50)
    site.state(version=3)
    expect(second.locator("[data-noaber-key='1']")).to_contain_text("Version 3")


def test_a_lost_connection_is_said_and_comes_back(page: Page, site: SmallSite) -> None:
    open_live(page, site, "/framesite/")
    page.route("**/feed", lambda route: route.abort())
    site.state(version=0)
    expect(page.get_by_role("alert")).to_contain_text("Line lost since 18:41")
    site.state(version=7)
    page.unroute("**/feed")
    page.get_by_role("button", name="Try now").click()
    expect(page.locator("#toasts")).to_contain_text("Connected again")
    expect(page.locator("[data-noaber-key='1']")).to_contain_text("Version 7")


def test_a_server_that_hangs_is_said_and_its_clock_stands_still(page: Page, site: SmallSite) -> None:
    page.clock.install()
    open_live(page, site, "/framesite/")
    site.state(hangs=1)
    page.clock.run_for(15_000)
    expect(page.get_by_role("alert")).to_contain_text("Line lost since 18:41")
    left = page.locator("[data-noaber-clock-words]").first.inner_text()
    page.clock.run_for(5 * 60_000)
    expect(page.locator("[data-noaber-local]")).to_have_text("18:41")
    expect(page.locator(".top-time")).to_contain_text("Last sign")
    assert page.locator("[data-noaber-clock-words]").first.inner_text() != left, "a deadline goes on"
    page.get_by_role("button", name="Telephone list").click()
    expect(page.get_by_role("dialog")).to_contain_text("+32 0 1234")
    page.keyboard.press("Escape")
    site.state(hangs=0)
    page.get_by_role("button", name="Try now").click()
    expect(page.locator("#line")).to_be_hidden()
    expect(page.locator("[data-noaber-local]")).not_to_have_text("18:41")


# swaps


def test_a_double_click_sends_once(page: Page, site: SmallSite) -> None:
    page.goto("/framesite/slow/")
    before = site.state()["sent"]
    page.get_by_role("button", name="Send it").dblclick()
    page.wait_for_url("**/framesite/")
    assert site.state()["sent"] == before + 1


def test_a_refusal_is_a_toast_and_leaves_the_page(page: Page) -> None:
    page.goto("/framesite/slow/")
    page.get_by_role("button", name="Try what is refused").click()
    expect(page.locator("#toasts")).to_contain_text("Only a director signs off")
    expect(page.get_by_role("heading", name="Slow")).to_be_visible()
    page.locator("#toasts").get_by_role("button", name="Close").click()
    expect(page.locator("#toasts .toast")).to_have_count(0)


def test_a_failure_is_said(page: Page) -> None:
    page.goto("/framesite/slow/")
    page.get_by_role("button", name="Try what breaks").click()
    expect(page.locator("#toasts")).to_contain_text("nothing was changed")


def test_a_redirect_leads_the_whole_page(page: Page) -> None:
    page.goto("/framesite/slow/")
    page.get_by_role("button", name="Try what moves").click()
    page.wait_for_url("**/framesite/")


# sound


def test_a_waiting_request_sounds_until_it_is_muted(page: Page) -> None:
    page.add_init_script("document.addEventListener('noaber:rang', () => { window.rang = (window.rang || 0) + 1; });")
    page.goto("/framesite/ring/")
    page.locator("h1").click()
    page.wait_for_function("window.rang >= 1")
    bell = page.get_by_role("button", name="Sound when a request waits")
    expect(bell).to_have_attribute("aria-pressed", "true")
    bell.click()
    expect(bell).to_have_attribute("aria-pressed", "false")
    rang = page.evaluate("window.rang")
    page.locator("h1").click()
    assert page.evaluate("window.rang") == rang


# maps


def test_a_map_draws_and_follows_the_theme(page: Page) -> None:
    page.goto("/framesite/")
    place = page.get_by_role("group", name="Incidents and deployments")
    expect(place).to_have_attribute("data-noaber-map-ready", "yes")
    bright = place.screenshot()
    page.get_by_role("button", name="Light or dark").click()
    page.wait_for_timeout(1000)
    assert place.screenshot() != bright
    expect(place.get_by_role("button", name="Zoom in")).to_be_visible()


def test_a_click_on_the_map_fills_the_position(page: Page) -> None:
    page.goto("/framesite/form/")
    place = page.get_by_role("group", name="Place")
    expect(place).to_have_attribute("data-noaber-map-ready", "yes")
    place.locator("canvas").click(position={"x": 200, "y": 150})
    lon, lat = float(page.locator("#id_lon").input_value()), float(page.locator("#id_lat").input_value())
    assert 1 < lon < 6
    assert 49 < lat < 52

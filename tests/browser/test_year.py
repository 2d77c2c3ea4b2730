"""The year of the cooperation in Chromium: what a workshop recommends is done, and handed over to the next presidency.

A recommendation becomes an action of an objective of the programme 2025-2028, is done with evidence, and stands in the
dossier from Belgium to Luxembourg, in four languages; North Rhine-Westphalia, an observer, sees exactly its share.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator
from io import BytesIO

import pypdfium2
import pytest
from django.utils import translation
from django.utils.translation import pgettext
from playwright.sync_api import Browser, Locator, Page, expect

from browser.conftest import Officer, seat_officers
from browser.demo_data import DemoData
from browser.hands import fill, said, send, status_of
from noaber.config.environment import CLOCK_FILE
from serving import Site

pytestmark = pytest.mark.browser

Seat = Callable[..., Officer]

PROGRAMME = "/plans/P-2025-01/"
ADVICE = "Hold one list of who answers at night, and ring it each month."
WORK = "Ring every number of the night list"
HIDDEN_WORK = "Settle among the three who pays for the list"
EVIDENCE = "All numbers answered on 12 December."
LISTS = ("done", "decisions", "actions", "recommendations", "plans", "meetings", "events", "campaigns", "contacts")
"""The sections whose lines lead to a record of their own; a risk leads to its event."""


@pytest.fixture(scope="module")
def december(tmp_path_factory: pytest.TempPathFactory, demo_data: DemoData) -> Iterator[Site]:
    """The demo with its clock put forward to 16 December 2024."""
    site = Site(tmp_path_factory.mktemp("year") / "data")
    demo_data.start(site)
    shows = datetime.datetime(2024, 12, 16, 9, tzinfo=datetime.UTC)
    (site.data / CLOCK_FILE).write_text(json.dumps({"shows": shows.isoformat(), "at": None}), encoding="ascii")
    yield site
    site.stop()
    assert "Traceback" not in site.log.read_text(errors="replace")


@pytest.fixture
def seat(browser: Browser, december: Site) -> Iterator[Seat]:
    yield from seat_officers(browser, december)


def test_what_a_workshop_recommends_is_handed_over(seat: Seat) -> None:
    secretariat, brussels = seat("bnl-sg"), seat("be-nccn-policy")
    advice = workshop_recommends(secretariat)
    work = becomes_an_action(brussels, advice, WORK, group="BENELUX-NRW")
    hidden = becomes_an_action(brussels, advice, HIDDEN_WORK, group="BENELUX")
    objective = serves_the_programme(brussels, [work, hidden])
    for action in (work, hidden):
        is_done(brussels, action)
    address = dossier_is_laid_before_both(brussels)
    both_sign(seat("be-nccn-director"), seat("lu-hcpn-director"), address)

    readers = {"fr": brussels, "nl": seat("nl-ncc-policy"), "en": seat("presidency"), "de": seat("de-nw-planner")}
    for language, reader in readers.items():
        stands_in_the_dossier(reader, address, language, number_of(work), objective)
    observer_sees_its_share(readers["de"], readers["en"], address, hidden=number_of(hidden))


def workshop_recommends(secretariat: Officer) -> str:
    """From the page of the workshop of 4 June; where the recommendation is."""
    page = secretariat.go("/meetings/?q=Workshop+on+resilience")
    workshop = str(page.locator("#meeting-rows tbody a").first.get_attribute("href"))
    page = secretariat.go(workshop)
    page.locator("a[href^='/recommendations/new?source=meeting']").first.click()
    form = page.locator("form[data-noaber-main]")
    fill(form, text=ADVICE, language="en", tlp="AMBER")
    share(form, "BENELUX-NRW")
    send(form)
    return page.url.removeprefix(secretariat.site.url)


def share(form: Locator, group: str) -> None:
    """With this group and no other."""
    for box in form.locator("input[name=groups]").all():
        box.set_checked(box.get_attribute("value") == group)


def becomes_an_action(brussels: Officer, advice: str, title: str, *, group: str) -> str:
    """Where the action is."""
    page = brussels.go(advice)
    page.locator("a[href^='/actions/new?source=recommendation']").first.click()
    form = page.locator("form[data-noaber-main]")
    fill(form, title=title, language="en", responsible="BE-NCCN", tlp="AMBER")
    share(form, group)
    send(form)
    return page.url.removeprefix(brussels.site.url)


def number_of(action: str) -> str:
    return action.rstrip("/").rsplit("/", 1)[-1]


def serves_the_programme(brussels: Officer, actions: list[str]) -> str:
    """The first objective of the programme; how the dossier names it."""
    page = brussels.go(PROGRAMME)
    objective = str(page.locator("a[href^='/plans/objectives/']").first.get_attribute("href"))
    for action in actions:
        page = brussels.go(objective)
        form = page.locator("form[action$='/serve']")
        fill(form, **{"serve-number": number_of(action)})
        send(form)
        expect(page.locator(f"main a[href='{action}']").first).to_be_visible()
    return f"P-2025-01, {page.locator('h1').inner_text().split()[0]}"


def is_done(brussels: Officer, action: str) -> None:
    page = brussels.go(action)
    form = page.locator("form[action$='/finish']")
    fill(form, **{"finish-evidence": EVIDENCE, "finish-language": "en"})
    send(form)
    expect(page.get_by_text(EVIDENCE).first).to_be_visible()


def dossier_is_laid_before_both(brussels: Officer) -> str:
    """The one that waits is taken back, so that it holds what has just been done; where it is."""
    page = brussels.go("/presidency/")
    row = page.locator("[data-noaber-key='year-2024']")
    address = str(row.locator("a[href^='/presidency/handovers/']").get_attribute("href"))
    page = brussels.go(address)
    page.locator("details.quick > summary").click()
    back = page.locator("form[action$='/back']")
    fill(back, reason="Il manque ce qui vient d’être fait.")
    send(back)
    expect(page.locator("#done")).to_contain_text(WORK)
    send(page.locator("form[action$='/ready']"))
    return address


def both_sign(giver: Officer, receiver: Officer, address: str) -> None:
    """The receiver has nothing to sign before the giver has; the desk leads both there."""
    assert receiver.go(address).locator("form[action$='/sign']").count() == 0
    for director in (giver, receiver):
        page = director.go("/")
        page.locator(f"main a[href='{address}']").first.click()
        send(page.locator("form[action$='/sign']"))
        expect(page.locator("form[action$='/sign']")).to_have_count(0)


def stands_in_the_dossier(reader: Officer, address: str, language: str, number: str, objective: str) -> None:
    page = reader.go(address)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_role("heading", name=said(language, "Done under this presidency"))).to_be_visible()
    line = page.locator("#done tr", has_text=number)
    expect(line).to_contain_text(WORK)
    expect(line).to_contain_text(EVIDENCE)
    expect(line).to_contain_text(said(language, "serves objective %(record)s", record=objective))
    expect(page.get_by_text(handed_over(language)).first).to_be_visible()
    paper = paper_of(reader, address, language)
    for shown in (WORK, number, said(language, "Signatures"), said(language, "Done under this presidency")):
        assert shown in paper, (language, shown)


def handed_over(language: str) -> str:
    with translation.override(language):
        return pgettext("a dossier", "handed over")


def paper_of(reader: Officer, address: str, language: str) -> str:
    """What stands in the PDF, with its lines joined."""
    answer = reader.context.request.get(f"{reader.site.url}{address}dossier.pdf?language={language}")
    assert answer.status == 200
    document = pypdfium2.PdfDocument(BytesIO(answer.body()))
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(text.split())


def observer_sees_its_share(observer: Officer, receiver: Officer, address: str, *, hidden: str) -> None:
    """What stands in its dossier it may open; what stands in the receiver's only, it may not."""
    everything, share_of_it = lines_of(receiver.go(address)), lines_of(observer.go(address))
    assert any(hidden in line for line in everything)
    assert not any(hidden in line for line in share_of_it)
    assert share_of_it < everything
    assert hidden not in paper_of(observer, address, "de")
    assert HIDDEN_WORK not in observer.page.content()
    answers = {line: status_of(observer, line) for line in everything}
    assert answers == {line: 200 if line in share_of_it else 404 for line in everything}


def lines_of(page: Page) -> set[str]:
    """Where the lines of the dossier lead."""
    rows = page.locator(", ".join(f"#{section} tbody tr td:first-child > a" for section in LISTS))
    return {link.get_attribute("href") or "" for link in rows.all()}

"""Two people write the minutes of one meeting in two browsers: each sees the other, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Error, Locator, Page, expect

from browser.conftest import Officer

OFFLINE = re.compile(r"ERR_INTERNET_DISCONNECTED|^htmx:sendError")

pytestmark = pytest.mark.browser


def test_two_people_write_one_point(officer: Callable[..., Officer]) -> None:
    one, other = officer("bnl-sg"), officer("nl-ncc-policy")
    address = open_meeting(one)
    secretary, hague = (open_point(who, f"{address}minutes/") for who in (one, other))
    expect(hague.get_by_text("(BNL-SG)")).to_be_visible()

    write(hague, "The Netherlands spoke.")
    add_line(secretary, "Belgium spoke.")
    save(secretary)
    said = hague.locator("[id^=said-]")
    expect(said.get_by_text("Belgium spoke.")).to_be_visible()
    expect(hague.locator("textarea")).to_have_value(re.compile(r"^The Netherlands spoke\."))

    save(hague)
    # What the tests before this one wrote about the point stands between.
    kept = r"(.*\n)*"
    expect(hague.locator("textarea")).to_have_value(re.compile(rf"^The Netherlands spoke\.\n{kept}Belgium spoke\.$"))
    expect(secretary.locator("[id^=said-]").get_by_text("The Netherlands spoke.")).to_be_visible()

    add_line(secretary, "Luxembourg spoke.")
    save(secretary)
    expect(said.get_by_text("Luxembourg spoke.")).to_be_visible()
    write(hague, "Saved as soon as typed.")
    save(hague)
    merged = re.compile(rf"^Saved as soon as typed\.\n{kept}Luxembourg spoke\.$")
    expect(hague.locator("textarea")).to_have_value(merged)


def test_one_paragraph_changed_twice_is_shown_side_by_side(officer: Callable[..., Officer]) -> None:
    one, other = officer("bnl-sg"), officer("nl-ncc-policy")
    address = open_meeting(one)
    secretary, hague = (open_point(who, f"{address}minutes/", index=1) for who in (one, other))
    replace(secretary, "Words of Brussels.")
    replace(hague, "Words of The Hague.")
    expect(hague.locator("[id^=draft-]")).to_contain_text(re.compile(r"\d\d:\d\d"))
    save(secretary)
    expect(hague.locator("[id^=said-]").get_by_text("Words of Brussels.")).to_be_visible()
    hague.locator("button[value=go-on]").click()
    page = other.page
    page.wait_for_url(re.compile("/settle/"))
    both = page.locator("fieldset").first
    expect(both.get_by_text("Words of Brussels.").first).to_be_visible()
    expect(both.get_by_text("Words of The Hague.").first).to_be_visible()
    page.locator("form[data-noaber-main] button[type=submit]").click()
    page.wait_for_url(re.compile("/minutes/#"))
    said = page.locator("[id^=said-]").nth(1)
    expect(said.get_by_text("Words of Brussels.")).to_contain_text("Words of The Hague.")


def test_what_was_typed_just_before_the_page_is_left_is_kept(officer: Callable[..., Officer]) -> None:
    secretary = officer("be-nccn-policy")
    address = open_meeting(secretary)
    point = open_point(secretary, f"{address}minutes/")
    add_line(point, "The last words before the train.")
    secretary.go(address)
    again = open_point(secretary, f"{address}minutes/")
    expect(again.locator("textarea")).to_have_value(re.compile("The last words before the train"))


def test_what_was_typed_without_a_connection_is_there_after_a_reload(officer: Callable[..., Officer]) -> None:
    """Nor do two windows of one person write over each other."""
    secretary = officer("be-nccn-policy")
    address = f"{open_meeting(secretary)}minutes/"
    point = open_point(secretary, address, index=1)
    other = secretary.context.new_page()
    other.goto(f"{secretary.site.url}{address}")
    second = other.locator(f"#{point.get_attribute('id')}")
    second.locator("[data-noaber-write]").click()
    second.locator("textarea").fill("Typed in the second window.")
    expect(second.locator("[id^=draft-]")).to_contain_text(re.compile(r"\d\d:\d\d"))

    secretary.context.set_offline(True)
    add_line(point, "Typed in the tunnel.")
    expect(point.locator("[data-noaber-unreached]")).to_be_visible()
    with pytest.raises(Error):
        secretary.page.reload()
    secretary.context.set_offline(False)
    secretary.go(address)
    again = secretary.page.locator(f"#{second.get_attribute('id')}")
    expect(again.locator("textarea")).to_have_value(re.compile("Typed in the tunnel"))
    save(again)
    expect(second.locator("[id^=said-]")).to_contain_text("Typed in the tunnel.")
    expect(second.locator("textarea")).to_have_value("Typed in the second window.")
    secretary.complaints[:] = [text for text in secretary.complaints if not OFFLINE.search(text)]


def test_who_closes_a_window_that_the_server_has_not_heard_from_is_asked(officer: Callable[..., Officer]) -> None:
    """What it holds would go with it. Whoever stays has it kept as soon as the connection is back."""
    secretary = officer("be-nccn-policy")
    point = open_point(secretary, f"{open_meeting(secretary)}minutes/")
    secretary.context.set_offline(True)
    point.locator("textarea").press("End")
    point.locator("textarea").press_sequentially(" Typed in the lift.")
    expect(point.locator("[data-noaber-unreached]")).to_be_visible()
    with secretary.page.expect_event("dialog") as asked:
        secretary.page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    secretary.context.set_offline(False)
    expect(point.locator("[data-noaber-unreached]")).to_be_hidden()
    expect(point.locator("textarea")).to_have_value(re.compile("Typed in the lift"))
    secretary.complaints[:] = [text for text in secretary.complaints if not OFFLINE.search(text)]


def test_what_is_being_kept_when_the_window_goes_is_sent_once_more(officer: Callable[..., Officer]) -> None:
    """The request on its way may be cut off with the window."""
    secretary = officer("be-nccn-policy")
    address = f"{open_meeting(secretary)}minutes/"
    point = open_point(secretary, address)
    expect(point.locator("[id^=draft-]")).to_contain_text(re.compile(r"\d\d:\d\d"))
    page = secretary.page
    page.route("**/draft", lambda route: None if route.request.resource_type == "xhr" else route.continue_())
    with page.expect_request(re.compile("/draft$")):
        add_line(point, "The lock is shut.")
    secretary.go("/meetings/")
    page.unroute_all(behavior="ignoreErrors")
    page.evaluate("sessionStorage.clear()")
    again = open_point(secretary, address)
    expect(again.locator("textarea")).to_have_value(re.compile("The lock is shut"))


def test_whoever_gets_no_answer_writes_on(officer: Callable[..., Officer]) -> None:
    secretary = officer("be-nccn-policy")
    point = open_point(secretary, f"{open_meeting(secretary)}minutes/")
    area = point.locator("textarea")
    form = point.locator("form[data-noaber-draft]")
    form.evaluate("form => form.setAttribute('hx-request', '{\"timeout\": 300}')")
    secretary.page.route("**/write", lambda route: None)
    add_line(point, "Before the silence.")
    point.locator("button[value=go-on]").click()
    expect(point.locator("[data-noaber-unreached]")).to_be_visible()
    expect(area).to_be_editable()
    form.evaluate("form => form.removeAttribute('hx-request')")
    secretary.page.unroute_all(behavior="ignoreErrors")
    add_line(point, "After the silence.")
    save(point)
    expect(point.locator("[id^=said-]")).to_contain_text("Before the silence.\nAfter the silence.")
    secretary.complaints[:] = [text for text in secretary.complaints if not text.startswith("htmx:timeout")]


def test_other_words_are_asked_for_only_where_they_are_chosen(officer: Callable[..., Officer]) -> None:
    """What is typed where something else is chosen would not be kept; keeping both says once what both say."""
    one, other = officer("bnl-sg"), officer("nl-ncc-policy")
    address = open_meeting(one)
    secretary, hague = (open_point(who, f"{address}minutes/", index=1) for who in (one, other))
    replace(secretary, "All came. Brussels spoke.")
    replace(hague, "All came. The Hague spoke.")
    save(secretary)
    hague.locator("button[value=go-on]").click()
    page = other.page
    page.wait_for_url(re.compile("/settle/"))
    place = page.locator("fieldset").first
    expect(place.locator("mark")).to_have_text(["Brussels ", "The Hague "])
    expect(place.locator("textarea")).to_be_hidden()
    place.locator("input[value=edit]").check()
    expect(place.locator("textarea")).to_have_value("All came. Brussels spoke. The Hague spoke.")


def open_meeting(officer: Officer) -> str:
    """The address of a meeting whose minutes are still open."""
    page = officer.go("/meetings/?state=held")
    link = page.locator("#meeting-rows tbody a").first
    return str(link.get_attribute("href"))


def open_point(officer: Officer, address: str, index: int = 0) -> Locator:
    """A point of the minutes, opened for writing; found again under its id when it is swapped.

    A window that still holds what it wrote about the point opens it by itself.
    """
    page = officer.go(address)
    point = page.locator("section[id^=point-]").nth(index)
    section = page.locator(f"#{point.get_attribute('id')}")
    section.evaluate("point => point.querySelector('[data-noaber-write]')?.click()")
    expect(section.locator("textarea")).to_be_visible()
    return section


def text_in(section: Locator) -> str:
    return section.locator("textarea").input_value()


def write(section: Locator, line: str) -> None:
    section.locator("textarea").fill(f"{line}\n{text_in(section)}")


def add_line(section: Locator, line: str) -> None:
    section.locator("textarea").fill(f"{text_in(section)}\n{line}")


def replace(section: Locator, text: str) -> None:
    section.locator("textarea").fill(text)


def save(section: Locator) -> None:
    """Save, go on writing, and wait until the answer is there."""
    page: Page = section.page
    with page.expect_response(lambda answer: answer.url.endswith("/write") and answer.request.method == "POST"):
        section.locator("button[value=go-on]").click()
    expect(section.locator("textarea")).to_be_visible()

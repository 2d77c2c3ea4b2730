"""Nobody of July 2021 reads of later years: the pages of the exercise, walked link by link as three of its players."""

from __future__ import annotations

import html
import re
from collections import Counter, deque
from collections.abc import Iterator

import pytest
from django.test import Client

from noaber.apps.accounts.models import Person
from noaber.web import clock

LATER = re.compile(r"(?<![\w./+-])20(?:2[2-9]|[3-9]\d)(?!\w)")
MANY_DAYS = re.compile(r"\b(?:[4-9]\d\d|\d,\d{3}) days (?:left|late)|\bin (?:[4-9]\d\d|\d,?\d{3}) days")
CHAPTERS = "actions decisions events exchanges lessons library meetings plans practices presidency recommendations"
COOPERATION = tuple(f"/{name}/" for name in CHAPTERS.split())
"""The chapter of the demo that plays until the handover of December 2024: it is brought in with the rest."""
LIES_AHEAD = {
    "a certificate runs until a day to come": re.compile(r"valid until \d+ \w+ 20\d\d"),
    "a presidency begins": re.compile(r"The presidency passes to \S+ Presidency of \S+, 2022 1 January 2022"),
}
MOST_OF_A_KIND = 1
LINK = re.compile(r'<a [^>]*?href="(/[^"#]*)')
NO_PAGE = re.compile(
    r"[?&]format=|\.(?:pdf|csv|xlsx|json|xml|ics|geojson)\b|^/(?:static|api|accounts)/|[?&](?:sort|page)="
)


@pytest.mark.parametrize("username", ["be-nccn", "nl-ncc-policy", "de-nw-planner"])
def test_no_page_of_the_exercise_tells_of_a_later_year(loaded: None, username: str) -> None:
    assert clock.now().year == 2021
    told = {}
    opened = Counter()
    for address, page in pages_of(username):
        opened[kind_of(address)] += 1
        words = words_of(page)
        for expected in LIES_AHEAD.values():
            words = expected.sub("", words)
        found = [
            words[max(0, one.start() - 60) : one.end() + 30]
            for rule in (LATER, MANY_DAYS)
            for one in rule.finditer(words)
        ]
        if found:
            told[address] = found
    assert told == {}
    assert {"/", "/agreements/", "/agreements/X/", "/incidents/X/", "/capacities/X/", "/contacts/"} <= set(opened)
    assert opened.total() > 50


def pages_of(username: str) -> Iterator[tuple[str, str]]:
    """Every kind of page that a link of the exercise leads to, from the desk on, one of each."""
    client = Client(headers={"accept-language": "en"})
    person = Person.objects.get(username=username)
    Person.objects.filter(pk=person.pk).update(language="en")
    client.force_login(person)
    waiting, seen, kinds = deque(["/"]), {"/"}, Counter()
    while waiting:
        address = waiting.popleft()
        answer = client.get(address)
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        page = answer.content.decode()
        yield address, page
        for link in map(html.unescape, LINK.findall(page)):
            kind = kind_of(link)
            if link in seen or NO_PAGE.search(link) or link.startswith(COOPERATION):
                continue
            seen.add(link)
            kinds[kind] += 1
            if kinds[kind] <= MOST_OF_A_KIND:
                waiting.append(link)


def kind_of(address: str) -> str:
    """`/agreements/BE-LU-2015/` as `/agreements/X/`."""
    path, _question, query = address.partition("?")
    parts = [part if re.fullmatch("[a-z-]*", part) else "X" for part in path.split("/")]
    return "/".join(parts) + ("?" if query else "")


def words_of(page: str) -> str:
    """What can be read on a page, what shows when pointed at included; the choices of a form apart."""
    main = re.search(r"<main.*</main>", page, re.DOTALL)
    assert main
    shown = re.sub(r"<script.*?</script>|<option.*?</option>", " ", main.group(), flags=re.DOTALL)
    pointed_at = re.sub(r'<[^>]*?\btitle="([^"]*)"[^>]*>', r" \1 ", shown)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", pointed_at)).split())

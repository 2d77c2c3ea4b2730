"""The one pass of the search against a plain look through everything that a reader's pages show."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace
from typing import Any

import pytest

from actions_builders import make_action, make_centres, make_recommendation
from library_builders import make_document, make_version
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.actions.subjects import GapSubject
from noaber.apps.library.search import Wanted, find, search
from noaber.core.search.question import Question, read_question
from oracles.search import Read, look_through, read_all
from registry_builders import make_capacity, make_group

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

WORDS = {
    "nl": "overleg over de overstroming met hoogwaterpompen en boten langs de Maas",
    "fr": "réunion sur les inondations avec les pompes et les bateaux de la zone",
    "de": "Abstimmung zum Hochwasser mit Pumpen und Booten an der Mosel",
    "en": "follow-up of the floods with pumps and boats on the river",
}
QUESTIONS = ("pomp", "pompes bateaux", "hochwasser", "Maas", "b", "evacuatie", "flood boats", "BE", "nergens", "")
FACETS: tuple[dict[str, str], ...] = (
    {},
    {"kind": "document"},
    {"kind": "capacity"},
    {"organisation": "NL-NCC"},
    {"year": "2021"},
    {"language": "fr"},
    {"theme": "hazard:flood"},
    {"theme": "theme:evacuation", "language": "nl"},
)


def fill(rng: random.Random, centres: tuple[Acting, ...]) -> None:
    """Records of all labels and owners, some shared with a group, some addressed to one reader."""
    make_group("PAIR", member=[centres[1].organisation, centres[2].organisation])
    for number in range(16):
        acting, language = rng.choice(centres), rng.choice(list(WORDS))
        words = rng.sample(WORDS[language].split(), 4)
        day = datetime.date(rng.choice((2020, 2021, 2024)), 7, 1 + number)
        shared = {"tlp": rng.choice(list(TlpLabel)), "groups": rng.sample(["BENELUX", "PAIR"], rng.randint(0, 2))}
        title = " ".join(words[:2])
        made: Any
        match number % 4:
            case 0:
                themes = rng.sample(["evacuation", "liaison"], rng.randint(0, 2))
                file = make_version(content=" ".join(words).encode(), language=rng.choice(list(WORDS)))
                dated = day if number % 8 else None
                made = make_document(acting, file, title=title, language=language, dated=dated, themes=themes, **shared)
            case 1:
                about = GapSubject(("BE33", "LU"), "HCP", rng.choice(("flood", "storm")))
                text = " ".join(words)
                made = make_recommendation(acting, text=text, language=language, about=about, made_on=day, **shared)
            case 2:
                about_it = " ".join(words)
                made = make_action(acting, title=title, language=language, description=about_it, made_on=day, **shared)
            case _:
                status = rng.choice(("Exercise", "Actual"))
                made = make_capacity(acting.organisation, f"C-{number}", status=status, name=title)
        if rng.random() < 0.3:
            made.addressees.add(rng.choice(centres).organisation)


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_found_and_counted_is_what_the_pages_show(seed: int) -> None:
    rng, centres = random.Random(seed), make_centres()
    fill(rng, centres)
    found = 0
    for acting in centres:
        everything = read_all(acting.organisation, "Exercise")
        for text in QUESTIONS:
            for facets in rng.sample(FACETS, 3):
                wanted = Wanted(read_question(text), "Exercise", **facets)
                found += check(acting, wanted, everything)
    assert found > 100


def check(acting: Acting, wanted: Wanted, everything: list[Read]) -> int:
    reader = acting.organisation
    plain = look_through(everything, wanted)
    first = search(reader, wanted)
    told = (acting.organisation.code, wanted)
    counts = first.counts
    assert counts.total == len(plain.records), told
    assert counts.kinds == plain.kinds, told
    assert counts.organisations == plain.organisations, told
    assert counts.years == plain.years, told
    assert counts.languages == plain.languages, told
    assert counts.themes == plain.themes, told
    pages = range(0, counts.total, 40)
    hits = [hit for page in pages for hit in search(reader, wanted, first=page, most=40).hits]
    keys = [(hit.kind.code, hit.record.pk) for hit in hits]
    assert sorted(keys, key=repr) == sorted(plain.records, key=repr), told
    order = [(in_title, on is not None, on or datetime.date.min) for in_title, on in map(plain.records.get, keys)]
    assert order == sorted(order, reverse=True), told
    assert keys[:5] == [(hit.kind.code, hit.record.pk) for hit in find(reader, wanted, most=5)], told
    return counts.total


def test_a_question_without_words_finds_all_that_one_may_see() -> None:
    centres = make_centres()
    make_document(centres[0], title="Zeldzame titel", groups=[])
    everything = Wanted(Question(()), "Exercise")
    mine, theirs = (search(acting.organisation, everything) for acting in centres[:2])
    assert "Zeldzame titel" in [hit.title for hit in mine.hits]
    assert "Zeldzame titel" not in [hit.title for hit in theirs.hits]
    assert mine.counts.total == theirs.counts.total + 1
    assert search(centres[0].organisation, replace(everything, kind="document")).counts.total == 1

"""Coverage as it is shown: a bar with words that say the same, green only where all is in time."""

from __future__ import annotations

import pytest
from django.template import engines
from django.utils.translation import override

from noaber.core.coverage import Coverage
from noaber.web.covering import coverage_in_words, coverage_parts


def shown(coverage: Coverage) -> str:
    return engines["django"].from_string("{% coverage value %}").render({"value": coverage})


def test_a_need_of_the_night_in_words():
    assert coverage_in_words(Coverage(8, 3, 6)) == "8 of 17 in time, 3 late, 6 missing"


def test_what_is_not_there_is_not_told():
    assert coverage_in_words(Coverage(4)) == "4 of 4 in time"


def test_what_stands_beside_it():
    found = Coverage(in_time=2, missing=2, unknown=1, to_decide=1, provisional=2, done=3)
    assert coverage_in_words(found) == (
        "2 of 5 in time, 1, arrival unknown, 2 missing, 1 to decide, 2 provisional, 3 released after work"
    )


def test_where_nothing_is_asked_for_it_says_so():
    assert coverage_in_words(Coverage()) == "nothing asked for"
    assert coverage_in_words(Coverage(done=2)) == "2 released after work"


@pytest.mark.parametrize(
    ("coverage", "is_green"),
    [(Coverage(4), True), (Coverage(4, 1), False), (Coverage(4, 0, 1), False), (Coverage(4, unknown=1), False)],
)
def test_it_is_green_only_where_all_is_in_time(coverage: Coverage, is_green: bool):
    assert ('class="full' in shown(coverage)) == is_green


def test_every_part_of_the_bar_can_be_seen():
    widths = {part.css: part.width for part in coverage_parts(Coverage(200, 1, 1)) if part.width}
    assert widths == {"in": "w-100", "late": "w-5", "missing": "w-5"}


def test_where_nothing_comes_the_bar_is_missing_alone():
    assert '<i class="missing w-100"></i></div>' in shown(Coverage(missing=3))
    assert 'class="in w-0"' not in shown(Coverage(missing=3))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "8 van 17 op tijd, 1 te laat, 8 ontbreken"),
        ("fr", "8 sur 17 à temps, 1 en retard, 8 manquantes"),
        ("de", "8 von 17 rechtzeitig, 1 zu spät, 8 fehlen"),
    ],
)
def test_it_speaks_the_language_of_the_reader(language: str, words: str):
    with override(language):
        assert coverage_in_words(Coverage(8, 1, 8)) == words

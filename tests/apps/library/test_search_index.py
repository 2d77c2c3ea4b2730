"""The index: it follows every write, finds across languages, and tells nobody what they may not see."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from actions_builders import make_action, make_centres, make_recommendation
from library_builders import make_document
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.actions.subjects import GapSubject
from noaber.apps.library.models import Audience, SearchEntry, SearchText, Shelf
from noaber.apps.library.search import Counts, Wanted, search
from noaber.apps.library.services.documents import withdraw_document
from noaber.apps.library.services.search import rebuild, rebuild_if_empty
from noaber.core.search.question import read_question
from noaber.web.written import written_once
from registry_builders import make_capacity

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]
Centres = tuple[Acting, Acting, Acting]


@pytest.fixture
def centres() -> Centres:
    return make_centres()


def wanted(text: str, **facets: Any) -> Wanted:
    return Wanted(read_question(text), facets.pop("status", settings.NOABER_STATUS), **facets)


def titles(acting: Acting, text: str, **facets: Any) -> list[str]:
    return [hit.title for hit in search(acting.organisation, wanted(text, **facets)).hits]


def counts(acting: Acting, text: str, **facets: Any) -> Counts:
    return search(acting.organisation, wanted(text, **facets)).counts


def test_a_question_in_dutch_finds_the_french_text_by_its_coded_words(centres: Centres) -> None:
    about = GapSubject(("BE33", "LU"), "HCP", "flood")
    made = make_recommendation(centres[0], text="Écrire ce qui manque.", language="fr", about=about, groups=["BENELUX"])
    for question in (
        "overstroming",
        "Hochwasser",
        "inondations",
        "flood",
        "Luik",
        "overstroming manque",
    ):
        assert made.number in " ".join(titles(centres[1], question)), question


@pytest.mark.parametrize(
    ("fields", "seen"),
    [
        ({"groups": ["BENELUX"], "tlp": TlpLabel.AMBER}, (True, True, False)),
        ({"groups": ["BENELUX"], "tlp": TlpLabel.GREEN}, (True, True, True)),
        ({"groups": ["BENELUX"], "tlp": TlpLabel.RED}, (True, False, False)),
        ({"groups": (), "tlp": TlpLabel.GREEN}, (True, False, False)),
        ({"groups": (), "tlp": TlpLabel.CLEAR}, (True, True, True)),
    ],
)
def test_what_one_may_not_see_is_not_found_and_not_counted(
    centres: Centres, fields: dict[str, Any], seen: tuple[bool, ...]
) -> None:
    make_document(centres[0], title="Zeldzame titel", **fields)
    for acting, sees in zip(centres, seen, strict=True):
        found = counts(acting, "zeldzame")
        assert (titles(acting, "zeldzame") == ["Zeldzame titel"]) is sees
        assert found.total == int(sees)
        assert bool(found.kinds or found.organisations or found.years or found.languages) is sees


def test_what_is_shared_later_or_no_longer_is_found_by_that(centres: Centres) -> None:
    document = make_document(centres[0], title="Zeldzame titel", groups=[])
    group = centres[0].organisation.sharing_groups.get()
    assert titles(centres[1], "zeldzame") == []
    document.groups.add(group)
    assert titles(centres[1], "zeldzame") == ["Zeldzame titel"]
    document.groups.clear()
    assert titles(centres[1], "zeldzame") == []
    document.addressees.add(centres[2].organisation)
    assert titles(centres[2], "zeldzame") == ["Zeldzame titel"]
    document.tlp = TlpLabel.CLEAR
    document.save()
    assert titles(centres[1], "zeldzame") == ["Zeldzame titel"]


def test_a_title_is_shown_only_to_whom_it_is_still_shared_with(centres: Centres) -> None:
    document = make_document(centres[0], title="Zeldzame titel")
    assert titles(centres[1], "zeldzame") == ["Zeldzame titel"]
    behind_the_index = document.groups.through._default_manager.filter(document=document)
    behind_the_index._raw_delete(behind_the_index.db)
    assert titles(centres[1], "zeldzame") == []


def test_what_is_withdrawn_is_found_no_more(centres: Centres) -> None:
    document = make_document(centres[0])
    assert counts(centres[0], "évacuation").total == 1
    withdraw_document(centres[0], document, reason="replaced")
    assert counts(centres[0], "évacuation").total == 0


def test_status_never_mixes(centres: Centres) -> None:
    owner = centres[0].organisation
    for status in ("Exercise", "Actual"):
        make_capacity(owner, f"PUMP-{status}", status=status, name=f"Zeldzaam {status}")
    assert counts(centres[0], "zeldzaam", status="Exercise").total == 1
    assert titles(centres[0], "zeldzaam", status="Actual") == [f"Zeldzaam Actual, {owner.code}"]


def test_titles_come_before_texts_and_the_newer_before_the_older(centres: Centres) -> None:
    make_action(centres[0], title="Something else", description="about the bridge")
    make_document(centres[0], title="The old bridge", language="en", dated="2020-01-01")
    make_document(centres[0], title="The new bridge", language="en", dated="2024-01-01")
    assert titles(centres[0], "bridges")[:2] == ["The new bridge", "The old bridge"]
    assert len(titles(centres[0], "bridges")) == 3


def test_facets_count_and_narrow(centres: Centres) -> None:
    make_document(centres[0], dated="2021-07-20")
    make_action(centres[1], title="Évacuer ensemble", language="fr", groups=["BENELUX"])
    found = counts(centres[0], "évacuer ensemble")
    assert found.total == 2
    assert found.kinds == {"document": 1, "action": 1}
    assert found.languages == {"fr": 2}
    assert found.years[2021] == 1
    assert titles(centres[0], "ensemble", year="2021") == ["Leçons de juillet"]
    assert counts(centres[0], "ensemble", organisation="NL-NCC").kinds == {"action": 1}
    assert counts(centres[0], "ensemble", language="de").total == 0


def test_facets_of_hazards(centres: Centres) -> None:
    make_recommendation(centres[0], about=GapSubject(("BE", "LU"), "HCP", "flood"))
    make_recommendation(centres[0], about=GapSubject(("BE", "LU"), "HCP", "storm"))
    assert counts(centres[0], "contact").themes == {"hazard:flood": 1, "hazard:storm": 1}
    assert counts(centres[0], "contact", theme="hazard:flood").total == 1


@pytest.mark.parametrize(
    "text",
    [
        "'",
        '"',
        "a' OR '1'='1",
        'NEAR("x" "y", 5)',
        "title_words : x",
        "* ^ - + ( ) :",
        "x" * 5000,
        "\x00",
        "é\x00b",
        "a & !b",
    ],
)
def test_a_hostile_question_is_only_a_question(centres: Centres, text: str) -> None:
    make_document(centres[0])
    question = read_question(text)
    if question:
        assert counts(centres[0], text).total == len(titles(centres[0], text))


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.text(max_size=40))
def test_any_question_is_answered(centres: Centres, text: str) -> None:
    if read_question(text):
        assert counts(centres[0], text).total >= 0


def contents() -> list[Any]:
    """The whole index without the numbers that only count insertions."""
    shelf = ("shelf__kind", "shelf__status", "shelf__owner", "shelf__year", "shelf__languages")
    entries = SearchEntry.objects.values_list("kind", "record_id", "record_key", "on", *shelf)
    texts = SearchText.objects.values_list("entry__kind", "entry__record_id", "title_words", "words")
    tags = SearchEntry.objects.values_list("kind", "record_id", "shelf__tags__tag")
    seen = SearchEntry.objects.values_list("kind", "record_id", "audience__digest")
    return [sorted(rows, key=repr) for rows in (entries, texts, tags, seen)]


def test_the_index_made_anew_is_the_one_that_was_kept(centres: Centres) -> None:
    from noaber.apps.registry.services import load_reference

    load_reference(connect=True)
    document = make_document(centres[0])
    action = make_action(centres[0], came_from=document, groups=["BENELUX"])
    make_capacity(centres[1].organisation, "PUMP-9")
    action.title = "Another title"
    action.save()
    live = contents()
    assert len(live[0]) > 100
    assert rebuild() == len(live[0])
    assert contents() == live
    assert Audience.objects.count() == len({digest for *_key, digest in live[3] if digest})
    assert Shelf.objects.count() == SearchEntry.objects.values("shelf").distinct().count()


def test_what_was_written_before_there_was_a_search_is_indexed(centres: Centres) -> None:
    make_document(centres[0])
    SearchEntry.objects.all().delete()
    assert counts(centres[0], "évacuation").total == 0
    rebuild_if_empty()
    assert counts(centres[0], "évacuation").total == 1


def test_what_is_written_many_times_is_indexed_once_at_the_end(centres: Centres) -> None:
    with written_once():
        document = make_document(centres[0], title="Zeldzaam noodplan", groups=[])
        document.title = "Zeldzaam evacuatieplan"
        document.save()
        document.groups.add(centres[0].organisation.sharing_groups.get())
        assert titles(centres[0], "zeldzaam") == []
    assert titles(centres[1], "zeldzaam") == ["Zeldzaam evacuatieplan"]
    assert titles(centres[0], "noodplan") == []


def test_what_breaks_off_is_not_indexed_and_stops_nothing(centres: Centres) -> None:
    @written_once()
    def write() -> None:
        make_document(centres[0], title="Zeldzaam noodplan")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write()
    make_document(centres[0], title="Zeldzaam evacuatieplan")
    assert titles(centres[0], "zeldzaam") == ["Zeldzaam evacuatieplan"]

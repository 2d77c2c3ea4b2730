"""Reads for the pages of practices and lessons; each begins with the sharing rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count, Q, QuerySet

from noaber.apps.accounts.models import Organisation
from noaber.apps.actions.models import Action
from noaber.apps.library.enums import Relation
from noaber.apps.library.links import Linked, linked_with, linked_with_all
from noaber.apps.library.matching import Meets
from noaber.apps.library.models import SearchEntry
from noaber.apps.practices.enums import LESSON, PRACTICE
from noaber.apps.practices.models import Lesson, Practice, Reuse
from noaber.core.problems import NotFound
from noaber.core.search.question import read_question

Record = TypeVar("Record", Practice, Lesson)


@dataclass(frozen=True)
class PracticeFilter:
    """What the list is asked for; empty is all. `theme` is a code of the list of themes."""

    text: str = ""
    theme: str = ""
    hazard: str = ""
    occasion: str = ""
    language: str = ""
    organisation: str = ""


@dataclass(frozen=True)
class LessonFilter:
    text: str = ""
    state: str = ""
    occasion: str = ""
    theme: str = ""
    organisation: str = ""


@dataclass(frozen=True)
class PracticeCounts:
    """How many of the practices that were found, by each value of each facet."""

    themes: Counter[str]
    hazards: Counter[str]
    occasions: Counter[str]
    languages: Counter[str]
    organisations: Counter[str]


def list_practices(reader: Organisation, asked: PracticeFilter) -> QuerySet[Practice]:
    """The practices that fit, of those that `reader` sees: words are found as search finds them, in four languages."""
    rows = _with_words(Practice.objects.visible_to(reader), PRACTICE, asked.text)
    for name, code in (("theme", asked.theme), ("hazard", asked.hazard)):
        if code:
            rows = rows.filter(codes__list=name, codes__code=code)
    if asked.occasion:
        rows = rows.filter(occasion=asked.occasion)
    if asked.language:
        spoken = Practice.objects.filter(Q(language=asked.language) | Q(translations__language=asked.language))
        rows = rows.filter(pk__in=spoken.values("pk"))
    if asked.organisation:
        rows = rows.filter(owner__code=asked.organisation)
    return rows.select_related("owner").prefetch_related("codes", "translations", "reuses__organisation")


def count_practices(found: Iterable[Practice]) -> PracticeCounts:
    """The facets of what was found, whose codes and translations were read with it."""
    counts = PracticeCounts(Counter(), Counter(), Counter(), Counter(), Counter())
    by_list = {"theme": counts.themes, "hazard": counts.hazards}
    for practice in found:
        for row in practice.codes.all():
            if row.list in by_list:
                by_list[row.list][row.code] += 1
        counts.occasions[practice.occasion] += 1
        counts.organisations[practice.owner.code] += 1
        for language in {practice.language, *(made.language for made in practice.translations.all())}:
            counts.languages[language] += 1
    return counts


def list_lessons(reader: Organisation, asked: LessonFilter) -> QuerySet[Lesson]:
    """The lessons that fit, of those that `reader` sees."""
    rows = _with_words(Lesson.objects.visible_to(reader), LESSON, asked.text)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.occasion:
        rows = rows.filter(occasion=asked.occasion)
    if asked.theme:
        rows = rows.filter(codes__list="theme", codes__code=asked.theme)
    if asked.organisation:
        rows = rows.filter(owner__code=asked.organisation)
    return rows.select_related("owner").prefetch_related("codes", "checks")


def _with_words(rows: QuerySet[Record], kind: str, text: str) -> QuerySet[Record]:
    question = read_question(text.replace("\x00", " "))
    if not question:
        return rows
    entries = SearchEntry.objects.filter(Meets(question), kind=kind)
    return rows.filter(pk__in=entries.values("record_id"))


def get_practice(reader: Organisation, number: str) -> Practice:
    """The practice, or `NotFound`."""
    return Practice.objects.select_related("owner").get_visible(reader, number=number)


def get_lesson(reader: Organisation, number: str) -> Lesson:
    """The lesson, or `NotFound`."""
    return Lesson.objects.select_related("owner").get_visible(reader, number=number)


def get_reuse(reader: Organisation, pk: int, kept: Collection[int]) -> Reuse:
    """A reuse by an organisation whose records the reader keeps, of a practice that it sees; or `NotFound`."""
    found = Reuse.objects.filter(pk=pk, organisation__in=kept).select_related("practice", "organisation").first()
    if found is None:
        raise NotFound
    get_practice(reader, found.practice.number)
    return found


def actions_of(reader: Organisation, lesson: Lesson) -> list[Action]:
    """The actions that the lesson led to, as far as the reader sees them, in the order in which they were linked."""
    return _led_to(linked_with(reader, lesson))


def actions_of_all(reader: Organisation, lessons: list[Lesson]) -> dict[int, list[Action]]:
    """The same for several lessons, by their keys."""
    found = linked_with_all(reader, list(lessons))
    return {lesson.pk: _led_to(found.get(lesson.pk, [])) for lesson in lessons}


def _led_to(ends: Iterable[Linked]) -> list[Action]:
    return [
        end.record
        for end in ends
        if isinstance(end.record, Action) and end.link.from_kind == LESSON and end.link.relation == Relation.LED_TO
    ]


def count_states(reader: Organisation) -> Counter[str]:
    """How many of the lessons that `reader` sees are in each state."""
    counted = Lesson.objects.visible_to(reader).order_by().values_list("state").annotate(n=Count("pk"))
    return Counter(dict(counted))


def lesson_owners(reader: Organisation) -> list[str]:
    """The codes of those who keep the lessons that `reader` sees."""
    owners = Lesson.objects.visible_to(reader).order_by("owner__code").values_list("owner__code", flat=True)
    return list(owners.distinct())

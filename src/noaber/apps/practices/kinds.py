"""Practices and lessons as links and search know them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from noaber.apps.library.hooks import add_kind
from noaber.apps.library.kinds import Kind
from noaber.apps.library.searched import Searched
from noaber.apps.practices.models import Lesson, LessonCheck, LessonCode, Practice, PracticeCode, Translation
from noaber.core.messages.model import FreeText

PRACTICE = "practice"
LESSON = "lesson"


def add_kinds() -> None:
    add_kind(
        Kind(
            code=PRACTICE,
            label=_("practice"),
            plural=_("practices"),
            icon="yes",
            model=Practice,
            visible=Practice.objects.visible_to,
            title=lambda record: f"{record.number} {record.title}",
            searched=_practice,
            related=("owner", "codes", "translations"),
            parts=((PracticeCode, "practice"), (Translation, "practice")),
        )
    )
    add_kind(
        Kind(
            code=LESSON,
            label=_("lesson"),
            plural=_("lessons"),
            icon="info",
            model=Lesson,
            visible=Lesson.objects.visible_to,
            title=lambda record: f"{record.number} {record.title}",
            searched=_lesson,
            related=("owner", "codes", "checks"),
            parts=((LessonCode, "lesson"), (LessonCheck, "lesson")),
        )
    )


def _practice(record: Practice) -> Searched:
    told = (record, *record.translations.all())
    return Searched(
        title=(FreeText(record.number, ""), *(words.free("title") for words in told)),
        texts=(
            *(words.free(name) for words in told for name in ("summary", "description", "place", "audience")),
            FreeText(record.occasion_name, ""),
        ),
        codes=tuple(str(code) for code in record.codes.all()),
        owner=record.owner,
        on=record.made_on,
        languages=tuple(words.language for words in told),
    )


def _lesson(record: Lesson) -> Searched:
    return Searched(
        title=(FreeText(record.number, ""), record.words),
        texts=(
            *(record.free(name) for name in ("observation", "cause", "change")),
            record.reason,
            FreeText(record.occasion_name, ""),
            *(check.words for check in record.checks.all()),
        ),
        codes=tuple(str(code) for code in record.codes.all()),
        owner=record.owner,
        on=record.made_on,
        languages=(record.language,),
    )

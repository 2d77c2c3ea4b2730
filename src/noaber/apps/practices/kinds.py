"""Practices and lessons as links and search know them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from noaber.apps.practices.enums import LESSON, PRACTICE
from noaber.apps.practices.models import Lesson, LessonCheck, LessonCode, Practice, PracticeCode, Translation
from noaber.apps.practices.waiting import waiting_lessons
from noaber.apps.records.index_document import IndexDocument
from noaber.apps.records.kinds import Kind, Pages, Start, add_kind
from noaber.core.messages.model import FreeText


def _practice(record: Practice) -> IndexDocument:
    told = (record, *record.translations.all())
    return IndexDocument(
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


def _lesson(record: Lesson) -> IndexDocument:
    return IndexDocument(
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


add_kind(
    Kind(
        code=PRACTICE,
        label=_("practice"),
        plural=_("practices"),
        icon="yes",
        model=Practice,
        title=lambda record: f"{record.number} {record.title}",
        searched=_practice,
        related=("owner", "codes", "translations"),
        parts=((PracticeCode, "practice"), (Translation, "practice")),
        pages=Pages(
            "cooperation",
            "practices",
            ("practice", "practice-edit", "practice-new", "practice-translate", "practice-reuse", "reuse-edit"),
            tab=_("Practices"),
            rank=60,
        ),
    )
)
add_kind(
    Kind(
        code=LESSON,
        label=_("lesson"),
        plural=_("lessons"),
        icon="info",
        model=Lesson,
        title=lambda record: f"{record.number} {record.title}",
        searched=_lesson,
        related=("owner", "codes", "checks"),
        parts=((LessonCode, "lesson"), (LessonCheck, "lesson")),
        pages=Pages(
            "cooperation",
            "lessons",
            ("lesson", "lesson-edit", "lesson-new", "lesson-act", "lesson-check", "lesson-leave", "lesson-reopen"),
            tab=_("Lessons"),
            rank=70,
        ),
        starts=(Start(("incident", "event", "meeting"), "lesson-new", _("Note a lesson")),),
        waiting=waiting_lessons,
    )
)

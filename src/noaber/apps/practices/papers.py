"""A practice or a lesson on paper: a page or two that someone takes to the colleague who could use it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from noaber.apps.accounts.acting import Acting
from noaber.apps.actions.models import Action
from noaber.apps.practices.models import Lesson, Practice, PracticeWords
from noaber.apps.practices.presenters.about import about
from noaber.apps.practices.presenters.lessons import ChainLink, LessonRow, present_chain, present_lesson
from noaber.apps.practices.presenters.practices import words_in
from noaber.core.messages.model import FreeText
from noaber.web import wording
from noaber.web.pdf import Block, Column, Document, Heading, KeyValues, Note, Paragraph, Run, Table, Text
from noaber.web.reader import reader_language


def practice_paper(acting: Acting, practice: Practice, at: datetime.datetime) -> Document:
    """In the reader's language, the words as far as someone translated them."""
    words = words_in(practice, reader_language())
    return Document(
        title=words.title,
        subtitle=_("Practice %(number)s") % {"number": practice.number},
        organisation=acting.organisation.name,
        status=settings.NOABER_STATUS,
        status_note=str(settings.NOABER_STATUS_NOTE),
        tlp=practice.tlp,
        made_at=at,
        facts=tuple(_facts(practice, words)),
        blocks=tuple(_blocks(practice, words)),
    )


def lesson_paper(acting: Acting, lesson: Lesson, actions: Sequence[Action], at: datetime.datetime) -> Document:
    """In the reader's language, the words as they were written.

    Parameters
    ----------
    actions
        Those of the lesson that the reader sees.
    """
    today = at.astimezone(acting.zone).date()
    return Document(
        title=lesson.title,
        subtitle=_("Lesson %(number)s") % {"number": lesson.number},
        organisation=acting.organisation.name,
        status=settings.NOABER_STATUS,
        status_note=str(settings.NOABER_STATUS_NOTE),
        tlp=lesson.tlp,
        made_at=at,
        facts=tuple(_lesson_facts(lesson, present_lesson(lesson, actions, today))),
        blocks=tuple(_lesson_blocks(lesson, actions)),
    )


def _lesson_facts(lesson: Lesson, row: LessonRow) -> Iterator[tuple[str, Text]]:
    yield _("Kept by"), f"{lesson.owner.code} {lesson.owner.name}"
    if lesson.kept_by_function:
        yield _("Who sees to it"), lesson.kept_by_function
    yield _("Occasion"), _occasion(lesson)
    yield _("Noted on"), wording.day(lesson.made_on)
    yield _("State"), row.label
    if lesson.state_reason:
        yield _("Why"), Run(lesson.state_reason, language=lesson.state_language)


def _lesson_blocks(lesson: Lesson, actions: Sequence[Action]) -> Iterator[Block]:
    yield Heading(_("What was seen"))
    yield from _paragraphs(lesson.free("observation"))
    if lesson.cause:
        yield Heading(_("Why it was so"))
        yield from _paragraphs(lesson.free("cause"))
    yield Heading(_("What is to change"))
    yield from _paragraphs(lesson.free("change"))
    yield from _about(lesson)
    yield Heading(_("What became of it"))
    checks = lesson.checks.select_related("organisation")
    rows = [_link_of_chain(lesson, one) for one in present_chain(lesson, actions, checks)]
    columns = (Column(_("Day"), width="auto"), Column(_("What"), width="auto"), Column(_("Which one"), width=2.0))
    yield Table(columns=columns, rows=rows)
    if not actions:
        yield Paragraph(_("No action was agreed about it yet."), quiet=True)
    yield from _source(lesson)


def _link_of_chain(lesson: Lesson, one: ChainLink) -> Sequence[Text]:
    day, what = wording.day(one.on), str(one.what)
    if one.check:
        by = f"\n{one.check.organisation.code}, {one.check.checked_by}"
        return (day, what, (Run(one.check.note, language=one.check.language), Run(by, quiet=True)))
    if one.action is None:
        return (day, what, lesson.owner.code)
    action = one.action
    which: list[Run | str] = [Run(action.number, bold=True), " ", Run(action.title, language=action.language)]
    if not one.is_done:
        which.append(Run(f"\n{action.responsible.code}, {action.get_state_display()}", quiet=True))
    elif action.evidence:
        which.append(Run(f"\n{action.evidence}", quiet=True, language=action.proof.language))
    return (day, what, which)


def _facts(practice: Practice, words: PracticeWords) -> Iterator[tuple[str, Text]]:
    yield _("Kept by"), f"{practice.owner.code} {practice.owner.name}"
    if practice.contact_function:
        yield _("Whom to ask"), practice.contact_function
    yield _("Occasion"), _occasion(practice)
    if words.place:
        yield _("Where"), Run(words.place, language=words.language)
    if words.audience:
        yield _("For whom"), Run(words.audience, language=words.language)
    yield _("Written on"), wording.day(practice.made_on)


def _blocks(practice: Practice, words: PracticeWords) -> Iterator[Block]:
    if words.language != practice.language:
        yield Paragraph(_("Translated by people; the original is in another language."), quiet=True)
    yield Heading(_("In short"))
    yield from _paragraphs(words.free("summary"))
    if words.description:
        yield Heading(_("How it works"))
        yield from _paragraphs(words.free("description"))
    yield from _about(practice)
    yield Heading(_("Reused by"))
    yield _reuses(practice)
    yield from _source(practice)


def _paragraphs(words: FreeText) -> Iterator[Block]:
    """What someone wrote; an empty line parts its paragraphs."""
    for part in filter(None, (part.strip() for part in words.text.split("\n\n"))):
        yield Paragraph(part, language=words.language)


def _occasion(record: Practice | Lesson) -> Text:
    occasion = str(record.get_occasion_display())
    if not record.occasion_name:
        return occasion
    return (f"{occasion}, ", Run(record.occasion_name, language=record.language))


def _about(record: Practice | Lesson) -> Iterator[Block]:
    if lines := about(record):
        yield Heading(_("What it is about"))
        yield KeyValues([(line.label, ", ".join(line.names)) for line in lines])


def _source(record: Practice | Lesson) -> Iterator[Block]:
    if record.illustrative or record.source:
        title = _("Source, illustrative") if record.illustrative else _("Source")
        yield Note(record.source or _("What is written here is invented."), title=title)


def _reuses(practice: Practice) -> Table:
    rows = [
        (
            reuse.organisation.code,
            Run(reuse.place, language=reuse.language),
            wording.day(reuse.since),
            str(reuse.get_result_display()),
            Run(reuse.note, language=reuse.language),
        )
        for reuse in practice.reuses.all()
    ]
    columns = (
        Column(_("Organisation"), width="auto"),
        Column(_("Where")),
        Column(_("Since"), width="auto"),
        Column(_("Result"), width="auto"),
        Column(_("What came of it"), width=1.6),
    )
    return Table(columns=columns, rows=rows, empty=_("Nobody has said yet that they reuse it."))

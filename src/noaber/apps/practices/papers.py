"""A practice on paper: two pages that someone takes to the colleague who could use it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from noaber.apps.accounts.acting import Acting
from noaber.apps.practices.models import Practice, PracticeWords
from noaber.apps.practices.presenters.about import about
from noaber.apps.practices.presenters.practices import words_in
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
        tlp=practice.tlp,
        made_at=at,
        facts=tuple(_facts(practice, words)),
        blocks=tuple(_blocks(practice, words)),
    )


def _facts(practice: Practice, words: PracticeWords) -> Iterator[tuple[str, Text]]:
    yield _("Kept by"), f"{practice.owner.code} {practice.owner.name}"
    if practice.contact_function:
        yield _("Whom to ask"), practice.contact_function
    occasion = str(practice.get_occasion_display())
    yield _("Occasion"), f"{occasion}, {practice.occasion_name}" if practice.occasion_name else occasion
    if words.place:
        yield _("Where"), Run(words.place, language=words.language)
    if words.audience:
        yield _("For whom"), Run(words.audience, language=words.language)
    yield _("Written on"), wording.day(practice.made_on)


def _blocks(practice: Practice, words: PracticeWords) -> Iterator[Block]:
    if words.language != practice.language:
        yield Paragraph(_("Translated by people; the original is in another language."), quiet=True)
    yield Heading(_("In short"))
    yield Paragraph(words.summary, language=words.language)
    if words.description:
        yield Heading(_("How it works"))
        for part in filter(None, (part.strip() for part in words.description.split("\n\n"))):
            yield Paragraph(part, language=words.language)
    if lines := about(practice):
        yield Heading(_("What it is about"))
        yield KeyValues([(line.label, ", ".join(line.names)) for line in lines])
    yield Heading(_("Reused by"))
    yield _reuses(practice)
    if practice.illustrative or practice.source:
        yield Note(practice.source or _("What is written here is invented."), title=_source_title(practice))


def _source_title(practice: Practice) -> str:
    return _("Source, illustrative") if practice.illustrative else _("Source")


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

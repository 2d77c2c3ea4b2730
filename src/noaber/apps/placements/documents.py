"""Exchanges on paper, in the language asked for: what a call offers, a placement confirmed, what came of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from noaber.apps.accounts.acting import Acting
from noaber.apps.library.links import linked_with
from noaber.apps.placements.models import ExchangeCall, ExchangePlacement, ExchangeProgramme, HostPlace
from noaber.apps.placements.presenters import PlaceRow
from noaber.apps.placements.words import levels_in_words
from noaber.apps.practices.models import Practice
from noaber.core.messages.model import FreeText
from noaber.web import wording
from noaber.web.pdf import (
    Block,
    Bullets,
    Document,
    Heading,
    KeyValues,
    Landscape,
    Note,
    NoteKind,
    Paragraph,
    Run,
    Signatures,
    Table,
    Text,
)
from noaber.web.pdf import Column as PaperColumn


def call_paper(acting: Acting, call: ExchangeCall, places: Iterable[HostPlace], *, at: datetime.datetime) -> Document:
    """The conditions and the host places, for those who think of going; it says of nobody who applied."""
    blocks: list[Block] = [Heading(_("Conditions"))]
    blocks += _said(call.rules, _("Nothing was written yet."))
    table: list[Block] = [Heading(_("Host places")), _places(places)]
    return _document(
        acting,
        title=_("Call for applications"),
        subtitle=call.words,
        tlp=call.programme.tlp,
        facts=(
            (_("Programme"), Run(call.programme.title, language=call.programme.language)),
            (_("Run by"), f"{call.programme.owner.code}, {call.programme.owner.name}"),
            (_("Applications until"), wording.moment_in_full(call.closes_at)),
            (_("Hosts rank until"), wording.moment_in_full(call.ranked_by)),
        ),
        blocks=(*blocks, *_invented(call.programme), Landscape(table)),
        at=at,
    )


def confirmation(acting: Acting, record: ExchangePlacement, *, at: datetime.datetime) -> Document:
    """Who goes where, when, for what and under what: for the sender, the host and the one who goes."""
    application, place, call = record.application, record.place, record.application.call
    unknown = _("unknown")
    who = ", ".join(part for part in (application.initials, application.function) if part) or unknown
    blocks: list[Block] = [
        Heading(_("Placement")),
        Paragraph(_("The organisations below agree that a member of staff works at the host for the days named.")),
        KeyValues(((_("Who goes"), who), *_facts(record))),
        Heading(_("What one does there")),
        *_said(place.more, _("Nothing was written yet.")),
    ]
    if record.before:
        blocks += [Heading(_("Before: what one wants to learn")), *_said(record.expects)]
    if record.host_before:
        blocks += [Heading(_("Before: what the host prepares")), *_said(record.host_expects)]
    blocks += [Heading(_("Conditions")), *_said(call.rules, _("Nothing was written yet."))]
    blocks += [*_invented(call.programme), Signatures((record.sender.name, record.host.name, record.owner.name))]
    return _document(
        acting,
        title=_("Confirmation of a placement"),
        subtitle=call.programme.words,
        tlp=record.tlp,
        facts=((_("Call"), Run(call.title, language=call.language)),),
        blocks=blocks,
        at=at,
    )


def report_paper(acting: Acting, record: ExchangePlacement, *, at: datetime.datetime) -> Document:
    """What guest and host wanted to learn, what they learned, and the practices that came of it; nobody is named."""
    call = record.application.call
    made = [one.record for one in linked_with(acting.organisation, record) if isinstance(one.record, Practice)]
    blocks: list[Block] = [
        Heading(_("Placement")),
        KeyValues(_facts(record)),
        Heading(_("Before: what one wants to learn")),
        *_said(record.expects, _("Nothing was written yet.")),
        Heading(_("Before: what the host prepares")),
        *_said(record.host_expects, _("Nothing was written yet.")),
        Heading(_("After: what was learned")),
        *_said(record.learned, _("Nothing was written yet.")),
        Heading(_("After: what the host learned")),
        *_said(record.host_learned, _("Nothing was written yet.")),
    ]
    if made:
        titles = [(f"{one.number} ", Run(one.title, language=one.language)) for one in made]
        blocks += [Heading(_("Practices that came of it")), Bullets(titles)]
    return _document(
        acting,
        title=_("Report of a placement"),
        subtitle=FreeText(record.title, record.place.language),
        tlp=record.tlp,
        facts=((_("Call"), Run(call.title, language=call.language)),),
        blocks=(*blocks, *_invented(call.programme)),
        at=at,
    )


def _facts(record: ExchangePlacement) -> Sequence[tuple[str, Text]]:
    place = record.place
    return (
        (_("Sent by"), f"{record.sender.code}, {record.sender.name}"),
        (_("Host"), f"{record.host.code}, {record.host.name}"),
        (_("What"), Run(place.title, language=place.language)),
        (_("Where"), place.town or _("unknown")),
        (_("When"), record.days),
        (_("Languages of work"), levels_in_words(place.languages) or _("any")),
        (_("State"), str(record.get_state_display())),
    )


def _places(places: Iterable[HostPlace]) -> Table:
    columns = (
        PaperColumn(_("Host"), width="auto"),
        PaperColumn(_("What"), width=2.0),
        PaperColumn(_("Where")),
        PaperColumn(_("When"), width=1.4),
        PaperColumn(_("Weeks"), width="auto", numeric=True),
        PaperColumn(_("Languages of work"), width=1.2),
        PaperColumn(_("For whom"), width=1.2),
        PaperColumn(_("How many people"), width="auto", numeric=True),
    )
    rows = [
        (
            Run(row.place.organisation.code, bold=True),
            _what(row.place),
            row.place.town or _("unknown"),
            row.periods,
            str(row.place.weeks),
            row.languages or _("any"),
            row.functions,
            str(row.place.capacity),
        )
        for row in map(PlaceRow, places)
    ]
    return Table(columns, rows, empty=_("No host offers a place yet"))


def _what(place: HostPlace) -> list[Run]:
    """What one does there and, on lines of its own, more about it."""
    what = [Run(place.title, language=place.language)]
    if place.description:
        what.append(Run(f"\n{place.description}", quiet=True, language=place.language))
    return what


def _said(words: FreeText, nothing: str = "") -> Iterator[Block]:
    """What someone wrote, a block for each of its paragraphs."""
    if not words.text:
        yield Paragraph(nothing, quiet=True)
    for part in filter(None, (part.strip() for part in words.text.split("\n\n"))):
        yield Paragraph(part, language=words.language)


def _invented(programme: ExchangeProgramme) -> Iterator[Block]:
    if programme.illustrative:
        yield Note(_("This programme is illustrative: it was invented for an exercise."), NoteKind.INFO)


def _document(
    acting: Acting,
    *,
    title: str,
    subtitle: FreeText,
    tlp: str,
    facts: Sequence[tuple[str, Text]],
    blocks: Sequence[Block],
    at: datetime.datetime,
) -> Document:
    return Document(
        title=title,
        subtitle=subtitle.text,
        organisation=acting.organisation.name,
        status=settings.NOABER_STATUS,
        status_note=str(settings.NOABER_STATUS_NOTE),
        tlp=tlp,
        made_at=at,
        facts=facts,
        blocks=blocks,
    )

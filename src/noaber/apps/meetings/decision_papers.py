"""Decisions on paper, in the language asked for: one of them as an extract, and the register."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.labels import strictest
from noaber.apps.library.links import Linked, linked_with
from noaber.apps.meetings.models import AgendaItem, Decision, Meeting
from noaber.apps.meetings.presenters import days_of
from noaber.apps.meetings.queries import CameOf, came_of
from noaber.web import wording
from noaber.web.pdf import Block, Column, Document, Heading, Paragraph, Run, Table, Text, Words

_LISTED: Final = frozenset({"action", "meeting"})
"""Kinds of linked records that stand elsewhere on the extract."""


def extract(acting: Acting, decision: Decision, at: datetime.datetime) -> Document:
    """One decision: its words, where it was taken, what is done because of it and what it is linked with."""
    followed = came_of(acting.organisation, decision)
    links = [end for end in linked_with(acting.organisation, decision) if end.kind.code not in _LISTED]
    blocks: list[Block] = [Paragraph(decision.text, language=decision.language)]
    blocks += [Heading(pgettext("of the cooperation", "Actions")), _followed(followed)]
    if links:
        blocks += [Heading(_("Linked with")), _links(links)]
    labels = [decision.tlp, *(one.action.tlp for one in followed)]
    labels += [str(end.record.tlp) for end in links if hasattr(end.record, "tlp")]
    return Document(
        title=_("Decision %(number)s") % {"number": decision.number},
        subtitle=_("Extract from the register of decisions"),
        organisation=acting.organisation.name,
        status=settings.NOABER_STATUS,
        tlp=strictest(*labels),
        made_at=at,
        facts=tuple(_facts(acting, decision)),
        blocks=tuple(blocks),
    )


def register(acting: Acting, decisions: Sequence[Decision], at: datetime.datetime, asked: Words) -> Document:
    """The decisions that the reader asked for, in their order; `asked` says for which, empty for all."""
    columns = (
        Column(_("Number"), width="auto"),
        Column(_("Decision"), width=3.0),
        Column(_("Decided on"), width="auto"),
        Column(_("Meeting"), width=1.5),
    )
    rows: list[tuple[Text, ...]] = [
        (
            one.number,
            Run(one.text, language=one.language),
            wording.day(one.made_on),
            Run(one.meeting.title, language=one.meeting.language),
        )
        for one in decisions
    ]
    return Document(
        title=_("Register of decisions"),
        subtitle=asked,
        organisation=acting.organisation.name,
        status=settings.NOABER_STATUS,
        tlp=strictest(*(one.tlp for one in decisions)),
        made_at=at,
        facts=((_("Decisions"), wording.number(len(decisions))),),
        blocks=(Table(columns, rows, empty=_("Nothing was decided yet.")),),
    )


def _facts(acting: Acting, decision: Decision) -> Iterator[tuple[Words, Text]]:
    yield _("Decided on"), wording.day(decision.made_on)
    meeting = Meeting.objects.visible_to(acting.organisation).filter(decisions=decision).first()
    if meeting is not None:
        yield _("Meeting"), [Run(meeting.title, language=meeting.language), f", {days_of(meeting)}"]
    item = AgendaItem.objects.visible_to(acting.organisation).filter(decisions=decision).first()
    if item is not None:
        yield _("Agenda point"), Run(item.title, language=item.language)
    yield _("Kept by"), f"{decision.owner.code} {decision.owner.name}"
    if decision.source:
        yield _("Source"), decision.source


def _followed(followed: Iterable[CameOf]) -> Table:
    columns = (
        Column(_("Number"), width="auto"),
        Column(_("What"), width=3.0),
        Column(_("Done by"), width="auto"),
        Column(_("Due on"), width="auto"),
        Column(_("State"), width="auto"),
    )
    return Table(columns, [_row(one) for one in followed], empty=_("No action came of it yet."))


def _row(one: CameOf) -> tuple[Text, ...]:
    action = one.action
    what: list[Run | Words] = [Run(action.title, language=action.language)]
    what += [Run(f"\n{wording.label(capfirst(str(end.kind.label)))} {end.title}", quiet=True) for end in one.serves]
    if action.evidence:
        what += [
            Run(f"\n{wording.label(_('Evidence'))} ", quiet=True),
            Run(action.evidence, language=action.evidence_language),
        ]
    due = wording.day(action.due_on) if action.due_on else ""
    return action.number, what, action.responsible.code, due, str(action.get_state_display())


def _links(links: Iterable[Linked]) -> Table:
    columns = (Column(_("Relation"), width="auto"), Column(_("Kind"), width="auto"), Column(_("Record"), width=3.0))
    return Table(columns, [(str(end.how), str(end.kind.label), end.title) for end in links])

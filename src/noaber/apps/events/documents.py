"""Paper for the day when the network is down: whom to ring, and what to do if."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.labels import strictest
from noaber.apps.events.models import EventDossier
from noaber.apps.events.presenters.dossier import CallRow, CardRow
from noaber.apps.events.presenters.roster import RosterDay, RosterLine
from noaber.web import wording
from noaber.web.pdf import Block, Column, Document, Heading, KeyValues, Paragraph, Row, Run, Table, Text


def contact_sheet(
    acting: Acting, event: EventDossier, calls: Sequence[CallRow], days: Sequence[RosterDay], *, at: datetime.datetime
) -> Document:
    """Numbers of lead and partners, then the roster by day."""
    labels = labels_of(calls)
    return event_document(acting, event, _("Contact sheet"), (*calls_blocks(calls), *roster_blocks(days)), at, labels)


def what_if_sheet(
    acting: Acting, event: EventDossier, cards: Sequence[CardRow], calls: Sequence[CallRow], *, at: datetime.datetime
) -> Document:
    """Each case with its answer; the number of whom is called stands beside it."""
    nothing: list[Block] = [Heading(_("What to do if")), Paragraph(_("No case is written down."))]
    blocks = card_blocks(cards, calls) or nothing
    return event_document(acting, event, _("What to do if"), blocks, at, labels_of(calls))


def calls_blocks(calls: Iterable[CallRow]) -> tuple[Block, ...]:
    """Whom to ring, with the day on which each number was verified."""
    columns = (
        Column(_("Organisation")),
        Column(_("Role")),
        Column(_("Phone")),
        Column(_("Second channel")),
        Column(_("Verified on"), width="auto"),
    )
    return Heading(_("Whom to ring")), Table(columns, [_call(row) for row in calls], empty=_("Nobody is named."))


def roster_blocks(days: Iterable[RosterDay]) -> tuple[Block, ...]:
    """The liaison roster, day by day, with the times without anybody."""
    columns = (
        Column(_("When"), width="auto"),
        Column(_("Who")),
        Column(_("Where")),
        Column(_("Phone"), width="auto"),
    )
    table = Table(columns, list(_roster_rows(days)), empty=_("No shift is planned."))
    return Heading(_("Liaison officers")), table


def card_blocks(cards: Iterable[CardRow], calls: Iterable[CallRow], *, level: int = 1) -> list[Block]:
    """Each case under a heading of its own."""
    phones = {row.organisation.pk: row.view.contact.phone for row in calls if row.view}
    return [block for number, card in enumerate(cards, 1) for block in _card(number, card, phones, level)]


def labels_of(calls: Iterable[CallRow]) -> list[str]:
    return [row.view.contact.tlp for row in calls if row.view]


def event_document(
    acting: Acting,
    event: EventDossier,
    title: str,
    blocks: Sequence[Block],
    at: datetime.datetime,
    labels: Iterable[str],
) -> Document:
    """Labelled as the strictest of what stands on it: the event, and what has these labels."""
    note = str(settings.NOABER_STATUS_NOTE) if event.status == settings.NOABER_STATUS else ""
    period = f"{wording.day(event.begins_at)} – {wording.day(event.last_at)}"
    facts = ((_("Event"), f"{event.code}"), (_("When"), period), (_("Lead"), event.lead.code))
    return Document(
        title=title,
        subtitle=event.title,
        organisation=acting.organisation.name,
        status=event.status,
        status_note=note,
        tlp=strictest(event.tlp, *labels),
        made_at=at,
        facts=facts,
        blocks=blocks,
    )


def _call(row: CallRow) -> Sequence[Text]:
    name = (Run(row.organisation.code, bold=True), f"\n{row.organisation.name}")
    if row.view is None:
        return (name, row.role, _("no number known"), "", "")
    contact = row.view.contact
    verified: list[Run | str] = [wording.day(contact.verified_on) if contact.verified_on else _("never")]
    if row.view.is_doubtful:
        verified.append(Run(f"\n{row.view.state_words}", bold=True))
    phone = (Run(contact.phone or _("no phone"), mono=bool(contact.phone)), f"\n{contact.function}")
    return (name, row.role, phone, contact.second_channel, verified)


def _roster_rows(days: Iterable[RosterDay]) -> Iterable[Row | Sequence[Text]]:
    for day in days:
        yield Row((wording.day_long(day.date), "", "", ""), style="group")
        for line in day.lines:
            yield _shift(line)


def _shift(line: RosterLine) -> Sequence[Text]:
    end = wording.moment_in_full(line.ends_at) if line.next_day else wording.hour(line.ends_at)
    when = f"{wording.hour(line.begins_at)} – {end}"
    shift = line.shift
    if shift is None:
        return (when, Run(_("nobody"), bold=True), "", "")
    who: list[Run | str] = [Run(shift.organisation.code, bold=True), f" {shift.function}"]
    if line.languages:
        who.append(Run(f"\n{line.languages}", quiet=True))
    if shift.handover:
        who += [Run(f"\n{wording.label(_('Handover'))} ", quiet=True), Run(shift.handover, language=shift.language)]
    return (when, who, shift.place, Run(shift.phone, mono=True))


def _card(number: int, row: CardRow, phones: dict[int, str], level: int) -> Iterable[Block]:
    card = row.card
    yield Heading(f"{number}. {card.condition}", level=level)
    yield Paragraph(card.measures, language=card.language)
    facts: list[tuple[str, Text]] = []
    if card.caller:
        facts.append((_("Who calls"), card.caller.code))
    if card.called:
        facts.append((_("Who is called"), f"{card.called.code} {phones.get(card.called.pk, '')}".strip()))
    if row.capabilities:
        facts.append((_("With what"), row.capabilities))
    if row.agreement:
        facts.append((_("Under which text"), row.agreement))
    if facts:
        yield KeyValues(facts)

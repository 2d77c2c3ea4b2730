"""The whole dossier of an event on paper, as its reader sees it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from noaber.apps.accounts.acting import Acting
from noaber.apps.events.documents import calls_blocks, card_blocks, event_document, labels_of, roster_blocks
from noaber.apps.events.enums import Impact, Likelihood
from noaber.apps.events.models import EventDossier, EventPartner, EventPlace
from noaber.apps.events.presenters.dossier import HeldRow, Milestone, RiskRow, Seen
from noaber.apps.library.links import Linked
from noaber.web import wording
from noaber.web.pdf import Block, Bullets, Column, Document, Heading, KeyValues, Paragraph, Run, Table, Text

_UNKNOWN: Final = (Likelihood.UNKNOWN.value, Impact.UNKNOWN.value)


def dossier_paper(acting: Acting, event: EventDossier, seen: Seen, *, at: datetime.datetime) -> Document:
    """What, where, who, what may happen, what is to be done, who is held and who sits where; what to do if."""
    labels = [*labels_of(seen.calls), *(row.note.tlp for row in seen.risks)]
    labels += [one.row.action.tlp for one in seen.timeline if one.row]
    return event_document(acting, event, _("Dossier"), tuple(_blocks(event, seen)), at, labels)


def _blocks(event: EventDossier, seen: Seen) -> Iterator[Block]:
    yield from _about(event)
    yield from (Heading(_("Places")), _places(seen.places))
    yield from (Heading(_("Who does what")), _partners(event, seen.partners))
    yield from (Heading(_("Risks")), _risks(seen.risks))
    yield from (Heading(_("Timeline")), _timeline(seen.timeline))
    yield from (Heading(_("Reserved teams")), _held(seen.held))
    yield from roster_blocks(seen.roster.days)
    yield from calls_blocks(seen.calls)
    yield Heading(_("What to do if"))
    yield from card_blocks(seen.cards, seen.calls, level=2) or [Paragraph(_("No case is written down."))]
    if seen.findings:
        yield from (Heading(_("What was learned")), _findings(seen.findings))


def _about(event: EventDossier) -> Iterator[Block]:
    yield Heading(_("The event"))
    if event.summary:
        yield Paragraph(event.summary, language=event.language)
    facts: list[tuple[str, Text]] = [
        (_("Kind"), str(event.get_kind_display())),
        (_("Expected public"), _count(event.expected_public)),
    ]
    if event.source:
        facts.append((_("Source"), event.source))
    yield KeyValues(facts)
    if event.closing_note:
        title = pgettext("an event", "Why it was called off") if event.is_called_off else _("How it ended")
        yield from (Heading(title), Paragraph(event.closing_note, language=event.closing_language))


def _count(public: int | None) -> str:
    return _("unknown") if public is None else wording.number(public)


def _places(places: Iterable[EventPlace]) -> Table:
    columns = (
        Column(_("Place"), width=2.0),
        Column(_("When"), width="auto"),
        Column(_("Expected public"), width="auto", numeric=True),
    )
    rows = [(_place(place), _days(place), _count(place.expected_public)) for place in places]
    return Table(columns, rows, empty=_("No place is named."))


def _place(place: EventPlace) -> Text:
    words: list[Run | str] = [Run(place.name, bold=True), Run(f" {place.territory}", quiet=True)]
    return [*words, "\n", Run(place.note, language=place.language)] if place.note else words


def _days(place: EventPlace) -> str:
    if place.begins_at is None:
        return _("unknown")
    days = [place.begins_at, place.last_at]
    return " – ".join(wording.day(day) for day in days if day)


def _partners(event: EventDossier, partners: Iterable[EventPartner]) -> Table:
    columns = (Column(_("Organisation")), Column(_("Role"), width=2.0))
    rows: list[tuple[Text, Text]] = [(_named(event.lead.code, event.lead.name), _("lead"))]
    rows += [
        (_named(one.organisation.code, one.organisation.name), Run(one.role, language=one.language)) for one in partners
    ]
    return Table(columns, rows)


def _named(code: str, name: str) -> Text:
    return (Run(code, bold=True), f" {name}")


def _risks(risks: Iterable[RiskRow]) -> Table:
    columns = (
        Column(_("Hazard")),
        Column(_("What may happen"), width=2.0),
        Column(_("Likelihood"), width="auto"),
        Column(_("Impact"), width="auto"),
        Column("TLP", width="auto"),
    )
    rows = [
        (
            (row.hazard, Run(f"\n{row.note.owner.code}", quiet=True)),
            Run(row.note.text, language=row.note.language),
            _("unknown") if row.note.likelihood in _UNKNOWN else str(row.note.get_likelihood_display()),
            _("unknown") if row.note.impact in _UNKNOWN else str(row.note.get_impact_display()),
            f"TLP:{row.note.tlp}",
        )
        for row in risks
    ]
    return Table(columns, rows, empty=_("No risk that you may see is written down."))


def _timeline(timeline: Iterable[Milestone]) -> Table:
    columns = (
        Column(_("Due on"), width="auto"),
        Column(_("What"), width=2.0),
        Column(_("Done by"), width="auto"),
        Column(_("State"), width="auto"),
    )
    return Table(columns, [_milestone(one) for one in timeline])


def _milestone(one: Milestone) -> tuple[Text, ...]:
    day = wording.day(one.on) if one.on else _("no day")
    if one.row is None:
        return day, Run(one.label, bold=True), "", ""
    action = one.row.action
    what = (Run(f"{action.number} ", quiet=True), Run(action.title, language=action.language))
    return day, what, action.responsible.code, one.row.state.label


def _held(held: Iterable[HeldRow]) -> Table:
    columns = (
        Column(_("Capacity"), width=2.0),
        Column(_("Owner"), width="auto"),
        Column(_("Reserved"), width="auto", numeric=True),
        Column(_("From"), width="auto"),
        Column(_("Until"), width="auto"),
    )
    rows = [
        (
            (row.capacity.name, Run(f"\n{row.capability}, {row.capacity.base}", quiet=True)),
            row.capacity.owner.code,
            wording.number(row.reservation.quantity),
            wording.moment_in_full(row.reservation.begins_at),
            wording.moment_in_full(row.reservation.ends_at),
        )
        for row in held
    ]
    return Table(columns, rows, empty=_("No team that you may see is reserved."))


def _findings(findings: Iterable[Linked]) -> Bullets:
    return Bullets([f"{one.title} ({one.kind.label})" for one in findings])

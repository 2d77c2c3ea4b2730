"""How far a campaign is: of each ask, organisation and field, as far as the reader sees the records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from noaber.apps.accounts.models import Organisation
from noaber.apps.campaigns.enums import Part
from noaber.apps.campaigns.items import Item, Records, items_of
from noaber.apps.campaigns.models import Answer, Ask, Campaign
from noaber.core.campaigns import Tally, count_findings, field_finding


@dataclass(frozen=True)
class Asked:
    """One thing that is asked, and what was answered."""

    item: Item
    answer: Answer | None

    @property
    def finding(self) -> str | None:
        return self.answer.finding if self.answer else None


@dataclass(frozen=True)
class AskProgress:
    """How far one ask is; `by_field` in the order of the fields."""

    ask: Ask
    tally: Tally
    by_field: Mapping[str, Tally]


@dataclass(frozen=True)
class Progress:
    """How far several asks are together."""

    asks: tuple[AskProgress, ...]

    @property
    def total(self) -> Tally:
        return sum((ask.tally for ask in self.asks), Tally())


def asks_of(campaign: Campaign, organisation: Organisation | None = None) -> list[Ask]:
    """What the campaign asks, of everyone or of one."""
    asks = Ask.objects.filter(campaign=campaign).select_related("organisation__parent", "owner", "campaign__owner")
    return list(asks.filter(organisation=organisation) if organisation else asks)


def asked_things(ask: Ask, reader: Organisation, records: Records | None = None) -> list[Asked]:
    """Every thing of an ask that `reader` sees, with its answer."""
    answers = {(answer.record, answer.field): answer for answer in ask.answers.all()}
    return [Asked(item, answers.get((item.record, item.field))) for item in items_of(ask, reader, records)]


def progress_of(asks: Iterable[Ask], reader: Organisation) -> Progress:
    """How far they are, counted over what `reader` sees."""
    listed = list(asks)
    organisations = {ask.organisation for ask in listed}
    known = {status: Records(organisations, status, reader) for status in {ask.campaign.status for ask in listed}}
    return Progress(tuple(_progress(ask, asked_things(ask, reader, known[ask.campaign.status])) for ask in listed))


def _progress(ask: Ask, things: list[Asked]) -> AskProgress:
    by_field = {name: _of_field(things, name) for name in ask.fields}
    return AskProgress(ask, count_findings(thing.finding for thing in things), by_field)


def _of_field(things: Iterable[Asked], name: str) -> Tally:
    about = [thing for thing in things if thing.item.field in ("", name)]
    return count_findings(
        field_finding(thing.finding, name, thing.answer.named if thing.answer else ()) for thing in about
    )


def current_rows(ask: Ask, reader: Organisation) -> list[dict[str, Any]]:
    """The things of an ask as a version keeps them."""
    return [_row(ask, thing) for thing in asked_things(ask, reader)]


def _row(ask: Ask, thing: Asked) -> dict[str, Any]:
    answer = thing.answer
    return {
        "part": ask.part,
        "record": thing.item.record,
        "code": thing.item.code,
        "title": thing.item.title if ask.part == Part.CAPACITIES else "",
        "field": thing.item.field,
        "values": thing.item.values,
        "finding": answer.finding if answer else "",
        "named": list(answer.named) if answer else [],
        "who": answer.who_could_know if answer else "",
        "note": answer.note if answer else "",
        "by": answer.by if answer else "",
        "at": answer.at.isoformat(timespec="seconds") if answer else "",
    }

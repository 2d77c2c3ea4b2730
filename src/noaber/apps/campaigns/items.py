"""What an ask is about, thing by thing: the records as they stand now, as far as the reader sees them.

Of agreements a thing is one field of one text; of capacities and contact points it is the record with the fields
that are asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.apps.accounts.models import Organisation
from noaber.apps.campaigns.enums import Part
from noaber.apps.campaigns.models import Ask, Campaign
from noaber.apps.registry.models import AgreementRow, Capacity, ContactPoint
from noaber.apps.registry.presenters.agreements import Line, title_of
from noaber.apps.registry.presenters.fields import field_fact
from noaber.apps.registry.presenters.history import changed_words, field_words
from noaber.apps.registry.presenters.legal_words import FIELDS
from noaber.apps.registry.queries import agreement_of
from noaber.apps.registry.queries.contacts import seen_contacts
from noaber.apps.registry.seen import seen_capacities
from noaber.apps.registry.services.field_checks import speaks_for
from noaber.core.agreements import ESTABLISHED_FIELDS
from noaber.core.agreements.reading import is_unknown_value
from noaber.core.campaigns import digest_of
from noaber.web import wording
from noaber.web.reader import reader_language
from noaber.web.templatetags.noaber import language_name

Label = str | Promise

FIELD_LABELS: Final[Mapping[str, Mapping[str, Label]]] = {
    Part.AGREEMENTS: {name: FIELDS[name] for name in ESTABLISHED_FIELDS},
    Part.CAPACITIES: {
        "name": gettext_lazy("Name"),
        "capabilities": gettext_lazy("Capabilities"),
        "quantity": gettext_lazy("Teams"),
        "mobilisation_minutes": gettext_lazy("Leaves after"),
        "languages": gettext_lazy("Languages"),
        "cost_per_day_eur": gettext_lazy("Estimated cost per day, EUR"),
    },
    Part.CONTACTS: {
        "function": gettext_lazy("Function"),
        "reach": gettext_lazy("How it is reached"),
        "languages": gettext_lazy("Languages spoken"),
        "hours": gettext_lazy("Hours"),
    },
}
"""What can be asked of each part, by the name under which it is kept."""

USUAL_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    Part.AGREEMENTS: ("channels", "granter_roles", "cost_rule"),
    Part.CAPACITIES: ("capabilities", "quantity", "mobilisation_minutes", "languages"),
    Part.CONTACTS: ("function", "reach", "languages", "hours"),
}

CONTACT_VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "function": ("function",),
    "reach": ("phone", "second_channel", "mail"),
    "languages": ("languages",),
    "hours": ("always_open", "open_days", "opens_at", "closes_at", "hours"),
}
"""The values of a contact point that one field of the form is about."""


@dataclass(frozen=True)
class Shown:
    """One line of what stands there."""

    label: str
    lines: tuple[Line, ...]

    @property
    def is_unknown(self) -> bool:
        return not self.lines


@dataclass(frozen=True)
class Item:
    """One thing that is asked.

    Parameters
    ----------
    record, field
        By which an answer names it.
    code
        By which another campaign finds it again.
    values
        What stands there, as JSON holds it.
    """

    record: str
    field: str
    code: str
    title: str
    detail: str
    shown: tuple[Shown, ...]
    values: dict[str, Any]
    subject: Any
    is_unknown: bool = False

    @property
    def key(self) -> str:
        return f"{self.record}/{self.field}"

    @property
    def digest(self) -> str:
        """The same as long as the same stands there."""
        return digest_of(self.values)


def keeper_of(organisation: Organisation) -> Organisation:
    """Who answers for an organisation: itself, or the nearest above it that uses Noaber."""
    found: Organisation | None = organisation
    while found is not None and not found.connected:
        found = found.parent
    return found or organisation


class Records:
    """The records of some organisations that `reader` sees; each part is read once for all of them."""

    def __init__(self, organisations: Iterable[Organisation], status: str, reader: Organisation) -> None:
        self.organisations = {organisation.pk for organisation in organisations}
        self.status = status
        self.reader = reader

    def of(self, part: str, organisation: Organisation) -> list[Any]:
        """Those of one part of one organisation, in an order that stays."""
        match part:
            case Part.AGREEMENTS:
                return list(_texts_of(organisation, self._texts))
            case Part.CAPACITIES:
                return self._capacities[organisation.pk]
            case _:
                keepers = {organisation.pk, keeper_of(organisation).pk}
                return [row for row in self._contacts[organisation.pk] if row.owner_id in keepers]

    @cached_property
    def _texts(self) -> list[AgreementRow]:
        return list(AgreementRow.objects.visible_to(self.reader).select_related("owner").order_by("code"))

    @cached_property
    def _capacities(self) -> dict[int, list[Any]]:
        rows = seen_capacities(self.reader, self.status).filter(owner__in=self.organisations).order_by("code")
        return _grouped(rows.prefetch_related("capability_rows", "groups"), "owner_id")

    @cached_property
    def _contacts(self) -> dict[int, list[Any]]:
        rows = seen_contacts(self.reader, self.status).filter(organisation__in=self.organisations)
        return _grouped(rows, "organisation_id")


def _grouped(rows: Iterable[Any], name: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def items_of(ask: Ask, reader: Organisation, records: Records | None = None) -> list[Item]:
    """Everything that the ask is about and that `reader` sees, in an order that stays.

    Parameters
    ----------
    records
        Those of the reader, where several asks are looked at together.
    """
    known = records or Records([ask.organisation], ask.campaign.status, reader)
    return list(_SOURCES[ask.part](ask, _asked(ask, known)))


def seen_records(part: str, organisation: Organisation, campaign: Campaign, reader: Organisation) -> list[Any]:
    """The records of the organisation of that part, as far as `reader` sees them."""
    return Records([organisation], campaign.status, reader).of(part, organisation)


def record_title(part: str, record: Any) -> str:
    """What a record is called."""
    match part:
        case Part.AGREEMENTS:
            return title_of(agreement_of(record))
        case Part.CAPACITIES:
            return str(record.name)
        case _:
            return f"{record.get_field_display()}: {record.function}"


def record_key(part: str, record: Any) -> str:
    """By which an ask and an answer name a record."""
    return str(record.code) if part == Part.AGREEMENTS else str(record.pk)


def _texts_of(organisation: Organisation, texts: Iterable[AgreementRow]) -> Iterator[AgreementRow]:
    """The texts to which the organisation is a party, or which it wrote down."""
    speaks = set(speaks_for(organisation))
    for row in texts:
        if row.owner_id == organisation.pk or speaks & set(row.data["parties"]):
            yield row


def _asked(ask: Ask, known: Records) -> Iterator[Any]:
    for record in known.of(ask.part, ask.organisation):
        if not ask.records or record_key(ask.part, record) in ask.records:
            yield record


def _agreement_items(ask: Ask, records: Iterable[Any]) -> Iterator[Item]:
    for row in records:
        text = agreement_of(row)
        for name in ask.fields:
            fact = field_fact(text, name, {})
            unknown = is_unknown_value(row.data.get(name))
            lines = () if unknown else tuple(fact.lines)
            yield Item(
                record=row.code,
                field=name,
                code=row.code,
                title=str(FIELDS[name]),
                detail=title_of(text),
                shown=(Shown(str(FIELDS[name]), lines),),
                values={name: row.data.get(name)},
                subject=row,
                is_unknown=unknown,
            )


def _capacity_items(ask: Ask, records: Iterable[Any]) -> Iterator[Item]:
    for record in records:
        values = capacity_values(record)
        yield Item(
            record=str(record.pk),
            field="",
            code=record.code,
            title=record.name,
            detail=record.base,
            shown=tuple(_shown(Capacity, Part.CAPACITIES, name, values[name]) for name in ask.fields),
            values={name: values[name] for name in ask.fields},
            subject=record,
        )


def capacity_values(record: Any) -> dict[str, Any]:
    """What stands of a capacity of `seen_capacities`, as JSON holds it: as many teams as the reader sees."""
    cost = record.cost_per_day_eur
    return {
        "name": record.name,
        "capabilities": [row.capability for row in record.capability_rows.all()],
        "quantity": record.seen_quantity,
        "mobilisation_minutes": record.mobilisation_minutes,
        "languages": list(record.languages),
        "cost_per_day_eur": None if cost is None else str(cost),
    }


def _contact_items(ask: Ask, records: Iterable[Any]) -> Iterator[Item]:
    for record in records:
        values = contact_values(record)
        shown = tuple(_contact_shown(name, record) for name in ask.fields)
        yield Item(
            record=str(record.pk),
            field="",
            code=record.field,
            title=str(capfirst(record.get_field_display())),
            detail="",
            shown=shown,
            values={value: values[value] for name in ask.fields for value in CONTACT_VALUES[name]},
            subject=record,
        )


def contact_values(record: ContactPoint) -> dict[str, Any]:
    """What stands of a contact point, as JSON holds it."""
    names = [value for values in CONTACT_VALUES.values() for value in values]
    found = {name: getattr(record, name) for name in names}
    times = {name: found[name] and found[name].strftime("%H:%M") for name in ("opens_at", "closes_at")}
    return found | times


def _contact_shown(name: str, record: ContactPoint) -> Shown:
    label = str(FIELD_LABELS[Part.CONTACTS][name])
    match name:
        case "function":
            own = record.function_language
            lines = [Line(record.function, own if own != reader_language() else "")]
        case "reach":
            lines = [Line(text) for text in (record.phone, record.second_channel, record.mail) if text]
        case "languages":
            lines = [Line(", ".join(language_name(code) for code in record.languages))] if record.languages else []
        case _:
            lines = [Line(text) for text in hours_words(record) if text]
    return Shown(label, tuple(lines))


def hours_words(record: ContactPoint) -> list[str]:
    """When someone answers, in words."""
    if record.always_open:
        return [_("Day and night"), record.hours]
    days = field_words(ContactPoint, "open_days", record.open_days)
    times = ""
    if record.opens_at and record.closes_at:
        times = f"{days} {record.opens_at:%H:%M}–{record.closes_at:%H:%M}"
    return [times, record.hours]


def _shown(model: type[models.Model], part: str, name: str, value: Any) -> Shown:
    label = str(FIELD_LABELS[part][name])
    if value in (None, "", []):
        return Shown(label, ())
    return Shown(label, (Line(value_words(model, name, value)),))


def value_words(model: type[models.Model], name: str, value: Any) -> str:
    """One value as people write it."""
    match name, value:
        case "languages", list():
            return ", ".join(language_name(code) for code in value)
        case "mobilisation_minutes", int():
            return wording.duration(value)
        case "cost_per_day_eur", str():
            return wording.euro(float(value), 2)
        case _:
            return changed_words(model, name, value, value)[0]


_SOURCES: Final[Mapping[str, Callable[[Ask, Iterable[Any]], Iterator[Item]]]] = {
    Part.AGREEMENTS: _agreement_items,
    Part.CAPACITIES: _capacity_items,
    Part.CONTACTS: _contact_items,
}

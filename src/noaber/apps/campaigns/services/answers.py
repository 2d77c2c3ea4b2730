"""Answers: right as it is, corrected, unknown, not ours, one that was missing.

What an answer changes is changed by the registry's own services, so its rules hold and its history says in which
campaign. Until the last day every answer can be given anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from noaber.apps.campaigns.enums import Part
from noaber.apps.campaigns.fillers import Filler
from noaber.apps.campaigns.items import CONTACT_VALUES, Item, items_of, record_key
from noaber.apps.campaigns.models import Answer, Ask
from noaber.apps.campaigns.services.common import announce_ask, check_text, lock_ask
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, keep_history
from noaber.apps.records.rows import lock_row
from noaber.apps.registry.enums import ContactCheck
from noaber.apps.registry.models import ContactPoint
from noaber.apps.registry.queries import inventory
from noaber.apps.registry.services import change_capacity, save_contact, verify_contact
from noaber.apps.registry.services.field_checks import record_reading
from noaber.core.agreements import Confidence
from noaber.core.agreements.reading import Reading
from noaber.core.campaigns import Finding
from noaber.core.problems import InvalidInput, NotFound, Problem
from noaber.web.clock import now


@dataclass(frozen=True)
class Told:
    """What an answer says besides its finding."""

    named: Sequence[str] = ()
    who: str = ""
    note: str = ""
    once: str = ""


def find_item(filler: Filler, record: str, field: str) -> Item:
    """The thing that is asked, or `NotFound`: nothing else can be answered, whatever a form sends."""
    for item in items_of(filler.ask, filler.reader):
        if (item.record, item.field) == (record, field):
            return item
    raise NotFound


def confirm(filler: Filler, item: Item, seen: str = "") -> Answer:
    """It is right as it stands. A contact point is verified with it, a field of a text checked.

    Parameters
    ----------
    seen
        The digest of what they were shown of it, where they were.

    Raises
    ------
    InvalidInput
        Where something else stands there by now.
    """
    at = now()
    filler.check_open(at)
    with transaction.atomic():
        lock_row(type(item.subject)._base_manager.all(), item.subject.pk)
        if seen and seen != find_item(filler, item.record, item.field).digest:
            raise InvalidInput([Problem("registry.field-overtaken")])
        match filler.ask.part:
            case Part.CONTACTS:
                verify_contact(
                    filler.author, item.subject, on=filler.today(at), check=ContactCheck.NOT_RUNG.value, now=at
                )
            case Part.AGREEMENTS:
                _read(filler, item, Reading(item.field, Confidence.SOURCED, _source(filler)))
            case _:
                keep_history(filler.author, item.subject, ChangeAction.VERIFIED)
        return record_answer(filler, item, Finding.CONFIRMED, Told())


def correct(filler: Filler, item: Item, values: Mapping[str, Any], told: Told) -> Answer:
    """Something else is right; `values` are what the registry's service of that kind takes.

    For a field of a text `values` holds `value`, `source` and `confidence`.

    Raises
    ------
    InvalidInput
        Where nothing changes, or the values do not fit together.
    NotAllowed
        Where the registry refuses it, or no answers are taken.
    """
    at = now()
    filler.check_open(at)
    with transaction.atomic():
        named = _write(filler, item, values)
        if not named:
            raise InvalidInput([Problem("campaign.nothing-changed", "")])
        fresh = find_item(filler, item.record, item.field)
        return record_answer(filler, fresh, Finding.CORRECTED, replace(told, named=named))


def _write(filler: Filler, item: Item, values: Mapping[str, Any]) -> list[str]:
    """Change the record; answers with the asked fields that are another now."""
    at = now()
    match filler.ask.part:
        case Part.CAPACITIES:
            change_capacity(filler.author, item.subject, values, now=at)
        case Part.CONTACTS:
            contact: ContactPoint = item.subject
            groups = list(contact.groups.values_list("code", flat=True))
            save_contact(
                filler.author, contact, values, owner=contact.owner, status=contact.status, groups=groups, now=at
            )
        case _:
            source = values["source"] or _source(filler)
            _read(filler, item, Reading(item.field, values["confidence"], source, values["value"]))
    fresh = find_item(filler, item.record, item.field)
    changed = [name for name, value in fresh.values.items() if item.values.get(name) != value]
    return _asked_fields(filler.ask, changed)


def _asked_fields(ask: Ask, changed: Sequence[str]) -> list[str]:
    """The fields of the ask to which values belong."""
    if ask.part != Part.CONTACTS:
        return list(changed)
    return [name for name in ask.fields if set(CONTACT_VALUES[name]) & set(changed)]


def _read(filler: Filler, item: Item, reading: Reading) -> None:
    at = now()
    record_reading(filler.author, item.subject, reading, inventory(filler.reader), on=filler.today(at), note="", now=at)


def _source(filler: Filler) -> str:
    """Where nothing better is named: who said it, in which campaign."""
    return f"{filler.author.by.partition(': ')[2] or filler.author.by}, {filler.ask.campaign.title}"


def say_unknown(filler: Filler, item: Item, told: Told) -> Answer:
    """They do not know, and say who would; the record stays as it is."""
    filler.check_open(now())
    with transaction.atomic():
        return record_answer(filler, item, Finding.UNKNOWN, told)


def say_not_ours(filler: Filler, item: Item, told: Told) -> Answer:
    """It does not belong to those who are asked; the record stays as it is."""
    filler.check_open(now())
    with transaction.atomic():
        return record_answer(filler, item, Finding.NOT_OURS, told)


def record_answer(filler: Filler, item: Item, finding: Finding, told: Told) -> Answer:
    """Keep what was found; a second answer about the same thing replaces the first."""
    given = {
        "finding": finding.value,
        "named": [name for name in told.named if name in filler.ask.fields],
        "who_could_know": check_text(told.who, "who"),
        "note": check_text(told.note, "note"),
        "at": now(),
        "by": filler.author.by,
        "person": filler.person,
        "invitation": filler.invitation,
        "once": told.once,
    }
    before = filler.ask.answers.filter(record=item.record, field=item.field).first()
    answer, _created = Answer.objects.update_or_create(
        ask=filler.ask, record=item.record, field=item.field, defaults=given
    )
    was = before.finding if before else None
    keep_history(
        _plain(filler.author),
        answer,
        ChangeAction.CHANGED if before else ChangeAction.ADDED,
        {"finding": (was, finding.value)},
    )
    announce_ask(filler.ask)
    return answer


def _plain(author: Author) -> Author:
    """The history of an answer need not say in which campaign."""
    return replace(author, occasion="")


def note_addition(filler: Filler, record: Any, once: str) -> None:
    """Keep that a record was missing and is there now; it is asked from now on, with all fields answered."""
    ask = lock_ask(filler.ask)
    key = record_key(ask.part, record)
    if ask.records and key not in ask.records:
        ask.records = [*ask.records, key]
        ask.save(update_fields=["records"])
    found = [item for item in items_of(ask, filler.reader) if item.record == key]
    for number, item in enumerate(found):
        record_answer(filler, item, Finding.ADDED, Told(once=once if number == 0 else ""))

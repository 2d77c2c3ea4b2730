"""The history of a record in words: names of fields as the forms call them, values as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from noaber.apps.accounts.functions import read_function
from noaber.apps.accounts.models import Organisation
from noaber.apps.records.models import Change
from noaber.apps.registry.coded import capability_name, theme_name
from noaber.apps.registry.models import Capacity
from noaber.apps.registry.presenters.capacity_changes import capacity_changed
from noaber.apps.registry.presenters.legal_words import FIELDS
from noaber.web import wording
from noaber.web.parts import LANGUAGE_NAMES

LONGEST = 120
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True)
class ChangeView:
    """One change: `lines` are name, before and after."""

    at: datetime
    action: str
    by: str
    organisation: str
    reason: str
    lines: list[tuple[str, str, str]]


def present_history(
    changes: Iterable[Change],
    model: type[models.Model],
    words: Mapping[str, str | Promise] | None = None,
    *,
    parts: Sequence[type[models.Model]] = (),
) -> list[ChangeView]:
    """The changes of a record of `model`; `words` names what is kept in its history and is no field of it.

    `parts` are the models of rows that belong to it, where its history tells their fields too.
    """
    named = words or {}
    return [
        ChangeView(
            at=change.at,
            action=str(change.get_action_display()),
            by=read_function(change.by),
            organisation=change.organisation.code if change.organisation else "",
            reason=change.reason,
            lines=[
                (str(named.get(name) or field_label(holder, name)), *changed_words(holder, name, before, after))
                for name, (before, after) in change.fields.items()
                for holder in [_holder((model, *parts), name)]
            ],
        )
        for change in changes
    ]


def _holder(candidates: Sequence[type[models.Model]], name: str) -> type[models.Model]:
    """The first that has the field; where none has, the record's own."""
    holders = (model for model in candidates if name in {field.name for field in model._meta.get_fields()})
    return next(holders, candidates[0])


def field_label(model: type[models.Model], name: str) -> str:
    if name == "capabilities":
        return _("Capabilities")
    try:
        field = model._meta.get_field(name.removesuffix("_id"))
    except FieldDoesNotExist:
        return str(FIELDS.get(name) or capability_name(name))
    if field.auto_created and field.related_model is not None:  # one of the rows that lead to the record
        return str(capfirst(field.related_model._meta.verbose_name))
    return str(capfirst(getattr(field, "verbose_name", name)))


def changed_words(model: type[models.Model], name: str, before: Any, after: Any) -> tuple[str, str]:
    """What stood in a field and what stands there, in words."""
    if model is Capacity and (found := capacity_changed(name, before, after)):
        return found
    return field_words(model, name, before), field_words(model, name, after)


def field_words(model: type[models.Model], name: str, value: Any) -> str:
    """A stored value of a field: the words of a choice, days of the week by name."""
    if name == "open_days" and value:
        return ", ".join(str(WEEKDAYS_ABBR[day - 1]) for day in value)
    if name == "organisation_id" and value:
        return Organisation.objects.filter(pk=value).values_list("code", flat=True).first() or str(value)
    if name == "themes":
        return value_words([theme_name(code) for code in value])
    try:
        choices = dict(getattr(model._meta.get_field(name), "flatchoices", ()))
    except FieldDoesNotExist:
        choices = {}
    return str(choices[value]) if isinstance(value, str) and value in choices else value_words(value)


def value_words(value: Any) -> str:
    """A stored JSON value for a reader; what is empty is a dash."""
    match value:
        case None | "" | []:
            return "–"
        case bool():
            return _("yes") if value else _("no")
        case list():
            return ", ".join(value_words(item) for item in value)
        case dict():
            held = {key: item for key, item in value.items() if item not in (None, "")}
            return ", ".join(f"{_named(key)} {value_words(item)}" for key, item in held.items()) or "–"
        case str():
            return _moment(value) or _day(value) or (value if len(value) <= LONGEST else value[: LONGEST - 1] + "…")
        case _:
            return str(value)


def _named(key: str) -> str:
    """The key of a value that has several, such as a name by language."""
    return wording.label(str(LANGUAGE_NAMES.get(key, key)))


def _moment(text: str) -> str:
    """A stored instant in local time; nothing for another text."""
    if "T" not in text:
        return ""
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return wording.moment_in_full(value) if timezone.is_aware(value) else ""


def _day(text: str) -> str:
    """A stored day; nothing for another text."""
    if _ISO_DAY.fullmatch(text) is None:
        return ""
    try:
        return wording.day(date.fromisoformat(text))
    except ValueError:
        return ""

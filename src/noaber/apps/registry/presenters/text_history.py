"""The history of a text: what a field said before and after, in the words of the field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from noaber.apps.records.models import Change
from noaber.apps.registry.models import AgreementRow
from noaber.apps.registry.presenters.fields import field_fact
from noaber.apps.registry.presenters.history import ChangeView, present_history, value_words
from noaber.apps.registry.presenters.legal_words import FIELDS
from noaber.core.agreements.decode import decode_agreement
from noaber.core.agreements.reading import CHECKED_FIELDS
from noaber.core.problems import InvalidInput


def present_text_history(changes: Sequence[Change], row: AgreementRow) -> list[ChangeView]:
    """The changes of a text, the newest first."""
    views = present_history(changes, AgreementRow)
    return [_in_words(view, change, row) for view, change in zip(views, changes, strict=True)]


def _in_words(view: ChangeView, change: Change, row: AgreementRow) -> ChangeView:
    lines = [
        (str(FIELDS[name]), _words(name, before, row), _words(name, after, row)) if name in CHECKED_FIELDS else line
        for line, (name, (before, after)) in zip(view.lines, change.fields.items(), strict=True)
    ]
    return replace(view, lines=lines)


def _words(name: str, value: Any, row: AgreementRow) -> str:
    if value in (None, [], {}):
        return "–"
    try:
        fact = field_fact(decode_agreement({**row.data, name: value}), name, {})
    except InvalidInput:
        return value_words(value)
    return _("unknown") if fact.is_unknown else "; ".join(line.text for line in fact.lines)

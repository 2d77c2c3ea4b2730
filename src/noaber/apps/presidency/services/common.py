"""What both services need: history and who is told."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, Changed, append_changes
from noaber.web.clock import now


def append(
    acting: Acting,
    record: models.Model,
    action: ChangeAction,
    changed: dict[str, tuple[Any, Any]] | None = None,
    reason: str = "",
) -> None:
    """Add to the history of a record."""
    told = [Changed(record.pk, action, changed or {})]
    append_changes(Author.of(acting), type(record), told, at=now(), reason=reason)


def change(
    acting: Acting,
    record: models.Model,
    after: dict[str, Any],
    action: ChangeAction = ChangeAction.CHANGED,
    reason: str = "",
) -> None:
    """Write new values, and what stood there before into the history."""
    changed = {
        name: (_stored(getattr(record, name)), _stored(value))
        for name, value in after.items()
        if getattr(record, name) != value
    }
    for name, value in after.items():
        setattr(record, name, value)
    record.save()
    append(acting, record, action, changed, reason)


def _stored(value: Any) -> Any:
    """A value as the history keeps it."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Organisation):
        return value.code
    if isinstance(value, dict):
        return "; ".join(value.values())
    return value

"""What was done to a record, for those who may know."""

from __future__ import annotations

from django.db import models

from noaber.apps.registry.history import Change

NEWEST = 100


def history_of(record: models.Model) -> list[Change]:
    """The changes of a record, the newest first."""
    changes = Change.objects.filter(subject=record._meta.model_name, subject_id=record.pk)
    return list(changes.select_related("organisation")[:NEWEST])

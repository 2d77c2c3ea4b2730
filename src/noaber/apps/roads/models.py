"""Roads that are closed for a while."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import Status
from noaber.apps.accounts.models import Person
from noaber.apps.accounts.sharing import SharedQuerySet, SharedRecord


class Closure(SharedRecord):
    """A point, line or area where nobody drives: since when, until when, why.

    It is never deleted: who opens its roads again says so with `opened_at`, and what was routed before can still be
    understood.
    """

    status = models.CharField(_("status"), max_length=8, choices=Status.choices)
    reason = models.CharField(max_length=200)
    language = models.CharField(max_length=2)
    geometry = models.JSONField()
    """A GeoJSON geometry, WGS 84, longitude first."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the geometry: what it closes is looked up once for each."""
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, blank=True)

    objects: ClassVar[SharedQuerySet[Closure]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-begins_at", "-pk")
        indexes = (models.Index(fields=("status", "begins_at"), name="closure_by_status"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=models.F("begins_at")),
                name="closure_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.reason

    def holds_at(self, moment: datetime) -> bool:
        """Whether its roads are closed at `moment`."""
        ends = min((at for at in (self.ends_at, self.opened_at) if at is not None), default=None)
        return self.begins_at <= moment and (ends is None or moment < ends)

    def is_over_at(self, moment: datetime) -> bool:
        """Whether it holds no longer, and never will."""
        return any(at is not None and at <= moment for at in (self.ends_at, self.opened_at))


def digest_of(geometry: Mapping[str, Any]) -> str:
    """Names a geometry by its content."""
    return hashlib.sha256(json.dumps(geometry, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

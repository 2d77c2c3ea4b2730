"""A mapping report: everything that it says, as one organisation saw it at one moment, kept as codes and figures.

What it says in words is made from that when it is read, in the language of whoever reads it.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from noaber.apps.accounts.enums import Status
from noaber.apps.accounts.models import Person
from noaber.apps.accounts.sharing import SharedQuerySet, SharedRecord
from noaber.apps.reports.enums import ReportState


class Report(SharedRecord):
    """One report. Its content never changes once it is made."""

    status = models.CharField(_("status"), max_length=8, choices=Status.choices)
    state = models.CharField(_("state"), max_length=8, choices=ReportState.choices, default=ReportState.MAKING)
    asked = models.JSONField(_("asked"))
    made_at = models.DateTimeField(pgettext_lazy("a report", "made on"))
    made_by = models.CharField(_("made by"), max_length=200)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    content: models.JSONField[Any, Any] = models.JSONField(_("content"), null=True, blank=True)
    digest = models.CharField(_("digest"), max_length=64, blank=True)

    objects: ClassVar[SharedQuerySet[Report]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("mapping report")
        verbose_name_plural = _("mapping reports")
        ordering = ("-made_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=Status.values), name="report_status"),
            models.CheckConstraint(
                condition=Q(state=ReportState.MADE, content__isnull=False)
                | (~Q(state=ReportState.MADE) & Q(content__isnull=True)),
                name="report_made_has_content",
            ),
        )

    def __str__(self) -> str:
        return f"report of {self.owner} at {self.made_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("report", args=[self.pk])

    @property
    def is_made(self) -> bool:
        return self.state == ReportState.MADE

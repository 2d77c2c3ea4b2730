"""An unknown of a text that someone was asked to find out.

An unknown that nobody was asked about needs no row: it is open because the text says so. The row is seen by whoever
sees the text.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.models import AgreementRow, FieldCheck


class QuestionState(TextChoices):
    """How far an unknown is. Only the last three are kept; open is what nobody was asked about."""

    OPEN = "open", _("open")
    ASSIGNED = "assigned", _("assigned")
    ANSWERED = "answered", _("answered")
    NOT_FOUND = "not-found", _("cannot be found")


class FieldQuestion(models.Model):
    """One field of one text, asked of a function of an organisation, by a day."""

    agreement = models.ForeignKey(AgreementRow, models.CASCADE, related_name="questions")
    field = models.CharField(_("field"), max_length=24)
    state = models.CharField(_("state"), max_length=10, choices=QuestionState.choices, default=QuestionState.ASSIGNED)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation that is asked")
    )
    function = models.CharField(_("function or person"), max_length=160, blank=True)
    due_on = models.DateField(_("wanted by"))
    note = models.TextField(_("note"), blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    asker = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    check_of = models.ForeignKey(FieldCheck, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager[FieldQuestion]]

    class Meta:
        verbose_name = _("open question")
        verbose_name_plural = _("open questions")
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=("agreement", "field"), name="one_question_per_field"),
            models.CheckConstraint(
                condition=Q(state=QuestionState.ASSIGNED, closed_at__isnull=True)
                | Q(
                    state__in=(QuestionState.ANSWERED, QuestionState.NOT_FOUND),
                    closed_at__isnull=False,
                ),
                name="question_closed_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=QuestionState.NOT_FOUND) | ~Q(reason=""), name="question_not_found_says_why"
            ),
        )
        indexes = (models.Index(fields=("organisation", "state", "due_on"), name="question_of_organisation"),)

    def __str__(self) -> str:
        return f"{self.agreement} {self.field}"

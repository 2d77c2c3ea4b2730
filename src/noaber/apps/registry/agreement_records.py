"""What is kept beside a text of the inventory: who checked which field of it when, and the text itself or where it is.

Both are seen by whoever sees the text: they have no label of their own, and are always read through it.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import LANGUAGES, Organisation, Person
from noaber.core.agreements import Confidence

MAX_DOCUMENT_BYTES: Final = 10 * 1024 * 1024


class FieldCheck(models.Model):
    """Someone read one field in the text, on a day, with a source. Only ever added.

    `said` is what they found where that was not what stood here; empty where it stands as it is written.
    """

    agreement = models.ForeignKey("registry.AgreementRow", models.CASCADE, related_name="field_checks")
    field = models.CharField(_("field"), max_length=24)
    on = models.DateField(_("checked on"))
    by = models.CharField(_("checked by"), max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    confidence = models.CharField(
        _("how sure"), max_length=20, choices=[(confidence.value, confidence.value) for confidence in Confidence]
    )
    source = models.CharField(_("source"), max_length=300)
    note = models.TextField(_("note"), blank=True)
    said = models.JSONField(_("what it says"), null=True, blank=True)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[FieldCheck]]

    class Meta:
        ordering = ("-on", "-pk")
        constraints = (models.CheckConstraint(condition=~Q(source="") & ~Q(by=""), name="field_check_is_sourced"),)
        indexes = (models.Index(fields=("agreement", "field", "-on"), name="field_check_of_field"),)

    def __str__(self) -> str:
        return f"{self.agreement} {self.field} on {self.on}"


class AgreementDocument(models.Model):
    """The text itself as a file, or where it is published."""

    agreement = models.ForeignKey("registry.AgreementRow", models.CASCADE, related_name="documents")
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, blank=True)
    reference = models.CharField(_("published in"), max_length=200, blank=True)
    address = models.URLField(_("address"), max_length=500, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    content = models.BinaryField(null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[AgreementDocument]]

    class Meta:
        ordering = ("language", "title", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(reference="") | ~Q(address="") | ~Q(file_name=""), name="document_can_be_found"
            ),
            models.CheckConstraint(
                condition=Q(file_name="", content__isnull=True, size=0)
                | (~Q(file_name="") & Q(content__isnull=False, size__gt=0, size__lte=MAX_DOCUMENT_BYTES)),
                name="document_file_has_content",
            ),
        )

    def __str__(self) -> str:
        return self.title

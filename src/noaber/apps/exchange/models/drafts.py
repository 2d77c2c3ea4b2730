"""Requests that are being written: the one kind of row here that no message has made yet."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import Status, TlpLabel
from noaber.apps.accounts.models import LANGUAGES, Organisation, Person
from noaber.apps.exchange.draft_lines import as_text
from noaber.apps.exchange.models.journal import ID_LENGTH
from noaber.core.messages.model import Channel, FreeText
from noaber.core.problems import NotFound


class DraftState(models.TextChoices):
    DRAFT = "DRAFT", _("draft")
    AUTHORISED = "AUTHORISED", _("signed off")
    SENT = "SENT", _("sent")
    DISCARDED = "DISCARDED", _("discarded")


class DraftQuerySet(models.QuerySet["RequestDraft"]):
    def get_own(self, organisation: Organisation, pk: int) -> RequestDraft:
        """A draft of `organisation`, or `NotFound`: nobody else sees it."""
        found = self.filter(owner=organisation, pk=pk).select_related("owner", "supplier", "created_by").first()
        if found is None:
            raise NotFound
        return found


class RequestDraft(models.Model):
    """A request to one supplier before it is sent. Only its owner sees it.

    `lines` holds `DraftLine`s (`drafts.py`). What was shown of costs before sending is kept in `cost_rule`.
    """

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("asks"))
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("is asked"))
    status = models.CharField(_("status"), max_length=8, choices=Status.choices)
    tlp = models.CharField("TLP", max_length=12, choices=TlpLabel.choices, default=TlpLabel.AMBER)
    case_id = models.CharField(_("case"), max_length=ID_LENGTH)
    incident_text = models.CharField(_("incident"), max_length=300)
    incident_language = models.CharField(max_length=2, choices=LANGUAGES, blank=True)
    """Of `incident_text`, where it was written in another language than the rest."""

    hazard = models.CharField(_("hazard"), max_length=40, blank=True)
    agreement = models.CharField(_("text"), max_length=60, blank=True)
    cost_rule = models.CharField(_("who pays"), max_length=20)
    lines = models.JSONField(default=list)
    reception_point = models.CharField(_("reception point"), max_length=200, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    territory = models.CharField(max_length=5, blank=True)
    note = models.TextField(_("note"), blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    contact = models.CharField(_("whom to speak to"), max_length=160)
    contact_phone = models.CharField(_("phone"), max_length=40, blank=True)
    answer_within_minutes = models.PositiveIntegerField(_("answer within, minutes"), default=20)
    replaces = models.CharField(max_length=ID_LENGTH, blank=True)
    """The request that this one replaces when it is sent."""

    state = models.CharField(_("state"), max_length=10, choices=DraftState.choices, default=DraftState.DRAFT)
    needs_sign_off = models.BooleanField(default=True)
    signed_by = models.CharField(_("signed off by"), max_length=160, blank=True)
    signed_at = models.DateTimeField(_("signed off at"), null=True, blank=True)
    signed_channel = models.CharField(
        max_length=10, blank=True, choices=[(channel.value, channel.value) for channel in Channel]
    )
    sign_off_recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    message_id = models.CharField(max_length=ID_LENGTH, blank=True)
    """The message that it became."""

    objects: ClassVar[DraftQuerySet] = DraftQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by="") | (Q(signed_at__isnull=False) & ~Q(signed_by="")),
                name="draft_signed_by_someone_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(owner=models.F("supplier")), name="draft_asks_another"),
            models.CheckConstraint(
                condition=Q(state=DraftState.SENT) ^ Q(message_id=""), name="draft_sent_has_its_message"
            ),
        )
        indexes = (models.Index(fields=("owner", "status", "state"), name="drafts_of_an_owner"),)

    def __str__(self) -> str:
        return f"{self.owner} → {self.supplier}"

    def get_absolute_url(self) -> str:
        return reverse("draft", args=[self.pk])

    @property
    def incident(self) -> FreeText | None:
        """What has happened, where, in its writer's words."""
        return as_text(self.incident_text, self.incident_language or self.language)

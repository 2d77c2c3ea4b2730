"""Presidencies, and the dossier by which one is handed over to the next: notes, frozen versions, signatures.

They have no status: like plans and actions, what the cooperation agrees is never exercised.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.functions import read_function
from noaber.apps.accounts.models import LANGUAGES, Organisation, Person, in_reader_language
from noaber.apps.accounts.sharing import SharedQuerySet, SharedRecord
from noaber.apps.presidency.enums import SECTION_TITLES, Basis, DossierState
from noaber.core.messages.model import FreeText
from noaber.core.presidency.dossier import Section
from noaber.web.reader import reader_language

LONGEST_NOTE: Final = 4000


class Presidency(SharedRecord):
    """Who holds the presidency of the cooperation of the crisis centres, from when until when."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("held by"))
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    basis = models.CharField(_("known"), max_length=8, choices=Basis.choices, default=Basis.SOURCE)
    priorities = models.JSONField(_("priorities"), default=dict, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    illustrative = models.BooleanField(_("illustrative"), default=False)

    objects: ClassVar[SharedQuerySet[Presidency]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("presidency")
        verbose_name_plural = _("presidencies")
        ordering = ("first_on",)
        constraints = (
            models.UniqueConstraint(fields=("first_on",), name="one_presidency_at_a_time"),
            models.CheckConstraint(condition=Q(last_on__gt=F("first_on")), name="presidency_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="presidency_basis"),
        )

    def __str__(self) -> str:
        return f"{self.organisation.code} {self.first_on.year}"

    def get_absolute_url(self) -> str:
        return reverse("presidency", args=[self.pk])

    @property
    def title(self) -> str:
        """Presidency of BE-NCCN, 2024."""
        return gettext("Presidency of %(organisation)s, %(year)s") % {
            "organisation": self.organisation.code,
            "year": str(self.first_on.year),
        }

    @property
    def priority_words(self) -> FreeText:
        """In the reader's language, else in the first one that there is."""
        wanted = reader_language()
        language = wanted if self.priorities.get(wanted) else next(iter(self.priorities), "")
        return FreeText(in_reader_language({language: self.priorities.get(language, "")}), language)


class HandoverDossier(SharedRecord):
    """What one presidency hands over to the next. The giver owns it; the receiver is addressed."""

    giver = models.OneToOneField(Presidency, models.PROTECT, related_name="handed_over_by", verbose_name=_("giver"))
    receiver = models.OneToOneField(Presidency, models.PROTECT, related_name="received_by", verbose_name=_("receiver"))
    on = models.DateField(_("as of"))
    state = models.CharField(_("state"), max_length=12, choices=DossierState.choices, default=DossierState.DRAFT)
    illustrative = models.BooleanField(_("illustrative"), default=False)

    objects: ClassVar[SharedQuerySet[HandoverDossier]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("handover dossier")
        verbose_name_plural = _("handover dossiers")
        ordering = ("-on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=DossierState.values), name="dossier_state"),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="dossier_between_two"),
        )

    def __str__(self) -> str:
        return f"{self.giver} → {self.receiver}"

    def get_absolute_url(self) -> str:
        return reverse("handover", args=[self.pk])

    @property
    def title(self) -> str:
        """Handover from BE-NCCN 2024 to LU-HCPN 2025."""
        return gettext("Handover from %(giver)s to %(receiver)s") % {
            "giver": str(self.giver),
            "receiver": str(self.receiver),
        }

    @property
    def is_draft(self) -> bool:
        return self.state == DossierState.DRAFT


class DossierNote(models.Model):
    """What the giver adds to a section."""

    dossier = models.ForeignKey(HandoverDossier, models.CASCADE, related_name="notes")
    section = models.CharField(max_length=16, choices=[(one.value, title) for one, title in SECTION_TITLES.items()])
    text = models.TextField(_("note"))
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("dossier", "section"), name="one_note_per_section"),
            models.CheckConstraint(condition=~Q(text=""), name="dossier_note_says_something"),
            models.CheckConstraint(condition=Q(section__in=[one.value for one in Section]), name="dossier_section"),
        )

    def __str__(self) -> str:
        return f"{self.dossier}: {self.section}"


class DossierVersion(models.Model):
    """The dossier as it was laid before both directors: `content` holds its lines and notes, never changed."""

    dossier = models.ForeignKey(HandoverDossier, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    content: models.JSONField[Any, Any] = models.JSONField()
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (models.UniqueConstraint(fields=("dossier", "number"), name="dossier_version_number"),)

    def __str__(self) -> str:
        return f"{self.dossier}, {self.number}"


class DossierSignature(models.Model):
    """A director's signature under one version."""

    version = models.ForeignKey(DossierVersion, models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("at",)
        constraints = (
            models.UniqueConstraint(fields=("version", "organisation"), name="one_signature_per_organisation"),
        )

    def __str__(self) -> str:
        return f"{self.organisation} under {self.version}"

    @property
    def author(self) -> str:
        """Who signed, in the reader's language."""
        return read_function(self.by)

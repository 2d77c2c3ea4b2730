"""Dossiers of major events and what belongs to them: places, partners, risks, liaison shifts, what to do if.

Reserved teams are rows of the registry, tasks are actions: both lead back here by a link.
"""

from __future__ import annotations

import datetime
from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import Status
from noaber.apps.accounts.models import LANGUAGES, Organisation
from noaber.apps.accounts.sharing import SharedQuerySet, SharedRecord
from noaber.apps.events.enums import EventKind, EventState, Impact, Likelihood, state_at
from noaber.apps.registry.models import AgreementRow
from noaber.core.messages.model import FreeText
from noaber.web.reader import reader_language

LONGEST_TITLE: Final = 200
LONGEST_CODE: Final = 30
MOST_PUBLIC: Final = 100_000_000


class EventDossier(SharedRecord):
    """A major event. Lead and partners are addressed: they always see it.

    `titles` holds the title by language, at least one; a reader without theirs gets the first there is.
    """

    status = models.CharField(_("status"), max_length=8, choices=Status.choices)
    code = models.CharField(_("code"), max_length=LONGEST_CODE)
    titles = models.JSONField(_("title"), default=dict)
    kind = models.CharField(_("kind"), max_length=16, choices=EventKind.choices, default=EventKind.OTHER)
    begins_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("lead"))
    expected_public = models.PositiveIntegerField(_("expected public"), null=True, blank=True)
    summary = models.TextField(_("what it is"), blank=True)
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closing_note = models.TextField(_("closing note"), blank=True)
    closing_language = models.CharField(max_length=2, choices=LANGUAGES, blank=True)
    illustrative = models.BooleanField(_("illustrative"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects: ClassVar[SharedQuerySet[EventDossier]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("begins_at", "code")
        constraints = (
            models.UniqueConstraint(fields=("owner", "status", "code"), name="one_event_per_code"),
            models.CheckConstraint(condition=~Q(code=""), name="event_has_a_code"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="event_status"),
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_kind"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="event_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(closing_note=""), name="event_closed_with_a_note"
            ),
        )
        indexes = (models.Index(fields=("status", "begins_at"), name="event_by_time"),)

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.pk])

    @property
    def title(self) -> str:
        """In the reader's language, else in the first one that there is."""
        return self.words.text

    @property
    def words(self) -> FreeText:
        wanted = reader_language()
        language = wanted if self.titles.get(wanted) else next(iter(self.titles), "")
        return FreeText(self.titles.get(language, self.code), language)

    @property
    def about(self) -> FreeText:
        return FreeText(self.summary, self.language)

    @property
    def ending(self) -> FreeText:
        return FreeText(self.closing_note, self.closing_language)

    @property
    def last_at(self) -> datetime.datetime:
        """Its last moment: one that ends at midnight does not run on the day that begins then."""
        return self.ends_at - datetime.timedelta(microseconds=1)

    @property
    def is_called_off(self) -> bool:
        return self.closed_at is not None and self.closed_at < self.ends_at

    def state_at(self, moment: datetime.datetime) -> EventState:
        return state_at(moment, begins_at=self.begins_at, ends_at=self.ends_at, closed_at=self.closed_at)


class EventPlace(models.Model):
    """Where a part of the event is, and when."""

    event = models.ForeignKey(EventDossier, models.CASCADE, related_name="places")
    name = models.CharField(_("place"), max_length=120)
    territory = models.CharField(_("territory"), max_length=5, help_text="NUTS 2021")
    lon = models.FloatField(_("longitude"))
    lat = models.FloatField(_("latitude"))
    begins_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    expected_public = models.PositiveIntegerField(_("expected public"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES, blank=True)

    class Meta:
        verbose_name = _("place")
        ordering = ("begins_at", "name", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90), name="event_place_lies_on_earth"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def last_at(self) -> datetime.datetime | None:
        """The last moment, as that of the event; None where it is unknown."""
        return self.ends_at - datetime.timedelta(microseconds=1) if self.ends_at else None

    @property
    def words(self) -> FreeText:
        return FreeText(self.note, self.language)


class EventPartner(models.Model):
    """Who takes part beside the lead, as what."""

    event = models.ForeignKey(EventDossier, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    role = models.CharField(_("role"), max_length=200)
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)

    class Meta:
        verbose_name = _("partner")
        ordering = ("organisation__code",)
        constraints = (models.UniqueConstraint(fields=("event", "organisation"), name="one_role_per_partner"),)

    def __str__(self) -> str:
        return f"{self.organisation.code}: {self.role}"

    @property
    def words(self) -> FreeText:
        return FreeText(self.role, self.language)


class RiskNote(SharedRecord):
    """What someone fears for the event. Its label is at least as strict as the dossier's.

    With the dossier's own label it reaches lead and partners too; with a stricter one, only the groups.
    """

    event = models.ForeignKey(EventDossier, models.CASCADE, related_name="risks")
    hazard = models.CharField(_("hazard"), max_length=40)
    likelihood = models.CharField(_("likelihood"), max_length=10, choices=Likelihood.choices)
    impact = models.CharField(_("impact"), max_length=10, choices=Impact.choices)
    text = models.TextField(_("what may happen"))
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    illustrative = models.BooleanField(_("illustrative"), default=False)

    objects: ClassVar[SharedQuerySet[RiskNote]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("risk note")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(likelihood__in=Likelihood.values), name="risk_likelihood"),
            models.CheckConstraint(condition=Q(impact__in=Impact.values), name="risk_impact"),
        )

    def __str__(self) -> str:
        return f"{self.event}: {self.hazard}"

    @property
    def words(self) -> FreeText:
        return FreeText(self.text, self.language)


class LiaisonShift(models.Model):
    """Who sits where as liaison officer, by function, from when until when."""

    event = models.ForeignKey(EventDossier, models.CASCADE, related_name="shifts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    function = models.CharField(_("function"), max_length=160)
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    place = models.CharField(_("where"), max_length=120, blank=True)
    begins_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    handover = models.TextField(_("handover"), blank=True)
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES, blank=True)

    class Meta:
        verbose_name = _("shift")
        ordering = ("begins_at", "organisation__code", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="shift_ends_after_it_begins"),
        )

    def __str__(self) -> str:
        return f"{self.organisation.code}, {self.function}"

    @property
    def words(self) -> FreeText:
        return FreeText(self.handover, self.language)


class WhatIf(models.Model):
    """If this happens, then this: who calls whom, with which capacities, under which text."""

    event = models.ForeignKey(EventDossier, models.CASCADE, related_name="what_ifs")
    position = models.PositiveSmallIntegerField(default=0)
    condition = models.CharField(_("if"), max_length=LONGEST_TITLE)
    measures = models.TextField(_("then"))
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    caller = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who calls")
    )
    called = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who is called")
    )
    capabilities = models.JSONField(_("with what"), default=list, blank=True)
    agreement = models.ForeignKey(
        AgreementRow, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("under which text")
    )

    class Meta:
        verbose_name = _("what to do if")
        ordering = ("position", "pk")
        constraints = (models.CheckConstraint(condition=~Q(condition="") & ~Q(measures=""), name="what_if_says_both"),)

    def __str__(self) -> str:
        return self.condition

    @property
    def words(self) -> FreeText:
        return FreeText(self.condition, self.language)

    @property
    def answer(self) -> FreeText:
        return FreeText(self.measures, self.language)

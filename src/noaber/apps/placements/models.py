"""Exchange programmes, their calls, host places, applications, rankings, matchings and placements.

They have no status: like actions, what the cooperation arranges is never exercised. Of a person who applies, initials,
function and languages are kept, and no longer than the day that the application names.
"""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.functions import read_function
from noaber.apps.accounts.models import LANGUAGES, Organisation
from noaber.apps.accounts.sharing import SharedQuerySet, SharedRecord
from noaber.apps.placements.enums import CallState, PlacementState, StaffFunction
from noaber.apps.placements.words import days_in_words
from noaber.core.messages.model import FreeText
from noaber.core.placements.market import Level, Period

LONGEST_TITLE: Final = 160


class ExchangeProgramme(SharedRecord):
    """Under what staff is exchanged. Its owner runs the calls; who sees it sees its calls and host places."""

    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    purpose = models.TextField(_("purpose"), blank=True)
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    illustrative = models.BooleanField(_("illustrative"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects: ClassVar[SharedQuerySet[ExchangeProgramme]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("exchange programme")
        verbose_name_plural = _("exchange programmes")
        ordering = ("title", "pk")
        constraints = (models.CheckConstraint(condition=~Q(title=""), name="exchange_programme_has_a_title"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("exchange-programme", args=[self.pk])

    @property
    def words(self) -> FreeText:
        return FreeText(self.title, self.language)

    @property
    def more(self) -> FreeText:
        return FreeText(self.purpose, self.language)


class CallQuerySet(models.QuerySet["ExchangeCall"]):
    def visible_to(self, reader: Organisation) -> CallQuerySet:
        """Those of the programmes that the reader sees; one in preparation is its owner's alone."""
        programmes = ExchangeProgramme.objects.visible_to(reader).values("pk")
        drafts = Q(state=CallState.PREPARED) & ~Q(programme__owner=reader)
        return self.filter(programme__in=programmes).exclude(drafts)


class ExchangeCall(models.Model):
    """One round of a programme: from when to when one applies, and until when the hosts rank."""

    programme = models.ForeignKey(ExchangeProgramme, models.CASCADE, related_name="calls")
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    conditions = models.TextField(_("conditions"), blank=True)
    opens_on = models.DateField(_("opens on"))
    closes_at = models.DateTimeField(_("closes at"))
    ranked_by = models.DateTimeField(_("hosts rank until"))
    state = models.CharField(_("state"), max_length=10, choices=CallState.choices, default=CallState.PREPARED)

    objects: ClassVar[models.Manager[ExchangeCall]] = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ("-closes_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(title=""), name="exchange_call_has_a_title"),
            models.CheckConstraint(condition=Q(state__in=CallState.values), name="exchange_call_state"),
            models.CheckConstraint(condition=Q(ranked_by__gte=F("closes_at")), name="exchange_call_ranked_after"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("exchange-call", args=[self.pk])

    @property
    def words(self) -> FreeText:
        return FreeText(self.title, self.language)

    @property
    def rules(self) -> FreeText:
        return FreeText(self.conditions, self.language)

    @property
    def deadline(self) -> datetime.datetime | None:
        """Until when something is awaited now."""
        return {CallState.OPEN: self.closes_at, CallState.RANKING: self.ranked_by}.get(CallState(self.state))


class HostPlace(models.Model):
    """What a host offers. `languages` holds the lowest level by language; one of them is enough."""

    call = models.ForeignKey(ExchangeCall, models.CASCADE, related_name="places")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("host"))
    title = models.CharField(_("what"), max_length=LONGEST_TITLE)
    description = models.TextField(_("more about it"), blank=True)
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    town = models.CharField(_("where"), max_length=120, blank=True)
    weeks = models.PositiveSmallIntegerField(_("weeks"))
    capacity = models.PositiveSmallIntegerField(_("how many people"), default=1)
    languages = models.JSONField(_("languages of work"), default=dict, blank=True)
    functions = models.JSONField(_("for whom"), default=list, blank=True)

    class Meta:
        verbose_name = _("host place")
        verbose_name_plural = _("host places")
        ordering = ("organisation__code", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(weeks__range=(1, 52)), name="host_place_weeks"),
            models.CheckConstraint(condition=Q(capacity__range=(1, 50)), name="host_place_capacity"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("host-place", args=[self.pk])

    @property
    def words(self) -> FreeText:
        return FreeText(self.title, self.language)

    @property
    def more(self) -> FreeText:
        return FreeText(self.description, self.language)


class HostPeriod(models.Model):
    """When the host can receive someone: the stay lies in one of its periods."""

    place = models.ForeignKey(HostPlace, models.CASCADE, related_name="periods")
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    class Meta:
        ordering = ("begins_on",)
        constraints = (models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="host_period_order"),)

    def __str__(self) -> str:
        return f"{self.begins_on} – {self.ends_on}"


class ApplicationQuerySet(models.QuerySet["ExchangeApplication"]):
    def seen_for(self, keys: frozenset[int]) -> ApplicationQuerySet:
        """Those of the organisations `keys`, of the programmes they own, and, once hosts rank, those who wish to come.

        A host that does not use Noaber is seen for by the owner of the programme, who sees all.
        """
        seen = Q(organisation__in=keys) | Q(call__programme__owner__in=keys)
        ranking = Q(call__state__in=(CallState.RANKING, CallState.MATCHED))
        wished = Wish.objects.filter(place__organisation__in=keys).values("application")
        return self.filter(seen | (ranking & Q(pk__in=wished)))


class ExchangeApplication(models.Model):
    """Someone who wants to go, known by initials and function; `number` names the application in its call."""

    call = models.ForeignKey(ExchangeCall, models.CASCADE, related_name="applications")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    number = models.PositiveIntegerField(_("number"))
    initials = models.CharField(_("initials"), max_length=8, blank=True)
    function = models.CharField(_("function"), max_length=120, blank=True)
    work = models.CharField(_("work"), max_length=15, choices=StaffFunction.choices)
    languages = models.JSONField(_("languages"), default=dict)
    free_from = models.DateField(_("can go from"))
    free_until = models.DateField(_("until"))
    motivation = models.TextField(_("motivation"), blank=True)
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    consent = models.BooleanField(_("the superior agrees"), default=False)
    consent_by = models.CharField(_("agreed by (function)"), max_length=120, blank=True)
    kept_until = models.DateField(_("personal data are kept until"))
    erased = models.BooleanField(_("erased"), default=False)

    objects: ClassVar[models.Manager[ExchangeApplication]] = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ("call", "number")
        constraints = (
            models.UniqueConstraint(fields=("call", "number"), name="one_application_number"),
            models.CheckConstraint(condition=Q(free_until__gte=F("free_from")), name="application_free_order"),
            models.CheckConstraint(condition=~Q(initials="") | Q(erased=True), name="application_of_someone"),
        )

    def __str__(self) -> str:
        return f"{self.call} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("exchange-application", args=[self.pk])

    @property
    def words(self) -> FreeText:
        return FreeText(self.motivation, self.language)


class Wish(models.Model):
    """A place that an applicant wishes; rank 1 is the first wish."""

    application = models.ForeignKey(ExchangeApplication, models.CASCADE, related_name="wishes")
    place = models.ForeignKey(HostPlace, models.CASCADE, related_name="wishes")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("application", "rank")
        constraints = (
            models.UniqueConstraint(fields=("application", "place"), name="one_wish_of_a_place"),
            models.UniqueConstraint(fields=("application", "rank"), name="one_wish_of_a_rank"),
        )

    def __str__(self) -> str:
        return f"{self.rank}: {self.place}"


class HostRank(models.Model):
    """How a host ranks an applicant; without a rank it does not take them, and says why."""

    place = models.ForeignKey(HostPlace, models.CASCADE, related_name="ranks")
    application = models.ForeignKey(ExchangeApplication, models.CASCADE, related_name="ranks")
    rank = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(_("why not"), max_length=300, blank=True)

    class Meta:
        ordering = ("place", "rank")
        constraints = (
            models.UniqueConstraint(fields=("place", "application"), name="one_rank_of_an_applicant"),
            models.CheckConstraint(condition=Q(rank__isnull=False) | ~Q(reason=""), name="host_rank_or_reason"),
        )

    def __str__(self) -> str:
        return f"{self.place}: {self.rank}"


class MatchingRun(models.Model):
    """A matching that was confirmed: what it was made from, with its digest, and who got which place."""

    call = models.OneToOneField(ExchangeCall, models.CASCADE, related_name="matching")
    at = models.DateTimeField(_("at"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.CharField(_("by"), max_length=200)
    digest = models.CharField(max_length=64)
    market = models.JSONField()
    pairs = models.JSONField()

    def __str__(self) -> str:
        return f"{self.call} {self.digest[:12]}"

    @property
    def author(self) -> str:
        """Who confirmed, in the reader's language."""
        return read_function(self.by)

    @property
    def matched(self) -> dict[int, int]:
        """Of each matched application, the place."""
        return {int(application): int(place) for application, place in self.pairs.items()}


class ExchangePlacement(SharedRecord):
    """Someone at a host: addressed to who sends and who receives, owned by who runs the programme."""

    application = models.OneToOneField(ExchangeApplication, models.PROTECT, related_name="placement")
    place = models.ForeignKey(HostPlace, models.PROTECT, related_name="placements")
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    state = models.CharField(_("state"), max_length=10, choices=PlacementState.choices, default=PlacementState.PLANNED)
    override_reason = models.CharField(_("why by hand"), max_length=300, blank=True)
    override_language = models.CharField(max_length=2, choices=LANGUAGES, blank=True)
    before = models.TextField(_("report before"), blank=True)
    before_language = models.CharField(max_length=2, choices=LANGUAGES, blank=True)
    after = models.TextField(_("report after"), blank=True)
    after_language = models.CharField(max_length=2, choices=LANGUAGES, blank=True)
    host_before = models.TextField(_("report of the host before"), blank=True)
    host_before_language = models.CharField(max_length=2, choices=LANGUAGES, blank=True)
    host_after = models.TextField(_("report of the host after"), blank=True)
    host_after_language = models.CharField(max_length=2, choices=LANGUAGES, blank=True)
    sequence = models.PositiveIntegerField(default=0)

    objects: ClassVar[SharedQuerySet[ExchangePlacement]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ("begins_on", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="placement_order"),
            models.CheckConstraint(condition=Q(state__in=PlacementState.values), name="placement_state"),
        )

    def __str__(self) -> str:
        return f"{self.sender.code} → {self.host.code}"

    def get_absolute_url(self) -> str:
        return reverse("exchange-placement", args=[self.pk])

    @property
    def days(self) -> str:
        """From when to when, in the reader's language."""
        return days_in_words(self.begins_on, self.ends_on)

    @property
    def sender(self) -> Organisation:
        found: Organisation = self.application.organisation
        return found

    @property
    def host(self) -> Organisation:
        found: Organisation = self.place.organisation
        return found

    @property
    def title(self) -> str:
        return f"{self} · {self.place.title}"

    @property
    def override(self) -> FreeText:
        return FreeText(self.override_reason, self.override_language)

    @property
    def expects(self) -> FreeText:
        return FreeText(self.before, self.before_language)

    @property
    def learned(self) -> FreeText:
        return FreeText(self.after, self.after_language)

    @property
    def host_expects(self) -> FreeText:
        return FreeText(self.host_before, self.host_before_language)

    @property
    def host_learned(self) -> FreeText:
        return FreeText(self.host_after, self.host_after_language)

    @property
    def has_reports(self) -> bool:
        return any((self.before, self.after, self.host_before, self.host_after))


def levels_of(stored: dict[str, Any]) -> dict[str, Level]:
    """Levels by language as the database holds them: {"en": "B2"}."""
    return {language: Level[level] for language, level in stored.items()}


def period_of(row: HostPeriod) -> Period:
    return Period(row.begins_on, row.ends_on)

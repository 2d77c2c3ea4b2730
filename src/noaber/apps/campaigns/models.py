"""A campaign, what it asks of whom, what they answered, the links by which they were invited, and what was signed.

What is asked belongs to the organisation that asks, and reaches the one that is asked; nobody else sees it. The
records themselves stay in the registry: an answer says what became of one, a version what it said on that day.
"""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, NoReturn
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import Status
from noaber.apps.accounts.functions import read_function
from noaber.apps.accounts.models import LANGUAGES, Organisation, Person, in_reader_language
from noaber.apps.accounts.sharing import SharedQuerySet, SharedRecord
from noaber.apps.campaigns.enums import FINDINGS, CampaignState, Part
from noaber.apps.records.models import AppendOnlyError
from noaber.core.messages.model import FreeText

END_OF_DAY = datetime.time(23, 59, 59)


class Campaign(SharedRecord):
    """“Mapping 2024”: a question to several organisations, until a day."""

    status = models.CharField(_("status"), max_length=8, choices=Status.choices)
    code = models.CharField(_("id"), max_length=40)
    titles = models.JSONField(_("title"), default=dict)
    purposes = models.JSONField(_("what it is for"), default=dict, blank=True)
    opens_on = models.DateField(_("opens on"))
    deadline_on = models.DateField(_("to be answered by"))
    state = models.CharField(_("state"), max_length=8, choices=CampaignState.choices, default=CampaignState.DRAFT)
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="next_ones")
    illustrative = models.BooleanField(_("illustrative"), default=False)

    objects: ClassVar[SharedQuerySet[Campaign]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ("-deadline_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("owner", "status", "code"), name="one_campaign_per_code"),
            models.CheckConstraint(condition=Q(deadline_on__gte=F("opens_on")), name="campaign_ends_after_it_opens"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="campaign_status"),
            models.CheckConstraint(condition=Q(state__in=CampaignState.values), name="campaign_state"),
            models.CheckConstraint(condition=~Q(code=""), name="campaign_has_a_code"),
        )

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("campaign", args=[self.pk])

    @property
    def title(self) -> str:
        return in_reader_language(self.titles) or self.code

    @property
    def purpose(self) -> str:
        return in_reader_language(self.purposes)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.owner.time_zone)

    @property
    def opens_at(self) -> datetime.datetime:
        """The first moment of its first day, where the owner is."""
        return datetime.datetime.combine(self.opens_on, datetime.time.min, self.zone)

    @property
    def deadline_at(self) -> datetime.datetime:
        """The last moment of its last day, where the owner is."""
        return datetime.datetime.combine(self.deadline_on, END_OF_DAY, self.zone)

    def is_shown(self, now: datetime.datetime) -> bool:
        """Whether those who are asked see it."""
        return self.state != CampaignState.DRAFT and now >= self.opens_at

    def takes_answers(self, now: datetime.datetime) -> bool:
        return self.state == CampaignState.OPEN and self.opens_at <= now <= self.deadline_at


class Ask(SharedRecord):
    """One part that one organisation is asked about. Without `records` it is all of its records of that part."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="asks")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    part = models.CharField(_("part"), max_length=12, choices=Part.choices)
    fields = models.JSONField(_("fields"), default=list)
    records = models.JSONField(_("records"), default=list, blank=True)
    note = models.TextField(_("note"), blank=True)
    note_language = models.CharField(max_length=2, choices=LANGUAGES, blank=True)

    objects: ClassVar[SharedQuerySet[Ask]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("organisation__code", "part")
        constraints = (
            models.UniqueConstraint(fields=("campaign", "organisation", "part"), name="one_ask_per_part"),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="ask_part"),
        )

    def __str__(self) -> str:
        return f"{self.campaign} {self.organisation} {self.part}"

    def get_absolute_url(self) -> str:
        return reverse("campaign-ask", args=[self.pk])

    @property
    def words(self) -> FreeText:
        return FreeText(self.note, self.note_language)


class Invitation(models.Model):
    """A link for someone without an account. Only the digest of its secret is kept."""

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="invitations")
    name = models.CharField(_("name"), max_length=120)
    function = models.CharField(_("function"), max_length=160)
    mail = models.EmailField(_("mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Invitation]]

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(name="") & ~Q(function=""), name="invitation_is_to_someone"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="invitation_lasts"),
        )

    def __str__(self) -> str:
        return f"{self.ask} for {self.function}"

    @property
    def maker(self) -> str:
        return read_function(self.made_by)

    def is_valid(self, now: datetime.datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at


class Answer(models.Model):
    """What was found of one thing; `named` are the fields that a correction or an *unknown* is about."""

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="answers")
    record = models.CharField(max_length=60)
    field = models.CharField(max_length=24, blank=True)
    finding = models.CharField(_("found"), max_length=10, choices=FINDINGS)
    named = models.JSONField(default=list, blank=True)
    who_could_know = models.CharField(_("who could know"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=300)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    invitation = models.ForeignKey(Invitation, models.SET_NULL, null=True, blank=True, related_name="answers")
    once = models.CharField(max_length=64, blank=True)

    objects: ClassVar[models.Manager[Answer]]

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("ask", "record", "field"), name="one_answer_each"),
            models.UniqueConstraint(fields=("ask", "once"), condition=~Q(once=""), name="one_addition_per_form"),
            models.CheckConstraint(condition=Q(finding__in=[code for code, _ in FINDINGS]), name="answer_finding"),
        )

    def __str__(self) -> str:
        return f"{self.ask}: {self.record} {self.field} {self.finding}"

    @property
    def author(self) -> str:
        return read_function(self.by)


class Reminder(models.Model):
    """Someone was reminded of what is still open."""

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="reminders")
    invitation = models.ForeignKey(Invitation, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, choices=LANGUAGES)

    objects: ClassVar[models.Manager[Reminder]]

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.ask} reminded at {self.at:%Y-%m-%d}"

    @property
    def author(self) -> str:
        return read_function(self.by)


class FrozenQuerySet(models.QuerySet["Frozen"]):
    """Versions can be read and added; nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("a frozen version is never changed")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("a frozen version is never deleted")


class Frozen(models.Model):
    """A version of the result: of one organisation when its director signs, of the campaign when it is closed."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="versions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(_("version"))
    at = models.DateTimeField()
    data = models.JSONField()
    digest = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[Frozen]] = FrozenQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "organisation", "version"),
                condition=Q(organisation__isnull=False),
                name="one_version_of_an_organisation",
            ),
            models.UniqueConstraint(
                fields=("campaign", "version"), condition=Q(organisation__isnull=True), name="one_version_of_a_campaign"
            ),
        )

    def __str__(self) -> str:
        return f"{self.campaign} {self.organisation or ''} v{self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("a frozen version is never changed")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("campaign-version", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("a frozen version is never deleted")


class SignOff(models.Model):
    """The director answers for a version of their organisation's result."""

    frozen = models.OneToOneField(Frozen, models.PROTECT, related_name="sign_off")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.TextField(_("note"), blank=True)
    note_language = models.CharField(max_length=2, choices=LANGUAGES, blank=True)

    objects: ClassVar[models.Manager[SignOff]]

    def __str__(self) -> str:
        return f"{self.frozen} signed by {self.by}"

    @property
    def author(self) -> str:
        return read_function(self.by)

    @property
    def words(self) -> FreeText:
        return FreeText(self.note, self.note_language)

"""Meetings in their series, agenda, participants, the minutes with every version kept, and decisions.

They have no status: like actions, what the cooperation resolved is never exercised.
"""

from __future__ import annotations

import datetime
from hashlib import sha256
from typing import Any, ClassVar, Final, NoReturn
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from noaber.apps.accounts.functions import read_function
from noaber.apps.accounts.models import LANGUAGES, Organisation, Person
from noaber.apps.accounts.sharing import SharedQuerySet, SharedRecord
from noaber.apps.meetings.enums import AHEAD, TOOK_PLACE, Answer, Capacity, MeetingKind, MeetingState, Purpose
from noaber.apps.records.models import AppendOnlyError, NumberedRecord
from noaber.core.messages.model import FreeText
from noaber.web.reader import reader_language

__all__ = ["AgendaItem", "Decision", "Meeting", "MinutesDraft", "MinutesRevision", "Participant", "Series"]

LONGEST_TITLE: Final = 200
LONGEST_KEY: Final = 40


class Series(SharedRecord):
    """Meetings that follow one another, such as the directors' consultation."""

    names = models.JSONField(_("names"), default=dict)

    objects: ClassVar[SharedQuerySet[Series]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series of meetings")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the reader's language, else in one that it has."""
        known: dict[str, str] = {language: name for language, name in self.names.items() if name}
        return known.get(reader_language()) or known.get("en") or next(iter(known.values()), "")


class Meeting(SharedRecord):
    """A meeting or workshop. Participating organisations are addressed, so that they always see it.

    Its times are local ones in `time_zone`; where they are not known, the day alone stands.
    """

    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("series")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=MeetingKind.choices, default=MeetingKind.MEETING)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    starts_time = models.TimeField(_("begins at"), null=True, blank=True)
    ends_time = models.TimeField(_("ends at"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Brussels")
    place = models.CharField(_("place"), max_length=200, blank=True)
    video_link = models.URLField(_("video link"), max_length=400, blank=True)
    host = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("host")
    )
    state = models.CharField(_("state"), max_length=12, choices=MeetingState.choices, default=MeetingState.PLANNED)
    sequence = models.PositiveIntegerField(_("version of the invitation"), default=0)
    illustrative = models.BooleanField(_("illustrative"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects: ClassVar[SharedQuerySet[Meeting]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(title=""), name="meeting_has_a_title"),
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="meeting_ends_after"),
            models.CheckConstraint(condition=Q(kind__in=MeetingKind.values), name="meeting_kind"),
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="meeting_state"),
        )
        indexes = (models.Index(fields=("series", "starts_on"), name="meetings_of_series"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.pk])

    @property
    def words(self) -> FreeText:
        return FreeText(self.title, self.language)

    @property
    def is_ahead(self) -> bool:
        return self.state in AHEAD

    @property
    def took_place(self) -> bool:
        return self.state in TOOK_PLACE

    @property
    def begins_at(self) -> datetime.datetime | None:
        """The instant where a time is known."""
        return self._instant(self.starts_on, self.starts_time)

    @property
    def ends_at(self) -> datetime.datetime | None:
        return self._instant(self.ends_on, self.ends_time)

    def _instant(self, day: datetime.date, time: datetime.time | None) -> datetime.datetime | None:
        return datetime.datetime.combine(day, time, ZoneInfo(self.time_zone)) if time else None


class Participant(models.Model):
    """Somebody at a meeting: an organisation, a function of it, or a party that is not in Noaber."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="participants")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    function = models.CharField(_("function or name"), max_length=160, blank=True)
    mail = models.EmailField(_("mail"), blank=True)
    capacity = models.CharField(_("takes part as"), max_length=10, choices=Capacity.choices, default=Capacity.MEMBER)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, default=Answer.INVITED)

    class Meta:
        verbose_name = _("participant")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(function=""), name="participant_is_somebody"
            ),
            models.CheckConstraint(condition=Q(capacity__in=Capacity.values), name="participant_capacity"),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="participant_answer"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The organisation and the function there."""
        code = self.organisation.code if self.organisation else ""
        return ", ".join(part for part in (code, self.function_read) if part)

    @property
    def function_read(self) -> str:
        """A function that Noaber knows is said in the reader's language; other words stay as they are."""
        return read_function(self.function)


class AgendaItem(SharedRecord):
    """A point of an agenda. It reaches whom its meeting reaches, or only the members among the participants."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField(_("position"))
    title = models.CharField(_("point"), max_length=LONGEST_TITLE)
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    purpose = models.CharField(_("for"), max_length=12, choices=Purpose.choices, default=Purpose.DISCUSSION)
    presenter = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("presented by")
    )
    minutes_allotted = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    members_only = models.BooleanField(_("members only"), default=False)
    is_finished = models.BooleanField(_("finished"), default=False)
    carried_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="carried_to", verbose_name=_("carried over from")
    )
    head = models.ForeignKey("MinutesRevision", models.PROTECT, null=True, blank=True, related_name="+")
    illustrative = models.BooleanField(_("illustrative"), default=False)

    objects: ClassVar[SharedQuerySet[AgendaItem]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("agenda point")
        ordering = ("meeting", "position", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(title=""), name="agenda_item_has_a_title"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="agenda_item_purpose"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> FreeText:
        return FreeText(self.title, self.language)


class MinutesRevision(models.Model):
    """One version of the minutes of a point, as somebody saved it. Only ever added.

    `base` is what its author saw when beginning to write. `aside` holds a version that met another one: it stands
    beside the minutes until a later version `settles` it. `writing` names the opened form in which it was written: a
    form whose answer was lost on its way goes on from what it saved itself.
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    base = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    settles = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="settled_by")
    aside = models.BooleanField(default=False)
    merged = models.BooleanField(default=False)
    at = models.DateTimeField(_("at"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("for"))
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.CharField(_("by"), max_length=200)
    text = models.TextField(pgettext_lazy("of a meeting", "minutes"), blank=True)
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    writing = models.CharField(max_length=LONGEST_KEY, blank=True)

    class Meta:
        verbose_name = _("version of the minutes")
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("item", "number"), name="minutes_revision_number"),)

    def __str__(self) -> str:
        return f"{self.item_id}.{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("a version of the minutes is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("a version of the minutes is never deleted")

    @property
    def author(self) -> str:
        """Who saved it, in the reader's language."""
        return read_function(self.by)

    @property
    def words(self) -> FreeText:
        return FreeText(self.text, self.language)


class MinutesDraft(models.Model):
    """What one person is writing about a point and has not saved; nobody else reads it, only that it is there.

    `writing` names the form that is open: who writes about one point in two windows has a draft in each.
    """

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="drafts")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    base = models.ForeignKey(MinutesRevision, models.PROTECT, null=True, blank=True, related_name="+")
    writing = models.CharField(max_length=LONGEST_KEY, blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("item", "person", "organisation", "writing"), name="one_draft_of_minutes_each_form"
            ),
        )

    def __str__(self) -> str:
        return f"{self.item_id} by {self.person_id}"

    @property
    def writer(self) -> str:
        return f"{self.person.display_name} ({self.organisation.code})"

    @property
    def has_words(self) -> bool:
        """Whether anything of it would be lost without it."""
        return self.text != (self.base.text if self.base else "")

    @property
    def mark(self) -> str:
        """Names the draft as it stands now: another one once a letter of it changes."""
        return f"{self.pk}.{sha256(self.text.encode()).hexdigest()[:16]}"

    @property
    def words(self) -> FreeText:
        return FreeText(self.text, self.language)


class Decision(NumberedRecord):
    """What a meeting decided, under a number that lasts; seen by whoever sees its point, or its meeting without one."""

    letter = "D"
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("agenda point")
    )
    made_on = models.DateField(_("decided on"))
    text = models.TextField(_("decision"))
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    illustrative = models.BooleanField(_("illustrative"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects: ClassVar[SharedQuerySet[Decision]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("-made_on", "-number")
        constraints = (models.CheckConstraint(condition=~Q(number="") & ~Q(text=""), name="decision_says_something"),)

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("decision", args=[self.number])

    @property
    def title(self) -> str:
        """Its number and how it begins."""
        return f"{self.number} {Truncator(self.text).chars(100)}"

    @property
    def words(self) -> FreeText:
        return FreeText(self.text, self.language)

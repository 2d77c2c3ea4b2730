"""Recommendations, actions, what was done about them, and the private addresses of calendars.

They have no status: like the inventory of agreements, what the cooperation resolved is never exercised.
"""

from __future__ import annotations

import datetime
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.functions import read_function
from noaber.apps.accounts.models import LANGUAGES, Organisation, Person
from noaber.apps.accounts.sharing import SharedQuerySet
from noaber.apps.actions.enums import UNDER_WAY, ActionState, Origin, RecommendationState
from noaber.apps.records.models import NumberedRecord
from noaber.core.messages.model import FreeText
from noaber.web.wording import days_between

__all__ = ["Action", "CalendarFeed", "ProgressNote", "Recommendation"]

LONGEST_TITLE: Final = 200


class Recommendation(NumberedRecord):
    """What someone advised the cooperation to do, under a number that lasts.

    `about` holds what it speaks of where that is no record that a link could lead to: a gap between agreements, which
    is computed and not stored (`subjects.py`).
    """

    letter = "R"
    text = models.TextField(_("recommendation"))
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    made_by = models.CharField(_("made by"), max_length=200, blank=True)
    origin = models.CharField(_("came from"), max_length=20, choices=Origin.choices, default=Origin.UNKNOWN)
    about = models.JSONField(_("about"), default=dict, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=RecommendationState.choices, default=RecommendationState.PROPOSED
    )
    state_reason = models.TextField(_("why"), blank=True)
    state_language = models.CharField(max_length=2, choices=LANGUAGES, blank=True)
    illustrative = models.BooleanField(_("illustrative"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects: ClassVar[SharedQuerySet[Recommendation]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ("-made_on", "-number")
        constraints = (
            models.CheckConstraint(condition=~Q(number="") & ~Q(text=""), name="recommendation_says_something"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="recommendation_origin"),
            models.CheckConstraint(condition=Q(state__in=RecommendationState.values), name="recommendation_state"),
            models.CheckConstraint(
                condition=~Q(state=RecommendationState.DECLINED) | ~Q(state_reason=""),
                name="recommendation_declined_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("recommendation", args=[self.number])

    @property
    def title(self) -> str:
        """Its number and how it begins."""
        return f"{self.number} {Truncator(self.text).chars(100)}"

    @property
    def words(self) -> FreeText:
        return FreeText(self.text, self.language)

    @property
    def reason(self) -> FreeText:
        return FreeText(self.state_reason, self.state_language)


class Action(NumberedRecord):
    """Something that one organisation is to do. `owner` keeps the record; `responsible` does it and always sees it."""

    letter = "A"
    title = models.CharField(_("what"), max_length=LONGEST_TITLE)
    description = models.TextField(_("more about it"), blank=True)
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    responsible = models.ForeignKey(Organisation, models.PROTECT, related_name="actions", verbose_name=_("done by"))
    responsible_function = models.CharField(_("by whom there"), max_length=160, blank=True)
    made_on = models.DateField(_("agreed on"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    origin = models.CharField(_("came from"), max_length=20, choices=Origin.choices, default=Origin.UNKNOWN)
    state = models.CharField(_("state"), max_length=12, choices=ActionState.choices, default=ActionState.OPEN)
    state_reason = models.TextField(_("why"), blank=True)
    state_language = models.CharField(max_length=2, choices=LANGUAGES, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    evidence_language = models.CharField(max_length=2, choices=LANGUAGES, blank=True)
    illustrative = models.BooleanField(_("illustrative"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects: ClassVar[SharedQuerySet[Action]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ("due_on", "number")
        constraints = (
            models.CheckConstraint(condition=~Q(number="") & ~Q(title=""), name="action_says_what"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="action_origin"),
            models.CheckConstraint(condition=Q(state__in=ActionState.values), name="action_state"),
            models.CheckConstraint(
                condition=Q(state=ActionState.DONE, done_on__isnull=False)
                | (~Q(state=ActionState.DONE) & Q(done_on__isnull=True)),
                name="action_done_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=ActionState.DROPPED) | ~Q(state_reason=""), name="action_dropped_with_a_reason"
            ),
        )
        indexes = (models.Index(fields=("responsible", "state", "due_on"), name="action_of_responsible"),)

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("action", args=[self.number])

    @property
    def is_under_way(self) -> bool:
        """Whether something is still to be done."""
        return self.state in UNDER_WAY

    def is_overdue(self, today: datetime.date) -> bool:
        """Whether its day has passed with the work not done."""
        return self.days_late(today) > 0

    def days_late(self, today: datetime.date) -> int:
        """How many days of the calendar have passed since its day with the work not done; 0 while it is in time."""
        if not self.is_under_way or self.due_on is None:
            return 0
        return max(0, days_between(self.due_on, today))

    @property
    def words(self) -> FreeText:
        return FreeText(self.title, self.language)

    @property
    def more(self) -> FreeText:
        return FreeText(self.description, self.language)

    @property
    def reason(self) -> FreeText:
        return FreeText(self.state_reason, self.state_language)

    @property
    def proof(self) -> FreeText:
        return FreeText(self.evidence, self.evidence_language)


class ProgressNote(models.Model):
    """What was done so far, as someone reported it. Only ever added."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="notes")
    at = models.DateTimeField(_("at"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("for"))
    by = models.CharField(_("by"), max_length=200)
    text = models.TextField(_("progress"))
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="progress_note_says_something"),)

    def __str__(self) -> str:
        return f"{self.action} at {self.at:%Y-%m-%d %H:%M}"

    @property
    def author(self) -> str:
        """Who reported, in the reader's language."""
        return read_function(self.by)

    @property
    def words(self) -> FreeText:
        return FreeText(self.text, self.language)


class CalendarFeed(models.Model):
    """The private calendar address of a person for an organisation. A new nonce makes the old address void."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    nonce = models.CharField(max_length=32)
    renewed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "organisation"), name="one_calendar_each"),)

    def __str__(self) -> str:
        return f"{self.person} for {self.organisation}"

"""Plans, their objectives and indicators, the consultations about a draft, and what is frozen: versions and states.

A plan has no status: like actions, what the cooperation plans is never exercised. What belongs to a plan is seen by
whoever sees the plan; actions and comments have rules of their own.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.functions import read_function
from noaber.apps.accounts.models import LANGUAGES, Organisation, in_reader_language
from noaber.apps.accounts.sharing import SharedQuerySet, SharedRecord
from noaber.apps.actions.models import Action
from noaber.apps.plans.enums import WRITABLE, Outcome, PlanKind, PlanState, VersionKind
from noaber.apps.plans.withdrawn import WITHDRAWN_WITH_A_REASON, Withdrawable
from noaber.core.messages.model import FreeText
from noaber.core.plans.progress import indicator_share

__all__ = [
    "ActionWeight",
    "Comment",
    "Consultation",
    "Consulted",
    "Indicator",
    "Measurement",
    "Objective",
    "Plan",
    "PlanSnapshot",
    "PlanVersion",
    "Reminder",
]

LONGEST_TITLE: Final = 200
HEAVIEST: Final = 10


class Plan(Withdrawable, SharedRecord):
    """An annual plan or a multi-year programme. An annual plan with a `programme` is the year's part of it."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=PlanKind.choices)
    titles = models.JSONField(_("title"), default=dict)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    programme = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="annual_plans", verbose_name=_("part of")
    )
    text = models.TextField(_("in a few words"), blank=True)
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=PlanState.choices, default=PlanState.DRAFT)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    adopted_by = models.CharField(_("adopted by"), max_length=200, blank=True)
    illustrative = models.BooleanField(_("illustrative"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects: ClassVar[SharedQuerySet[Plan]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ("-first_year", "-last_year", "-number")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=PlanKind.values), name="plan_kind"),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plan_state"),
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="plan_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(kind=PlanKind.ANNUAL) | Q(last_year=F("first_year")), name="plan_of_one_year"
            ),
            models.CheckConstraint(
                condition=Q(programme__isnull=True) | Q(kind=PlanKind.ANNUAL), name="plan_part_is_annual"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(PlanState.ADOPTED, PlanState.CLOSED)) | Q(adopted_on__isnull=False),
                name="plan_adopted_on_a_day",
            ),
            models.CheckConstraint(condition=WITHDRAWN_WITH_A_REASON, name="plan_withdrawn_with_a_reason"),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("plan", args=[self.number])

    @property
    def title(self) -> str:
        return in_reader_language(self.titles)

    @property
    def words(self) -> FreeText:
        return FreeText(self.text, self.language)

    @property
    def years(self) -> str:
        return str(self.first_year) if self.first_year == self.last_year else f"{self.first_year}-{self.last_year}"

    @property
    def first_on(self) -> datetime.date:
        return datetime.date(self.first_year, 1, 1)

    @property
    def last_on(self) -> datetime.date:
        return datetime.date(self.last_year, 12, 31)

    @property
    def is_writable(self) -> bool:
        """Whether its objectives may still be worded."""
        return self.state in WRITABLE

    @property
    def is_withdrawn(self) -> bool:
        return self.state == PlanState.WITHDRAWN


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    def visible_to(self, organisation: Organisation) -> Self:
        """The objectives of the plans that `organisation` sees."""
        return self.filter(plan__in=Plan.objects.visible_to(organisation).values("pk"))


class Objective(models.Model):
    """What a plan wants to reach; one with a `parent` is a part of it, and has no parts itself."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="objectives")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    position = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("objective"), max_length=LONGEST_TITLE)
    text = models.TextField(_("more about it"), blank=True)
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    responsible = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("led by")
    )
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))

    objects: ClassVar[models.Manager[Objective]] = ObjectiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ("position", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(title=""), name="objective_says_what"),
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="objective_ends_after_it_begins"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("objective", args=[self.pk])

    @property
    def number(self) -> str:
        """Its place in the plan: 2, or 2.1 for a part."""
        return f"{self.parent.position}.{self.position}" if self.parent else str(self.position)

    @property
    def words(self) -> FreeText:
        return FreeText(self.title, self.language)

    @property
    def more(self) -> FreeText:
        return FreeText(self.text, self.language)

    @property
    def years(self) -> str:
        return str(self.first_year) if self.first_year == self.last_year else f"{self.first_year}-{self.last_year}"


class ActionWeight(models.Model):
    """How much an action counts within an objective, where it is not as much as any other (1)."""

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="weights")
    action = models.ForeignKey(Action, models.CASCADE, related_name="+")
    weight = models.PositiveSmallIntegerField(_("weight"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("objective", "action"), name="one_weight_each"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=HEAVIEST), name="weight_of_an_action"),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.weight}"


class Indicator(models.Model):
    """What is measured to see whether an objective is reached. Unknown is empty."""

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="indicators")
    name = models.CharField(_("indicator"), max_length=LONGEST_TITLE)
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    baseline = models.DecimalField(_("at the beginning"), max_digits=14, decimal_places=3, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=3, null=True, blank=True)

    class Meta:
        verbose_name = _("indicator")
        ordering = ("pk",)
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="indicator_has_a_name"),)

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> FreeText:
        return FreeText(self.name, self.language)

    def share_at(self, value: Decimal | None) -> Fraction | None:
        """How much of the way from the beginning to the target a value is."""
        return indicator_share(*(None if one is None else Fraction(one) for one in (self.baseline, self.target, value)))


class Measurement(models.Model):
    """A value on a day, with where it comes from. Only ever added: a corrected one is another of the same day."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="measurements")
    on = models.DateField(_("measured on"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=3)
    source = models.CharField(_("source"), max_length=300)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("for"))
    by = models.CharField(_("by"), max_length=200)
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ("-on", "-pk")
        constraints = (models.CheckConstraint(condition=~Q(source=""), name="measurement_has_a_source"),)

    def __str__(self) -> str:
        return f"{self.indicator} {self.value} on {self.on}"

    @property
    def author(self) -> str:
        return read_function(self.by)


class Consultation(models.Model):
    """A draft laid before partners until a day. A plan may be laid before them more than once."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="consultations")
    opened_at = models.DateTimeField(_("opened at"))
    until = models.DateField(_("open until"))
    text = models.TextField(_("what is asked"), blank=True)
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES, blank=True)
    by = models.CharField(_("by"), max_length=200)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        ordering = ("-opened_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("plan",), condition=Q(closed_at__isnull=True), name="one_open_consultation_each"
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan} until {self.until}"

    @property
    def words(self) -> FreeText:
        return FreeText(self.text, self.language)

    def takes_comments(self, today: datetime.date) -> bool:
        return self.closed_at is None and today <= self.until


class Consulted(models.Model):
    """An organisation that is asked, and whether it has said that it is done."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="consulted")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("organisation__code",)
        constraints = (models.UniqueConstraint(fields=("consultation", "organisation"), name="consulted_once"),)

    def __str__(self) -> str:
        return f"{self.organisation} on {self.consultation}"


class Reminder(models.Model):
    """An organisation was reminded of what is late in a plan or, with a `consultation`, to comment on its draft."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="reminders")
    consultation = models.ForeignKey(Consultation, models.CASCADE, null=True, blank=True, related_name="reminders")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("organisation", "at"), name="plan_reminders"),)

    def __str__(self) -> str:
        return f"{self.organisation} on {self.plan} at {self.at:%Y-%m-%d}"


class Comment(models.Model):
    """What a partner says of an objective, or of the whole plan, and what became of it. It outlasts the objective."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="comments")
    objective = models.ForeignKey(Objective, models.SET_NULL, null=True, blank=True, related_name="comments")
    about = models.CharField(max_length=LONGEST_TITLE + 20, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("for"))
    by = models.CharField(_("by"), max_length=200)
    at = models.DateTimeField(_("at"))
    text = models.TextField(_("comment"))
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    shared = models.BooleanField(_("shared with the others"), default=False)
    outcome = models.CharField(_("what became of it"), max_length=12, choices=Outcome.choices, blank=True)
    answer = models.TextField(_("why"), blank=True)
    answer_language = models.CharField(max_length=2, choices=LANGUAGES, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_at__isnull=True)
                | Q(outcome__in=Outcome.values, answered_at__isnull=False) & ~Q(answer=""),
                name="comment_answered_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} on {self.consultation}"

    @property
    def words(self) -> FreeText:
        return FreeText(self.text, self.language)

    @property
    def reason(self) -> FreeText:
        return FreeText(self.answer, self.answer_language)

    @property
    def author(self) -> str:
        return read_function(self.by)

    @property
    def answerer(self) -> str:
        return read_function(self.answered_by)


class PlanVersion(models.Model):
    """The text of a plan as it stood when it was sent out or adopted: `content` as `frozen.py` writes it."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="versions")
    kind = models.CharField(max_length=10, choices=VersionKind.choices)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    content = models.JSONField(default=dict)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.plan} {self.kind} at {self.at:%Y-%m-%d %H:%M}"


class PlanSnapshot(models.Model):
    """How far a plan was at the end of a quarter: `content` as `frozen.py` writes it, action by action.

    It is read through the sharing rule of its actions, like the plan itself.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="snapshots")
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    content = models.JSONField(default=dict)

    class Meta:
        ordering = ("-on",)
        constraints = (models.UniqueConstraint(fields=("plan", "on"), name="one_snapshot_each"),)

    def __str__(self) -> str:
        return f"{self.plan} on {self.on}"

    def get_absolute_url(self) -> str:
        return reverse("plan-snapshot", args=[self.plan.number, self.on.isoformat()])

    @property
    def author(self) -> str:
        return read_function(self.by)

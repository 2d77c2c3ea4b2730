"""Practices and who reuses them, lessons and whether what was done about them helps.

They have no status: what was learned in an exercise is as true as what an incident taught.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.functions import read_function
from noaber.apps.accounts.models import LANGUAGES, Organisation
from noaber.apps.accounts.sharing import SharedQuerySet
from noaber.apps.practices.enums import CodeList, LessonState, Occasion, ReuseResult
from noaber.apps.records.models import NumberedRecord
from noaber.core.messages.model import FreeText

__all__ = ["Lesson", "LessonCheck", "LessonCode", "Practice", "PracticeCode", "Reuse", "Translation"]

LONGEST_TITLE: Final = 200


class PracticeWords(models.Model):
    """What a practice says, in one language."""

    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    summary = models.TextField(_("in short"))
    description = models.TextField(_("how it works"), blank=True)
    place = models.CharField(_("where"), max_length=LONGEST_TITLE, blank=True)
    audience = models.CharField(_("for whom"), max_length=LONGEST_TITLE, blank=True)

    class Meta:
        abstract = True

    def free(self, name: str) -> FreeText:
        """One of its texts, with the language."""
        return FreeText(getattr(self, name), self.language)


class AboutCode(models.Model):
    """One code of what a record is about: "theme", "evacuation"."""

    list = models.CharField(max_length=10, choices=CodeList.choices)
    code = models.CharField(max_length=40)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.list}:{self.code}"


class Practice(NumberedRecord, PracticeWords):
    """What worked somewhere, told so that others can take it over, under a number that lasts."""

    letter = "GP"
    made_on = models.DateField(_("written on"))
    occasion = models.CharField(_("occasion"), max_length=10, choices=Occasion.choices, default=Occasion.OTHER)
    occasion_name = models.CharField(_("which one"), max_length=200, blank=True)
    contact_function = models.CharField(_("whom to ask"), max_length=160, blank=True)
    illustrative = models.BooleanField(_("illustrative"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects: ClassVar[SharedQuerySet[Practice]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = ("-made_on", "-number")
        constraints = (
            models.CheckConstraint(condition=~Q(number="") & ~Q(title="") & ~Q(summary=""), name="practice_says_what"),
            models.CheckConstraint(condition=Q(occasion__in=Occasion.values), name="practice_occasion"),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("practice", args=[self.number])


class PracticeCode(AboutCode):
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="codes")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("practice", "list", "code"), name="practice_code_once"),
            models.CheckConstraint(condition=Q(list__in=CodeList.values), name="practice_code_list"),
        )
        indexes = (models.Index(fields=("list", "code"), name="practices_with_code"),)


class Translation(PracticeWords):
    """The words of a practice in another language, as someone translated them."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="translations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("translated by"))
    by = models.CharField(_("by"), max_length=200, editable=False)
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ("language",)
        constraints = (models.UniqueConstraint(fields=("practice", "language"), name="one_translation_each"),)

    def __str__(self) -> str:
        return f"{self.practice} in {self.language}"

    @property
    def author(self) -> str:
        return read_function(self.by)


class Reuse(models.Model):
    """That an organisation took a practice over: where, since when, and what came of it."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="reuses")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("reused by"))
    place = models.CharField(_("where"), max_length=LONGEST_TITLE)
    since = models.DateField(_("since"))
    result = models.CharField(_("result"), max_length=12, choices=ReuseResult.choices, default=ReuseResult.UNDER_WAY)
    note = models.TextField(_("what came of it"), blank=True)
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    by = models.CharField(_("by"), max_length=200, editable=False)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("reuse")
        verbose_name_plural = _("reuses")
        ordering = ("-since", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(place=""), name="reuse_says_where"),
            models.CheckConstraint(condition=Q(result__in=ReuseResult.values), name="reuse_result"),
        )

    def __str__(self) -> str:
        return f"{self.practice} at {self.place}"

    @property
    def author(self) -> str:
        return read_function(self.by)

    @property
    def words(self) -> FreeText:
        return FreeText(self.note, self.language)


class Lesson(NumberedRecord):
    """What went wrong or well once, why, and what is to change because of it, under a number that lasts."""

    letter = "L"
    made_on = models.DateField(_("noted on"))
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    title = models.CharField(_("lesson"), max_length=LONGEST_TITLE)
    observation = models.TextField(_("what was seen"))
    cause = models.TextField(_("why it was so"), blank=True)
    change = models.TextField(_("what is to change"))
    occasion = models.CharField(_("occasion"), max_length=10, choices=Occasion.choices, default=Occasion.OTHER)
    occasion_name = models.CharField(_("which one"), max_length=200, blank=True)
    kept_by_function = models.CharField(_("who sees to it"), max_length=160, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=LessonState.choices, default=LessonState.IDENTIFIED)
    state_reason = models.TextField(_("why"), blank=True)
    state_language = models.CharField(max_length=2, choices=LANGUAGES, blank=True)
    illustrative = models.BooleanField(_("illustrative"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects: ClassVar[SharedQuerySet[Lesson]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ("-made_on", "-number")
        constraints = (
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(title="") & ~Q(observation="") & ~Q(change=""), name="lesson_says_what"
            ),
            models.CheckConstraint(condition=Q(occasion__in=Occasion.values), name="lesson_occasion"),
            models.CheckConstraint(condition=Q(state__in=LessonState.values), name="lesson_state"),
            models.CheckConstraint(
                condition=~Q(state=LessonState.NOT_TAKEN) | ~Q(state_reason=""), name="lesson_left_with_a_reason"
            ),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("lesson", args=[self.number])

    def free(self, name: str) -> FreeText:
        """One of its texts, with the language."""
        return FreeText(getattr(self, name), self.language)

    @property
    def words(self) -> FreeText:
        return self.free("title")

    @property
    def reason(self) -> FreeText:
        return FreeText(self.state_reason, self.state_language)


class LessonCode(AboutCode):
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="codes")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("lesson", "list", "code"), name="lesson_code_once"),
            models.CheckConstraint(condition=Q(list__in=CodeList.values), name="lesson_code_list"),
        )
        indexes = (models.Index(fields=("list", "code"), name="lessons_with_code"),)


class LessonCheck(models.Model):
    """Whether what was done about a lesson helps, as someone found when checking. Only ever added."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="checks")
    checked_on = models.DateField(_("checked on"))
    checked_by = models.CharField(_("checked by"), max_length=160)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("for"))
    effective = models.BooleanField(_("it helps"))
    note = models.TextField(_("what was found"))
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    by = models.CharField(_("written down by"), max_length=200)
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ("-checked_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(note="") & ~Q(checked_by=""), name="lesson_check_says_what"),
        )

    def __str__(self) -> str:
        return f"{self.lesson} on {self.checked_on}"

    @property
    def words(self) -> FreeText:
        return FreeText(self.note, self.language)

"""A draft of a change that someone wants to keep and show to others. What it would do is computed when it is opened."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import LANGUAGES, Person
from noaber.apps.accounts.sharing import SharedQuerySet, SharedRecord
from noaber.apps.mapping.draft_address import address_of
from noaber.core.messages.model import FreeText


class Scenario(SharedRecord):
    """A change as its address describes it: `asked` holds the names and values of the query."""

    title = models.CharField(_("title"), max_length=160)
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    asked = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects: ClassVar[SharedQuerySet[Scenario]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("draft scenario")
        verbose_name_plural = _("draft scenarios")
        ordering = ("-made_at", "-pk")
        constraints = (models.CheckConstraint(condition=~models.Q(title=""), name="scenario_has_a_title"),)

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> FreeText:
        return FreeText(self.title, self.language)

    def get_absolute_url(self) -> str:
        return f"{reverse('what-if')}?{address_of(self.asked)}"

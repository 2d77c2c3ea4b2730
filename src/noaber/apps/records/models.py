"""What every record is, and its history: rows that are only ever added, who did what to it, when and why."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation, Person
from noaber.apps.accounts.sharing import SharedRecord
from noaber.apps.records.enums import ChangeAction


class NumberedRecord(SharedRecord):
    """A shared record under a number of its year, which lasts: `letter`, the year, a running number."""

    letter: ClassVar[str]
    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    made_on = models.DateField(_("made on"))

    class Meta:
        abstract = True


class AppendOnlyError(TypeError):
    """Someone tried to alter what may only grow."""


class AppendOnlyQuerySet(models.QuerySet["Change"]):
    """Rows can be read and added; nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("the history of a record is never changed")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("the history of a record is never deleted")


class Change(models.Model):
    """One change of one record. `fields` holds, by field name, what stood there before and after."""

    subject = models.CharField(_("kind of record"), max_length=20)
    subject_id = models.BigIntegerField()
    at = models.DateTimeField(_("at"))
    action = models.CharField(_("what"), max_length=12, choices=ChangeAction.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("for")
    )
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.CharField(_("by"), max_length=200)
    reason = models.TextField(_("reason"), blank=True)
    fields = models.JSONField(default=dict)

    objects: ClassVar[models.Manager[Change]] = AppendOnlyQuerySet.as_manager()

    class Meta:
        db_table = "registry_change"
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("subject", "subject_id", "-at"), name="change_of_subject"),)

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id} {self.action} at {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("the history of a record is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("the history of a record is never deleted")

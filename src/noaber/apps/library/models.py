"""Links between records of any kind, and what search knows of each record."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.library.enums import Relation

__all__ = ["Link", "SearchEntry", "SearchTag"]


class Link(models.Model):
    """One record has to do with another. Seen by whoever sees both."""

    from_kind = models.CharField(max_length=20)
    from_id = models.BigIntegerField()
    relation = models.CharField(_("how"), max_length=10, choices=Relation.choices)
    to_kind = models.CharField(max_length=20)
    to_id = models.BigIntegerField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("for"))
    by = models.CharField(_("by"), max_length=200)
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("from_kind", "from_id", "relation", "to_kind", "to_id"), name="one_link_each"
            ),
            models.CheckConstraint(condition=models.Q(relation__in=Relation.values), name="link_relation"),
            models.CheckConstraint(
                condition=~models.Q(from_kind=models.F("to_kind"), from_id=models.F("to_id")),
                name="link_leads_elsewhere",
            ),
        )
        indexes = (models.Index(fields=("to_kind", "to_id"), name="link_backwards"),)

    def __str__(self) -> str:
        return f"{self.from_kind} {self.from_id} {self.relation} {self.to_kind} {self.to_id}"


class SearchEntry(models.Model):
    """What one record is found by: words, never a title. The record itself is read through its sharing rule."""

    kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField(default=0)
    record_key = models.CharField(max_length=300, blank=True, default="")
    """The key of a record that is named by a text; the other one is then 0."""
    status = models.CharField(max_length=8, blank=True)
    owner = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    on = models.DateField(null=True, blank=True)
    title_words = models.TextField(blank=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "record_id", "record_key"), name="one_entry_each"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.record_key or self.record_id}"


class SearchTag(models.Model):
    """A language ("language:fr") or coded word ("hazard:flood") of a record that is sorted under it."""

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="tags")
    tag = models.CharField(max_length=60)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("entry", "tag"), name="one_tag_once"),)
        indexes = (models.Index(fields=("tag", "entry"), name="entries_with_tag"),)

    def __str__(self) -> str:
        return self.tag

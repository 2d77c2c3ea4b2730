"""Links between records of any kind, and what search knows of each record."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.sharing import SharedQuerySet, SharedRecord
from noaber.apps.library.enums import Relation

__all__ = ["Audience", "Link", "SearchEntry", "SearchTag", "SearchText"]


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


class Audience(SharedRecord):
    """Everyone who sees certain records: an owner, a label, groups and addressees, once for all that have the same.

    The sharing rule is asked of these few rows, and holds for the many entries that lead to them.
    """

    digest = models.CharField(max_length=64, unique=True)

    objects: ClassVar[SharedQuerySet[Audience]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"{self.owner} {self.tlp} {self.digest[:8]}"


class SearchEntry(models.Model):
    """What one record is sorted under. It holds no title: the record itself is read through its sharing rule."""

    kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField(default=0)
    record_key = models.CharField(max_length=300, blank=True, default="")
    """The key of a record that is named by a text; the other one is then 0."""
    audience = models.ForeignKey(Audience, models.PROTECT, null=True, blank=True, related_name="+")
    """Who sees it, where the label alone says so; else its kind is asked."""
    status = models.CharField(max_length=8, blank=True)
    owner = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    on = models.DateField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    languages = models.PositiveSmallIntegerField(default=0)
    """One bit for each of the four languages."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "record_id", "record_key"), name="one_entry_each"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.record_key or self.record_id}"


class SearchText(models.Model):
    """The words that a record is found by, as stems. Apart from the entry, which is read by the thousand."""

    entry = models.OneToOneField(SearchEntry, models.CASCADE, primary_key=True, related_name="text")
    title_words = models.TextField(blank=True)
    words = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"words of {self.entry_id}"


class SearchTag(models.Model):
    """A hazard or theme of a record, "hazard:flood"."""

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="tags")
    tag = models.CharField(max_length=60)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("entry", "tag"), name="one_tag_once"),)
        indexes = (models.Index(fields=("tag", "entry"), name="entries_with_tag"),)

    def __str__(self) -> str:
        return self.tag

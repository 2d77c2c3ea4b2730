"""Links between records of any kind."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.library.enums import Relation

__all__ = ["Link"]


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

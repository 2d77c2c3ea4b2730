"""Teams that a record of another app holds for a time: a major event keeps them free.

The registry does not know that record. It keeps its kind and key, as links do, so that whoever shows a reservation asks
the sharing rule of that kind whether the reader may know what the teams are held for.
"""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Reservation(models.Model):
    """Teams of a capacity, held from `begins_at` (included) until `ends_at` (not included).

    That they are not free is part of what one sees of the capacity; for what they are held, is told by `held_for_kind`
    and `held_for_id`.
    """

    capacity = models.ForeignKey(
        "registry.Capacity", models.CASCADE, related_name="reservations", verbose_name=_("capacity")
    )
    quantity = models.PositiveIntegerField(_("teams"))
    begins_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    held_for_kind = models.CharField(_("held for, kind"), max_length=20)
    held_for_id = models.BigIntegerField(_("held for"))
    made_by = models.CharField(_("reserved by"), max_length=200)
    made_at = models.DateTimeField(_("reserved at"))

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        ordering = ("begins_at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(quantity__gte=1), name="reservation_holds_teams"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="reservation_ends_after_it_begins"),
        )
        indexes = (
            models.Index(fields=("held_for_kind", "held_for_id"), name="reservation_of_record"),
            models.Index(fields=("ends_at", "begins_at"), name="reservation_by_time"),
        )

    def __str__(self) -> str:
        return f"{self.quantity} × {self.capacity}"

    def holds_at(self, moment: datetime.datetime) -> bool:
        """Whether the teams are held at that moment."""
        return self.begins_at <= moment < self.ends_at

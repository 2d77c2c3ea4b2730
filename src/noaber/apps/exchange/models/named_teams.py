"""Teams that exchanges name, by which the law adds readers: whoever owns a team, and whoever releases it."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.models.journal import ID_LENGTH
from noaber.apps.registry.models import Capacity


def capacities_with_unit() -> models.QuerySet[Any, Any]:
    """The capacities whose record names who releases them, with their `unit`: "OWNER:CODE"."""
    named = Capacity.objects.order_by().exclude(release_organisation="")
    return named.annotate(unit=Concat("owner__code", Value(":"), "code"))


class NamedTeamQuerySet(models.QuerySet["NamedTeam"]):
    def of(self, organisation: Organisation) -> Self:
        """Those that it owns or releases: for its owner, or as the record of the capacity says."""
        owners = Organisation.objects.filter(Q(pk=organisation.pk) | Q(released_by=organisation)).values("code")
        released = capacities_with_unit().filter(release_organisation=organisation.code)
        return self.filter(Q(owner__in=owners) | Q(unit__in=released.values("unit")))


class NamedTeam(models.Model):
    """As `core.messages.named_teams.NamedTeam`, of one exchange."""

    thread_id = models.CharField(max_length=ID_LENGTH, db_index=True)
    owner = models.CharField(max_length=300, db_index=True)
    unit = models.CharField(max_length=601, db_index=True)
    line_id = models.CharField(max_length=ID_LENGTH)
    offer_id = models.CharField(max_length=ID_LENGTH)

    objects: ClassVar[NamedTeamQuerySet] = NamedTeamQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.unit

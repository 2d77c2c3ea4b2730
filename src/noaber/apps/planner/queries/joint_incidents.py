"""Which incidents are planned together: all that an organisation has open with needs, of one status kind."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from noaber.apps.accounts.models import Organisation
from noaber.apps.planner.models import Incident, Need


def joint_incidents(organisation: Organisation, status: str) -> list[Incident]:
    """Its open incidents of one kind that need something, in the order in which they were opened, with their needs."""
    return list(_open(organisation, status).prefetch_related("needs"))


def lock_joint_incidents(organisation: Organisation, status: str) -> list[Incident]:
    """The same, held until the transaction ends: nobody decides about one of them meanwhile."""
    return list(_open(organisation, status).select_for_update().prefetch_related("needs"))


def _open(organisation: Organisation, status: str) -> QuerySet[Incident]:
    needing = Exists(Need.objects.filter(incident=OuterRef("pk")))
    return Incident.objects.filter(needing, owner=organisation, status=status, closed_at=None).order_by("pk")

"""What the registry keeps, as links know it: the registry lies below, and knows nothing of links.

Of what has a status, only the node's own is linked: Actual, Exercise and Test never mix.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.library.kinds import Kind, add_kind
from noaber.apps.registry.models import AgreementRow, Capacity, ContactPoint
from noaber.apps.registry.presenters.agreements import title_of
from noaber.apps.registry.queries import seen_contacts
from noaber.apps.registry.queries.agreements import agreement_of


def add_registry_kinds() -> None:
    add_kind(
        Kind(
            "agreement",
            _("agreement"),
            _("agreements"),
            "document",
            AgreementRow,
            AgreementRow.objects.visible_to,
            lambda row: title_of(agreement_of(row)),
        )
    )
    add_kind(Kind("capacity", _("capacity"), _("capacities"), "vehicle", Capacity, _capacities, _capacity_title))
    add_kind(Kind("contact", _("contact point"), _("contact points"), "phone", ContactPoint, _contacts, _contact_title))


def _capacities(reader: Organisation) -> QuerySet[Capacity]:
    seen = Capacity.objects.visible_to(reader).filter(status=settings.NOABER_STATUS, withdrawn_at__isnull=True)
    return seen.select_related("owner")


def _capacity_title(row: Any) -> str:
    return f"{row.name}, {row.owner.code}"


def _contacts(reader: Organisation) -> QuerySet[ContactPoint]:
    return seen_contacts(reader, settings.NOABER_STATUS)


def _contact_title(row: Any) -> str:
    return f"{row.organisation.code} {row.function}"

"""What the registry keeps, as links and search know it: the registry lies below, and knows nothing of them.

Of what has a status, only the node's own is linked, and search asks for one: Actual, Exercise and Test never mix.
"""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.library.hooks import add_kind
from noaber.apps.library.kinds import Kind
from noaber.apps.library.registry_searched import (
    agreement_searched,
    capacity_searched,
    contact_searched,
    organisation_searched,
)
from noaber.apps.registry.models import AgreementDocument, AgreementRow, Capacity, CapacityCapability, ContactPoint
from noaber.apps.registry.presenters.agreements import title_of
from noaber.apps.registry.queries import seen_contacts
from noaber.apps.registry.queries.agreements import agreement_of


def add_registry_kinds() -> None:
    add_kind(
        Kind(
            code="agreement",
            label=_("agreement"),
            plural=_("agreements"),
            icon="document",
            model=AgreementRow,
            visible=AgreementRow.objects.visible_to,
            title=lambda row: title_of(agreement_of(row)),
            searched=agreement_searched,
            related=("owner", "documents"),
            parts=((AgreementDocument, "agreement"),),
        )
    )
    add_kind(
        Kind(
            code="capacity",
            label=_("capacity"),
            plural=_("capacities"),
            icon="vehicle",
            model=Capacity,
            visible=lambda reader: _capacities(reader, settings.NOABER_STATUS),
            title=lambda row: f"{row.name}, {row.owner.code}",
            searched=capacity_searched,
            related=("owner", "capability_rows"),
            parts=((CapacityCapability, "capacity"),),
            visible_of=_capacities,
            by_label=True,
        )
    )
    add_kind(
        Kind(
            code="organisation",
            label=_("organisation"),
            plural=_("organisations"),
            icon="people",
            model=Organisation,
            visible=lambda _reader: Organisation.objects.all(),
            title=lambda row: f"{row.code} {row.name}",
            searched=organisation_searched,
        )
    )
    add_kind(
        Kind(
            code="contact",
            label=_("contact point"),
            plural=_("contact points"),
            icon="phone",
            model=ContactPoint,
            visible=lambda reader: seen_contacts(reader, settings.NOABER_STATUS),
            title=lambda row: f"{row.organisation.code} {row.function}",
            searched=contact_searched,
            related=("organisation", "owner"),
            visible_of=seen_contacts,
            by_label=True,
        )
    )


def _capacities(reader: Organisation, status: str) -> QuerySet[Capacity]:
    seen = Capacity.objects.visible_to(reader).filter(status=status, withdrawn_at__isnull=True)
    return seen.select_related("owner")

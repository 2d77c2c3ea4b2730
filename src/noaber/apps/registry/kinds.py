"""What the registry keeps, as the house knows it.

Of what has a status, only the node's own is linked, and search asks for one: Actual, Exercise and Test never mix.
"""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.records.kinds import Kind, add_kind
from noaber.apps.registry.contact_reminders import contacts_ahead, waiting_contacts
from noaber.apps.registry.index_documents import (
    agreement_searched,
    capacity_searched,
    contact_searched,
    organisation_searched,
)
from noaber.apps.registry.models import AgreementDocument, AgreementRow, Capacity, CapacityCapability, ContactPoint
from noaber.apps.registry.presenters.agreements import title_of
from noaber.apps.registry.queries import seen_contacts
from noaber.apps.registry.queries.agreements import agreement_of


def _capacities(reader: Organisation, status: str) -> QuerySet[Capacity]:
    seen = Capacity.objects.visible_to(reader).filter(status=status, withdrawn_at__isnull=True)
    return seen.select_related("owner")


add_kind(
    Kind(
        code="agreement",
        label=_("agreement"),
        plural=_("agreements"),
        icon="document",
        model=AgreementRow,
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
        title=lambda row: f"{row.organisation.code} {row.function}",
        searched=contact_searched,
        related=("organisation", "owner"),
        visible_of=seen_contacts,
        by_label=True,
        waiting=waiting_contacts,
        ahead=contacts_ahead,
    )
)

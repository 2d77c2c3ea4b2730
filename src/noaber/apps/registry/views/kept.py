"""For whom a page of the registry may write, and with whom it may share."""

from __future__ import annotations

from django.db.models import QuerySet

from noaber.apps.accounts.models import Organisation, SharingGroup
from noaber.apps.accounts.queries import keeps


def kept_organisations(organisation: Organisation) -> list[Organisation]:
    """The organisation first, then the parts whose records it keeps."""
    kept = Organisation.objects.filter(pk__in=keeps(organisation))
    return sorted(kept, key=lambda other: (other.pk != organisation.pk, other.code))


def groups_of(organisation: Organisation) -> QuerySet[SharingGroup]:
    """The groups with which an organisation may share."""
    return SharingGroup.objects.filter(organisations=organisation).distinct()

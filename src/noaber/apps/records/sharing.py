"""With which groups a record is shared, and whose records an organisation keeps."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from noaber.apps.accounts.models import Organisation, SharingGroup
from noaber.apps.accounts.queries import keeps
from noaber.core.problems import NotAllowed


def group_keys(codes: Iterable[str]) -> dict[str, int]:
    """The keys of sharing groups by code.

    Raises
    ------
    NotAllowed
        Where there is no such group.
    """
    found = dict(SharingGroup.objects.filter(code__in=codes).values_list("code", "pk"))
    for code in codes:
        if code not in found:
            raise NotAllowed("registry.no-group", group=code)
    return found


def kept_organisations(organisation: Organisation) -> list[Organisation]:
    """The organisation first, then the parts whose records it keeps."""
    kept = Organisation.objects.filter(pk__in=keeps(organisation))
    return sorted(kept, key=lambda other: (other.pk != organisation.pk, other.code))


def groups_of(organisation: Organisation) -> QuerySet[SharingGroup]:
    """The groups with which an organisation may share."""
    return SharingGroup.objects.filter(organisations=organisation).distinct()

"""With which groups a record is shared."""

from __future__ import annotations

from collections.abc import Iterable

from noaber.apps.accounts.models import SharingGroup
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

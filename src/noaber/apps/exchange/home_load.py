"""Who is hit itself: an app above, which knows incidents, tells how heavy an owner's own load is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

from noaber.apps.accounts.models import Organisation

HEAVIEST: Final = "Extreme"
"""The CAP 1.2 severity of an incident at home with which an owner's teams stay, unless somebody says why not."""

FindLoads = Callable[[Organisation, str, Collection[str], str], Mapping[str, str]]
"""(reader, status, owners, case) → the severest open incident in each owner's own territory, as far as the reader may
see it; the case that is answered does not count, nor an owner whose territory is a whole country."""

_find: list[FindLoads] = []


def tell_loads(find: FindLoads) -> None:
    """Let an app above tell the loads."""
    _find.append(find)


def loads_of(reader: Organisation, status: str, owners: Collection[str], case_id: str) -> dict[str, str]:
    """The severity of each owner's own load, by its code; an owner of whom nothing is known is left out."""
    found: dict[str, str] = {}
    for find in _find:
        found |= find(reader, status, owners, case_id)
    return found

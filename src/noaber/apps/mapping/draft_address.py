"""The address that describes a draft of a change: which names its query has, in which order."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import QueryDict

PARTS = ("kind", "party", "helps", "hazards", "text", "minutes", "capability", "hazard", "on")
"""The names in an address that make up a draft."""


def address_of(draft: Mapping[str, list[str]]) -> str:
    """The query of a draft, the names in their order: a database need not keep it."""
    query = QueryDict(mutable=True)
    for name in PARTS:
        if name in draft:
            query.setlist(name, draft[name])
    return query.urlencode()

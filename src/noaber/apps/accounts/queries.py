"""Reads for the pages about organisations. Which organisations exist is known to everyone who signs in."""

from __future__ import annotations

from django.db.models import QuerySet

from noaber.apps.accounts.models import Organisation
from noaber.core.problems import NotFound


def list_organisations(*, kind: str = "", country: str = "", text: str = "") -> list[Organisation]:
    """All organisations of a kind and country whose code or name (in any language) contains `text`."""
    found: QuerySet[Organisation] = Organisation.objects.select_related("parent").prefetch_related(
        "group_memberships__group"
    )
    if kind:
        found = found.filter(kind=kind)
    if country:
        found = found.filter(country=country)
    wanted = text.casefold().strip()
    return [organisation for organisation in found if not wanted or wanted in _haystack(organisation)]


def _haystack(organisation: Organisation) -> str:
    return " ".join(
        [organisation.code, organisation.seat, organisation.seat_name, *organisation.names.values()]
    ).casefold()


def get_organisation(code: str) -> Organisation:
    """The organisation, or `NotFound`."""
    found = Organisation.objects.filter(code=code).select_related("parent").first()
    if found is None:
        raise NotFound
    return found


def keeps(organisation: Organisation) -> frozenset[int]:
    """The keys of the organisations whose records `organisation` keeps.

    Its own, and those of the parts below it that do not use Noaber; where a part does, it keeps its own and
    those below it.
    """
    below: dict[int | None, list[int]] = {}
    for key, parent in Organisation.objects.filter(connected=False).values_list("pk", "parent_id"):
        below.setdefault(parent, []).append(key)
    kept: set[int] = set()
    waiting = [organisation.pk]
    while waiting:
        key = waiting.pop()
        if key not in kept:
            kept.add(key)
            waiting.extend(below.get(key, ()))
    return frozenset(kept)

"""The tabs at the head of the pages of one place: each app adds its own, in `AppConfig.ready`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.urls import reverse

from noaber.web.navigation import PLACES, Text


@dataclass(frozen=True)
class Tab:
    """One tab as the page of one request shows it."""

    label: Text
    url: str
    current: bool


@dataclass(frozen=True)
class _Opened:
    url_name: str
    label: Text
    rank: int
    covers: frozenset[str]


_tabs: Final[dict[str, list[_Opened]]] = defaultdict(list)


def open_tab(place: str, *, url_name: str, label: Text, rank: int, covers: Collection[str] = ()) -> None:
    """Add a tab to one of the seven places.

    Parameters
    ----------
    place
        Which of `navigation.PLACES`.
    rank
        Where it stands: the lowest is the first.
    covers
        Url names of the other pages that lie under it, so that the tab is marked there too.
    """
    known = next(one.key for one in PLACES if one.key == place)
    _tabs[known].append(_Opened(url_name, label, rank, frozenset({url_name, *covers})))


def tabs_of(place: str, request: HttpRequest) -> Iterator[Tab]:
    """The tabs of a place in their order, as `request` sees them."""
    here = getattr(request.resolver_match, "view_name", None)
    for tab in sorted(_tabs[place], key=lambda tab: tab.rank):
        yield Tab(tab.label, reverse(tab.url_name), here in tab.covers)

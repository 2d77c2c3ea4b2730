"""The seven places of the house, and which of them are open: an app opens a place when it is ready to receive.

A place that nobody has opened is not shown, so no link leads nowhere. The same holds for the search box.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Text = str | Promise
Count = Callable[[HttpRequest], int | None]


@dataclass(frozen=True)
class Place:
    """One entry of the navigation."""

    key: str
    label: Text
    short: Text
    """The label where there is little room: the bar of a phone."""
    icon: str
    shortcut: str
    """The letter that follows `g`."""


PLACES: Final = (
    Place("desk", _("Desk"), pgettext_lazy("phone bar", "Desk"), "desk", "d"),
    Place("assistance", _("Assistance"), pgettext_lazy("phone bar", "Assistance"), "assistance", "a"),
    Place("map", _("Map"), pgettext_lazy("phone bar", "Map"), "map", "k"),
    Place("mapping", _("Mapping"), pgettext_lazy("phone bar", "Mapping"), "mapping", "m"),
    Place("events", _("Events"), pgettext_lazy("phone bar", "Events"), "events", "e"),
    Place("cooperation", _("Cooperation"), pgettext_lazy("phone bar", "Cooperation"), "cooperation", "c"),
    Place("library", _("Library"), pgettext_lazy("phone bar", "Library"), "library", "l"),
)
ON_PHONE_BAR: Final = frozenset({"desk", "assistance", "map", "mapping"})


@dataclass(frozen=True)
class OpenPlace:
    """A place that an app has opened: where it begins, how much waits there."""

    place: Place
    url_name: str
    count: Count | None


@dataclass(frozen=True)
class Link:
    """A place as the navigation of one request shows it."""

    place: Place
    url: str
    current: bool
    count: int | None

    @property
    def on_phone_bar(self) -> bool:
        return self.place.key in ON_PHONE_BAR


@dataclass(frozen=True)
class Search:
    url_name: str
    parameter: str


class Navigation:
    """What the apps have opened."""

    def __init__(self) -> None:
        self._open: dict[str, OpenPlace] = {}
        self._pages: dict[str, set[str]] = {place.key: set() for place in PLACES}
        self._search: Search | None = None
        self.telephone_list = ""
        """Url name of the list of numbers that a page keeps for the moment when its line is dead."""

    def open_place(self, key: str, *, url_name: str, covers: Collection[str] = (), count: Count | None = None) -> None:
        """Open one of the seven places.

        Parameters
        ----------
        key
            Which of `PLACES`.
        url_name
            Where it begins.
        covers
            Url names of the other pages that lie in it, so that the place is marked there too.
        count
            How many things wait there for the one who asks; None or 0 shows nothing.
        """
        place = next(place for place in PLACES if place.key == key)
        already = self._open.get(key)
        self._open[key] = OpenPlace(place, url_name, count or (already.count if already else None))
        self.cover_pages(key, {url_name, *covers})

    def cover_pages(self, key: str, url_names: Collection[str]) -> None:
        """Say that pages lie in a place, so that it is marked there."""
        self._pages[key].update(url_names)

    def open_search(self, *, url_name: str, parameter: str = "q") -> None:
        """Show the search box; it leads to `url_name?parameter=…`."""
        self._search = Search(url_name, parameter)

    @property
    def search(self) -> Search | None:
        return self._search

    def links(self, request: HttpRequest) -> Iterator[Link]:
        """The open places in the order of the house, as `request` sees them."""
        here = getattr(request.resolver_match, "view_name", None)
        for place in PLACES:
            opened = self._open.get(place.key)
            if opened is not None:
                count = opened.count(request) if opened.count else None
                yield Link(place, reverse(opened.url_name), here in self._pages[place.key], count or None)


navigation: Final = Navigation()
open_place = navigation.open_place
cover_pages = navigation.cover_pages
open_search = navigation.open_search

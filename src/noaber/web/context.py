"""What the frame shows around every page, gathered once for each request.

Nothing here needs the database by itself; the counts of the places ask for it only where someone is signed in.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.http import url_has_allowed_host_and_scheme

from noaber.web import clock
from noaber.web.navigation import Link, Search, navigation
from noaber.web.reader import reader_language
from noaber.web.words import script_words

THEMES = ("light", "dark")
THEME_COOKIE = "noaber-theme"


@dataclass(frozen=True)
class Frame:
    """The facts of the frame. Without a request it is the plain frame of a page that failed."""

    request: HttpRequest | None = None
    now: datetime.datetime = field(default_factory=clock.now)

    @cached_property
    def acting(self) -> Any:
        """Who acts for which organisation; None where nobody is signed in. Set by the accounts' middleware."""
        return getattr(self.request, "acting", None)

    @property
    def status(self) -> str:
        """Actual, Exercise or Test: of the record that the page shows, else of the whole node."""
        return str(getattr(self.request, "status_band", None) or settings.NOABER_STATUS)

    @property
    def status_note(self) -> str | Promise:
        return settings.NOABER_STATUS_NOTE if self.status == settings.NOABER_STATUS else ""

    @property
    def node(self) -> str:
        """The name of this node; empty where it has none."""
        return settings.NOABER_NODE

    @property
    def language(self) -> str:
        return reader_language()

    @property
    def minutes_east(self) -> int:
        """How far the reader's clock stands before UTC now, in minutes."""
        offset = timezone.localtime(self.now).utcoffset()
        return int(offset.total_seconds() // 60) if offset else 0

    @property
    def languages(self) -> list[tuple[str, str]]:
        return list(settings.LANGUAGES)

    @property
    def theme(self) -> str:
        """The chosen theme; empty where the reader's system decides."""
        chosen = self.request.COOKIES.get(THEME_COOKIE, "") if self.request else ""
        return chosen if chosen in THEMES else ""

    @cached_property
    def places(self) -> list[Link]:
        return list(navigation.links(self.request)) if self.request and self.acting else []

    @property
    def phones_url(self) -> str:
        return reverse(navigation.telephone_list) if self.acting and navigation.telephone_list else ""

    @property
    def search(self) -> Search | None:
        return navigation.search if self.acting else None

    @property
    def search_text(self) -> str:
        if self.request is None or self.search is None:
            return ""
        return self.request.GET.get(self.search.parameter, "")

    @property
    def searches_here(self) -> bool:
        """Whether this is the page of the search itself."""
        match = self.request.resolver_match if self.request else None
        return bool(match and self.search and match.view_name == self.search.url_name)

    @property
    def back_url(self) -> str:
        """The page of ours from which the request came, else the first page."""
        came_from = self.request.headers.get("Referer", "") if self.request else ""
        ours = self.request and url_has_allowed_host_and_scheme(came_from, allowed_hosts={self.request.get_host()})
        return came_from if ours and came_from else "/"

    @property
    def words(self) -> dict[str, str]:
        return script_words()


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor."""
    return {"frame": Frame(request, now=getattr(request, "now", None) or clock.now())}

"""Search over everything that one may see: the page, and what drops down while someone types."""

from __future__ import annotations

import re
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.status import status_asked
from noaber.apps.library.beside import find_beside
from noaber.apps.library.presenters.search import present_facets, present_hit, present_status
from noaber.apps.library.search import MOST_HITS, Wanted, find
from noaber.apps.library.search import search as search_all
from noaber.core.search.question import LONGEST_TEXT, read_question
from noaber.reference.texts import LANGUAGES
from noaber.web.htmx import render_page_or_fragment, wants_fragment
from noaber.web.pagination import PageOf
from noaber.web.tables import with_query

SHORTEST: Final = 2
_BRIEF: Final = 8
_YEAR: Final = re.compile(r"[12]\d{3}")
_PAGE: Final = re.compile(r"[0-9]{1,7}")


@acting_required
@require_GET
def search(request: ActingRequest) -> HttpResponse:
    """`?q=` with the facets; `?brief=1` for what drops down under the box."""
    status = status_asked(request)
    request.status_band = status
    text = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST_TEXT]
    wanted = _wanted(request, status, text)
    too_short = len(text) < SHORTEST or not wanted.question
    if request.GET.get("brief") and wants_fragment(request):
        hits = [] if too_short else find(request.acting.organisation, wanted, most=_BRIEF)
        return render(request, "library/_brief.html", {"text": text, "hits": hits, "too_short": too_short})
    context = {"text": text, "too_short": too_short} | ({} if too_short else _found(request, wanted, text))
    return render_page_or_fragment(request, "library/search.html", "library/_found_records.html", context)


def _wanted(request: ActingRequest, status: str, text: str) -> Wanted:
    """An address that asks for something odd gets everything."""
    asked = {name: request.GET.get(name, "")[:60].replace("\x00", "") for name in ("kind", "organisation", "theme")}
    language, year = request.GET.get("language", ""), request.GET.get("year", "")
    return Wanted(
        question=read_question(text),
        status=status,
        language=language if language in LANGUAGES else "",
        year=year if _YEAR.fullmatch(year) else "",
        **asked,
    )


def _page_asked(request: ActingRequest) -> int:
    """The number of the page; the first for an address that asks for something odd."""
    asked = request.GET.get("page", "")
    return max(1, int(asked)) if _PAGE.fullmatch(asked) else 1


def _found(request: ActingRequest, wanted: Wanted, text: str) -> dict[str, object]:
    reader = request.acting.organisation
    asked = _page_asked(request)
    found = search_all(reader, wanted, first=(asked - 1) * MOST_HITS)
    counts = found.counts
    page = Paginator(range(counts.total), MOST_HITS).get_page(asked)
    if page.number != asked:
        found = search_all(reader, wanted, first=(page.number - 1) * MOST_HITS)
    return {
        "hits": [present_hit(hit, wanted.question) for hit in found.hits],
        "total": counts.total,
        "pages": PageOf(
            page,
            found.hits,
            with_query(request.GET, page=page.previous_page_number()) if page.has_previous() else "",
            with_query(request.GET, page=page.next_page_number()) if page.has_next() else "",
        ),
        "facets": [*present_facets(request.GET, wanted, counts), present_status(request.GET, wanted.status)],
        "beside": list(find_beside(request.acting, text)) if page.number == 1 else [],
    }

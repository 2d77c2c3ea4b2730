"""The private calendar of placements; it has the same key as the one of actions, so one new address voids both."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from noaber.apps.accounts.acting import Acting, ActingRequest, acting_required
from noaber.apps.actions.views.feeds import calendar_page, feed_answer
from noaber.apps.placements.calendar import write_calendar
from noaber.apps.placements.queries import list_calls, list_placements
from noaber.web.clock import now


@acting_required
@require_http_methods(["GET", "POST"])
def calendar(request: ActingRequest) -> HttpResponse:
    """The address that the person's calendar asks again and again."""
    return calendar_page(request, "placements/calendar.html", feed_url="exchange-feed")


@never_cache
@require_safe
def feed(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """Every stay and deadline that the organisation sees, in the language of the person; the address is the key."""

    def write(acting: Acting) -> bytes:
        reader = acting.organisation
        placements, calls = list_placements(reader), list_calls(reader)
        return write_calendar(placements, calls=calls, address=request.build_absolute_uri, now=now())

    return feed_answer(pk, token, write)

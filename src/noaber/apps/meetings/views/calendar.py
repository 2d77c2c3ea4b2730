"""The private calendar of meetings; it has the same key as the one of actions, so one new address voids both."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from noaber.apps.accounts.acting import Acting, ActingRequest, acting_required
from noaber.apps.actions.views.feeds import calendar_page, feed_answer
from noaber.apps.meetings.calendar import write_feed
from noaber.apps.meetings.models import Meeting
from noaber.web.clock import now


@acting_required
@require_http_methods(["GET", "POST"])
def calendar(request: ActingRequest) -> HttpResponse:
    """The address that the person's calendar asks again and again."""
    return calendar_page(request, "meetings/calendar.html", feed_url="meetings-feed")


@never_cache
@require_safe
def feed(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """Every meeting that the organisation sees, in the language of the person; the address is the key."""

    def write(acting: Acting) -> bytes:
        found = Meeting.objects.visible_to(acting.organisation).select_related("owner")
        return write_feed(found, address=request.build_absolute_uri, now=now())

    return feed_answer(pk, token, write)

"""The private calendar: its address, a new address, and what calendars read there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from noaber.apps.accounts.acting import Acting, ActingRequest, acting_required
from noaber.apps.accounts.queries import keeps
from noaber.apps.actions.calendar import write_calendar
from noaber.apps.actions.queries import ActionFilter, list_actions
from noaber.apps.actions.views.feeds import calendar_page, feed_answer
from noaber.web.clock import now


@acting_required
@require_http_methods(["GET", "POST"])
def calendar(request: ActingRequest) -> HttpResponse:
    """The address that the person's calendar asks again and again."""
    return calendar_page(request, "actions/calendar.html", feed_url="actions-feed")


@never_cache
@require_safe
def feed(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """The due days of what the organisation is to do, in the language of the person; the address is the key."""

    def write(acting: Acting) -> bytes:
        asked = ActionFilter(state="under-way")
        found = list_actions(acting.organisation, asked, acting.today).filter(
            responsible__in=keeps(acting.organisation)
        )
        return write_calendar(found, address=request.build_absolute_uri, now=now())

    return feed_answer(pk, token, write)

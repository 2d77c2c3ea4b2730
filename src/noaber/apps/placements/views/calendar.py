"""The private calendar of placements; it has the same key as the one of actions, so one new address voids both."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.actions.calendar import CALENDAR_TYPE, feed_token, open_feed
from noaber.apps.actions.services import get_feed, renew_feed
from noaber.apps.placements.calendar import write_calendar
from noaber.apps.placements.queries import list_placements
from noaber.web.clock import now


def calendar_answer(content: bytes, *, name: str) -> HttpResponse:
    """A calendar as a file."""
    headers = {"Content-Disposition": f'attachment; filename="noaber-{name}.ics"'}
    return HttpResponse(content, content_type=CALENDAR_TYPE, headers=headers)


@acting_required
@require_GET
def calendar(request: ActingRequest) -> HttpResponse:
    """The address that the person's calendar asks again and again."""
    feed = get_feed(request.acting)
    path = reverse("exchange-feed", args=[feed.pk, feed_token(feed)])
    context = {"feed": feed, "address": request.build_absolute_uri(path)}
    response = render(request, "placements/calendar.html", context)
    response["Cache-Control"] = "no-store"
    return response


@acting_required
@require_POST
def calendar_renew(request: ActingRequest) -> HttpResponse:
    renew_feed(request.acting)
    messages.success(request, _("The calendars have new addresses; the old ones are void."))
    return redirect("exchange-calendar")


@never_cache
@require_safe
def feed(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """Every placement that the organisation sees, in the language of the person; the address is the key."""
    acting = open_feed(pk, token)
    with translation.override(acting.person.language or None):
        content = write_calendar(list_placements(acting.organisation), address=request.build_absolute_uri, now=now())
    return HttpResponse(content, content_type=CALENDAR_TYPE)

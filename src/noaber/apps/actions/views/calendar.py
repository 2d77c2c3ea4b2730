"""The private calendar: its address, a new address, and what calendars read there."""

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
from noaber.apps.accounts.queries import keeps
from noaber.apps.actions import services
from noaber.apps.actions.calendar import CALENDAR_TYPE, feed_token, open_feed, write_calendar
from noaber.apps.actions.queries import ActionFilter, list_actions
from noaber.apps.actions.views.common import today_of
from noaber.web.clock import now


@acting_required
@require_GET
def calendar(request: ActingRequest) -> HttpResponse:
    """The address that the person's calendar asks again and again."""
    feed = services.get_feed(request.acting)
    path = reverse("actions-feed", args=[feed.pk, feed_token(feed)])
    context = {"feed": feed, "address": request.build_absolute_uri(path)}
    response = render(request, "actions/calendar.html", context)
    response["Cache-Control"] = "no-store"
    return response


@acting_required
@require_POST
def calendar_renew(request: ActingRequest) -> HttpResponse:
    services.renew_feed(request.acting)
    messages.success(request, _("The calendar has a new address; the old one is void."))
    return redirect("actions-calendar")


@never_cache
@require_safe
def feed(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """The due days of what the organisation is to do, in the language of the person; the address is the key."""
    acting = open_feed(pk, token)
    asked = ActionFilter(state="under-way")
    found = list_actions(acting.organisation, asked, today_of(acting)).filter(
        responsible__in=keeps(acting.organisation)
    )
    with translation.override(acting.person.language or None):
        content = write_calendar(found, address=request.build_absolute_uri, now=now())
    return HttpResponse(content, content_type=CALENDAR_TYPE)

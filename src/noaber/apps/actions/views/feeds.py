"""Private calendars, whatever they hold: the page that gives the address, what calendars read there, and files.

A person has one key for all of them, so a new address voids every old one.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from noaber.apps.accounts.acting import Acting, ActingRequest
from noaber.apps.actions.calendar import CALENDAR_TYPE, feed_token, open_feed
from noaber.apps.actions.services import get_feed, renew_feed


def calendar_page(request: ActingRequest, template: str, *, feed_url: str) -> HttpResponse:
    """The page with the address that the person's calendar asks again and again; posted, it gives new addresses."""
    if request.method == "POST":
        renew_feed(request.acting)
        messages.success(request, _("The calendars have new addresses; the old ones are void."))
        return redirect(request.path)
    feed = get_feed(request.acting)
    path = reverse(feed_url, args=[feed.pk, feed_token(feed)])
    context = {"feed": feed, "address": request.build_absolute_uri(path)}
    response = render(request, template, context)
    response["Cache-Control"] = "no-store"
    return response


def feed_answer(pk: int, token: str, write: Callable[[Acting], bytes]) -> HttpResponse:
    """What `write` makes for whom the address stands, in the language of the person; the address is the key."""
    acting = open_feed(pk, token)
    with translation.override(acting.person.language or None):
        return HttpResponse(write(acting), content_type=CALENDAR_TYPE)


def calendar_answer(content: bytes, *, name: str) -> HttpResponse:
    """A calendar as a file."""
    headers = {"Content-Disposition": f'attachment; filename="noaber-{name}.ics"'}
    return HttpResponse(content, content_type=CALENDAR_TYPE, headers=headers)

"""The small site for a browser: a feed that the test moves, a form that is slow, a desk that rings."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from noaber.reference.boundaries import countries_geojson
from noaber.web.navigation import open_place, open_search
from pages.framesite import views
from pages.framesite.urls import handler500
from pages.framesite.urls import urlpatterns as small_site

__all__ = ["handler500", "urlpatterns"]

STATE = {"version": 1, "hangs": 0, "sent": 0, "feeds": 0, "asked": 0}

open_place("desk", url_name="framesite-desk", count=lambda request: 5)
open_place("assistance", url_name="framesite-form", count=lambda request: 2)
for key in ("map", "mapping", "events", "cooperation", "library"):
    open_place(key, url_name="framesite-print", count=lambda request: 0)
open_search(url_name="framesite-waits")


async def feed(request: HttpRequest) -> StreamingHttpResponse:
    STATE["feeds"] += 1
    return StreamingHttpResponse(_events(), content_type="text/event-stream")


async def _events() -> AsyncIterator[str]:
    sent = None
    while STATE["version"] > 0:
        if STATE["hangs"]:
            pass
        elif sent != STATE["version"]:
            sent = STATE["version"]
            yield f"event: changed\ndata: {sent}\n\n"
        else:
            yield "event: alive\ndata: yes\n\n"
        await asyncio.sleep(0.05)


def state(request: HttpRequest) -> JsonResponse:
    """`?version=` moves the feed; 0 ends it. `?hangs=1` keeps it open and silent."""
    for name in ("version", "hangs"):
        if name in request.GET:
            STATE[name] = int(request.GET[name])
    return JsonResponse(STATE)


def waits(request: HttpRequest) -> HttpResponse:
    """The list, whose first row differs after a change."""
    STATE["asked"] += 1
    rows = views._waits()
    rows[0]["why"] = f"Version {STATE['version']}"
    context = {"waits": rows, "since": views.NOW}
    return render(request, "framesite/_waits.html", context)


def slow(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        STATE["sent"] += 1
        time.sleep(0.6)
        return redirect("/framesite/")
    return render(request, "framesite/slow.html")


urlpatterns = [
    path("feed", feed, name="feed"),
    path("framesite/state/", state),
    path("framesite/waits/", waits),
    path("framesite/slow/", slow),
    path("framesite/ring/", lambda request: render(request, "framesite/ring.html")),
    path("framesite/boundaries.geojson", lambda request: JsonResponse(countries_geojson())),
    *small_site,
]

"""The choice for which organisation one acts, the language, health, and the live feed."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connection
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import activate, get_language
from django.views.decorators.http import require_GET, require_POST

from noaber.apps.accounts.acting import SESSION_KEY, Acting, ActingRequest, acting_for, acting_required
from noaber.apps.accounts.feed import watcher
from noaber.apps.accounts.services import choose_language


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and its tables are there, 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM accounts_organisation LIMIT 1")
    except Exception:
        return JsonResponse({"status": "unavailable"}, status=503)
    return JsonResponse({"status": "ok", "node": settings.NOABER_NODE, "database": connection.vendor})


async def feed(request: HttpRequest) -> HttpResponseBase:
    """Server-sent events: "changed" with the new counter, whenever something that the organisation sees changes.

    While nothing changes, "alive" every few seconds: a comment would keep the connection open too, but no page sees it.
    """
    acting = await _acting(request)
    if acting is None:
        raise Http404
    response = StreamingHttpResponse(_events(acting.organisation.pk), content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


@sync_to_async
def _acting(request: HttpRequest) -> Acting | None:
    if not request.user.is_authenticated:
        return None
    return acting_for(request.user, request.session.get(SESSION_KEY))


async def _events(organisation_id: int) -> AsyncIterator[str]:
    async for version in watcher().listen(organisation_id):
        yield "event: alive\ndata: yes\n\n" if version is None else f"event: changed\ndata: {json.dumps(version)}\n\n"


@acting_required
@require_POST
def act_for(request: ActingRequest) -> HttpResponse:
    """Act for another organisation to which one belongs."""
    code = request.POST.get("organisation", "")
    if code not in {organisation.code for organisation in request.acting.choices}:
        raise Http404
    request.session[SESSION_KEY] = code
    return redirect("/")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language: kept with the person, or in a cookie before signing in."""
    code = request.POST.get("language", "")
    if code not in dict(settings.LANGUAGES):
        raise Http404
    if request.user.is_authenticated:
        choose_language(request.user, code)
    activate(code)
    response = redirect(_back(request))
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, get_language() or code, samesite="Lax", max_age=31536000)
    return response


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else "/"

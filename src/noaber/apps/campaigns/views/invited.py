"""Behind an invitation: no account, one part, until one moment. Whatever else is tried gets the same plain page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.campaigns.fillers import invited_filler
from noaber.apps.campaigns.services.invitations import find_invitation
from noaber.apps.campaigns.views.doors import Door, invited_door
from noaber.apps.campaigns.views.part import part_add, part_answer, part_correct, part_page
from noaber.core.problems import NotAllowed, NotFound

GUESSES: Final = 30
GUESSES_WITHIN_S: Final = 600
"""How many wrong links one address may try, in how long; a mistyped one is not a guess yet."""

View = Callable[[HttpRequest, Door], HttpResponse]


def behind_invitation(view: View) -> Callable[..., HttpResponse]:
    """Open the door that the secret of the address opens, for a reader who is nobody else here.

    The answer is kept by no cache. It sends its address to no other site: the whole product's referrer policy is
    `same-origin`, and a stricter one would take the origin away by which forms are told from forged ones.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, secret: str, **kwargs: Any) -> HttpResponse:
        request.acting = None  # type: ignore[attr-defined]
        response = _answer(request, secret, view)
        add_never_cache_headers(response)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapped


def _answer(request: HttpRequest, secret: str, view: View) -> HttpResponse:
    guesses = f"campaigns-guesses-{get_adapter().get_client_ip(request)}"
    if cache.get(guesses, 0) >= GUESSES:
        return _closed_door(request, status=429)
    invitation = find_invitation(secret)
    if invitation is None:
        cache.add(guesses, 0, GUESSES_WITHIN_S)
        cache.incr(guesses)
        return _closed_door(request)
    campaign = invitation.ask.campaign
    request.status_band = campaign.status  # type: ignore[attr-defined]
    timezone.activate(campaign.zone)
    try:
        return view(request, invited_door(invited_filler(invitation), secret))
    except NotFound:
        return _closed_door(request)
    except NotAllowed as refused:
        return render(request, "campaigns/invited_refused.html", {"problem": refused.problem}, status=409)


def _closed_door(request: HttpRequest, status: int = 404) -> HttpResponse:
    return render(request, "campaigns/invited_closed.html", status=status)


@require_GET
@behind_invitation
def invited(request: HttpRequest, door: Door) -> HttpResponse:
    return part_page(request, door)


@require_POST
@behind_invitation
def invited_answer(request: HttpRequest, door: Door) -> HttpResponse:
    return part_answer(request, door)


@require_http_methods(["GET", "POST"])
@behind_invitation
def invited_correct(request: HttpRequest, door: Door) -> HttpResponse:
    return part_correct(request, door)


@require_http_methods(["GET", "POST"])
@behind_invitation
def invited_add(request: HttpRequest, door: Door) -> HttpResponse:
    return part_add(request, door)

"""What the views share: acting once, and leading on to the message that came of it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from noaber.apps.accounts.acting import ActingRequest
from noaber.apps.accounts.services import do_once
from noaber.apps.exchange.models import slug_of
from noaber.apps.exchange.services import Appended

LONGEST_ADDRESS = 300


def act_once(request: ActingRequest, work: Callable[[], str], told: str = "") -> HttpResponse:
    """Do `work`, which answers with the address to go to; the same form sent twice does it once."""
    location = do_once(request.POST.get("once", ""), request.acting.person, work)
    if told:
        messages.success(request, told)
    return redirect(location)


def place_of(address: str, appended: Appended) -> str:
    """The address of a page, at the message that was appended."""
    return f"{address}#m-{slug_of(appended.message_id)}"[:LONGEST_ADDRESS]

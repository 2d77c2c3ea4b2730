"""What the pages of the house share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from noaber.apps.accounts.acting import ActingRequest
from noaber.apps.accounts.services import do_once
from noaber.apps.campaigns.models import Ask, Campaign
from noaber.apps.campaigns.queries import get_ask, get_campaign
from noaber.web.clock import now


def asked_campaign(request: ActingRequest, pk: int) -> Campaign:
    return get_campaign(request.acting.organisation, request.status_band, pk, now())


def asked_ask(request: ActingRequest, pk: int) -> Ask:
    return get_ask(request.acting.organisation, request.status_band, pk, now())


def take_step(request: ActingRequest, work: Callable[[], Any], told: str, location: str) -> HttpResponse:
    """Do what a button says once, and lead on."""

    def done() -> str:
        work()
        return location

    answer = redirect(do_once(request.POST.get("once", ""), request.acting.person, done))
    messages.success(request, told)
    return answer

"""Reminding everybody at once: those who are late in a plan, those who have not commented on its draft."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.services import do_once
from noaber.apps.plans import services
from noaber.apps.plans.queries import get_last_consultation, get_plan


@acting_required
@require_POST
def plan_remind(request: ActingRequest, number: str) -> HttpResponse:
    plan = get_plan(request.acting.organisation, number)

    def work() -> str:
        services.remind_late(request.acting, plan)
        return f"{plan.get_absolute_url()}#late"

    return _remind(request, work, _("Whoever is late is reminded."))


@acting_required
@require_POST
def consultation_remind(request: ActingRequest, number: str) -> HttpResponse:
    plan = get_plan(request.acting.organisation, number)
    consultation = get_last_consultation(plan)

    def work() -> str:
        services.remind_silent(request.acting, consultation)
        return f"{plan.get_absolute_url()}consultation"

    return _remind(request, work, _("Whoever has not commented is reminded."))


def _remind(request: ActingRequest, work: Callable[[], str], told: str) -> HttpResponse:
    location = do_once(request.POST.get("once", ""), request.acting.person, work)
    messages.success(request, told)
    return redirect(location)

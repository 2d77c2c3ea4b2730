"""The pages of a need: add or change it, remove it, leave it open, let a unit stand in for its teams."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.services import do_once
from noaber.apps.planner.forms.incidents import NeedForm, initial_of_need
from noaber.apps.planner.queries.incidents import get_incident, get_need
from noaber.apps.planner.services import stand_ins
from noaber.apps.planner.services.gaps import accept_gap
from noaber.apps.planner.services.incidents import add_need, change_need, check_may_change, remove_need
from noaber.apps.planner.views.inputs import find_incident, posted_text
from noaber.apps.registry.coded import counted_capability
from noaber.web.reader import reader_language


@acting_required
@require_http_methods(["GET", "POST"])
def need_edit(request: ActingRequest, number: str, code: str = "") -> HttpResponse:
    """Add a need, or change one."""
    found = find_incident(request, number)
    check_may_change(request.acting, found)
    need = get_need(request.acting.organisation, number, code) if code else None
    form = NeedForm(request.POST or None, initial=initial_of_need(need) if need else None)
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "incident": found, "need": need}
        return render(request, "planner/need_form.html", context, status=200 if request.method == "GET" else 422)

    def work() -> str:
        if need is not None:
            reason, language = form.cleaned_data["reason"], form.reason_language
            change_need(request.acting, need, form.data_for_service(), reason=reason, language=language)
        else:
            add_need(request.acting, found, form.data_for_service())
        return reverse("incident", args=[found.number])

    return redirect(do_once(request.POST.get("once", ""), request.acting.person, work))


@acting_required
@require_POST
def need_remove(request: ActingRequest, number: str, code: str) -> HttpResponse:
    remove_need(request.acting, get_need(request.acting.organisation, number, code))
    return redirect("incident", number=number)


@acting_required
@require_POST
def near_miss_accept(request: ActingRequest, number: str, code: str) -> HttpResponse:
    """Let a unit that is something else stand in for teams of a need."""
    need = get_need(request.acting.organisation, number, code)
    unit = posted_text(request, "unit", longest=80)

    def work() -> str:
        made = stand_ins.accept_near_miss(request.acting, need, unit, language=reader_language())
        words = _("%(teams)s: now a need by itself. Have a plan proposed again.")
        messages.success(request, words % {"teams": counted_capability(made.quantity, made.capability)})
        return reverse("incident", args=[number]) + "#needs"

    return redirect(do_once(request.POST.get("once", ""), request.acting.person, work))


@acting_required
@require_POST
def leave_open(request: ActingRequest, number: str) -> HttpResponse:
    """Let what is open of some needs stay so; one comes back to the desk."""
    found = get_incident(request.acting.organisation, number)
    codes = request.POST.getlist("need")
    accept_gap(request.acting, found, codes, reason=request.POST.get("reason", ""), language=reader_language())
    return redirect(f"{reverse('desk')}?status={found.status}")

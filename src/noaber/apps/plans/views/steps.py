"""The steps of a plan: adopted by a director, made a draft again, closed; withdrawn; its state kept for the quarter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.services import do_once
from noaber.apps.library.queries import find_records
from noaber.apps.plans import services
from noaber.apps.plans.enums import PLAN_STEPS, PlanState
from noaber.apps.plans.forms.consultations import AdoptForm, ReviseForm, WithdrawForm
from noaber.apps.plans.models import Comment, Plan
from noaber.apps.plans.queries import get_plan
from noaber.apps.plans.views.common import rights
from noaber.apps.records.kinds import find_kind
from noaber.apps.records.pages import save_form


@acting_required
@require_GET
def plan_steps(request: ActingRequest, number: str) -> HttpResponse:
    return _page(request, get_plan(request.acting.organisation, number))


def _page(request: ActingRequest, plan: Plan, bound: dict[str, forms.Form] | None = None) -> HttpResponse:
    allowed = rights(request.acting, plan)
    steps = PLAN_STEPS[plan.state]
    context: dict[str, Any] = {
        "plan": plan,
        "may_revise": allowed["may_change"] and plan.state == PlanState.ADOPTED,
        "may_close": allowed["may_change"] and PlanState.CLOSED in steps,
        "unanswered": Comment.objects.filter(consultation__plan=plan, outcome="").count() if allowed["is_kept"] else 0,
        "adopt_form": _adopt_form(request, initial={"adopted_on": request.acting.today}),
        "revise_form": ReviseForm(prefix="revise"),
        "withdraw_form": WithdrawForm(prefix="withdraw"),
        **allowed,
        **(bound or {}),
    }
    return render(request, "plans/steps.html", context, status=422 if bound else 200)


def _adopt_form(request: ActingRequest, data: Any = None, **given: Any) -> AdoptForm:
    """With the newest decisions that the reader sees."""
    kind = find_kind("decision")
    found = find_records(request.acting.organisation, kind, "") if kind else []
    return AdoptForm(data, prefix="adopt", decisions=found, **given)


def _step(request: ActingRequest, plan: Plan, form: forms.Form, do: Any, told: str) -> HttpResponse:
    def work() -> str:
        do()
        return plan.get_absolute_url()

    return save_form(request, form, work, told) or _page(request, plan, {f"{form.prefix}_form": form})


@acting_required
@require_POST
def plan_adopt(request: ActingRequest, number: str) -> HttpResponse:
    plan = get_plan(request.acting.organisation, number)
    form = _adopt_form(request, request.POST)
    return _step(
        request,
        plan,
        form,
        lambda: services.adopt_plan(request.acting, plan, **form.data_for_service()),
        _("The plan is adopted; its text is kept."),
    )


@acting_required
@require_POST
def plan_revise(request: ActingRequest, number: str) -> HttpResponse:
    plan = get_plan(request.acting.organisation, number)
    form = ReviseForm(request.POST, prefix="revise")
    return _step(
        request,
        plan,
        form,
        lambda: services.revise_plan(request.acting, plan, reason=form.cleaned_data["reason"]),
        _("The plan is a draft again."),
    )


@acting_required
@require_POST
def plan_close(request: ActingRequest, number: str) -> HttpResponse:
    plan = get_plan(request.acting.organisation, number)
    services.close_plan(request.acting, plan)
    return redirect(plan)


@acting_required
@require_POST
def plan_withdraw(request: ActingRequest, number: str) -> HttpResponse:
    plan = get_plan(request.acting.organisation, number)
    form = WithdrawForm(request.POST, prefix="withdraw")
    return _step(
        request,
        plan,
        form,
        lambda: services.withdraw_plan(request.acting, plan, **form.cleaned_data),
        _("The draft is withdrawn; its history is kept."),
    )


@acting_required
@require_POST
def plan_take_up(request: ActingRequest, number: str) -> HttpResponse:
    """Take a withdrawn draft up again."""
    plan = get_plan(request.acting.organisation, number)

    def work() -> str:
        services.take_up_plan(request.acting, plan)
        return plan.get_absolute_url()

    location = do_once(request.POST.get("once", ""), request.acting.person, work)
    messages.success(request, _("The plan is a draft again."))
    return redirect(location)


@acting_required
@require_POST
def plan_keep(request: ActingRequest, number: str) -> HttpResponse:
    """Keep the state of the plan for this quarter."""
    plan = get_plan(request.acting.organisation, number)
    return redirect(services.freeze_plan(request.acting, plan))

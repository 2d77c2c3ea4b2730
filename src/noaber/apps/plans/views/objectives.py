"""Objectives: one of them with what serves it, adding, wording, ordering, removing; actions added right there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import Acting, ActingRequest, acting_required
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.actions.enums import Origin
from noaber.apps.actions.models import Action
from noaber.apps.actions.queries import get_action
from noaber.apps.library.panel import links_panel
from noaber.apps.library.views.source import sharing_of
from noaber.apps.plans import services
from noaber.apps.plans.enums import OVER
from noaber.apps.plans.forms.plans import MeasurementForm, ObjectiveForm, ServeForm, WeightForm, initial_objective
from noaber.apps.plans.models import Objective, Plan
from noaber.apps.plans.permissions import can_measure
from noaber.apps.plans.presenters.history import NOT_FIELDS
from noaber.apps.plans.queries import get_objective, get_plan, objectives_of
from noaber.apps.plans.standing import ObjectiveView, view_objectives
from noaber.apps.plans.views.common import quick_action_form, rights
from noaber.apps.records.edits import Stands
from noaber.apps.records.history import history_of
from noaber.apps.records.pages import save_form
from noaber.apps.registry.presenters.history import present_history
from noaber.core.problems import InvalidInput, NotFound, Problem
from noaber.web.edits import form_status
from noaber.web.htmx import render_page_or_fragment


def view_of(acting: Acting, record: Objective) -> ObjectiveView:
    """An objective with its parts, for the reader on this day."""
    family = [
        one
        for one in objectives_of(acting.organisation, record.plan)
        if one.pk == record.pk or one.parent_id == record.pk
    ]
    return next(iter(view_objectives(acting.organisation, record.plan, family, acting.today)))


@acting_required
@require_GET
def objective(request: ActingRequest, pk: int) -> HttpResponse:
    return page(request, get_objective(request.acting.organisation, pk))


def page(request: ActingRequest, record: Objective, bound: dict[str, forms.Form] | None = None) -> HttpResponse:
    """The page of an objective; `bound` holds the form that was refused, by its name."""
    acting = request.acting
    plan = record.plan
    allowed = rights(acting, plan)
    context: dict[str, Any] = {
        "plan": plan,
        "objective": record,
        "one": view_of(acting, record),
        "links": links_panel(acting, record),
        "history": present_history(history_of(record), Objective, NOT_FIELDS) if allowed["is_kept"] else [],
        "quick_form": quick_action_form(acting),
        "serve_form": ServeForm(prefix="serve"),
        "measure_form": MeasurementForm(initial={"on": acting.today}, auto_id=False),
        "may_measure": plan.state not in OVER
        and can_measure(
            acting.roles, owner=plan.owner_id, responsible=record.responsible_id, kept=keeps(acting.organisation)
        ),
        **allowed,
        **(bound or {}),
    }
    status = 422 if bound else 200
    return render_page_or_fragment(request, "plans/objective.html", "plans/_objective.html", context, status=status)


def _form(request: ActingRequest, initial: dict[str, Any]) -> ObjectiveForm:
    return ObjectiveForm(request.POST or None, initial=initial, organisations=Organisation.objects.all())


@acting_required
@require_http_methods(["GET", "POST"])
def objective_new(request: ActingRequest, number: str) -> HttpResponse:
    """Add an objective; `?part_of=7` makes it a part of that one."""
    acting = request.acting
    plan = get_plan(acting.organisation, number)
    parent = _asked_parent(request, plan)
    within = parent or plan
    initial = {
        "first_year": within.first_year,
        "last_year": within.last_year,
        "responsible": parent.responsible.code if parent and parent.responsible else "",
    }
    form = _form(request, initial)

    def work() -> str:
        made = services.add_objective(acting, plan, form.data_for_service(), parent=parent)
        return f"{plan.get_absolute_url()}#objective-{made.pk}"

    if request.method == "POST" and (answer := save_form(request, form, work, _("The objective is kept."))):
        return answer
    context = {"form": form, "plan": plan, "parent": parent, "back": plan.get_absolute_url()}
    return _form_page(request, context)


def _form_page(request: ActingRequest, context: dict[str, Any]) -> HttpResponse:
    page, fragment = "plans/objective_form.html", "plans/_objective_form.html"
    return render_page_or_fragment(request, page, fragment, context, status=form_status(context["form"]))


def _asked_parent(request: ActingRequest, plan: Plan) -> Objective | None:
    asked = request.GET.get("part_of", "")
    if not asked:
        return None
    if not asked.isdecimal() or len(asked) > 18:
        raise NotFound
    return get_object_or_404(plan.objectives.select_related("responsible"), pk=int(asked), parent=None)


@acting_required
@require_http_methods(["GET", "POST"])
def objective_edit(request: ActingRequest, pk: int) -> HttpResponse:
    acting = request.acting
    record = get_objective(acting.organisation, pk)
    stands = Stands(record, initial_objective, lock=record.plan)
    form = _form(request, initial_objective(record))

    def work() -> str:
        services.change_objective(acting, record, form.data_for_service())
        return f"{record.plan.get_absolute_url()}#objective-{record.pk}"

    told = _("The changes are kept.")
    if request.method == "POST" and (answer := save_form(request, form, work, told, stands)):
        return answer
    context = {"form": form, "plan": record.plan, "objective": record, "back": record.plan.get_absolute_url()}
    return _form_page(request, context)


@acting_required
@require_POST
def objective_move(request: ActingRequest, pk: int) -> HttpResponse:
    """One place up or down, or to the place where it was dropped."""
    record = get_objective(request.acting.organisation, pk)
    place = request.POST.get("place", "")
    if place.isdecimal() and len(place) < 5:
        services.place_objective(request.acting, record, int(place))
    else:
        services.move_objective(request.acting, record, down=request.POST.get("to") == "down")
    return redirect(f"{record.plan.get_absolute_url()}#objective-{record.pk}")


@acting_required
@require_POST
def objective_remove(request: ActingRequest, pk: int) -> HttpResponse:
    record = get_objective(request.acting.organisation, pk)
    services.remove_objective(request.acting, record)
    return redirect(record.plan)


def _step(request: ActingRequest, record: Objective, form: forms.Form, work: Any, told: str, name: str) -> HttpResponse:
    return save_form(request, form, work, told) or page(request, record, {name: form})


@acting_required
@require_POST
def objective_action(request: ActingRequest, pk: int) -> HttpResponse:
    """Agree on an action that serves the objective; it is shared as the plan is."""
    acting = request.acting
    record = get_objective(acting.organisation, pk)
    form = quick_action_form(acting, request.POST)

    def work() -> str:
        found, plan = form.cleaned_data, record.plan
        data = {
            "title": found["title"],
            "language": found["language"],
            "responsible": form.organisations[found["responsible"]],
            "made_on": acting.today,
            "due_on": found["due_on"],
            "origin": Origin.PLAN,
            **sharing_of(plan),
        }
        services.add_action_for(acting, record, data)
        return f"{plan.get_absolute_url()}#objective-{record.pk}"

    return _step(request, record, form, work, _("The action is kept."), "quick_form")


@acting_required
@require_POST
def objective_serve(request: ActingRequest, pk: int) -> HttpResponse:
    """Let an action that is there serve the objective."""
    acting = request.acting
    record = get_objective(acting.organisation, pk)
    form = ServeForm(request.POST, prefix="serve")

    def work() -> str:
        services.serve_objective(acting, record, _named_action(acting, form.cleaned_data["number"]))
        return record.get_absolute_url()

    return _step(request, record, form, work, _("The action serves this objective."), "serve_form")


def _named_action(acting: Acting, number: str) -> Action:
    found = Action.objects.visible_to(acting.organisation).filter(number__iexact=number.strip()).first()
    if found is None:
        raise InvalidInput([Problem("plan.no-action", "number", {"number": number})])
    return found


@acting_required
@require_POST
def objective_weight(request: ActingRequest, pk: int, number: str) -> HttpResponse:
    acting = request.acting
    record = get_objective(acting.organisation, pk)
    action = get_action(acting.organisation, number)
    form = WeightForm(request.POST)

    def work() -> str:
        services.weigh_action(acting, record, action, form.cleaned_data["weight"])
        return record.get_absolute_url()

    return _step(request, record, form, work, _("The weight is kept."), "weight_form")

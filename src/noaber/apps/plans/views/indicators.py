"""Indicators: added, changed, taken out, measured."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.plans import services
from noaber.apps.plans.forms.plans import IndicatorForm, MeasurementForm, initial_indicator
from noaber.apps.plans.queries import get_indicator, get_objective
from noaber.apps.plans.views.objectives import page
from noaber.apps.records.edits import Stands
from noaber.apps.records.pages import save_form
from noaber.web.edits import form_status


@acting_required
@require_http_methods(["GET", "POST"])
def indicator_new(request: ActingRequest, pk: int) -> HttpResponse:
    acting = request.acting
    objective = get_objective(acting.organisation, pk)
    form = IndicatorForm(request.POST or None)

    def work() -> str:
        services.add_indicator(acting, objective, form.data_for_service())
        return objective.get_absolute_url()

    if request.method == "POST" and (answer := save_form(request, form, work, _("The indicator is kept."))):
        return answer
    context = {"form": form, "objective": objective, "plan": objective.plan}
    return render(request, "plans/indicator_form.html", context, status=422 if form.is_bound else 200)


@acting_required
@require_http_methods(["GET", "POST"])
def indicator(request: ActingRequest, pk: int) -> HttpResponse:
    """Change an indicator of a draft."""
    acting = request.acting
    record = get_indicator(acting.organisation, pk)
    stands = Stands(record, initial_indicator, lock=record.objective.plan)
    form = IndicatorForm(request.POST or None, initial=initial_indicator(record))

    def work() -> str:
        services.change_indicator(acting, record, form.data_for_service())
        return record.objective.get_absolute_url()

    told = _("The changes are kept.")
    if request.method == "POST" and (answer := save_form(request, form, work, told, stands)):
        return answer
    context = {"form": form, "indicator": record, "objective": record.objective, "plan": record.objective.plan}
    return render(request, "plans/indicator_form.html", context, status=form_status(form))


@acting_required
@require_POST
def indicator_measure(request: ActingRequest, pk: int) -> HttpResponse:
    acting = request.acting
    record = get_indicator(acting.organisation, pk)
    form = MeasurementForm(request.POST, auto_id=False)

    def work() -> str:
        services.measure(acting, record, **form.cleaned_data)
        return record.objective.get_absolute_url()

    answer = save_form(request, form, work, _("The measurement is kept."))
    return answer or page(request, record.objective, {"measure_form": form})


@acting_required
@require_POST
def indicator_remove(request: ActingRequest, pk: int) -> HttpResponse:
    record = get_indicator(request.acting.organisation, pk)
    services.remove_indicator(request.acting, record)
    return redirect(record.objective)

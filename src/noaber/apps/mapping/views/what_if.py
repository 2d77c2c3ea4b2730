"""What if: a change, and what it would do before it exists. Stored only where someone keeps it as a draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission, TlpLabel
from noaber.apps.accounts.services import do_once
from noaber.apps.accounts.status import status_asked
from noaber.apps.mapping.draft_address import address_of
from noaber.apps.mapping.effects import Laws, matrix_effect, minutes_effect, plan_effects
from noaber.apps.mapping.models.scenarios import Scenario
from noaber.apps.mapping.presenters.what_if import plan_rows, present_matrix_effect, present_minutes
from noaber.apps.mapping.services.scenarios import ScenarioData, drop_scenario, keep_scenario
from noaber.apps.mapping.what_if import KeepForm, WhatIfForm
from noaber.apps.records.sharing import groups_of
from noaber.apps.registry.queries import assumptions_of, inventory
from noaber.core.agreements.change import Law, apply_change
from noaber.reference.vocabulary import load_capabilities, load_hazards
from noaber.web.clock import now
from noaber.web.htmx import wants_fragment
from noaber.web.reader import reader_language


@acting_required
@require_GET
def what_if(request: ActingRequest) -> HttpResponse:
    """The change and the matrix; `?part=minutes` and `?part=plans` are what takes longer, and follow by themselves."""
    request.status_band = status_asked(request)
    form = _form(request, request.GET)
    laws = _laws(request, form)
    match request.GET.get("part"):
        case "minutes" if laws:
            return _minutes(request, form, laws)
        case "plans" if laws:
            effects = plan_effects(laws, request.acting, request.status_band, now())
            return render(request, "mapping/_plans.html", {"rows": plan_rows(effects)})
        case _:
            return _page(request, form, laws)


def _page(
    request: ActingRequest, form: WhatIfForm, laws: Laws | None, keep: KeepForm | None = None, status: int = 200
) -> HttpResponse:
    organisation = request.acting.organisation
    context: dict[str, Any] = {
        "here": "what-if",
        "form": form,
        "title": form.title,
        "is_described": laws is not None,
        "matrix": laws and present_matrix_effect(_matrix_effect(laws, form)),
        "address": address_of(form.draft),
        "draft": [(name, value) for name, values in form.draft.items() for value in values],
        "keep": keep or KeepForm(groups=groups_of(organisation), initial={"title": form.title}),
        "may_keep": request.acting.may(Permission.EDIT_AGREEMENTS),
        "scenarios": Scenario.objects.visible_to(organisation).select_related("owner"),
        "organisation": organisation,
        "status": request.status_band,
    }
    template = "mapping/_what_if.html" if wants_fragment(request) else "mapping/what_if.html"
    return render(request, template, context, status=status)


def _matrix_effect(laws: Laws, form: WhatIfForm) -> Any:
    return matrix_effect(laws, form.asked, tuple(load_capabilities()), tuple(load_hazards()))


def _minutes(request: ActingRequest, form: WhatIfForm, laws: Laws) -> HttpResponse:
    effect = minutes_effect(laws, request.acting.organisation, request.status_band, now(), form.asked)
    return render(request, "mapping/_minutes.html", {"minutes": effect and present_minutes(effect)})


def _form(request: ActingRequest, query: QueryDict) -> WhatIfForm:
    return WhatIfForm(query, today=now().date(), texts=inventory(request.acting.organisation))


def _laws(request: ActingRequest, form: WhatIfForm) -> Laws | None:
    """The texts as they are and as they would be; None while the change is not described in full."""
    change = form.change
    if change is None:
        return None
    organisation = request.acting.organisation
    before = Law(inventory(organisation), assumptions_of(organisation))
    after = apply_change(
        change, before, organisation=organisation.code, owner=request.acting.function, on=form.asked.on
    )
    return Laws(before, after)


@acting_required
@require_POST
def scenario_keep(request: ActingRequest) -> HttpResponse:
    """Keep the change as a draft that others may open."""
    request.status_band = status_asked(request)
    acting = request.acting
    acting.check_may(Permission.EDIT_AGREEMENTS)
    form = _form(request, request.POST)
    keep = KeepForm(request.POST, groups=groups_of(acting.organisation))
    laws = _laws(request, form)
    if not keep.is_valid() or laws is None:
        return _page(request, form, laws, keep, status=422)
    found = keep.cleaned_data
    data = ScenarioData(
        title=found["title"],
        language=reader_language(),
        asked=form.draft,
        tlp=TlpLabel(found["tlp"]),
        groups=found["groups"],
    )
    location = do_once(
        request.POST.get("once", ""), acting.person, lambda: keep_scenario(acting, data).get_absolute_url()
    )
    messages.success(request, _("The draft is kept. Whoever sees it finds it at the foot of this page."))
    return redirect(location)


@acting_required
@require_POST
def scenario_drop(request: ActingRequest, pk: int) -> HttpResponse:
    """Keep a draft no longer."""
    scenario = Scenario.objects.get_visible(request.acting.organisation, pk=pk)

    def work() -> str:
        drop_scenario(request.acting, scenario)
        return reverse("what-if")

    location = do_once(request.POST.get("once", ""), request.acting.person, work)
    messages.success(request, _("The draft is gone."))
    return redirect(location)

"""Two places and a help: yes, no text or unknown, with all that one needs to ask."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.mapping.forms.two_places import TwoPlacesForm
from noaber.apps.registry.presenters.answer import AnswerView, present_answer
from noaber.apps.registry.queries import assumptions_of, inventory
from noaber.apps.registry.views.as_of import day_context
from noaber.web.clock import now


@acting_required
@require_GET
def two_places(request: ActingRequest) -> HttpResponse:
    """The question, and beside it the answer."""
    form = TwoPlacesForm(request.GET, today=now().date())
    valid = form.is_bound and form.is_valid()
    context: dict[str, Any] = {
        "here": "matrix",
        "view": "places",
        "query": "",
        "form": form,
        "answer": _answer(request, form) if valid else None,
        **day_context(request),
    }
    return render(request, "mapping/two_places.html", context, status=422 if form.is_bound and not valid else 200)


def _answer(request: ActingRequest, form: TwoPlacesForm) -> AnswerView:
    organisation = request.acting.organisation
    texts = inventory(organisation)
    return present_answer(
        form.answer(texts),
        owner=form.owner.place_name,
        place=form.place.place_name,
        inventory=texts,
        assumptions=assumptions_of(organisation),
        organisation=organisation.code,
    )

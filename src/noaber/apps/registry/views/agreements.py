"""Who may help: the matrix with one answer beside it, the map, the list of texts, two places."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.registry.forms.agreements import MatrixForm, TwoPlacesForm
from noaber.apps.registry.forms.inventory import AsOfForm, ListForm
from noaber.apps.registry.presenters.answer import present_answer
from noaber.apps.registry.presenters.inventory import (
    answer_map,
    gaps_of,
    neighbours_of,
    present_answer_for,
    present_matrix,
)
from noaber.apps.registry.presenters.text_list import (
    COLUMNS,
    FILE_COLUMNS,
    count_standings,
    count_unknown,
    cut,
    text_rows,
)
from noaber.apps.registry.queries import assumptions_of, inventory, inventory_rows
from noaber.apps.registry.views.as_of import day_context
from noaber.apps.registry.views.places import attribution
from noaber.web.clock import now
from noaber.web.htmx import render_page_or_fragment
from noaber.web.tables import Sorting, export, with_query


@acting_required
@require_GET
def agreements(request: ActingRequest) -> HttpResponse:
    """The matrix, with the answer of the chosen cell; `?view=map` and `?view=list` show the same otherwise."""
    match request.GET.get("view"):
        case "list":
            return _list(request)
        case "map":
            return _map(request)
        case _:
            return _matrix(request)


def _matrix(request: ActingRequest) -> HttpResponse:
    organisation = request.acting.organisation
    form = MatrixForm(request.GET, today=now().date())
    texts = inventory(organisation)
    matrix = present_matrix(form.chosen(), texts, request.GET)
    context = _frame(request, "matrix") | {
        "form": form,
        "matrix": matrix,
        "answer": present_answer_for(matrix, texts, organisation),
        "region_query": with_query(request.GET, view=None, between=None, **{"from": None, "to": None}),
        **day_context(request),
        "gaps": gaps_of(matrix, request.GET),
        "count": len(texts),
    }
    return render_page_or_fragment(request, "registry/agreements.html", "registry/_who.html", context)


def _map(request: ActingRequest) -> HttpResponse:
    form = MatrixForm(request.GET, today=now().date())
    texts = inventory(request.acting.organisation)
    matrix = present_matrix(form.chosen(), texts, request.GET)
    place, neighbours = neighbours_of(matrix, request.GET)
    context = _frame(request, "map") | {
        "form": form,
        "matrix": matrix,
        "place": place,
        "neighbours": neighbours,
        "map": answer_map(matrix, texts, attribution()),
        **day_context(request),
    }
    return render(request, "registry/agreement_map.html", context)


def _list(request: ActingRequest) -> HttpResponse:
    """The texts as they stand on a day, with what is open in them."""
    as_of = AsOfForm(request.GET, today=now().date())
    form = ListForm(request.GET)
    every = text_rows(inventory_rows(request.acting.organisation), as_of.day)
    sorting = Sorting.from_query(request.GET, COLUMNS, default="title")
    rows = sorting.apply(cut(every, form.wanted()))
    if file := export(request, name=f"agreements-{as_of.day.isoformat()}", columns=FILE_COLUMNS, rows=rows):
        return file
    context = _frame(request, "list") | {
        "sorting": sorting,
        "rows": rows,
        "form": form,
        "as_of": as_of,
        "today_query": with_query(request.GET, on=None),
        "count": len(every),
        "standings": [(one, with_query(request.GET, standing=one.key)) for one in count_standings(every)],
        "unknowns": [(one, with_query(request.GET, unknown=one.key)) for one in count_unknown(every)],
        "open_facts": sum(row.open_facts for row in every),
    }
    status = 200 if as_of.is_valid() else 422
    return render_page_or_fragment(
        request, "registry/agreement_list.html", "registry/_agreement_rows.html", context, status=status
    )


def _frame(request: ActingRequest, view: str) -> dict[str, Any]:
    """What every page here needs; matrix and map lead to each other with the same question."""
    asked = request.GET if view in ("matrix", "map") else QueryDict()
    return {
        "here": "agreements",
        "view": view,
        "matrix_query": with_query(asked, view=None),
        "map_query": with_query(asked, view="map"),
        "may_edit": request.acting.may(Permission.EDIT_AGREEMENTS),
    }


@acting_required
@require_GET
def who_may_help(request: ActingRequest) -> HttpResponse:
    """Two places and a help: yes, no text or unknown, with all that one needs to ask."""
    form = TwoPlacesForm(request.GET, today=now().date())
    valid = form.is_bound and form.is_valid()
    context = _frame(request, "places") | {
        "form": form,
        "answer": _two_places(request, form) if valid else None,
        **day_context(request),
    }
    return render(request, "registry/who_may_help.html", context, status=422 if form.is_bound and not valid else 200)


def _two_places(request: ActingRequest, form: TwoPlacesForm) -> Any:
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

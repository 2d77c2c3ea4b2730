"""Who may help: the matrix with one answer beside it, the map, the list of texts, one text, two places."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.services import do_once
from noaber.apps.registry.forms.agreements import CheckForm, MatrixForm, TwoPlacesForm
from noaber.apps.registry.models import AgreementRow
from noaber.apps.registry.presenters.answer import present_answer
from noaber.apps.registry.presenters.history import present_history
from noaber.apps.registry.presenters.inventory import (
    COLUMNS,
    answer_map,
    gaps_of,
    list_rows,
    neighbours_of,
    present_answer_for,
    present_matrix,
)
from noaber.apps.registry.presenters.text import present_text
from noaber.apps.registry.queries import (
    agreement_of,
    assumptions_of,
    get_agreement_row,
    history_of,
    inventory,
    inventory_rows,
)
from noaber.apps.registry.services import Author, record_check
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
    }
    return render(request, "registry/agreement_map.html", context)


def _list(request: ActingRequest) -> HttpResponse:
    sorting = Sorting.from_query(request.GET, COLUMNS, default="title")
    rows = sorting.apply(list_rows(inventory_rows(request.acting.organisation), text=request.GET.get("q", "")))
    if file := export(request, name="agreements", columns=COLUMNS, rows=rows):
        return file
    context = _frame(request, "list") | {"sorting": sorting, "rows": rows, "q": request.GET.get("q", "")}
    return render_page_or_fragment(request, "registry/agreement_list.html", "registry/_agreement_rows.html", context)


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
    context = _frame(request, "places") | {"form": form, "answer": _two_places(request, form) if valid else None}
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


@acting_required
@require_GET
def agreement(request: ActingRequest, code: str) -> HttpResponse:
    """One text: every field, where it was read, how it stands to others, who checked it when."""
    row = get_agreement_row(request.acting.organisation, code)
    return _text_page(request, row, CheckForm(today=now().date()))


def _text_page(request: ActingRequest, row: AgreementRow, form: CheckForm, status: int = 200) -> HttpResponse:
    organisation = request.acting.organisation
    today = now().date()
    context = _frame(request, "") | {
        "row": row,
        "text": present_text(agreement_of(row), inventory(organisation), organisation, today),
        "history": present_history(history_of(row), AgreementRow),
        "is_kept": row.owner_id in keeps(organisation),
        "form": form,
    }
    return render(request, "registry/agreement.html", context, status=status)


@acting_required
@require_POST
def agreement_check(request: ActingRequest, code: str) -> HttpResponse:
    """Record that someone held our reading against the text."""
    request.acting.check_may(Permission.EDIT_AGREEMENTS)
    row = get_agreement_row(request.acting.organisation, code)
    form = CheckForm(request.POST, today=now().date())
    if not form.is_valid():
        return _text_page(request, row, form, status=422)

    def work() -> str:
        record_check(Author.of(request.acting), row, now=now(), **form.cleaned_data)
        return row.get_absolute_url()

    location = do_once(request.POST.get("once", ""), request.acting.person, work)
    messages.success(request, _("The check is recorded."))
    return redirect(location)

"""The list of the texts, as they stand on a day."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.registry.forms.inventory import AsOfForm, ListForm
from noaber.apps.registry.presenters.text_list import (
    COLUMNS,
    FILE_COLUMNS,
    count_standings,
    count_unknown,
    cut,
    text_rows,
)
from noaber.apps.registry.queries import inventory_rows
from noaber.web.clock import now
from noaber.web.htmx import render_page_or_fragment
from noaber.web.tables import Sorting, export, with_query


@acting_required
@require_GET
def agreements(request: ActingRequest) -> HttpResponse:
    """Every text that one sees, with what is open in it."""
    as_of = AsOfForm(request.GET, today=now().date())
    form = ListForm(request.GET)
    every = text_rows(inventory_rows(request.acting.organisation), as_of.day)
    sorting = Sorting.from_query(request.GET, COLUMNS, default="title")
    rows = sorting.apply(cut(every, form.wanted()))
    if file := export(request, name=f"agreements-{as_of.day.isoformat()}", columns=FILE_COLUMNS, rows=rows):
        return file
    context = {
        "here": "agreements",
        "may_edit": request.acting.may(Permission.EDIT_AGREEMENTS),
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

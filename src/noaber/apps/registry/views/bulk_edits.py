"""Changing many capacities at once: choose, say what changes, look at each row, do it, take it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.queries import keeps
from noaber.apps.records.history import Author
from noaber.apps.records.sharing import groups_of
from noaber.apps.registry.forms.bulk_edits import BulkForm
from noaber.apps.registry.forms.capacities import FilterForm
from noaber.apps.registry.models import BulkEdit, Capacity
from noaber.apps.registry.presenters.history import changed_words, field_label
from noaber.apps.registry.queries.capacities import list_capacities, owners_in
from noaber.apps.registry.seen import seen_capacities
from noaber.apps.registry.services.bulk_edits import (
    BulkRow,
    apply_bulk_edit,
    fingerprint_of,
    plan_bulk_edit,
    prepare_bulk_edit,
    undo_bulk_edit,
)
from noaber.core.problems import NotAllowed, NotFound
from noaber.web import wording
from noaber.web.clock import now

MOST_SHOWN: Final = 200
MOST_ROWS: Final = 50_000


@dataclass(frozen=True)
class RowView:
    """One row of the preview."""

    key: int
    code: str
    name: str
    lines: list[tuple[str, str, str]]
    refusals: list[str]


@acting_required
@require_http_methods(["GET", "POST"])
def capacities_bulk(request: ActingRequest) -> HttpResponse:
    """Say what changes in the capacities that were chosen, or in all that match the filter of the list."""
    request.acting.check_may(Permission.EDIT_CAPACITIES)
    keys = list(_chosen(request).order_by().values_list("pk", flat=True)[:MOST_ROWS])
    if not keys:
        messages.warning(request, _("Choose capacities of your own first."))
        return redirect("capacities")
    form = BulkForm(request.POST or None, groups=groups_of(request.acting.organisation))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["why"]
        edit = prepare_bulk_edit(request.acting, request.status_band, keys, form.given(), reason=reason, now=now())
        return redirect("capacities-bulk-edit", edit.token)
    context = {"here": "capacities", "form": form, "count": len(keys), "query": request.GET.urlencode()}
    return render(request, "registry/bulk_form.html", context, status=422 if request.method == "POST" else 200)


def _chosen(request: ActingRequest) -> QuerySet[Capacity]:
    """Those of the address that the reader keeps: by key, or all that match."""
    reader, status = request.acting.organisation, request.status_band
    if request.GET.get("all"):
        wanted = FilterForm(request.GET, owners=owners_in(reader, status)).wanted()
        return list_capacities(reader, status, wanted, now=now()).filter(Q(is_kept=True))
    keys = [int(key) for key in request.GET.getlist("key") if key.isdecimal() and len(key) < 18]
    return seen_capacities(reader, status).filter(Q(is_kept=True), pk__in=keys)


def _get(request: ActingRequest, token: str) -> BulkEdit:
    """One's own; others do not know of it."""
    edit = BulkEdit.objects.filter(
        token=token,
        person=request.acting.person,
        organisation=request.acting.organisation,
        status=request.status_band,
    ).first()
    if edit is None:
        raise NotFound
    return edit


@acting_required
@require_GET
def capacities_bulk_edit(request: ActingRequest, token: str) -> HttpResponse:
    """Row by row what would change and what is refused; afterwards what was done, and the way back."""
    edit = _get(request, token)
    context = {"here": "capacities", "edit": edit}
    if edit.done_at:
        return render(request, "registry/bulk_done.html", context | {"count": len(edit.written)})
    rows = plan_bulk_edit(edit, keeps(request.acting.organisation), now=now())
    acting = [row for row in rows if row.acts]
    refused = [row for row in rows if row.refusals]
    context |= {
        "changed": len(acting),
        "refused": len(refused),
        "same": len(rows) - len(acting) - len(refused),
        "rows": [_present(row) for row in [*refused, *acting][:MOST_SHOWN]],
        "hidden": max(0, len(acting) + len(refused) - MOST_SHOWN),
        "fingerprint": fingerprint_of(rows),
    }
    return render(request, "registry/bulk_preview.html", context)


def _present(row: BulkRow) -> RowView:
    return RowView(
        key=row.key,
        code=row.code,
        name=row.before.values["name"],
        lines=[
            (field_label(Capacity, name), *changed_words(Capacity, name, before, after))
            for name, (before, after) in row.changes.items()
            if name != "state_at"
        ],
        refusals=[wording.problem(problem) for problem in row.refusals],
    )


@acting_required
@require_POST
def capacities_bulk_apply(request: ActingRequest, token: str) -> HttpResponse:
    """Do what was shown."""
    request.acting.check_may(Permission.EDIT_CAPACITIES)
    edit = _get(request, token)
    shown = request.POST.get("shown", "")
    try:
        count = apply_bulk_edit(Author.of(request.acting), edit, keeps(request.acting.organisation), shown, now=now())
    except NotAllowed as error:
        messages.warning(request, wording.problem(error.problem))
    else:
        words = ngettext("%(count)s capacity is changed.", "%(count)s capacities are changed.", count)
        messages.success(request, words % {"count": count})
    return redirect("capacities-bulk-edit", token)


@acting_required
@require_POST
def capacities_bulk_undo(request: ActingRequest, token: str) -> HttpResponse:
    """Take it back."""
    request.acting.check_may(Permission.EDIT_CAPACITIES)
    edit = _get(request, token)
    undone = undo_bulk_edit(Author.of(request.acting), edit, keeps(request.acting.organisation), now=now())
    words = ngettext("%(count)s capacity is as it was.", "%(count)s capacities are as they were.", undone.count)
    messages.success(request, words % {"count": undone.count})
    if stay := len(undone.overtaken):
        words = ngettext(
            "%(count)s stays: somebody has changed it since.", "%(count)s stay: somebody has changed them since.", stay
        )
        messages.warning(request, words % {"count": stay})
    return redirect("capacities-bulk-edit", token)

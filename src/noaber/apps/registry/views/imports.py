"""Importing a CSV file of capacities: choose, look at what it would do, confirm."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.services import do_once
from noaber.apps.registry.csv_columns import COLUMNS
from noaber.apps.registry.csv_export import BYTE_ORDER_MARK, encode_capacities
from noaber.apps.registry.forms.capacities import UploadForm
from noaber.apps.registry.models import CapacityUpload
from noaber.apps.registry.presenters.csv_help import column_rows
from noaber.apps.registry.presenters.imports import present_plan
from noaber.apps.registry.services import (
    Author,
    Sharing,
    confirm_upload,
    find_upload,
    plan_upload,
    store_upload,
)
from noaber.apps.registry.views.capacities import groups_of, kept_organisations
from noaber.core.problems import InvalidInput, NotAllowed
from noaber.web.clock import now
from noaber.web.tables import CSV_TYPE


@acting_required
@require_http_methods(["GET", "POST"])
def capacities_import(request: ActingRequest) -> HttpResponse:
    """Choose a file. It is kept for two hours, and leads to its preview."""
    request.acting.check_may(Permission.EDIT_CAPACITIES)
    organisation = request.acting.organisation
    owners = kept_organisations(organisation)
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        owners=owners,
        groups=groups_of(organisation),
        initial={"owner": organisation.code},
    )
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        upload, _plan = store_upload(
            request.acting.person,
            next(owner for owner in owners if owner.code == found["owner"]),
            request.status_band,
            file_name=found["file"].name,
            data=found["file"].read(),
            sharing=Sharing(found["tlp"], tuple(found["groups"])),
            now=now(),
        )
        return redirect("capacities-preview", upload.token)
    context = {"here": "capacities", "form": form, "columns": column_rows()}
    return render(request, "registry/import.html", context, status=422 if form.is_bound else 200)


@acting_required
@require_GET
def capacities_template(request: ActingRequest) -> HttpResponse:
    """An empty file with every column."""
    response = HttpResponse(BYTE_ORDER_MARK + encode_capacities(()), content_type=CSV_TYPE)
    response["Content-Disposition"] = 'attachment; filename="noaber-capacities.csv"'
    return response


@acting_required
@require_GET
def capacities_preview(request: ActingRequest, token: str) -> HttpResponse:
    """Every problem at its row and column, and what would be added and changed; nothing is written."""
    upload = _find(request, token)
    if upload is None:
        messages.warning(request, _("The preview is no longer there. Choose the file again."))
        return redirect("capacities-import")
    plan = plan_upload(upload, now=now())
    context = {
        "here": "capacities",
        "upload": upload,
        "preview": present_plan(plan),
        "columns": [column.name for column in COLUMNS if column.name in plan.file.columns],
    }
    return render(request, "registry/import_preview.html", context, status=422 if plan.errors else 200)


@acting_required
@require_POST
def capacities_confirm(request: ActingRequest, token: str) -> HttpResponse:
    """Import exactly what was previewed."""
    request.acting.check_may(Permission.EDIT_CAPACITIES)

    def work() -> str:
        upload = _find(request, token)
        if upload is None:
            raise NotAllowed("registry.no-upload")
        counts = confirm_upload(Author.of(request.acting), upload, request.POST.get("shown", ""), now=now())
        total = counts.added + counts.changed
        messages.success(
            request,
            ngettext("%(count)s capacity is imported.", "%(count)s capacities are imported.", total) % {"count": total},
        )
        return reverse("capacities")

    try:
        return redirect(do_once(request.POST.get("once", ""), request.acting.person, work))
    except InvalidInput:
        return redirect("capacities-preview", token)
    except NotAllowed as error:
        if error.problem.code != "registry.changed-meanwhile":
            raise
        messages.warning(request, _("The registry has changed since the preview. Look at it again, then import."))
        return redirect("capacities-preview", token)


def _find(request: ActingRequest, token: str) -> CapacityUpload | None:
    """The upload, while its owner is one that the acting organisation keeps."""
    upload = find_upload(request.acting.person, token, request.status_band, now=now())
    kept = {owner.pk for owner in kept_organisations(request.acting.organisation)}
    return upload if upload is not None and upload.owner_id in kept else None

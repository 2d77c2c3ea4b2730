"""Importing a file of capacities: choose, look at what it would do, confirm. What takes long can be left."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.records.history import Author
from noaber.apps.records.sharing import groups_of, kept_organisations
from noaber.apps.registry.csv_export import BYTE_ORDER_MARK, encode_capacities
from noaber.apps.registry.enums import UploadPhase
from noaber.apps.registry.file_export import encode_workbook
from noaber.apps.registry.forms.capacities import UploadForm
from noaber.apps.registry.models import CapacityUpload
from noaber.apps.registry.presenters.csv_help import column_rows, explained, part_rows
from noaber.apps.registry.presenters.imports import FAULT_COLUMNS, STEPS, present_problems, present_report
from noaber.apps.registry.services import Sharing
from noaber.apps.registry.services.uploads import (
    check_upload,
    claim,
    faults_of,
    find_upload,
    store_upload,
    write_upload,
)
from noaber.core.problems import NotAllowed
from noaber.web.clock import now
from noaber.web.htmx import render_page_or_fragment, wants_fragment
from noaber.web.progress import SILENT_FOR, Progress, run_in_background
from noaber.web.tables import CSV_TYPE, XLSX_TYPE, csv_response

AT_ONCE_BYTES = 256 * 1024
"""A file that is no larger is checked and written while one waits: it takes less than a second."""
RUNNING = (UploadPhase.WAITING, UploadPhase.CHECKING, UploadPhase.WRITING)


@acting_required
@require_http_methods(["GET", "POST"])
def capacities_import(request: ActingRequest) -> HttpResponse:
    """Choose a file. It is kept for some hours, and leads to its preview."""
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
        upload = store_upload(
            request.acting.person,
            next(owner for owner in owners if owner.code == found["owner"]),
            request.status_band,
            file_name=found["file"].name,
            data=found["file"].read(),
            sharing=Sharing(found["tlp"], tuple(found["groups"])),
            now=now(),
        )
        _check(upload)
        return redirect("capacities-preview", upload.token)
    context = {"here": "capacities", "form": form, "columns": column_rows(), "parts": part_rows()}
    return render(request, "registry/import.html", context, status=422 if form.is_bound else 200)


def _check(upload: CapacityUpload) -> None:
    """Check a file, at once where it is small."""
    claimed = (UploadPhase.WAITING, UploadPhase.CHECKING, UploadPhase.FAILED, UploadPhase.CHECKED)
    if claim(upload, *claimed, for_=UploadPhase.CHECKING, now=now()):
        moment, progress = now(), Progress(upload.token)
        _run(upload, progress, lambda: check_upload(upload, now=moment, tell=progress.tell))


def _run(upload: CapacityUpload, progress: Progress, work: Callable[[], object]) -> None:
    def run() -> None:
        try:
            work()
        finally:
            progress.end()

    if len(upload.content) <= AT_ONCE_BYTES:
        run()
        return
    progress.tell("read", 0, 0)
    run_in_background("import of capacities", run)


@acting_required
@require_GET
def capacities_template(request: ActingRequest) -> HttpResponse:
    """An empty file with every column: a workbook that says what they hold, or plain CSV."""
    if request.GET.get("format") == "csv":
        response = HttpResponse(BYTE_ORDER_MARK + encode_capacities(()), content_type=CSV_TYPE)
        response["Content-Disposition"] = 'attachment; filename="noaber-capacities.csv"'
        return response
    response = HttpResponse(encode_workbook((), explained=explained()), content_type=XLSX_TYPE)
    response["Content-Disposition"] = 'attachment; filename="noaber-capacities.xlsx"'
    return response


@acting_required
@require_GET
def capacities_preview(request: ActingRequest, token: str) -> HttpResponse:
    """How far the file is; then every problem at its place, and what would be added and changed."""
    upload = _find(request, token)
    if upload is None:
        messages.warning(request, _("The preview is no longer there. Choose the file again."))
        return redirect("capacities-import")
    if upload.phase in RUNNING:
        return _progress_page(request, upload)
    if wants_fragment(request):
        return redirect("capacities-preview", token)
    context = {"here": "capacities", "upload": upload}
    if upload.phase == UploadPhase.FAILED:
        return render(request, "registry/import_failed.html", context)
    context["preview"] = present_report(upload)
    if upload.phase == UploadPhase.DONE:
        return render(request, "registry/import_done.html", context)
    status = 422 if upload.report["errors"] else 200
    return render(request, "registry/import_preview.html", context, status=status)


def _progress_page(request: ActingRequest, upload: CapacityUpload) -> HttpResponse:
    step = Progress(upload.token).read()
    context = {
        "here": "capacities",
        "upload": upload,
        "is_writing": upload.phase == UploadPhase.WRITING,
        "step": step,
        "step_words": STEPS.get(step.name, "") if step else "",
        "percent": round(step.share * 100) if step else 0,
        "stopped": step is not None and step.seconds_ago > SILENT_FOR,
    }
    return render_page_or_fragment(request, "registry/import_progress.html", "registry/_import_progress.html", context)


@acting_required
@require_POST
def capacities_check(request: ActingRequest, token: str) -> HttpResponse:
    """Read the file once more: the registry has changed since, or the work had stopped."""
    request.acting.check_may(Permission.EDIT_CAPACITIES)
    upload = _find(request, token)
    if upload is not None and not _is_running(upload) and upload.phase != UploadPhase.DONE:
        if upload.phase == UploadPhase.WRITING:
            claim(upload, UploadPhase.WRITING, for_=UploadPhase.WAITING, now=now())
        _check(upload)
    return redirect("capacities-preview", token)


def _is_running(upload: CapacityUpload) -> bool:
    """Whether a process of this machine works on it."""
    step = Progress(upload.token).read()
    return upload.phase in RUNNING and step is not None and step.seconds_ago <= SILENT_FOR


@acting_required
@require_POST
def capacities_confirm(request: ActingRequest, token: str) -> HttpResponse:
    """Import exactly what was previewed. Of two confirmations at the same moment one writes."""
    request.acting.check_may(Permission.EDIT_CAPACITIES)
    upload = _find(request, token)
    if upload is None:
        raise NotAllowed("registry.no-upload")
    if claim(upload, UploadPhase.CHECKED, for_=UploadPhase.WRITING, now=now()):
        author, shown = Author.of(request.acting), request.POST.get("shown", "")
        moment, progress = now(), Progress(token)
        _run(upload, progress, lambda: write_upload(author, upload, shown, now=moment, tell=progress.tell))
    upload.refresh_from_db()
    if upload.phase != UploadPhase.DONE:
        return redirect("capacities-preview", token)
    preview = present_report(upload)
    total = preview.added + preview.changed
    words = ngettext("%(count)s capacity is imported.", "%(count)s capacities are imported.", total)
    messages.success(request, words % {"count": total})
    return redirect("capacities")


@acting_required
@require_GET
def capacities_faults(request: ActingRequest, token: str) -> HttpResponse:
    """Every problem of the file, as a file."""
    upload = _find(request, token)
    if upload is None:
        messages.warning(request, _("The preview is no longer there. Choose the file again."))
        return redirect("capacities-import")
    return csv_response("capacities-problems", FAULT_COLUMNS, present_problems(faults_of(upload)))


def _find(request: ActingRequest, token: str) -> CapacityUpload | None:
    """The upload, while its owner is one that the acting organisation keeps."""
    upload = find_upload(request.acting.person, token, request.status_band, now=now())
    kept = {owner.pk for owner in kept_organisations(request.acting.organisation)}
    return upload if upload is not None and upload.owner_id in kept else None

"""Documents: the list, one of them with its versions, adding, changing, a newer version, withdrawing, the file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.services import do_once
from noaber.apps.library.evidence import check_may_add
from noaber.apps.library.forms.documents import (
    DocumentFilterForm,
    DocumentForm,
    NewDocumentForm,
    VersionForm,
    WithdrawForm,
    initial_document,
)
from noaber.apps.library.models import MAX_FILE_BYTES, Document, DocumentVersion
from noaber.apps.library.panel import links_panel
from noaber.apps.library.presenters.documents import COLUMNS, FILE_COLUMNS, languages_of, themes_of
from noaber.apps.library.queries import (
    DocumentFilter,
    get_document,
    get_version,
    list_documents,
    owners_of_documents,
)
from noaber.apps.library.services import documents as services
from noaber.apps.library.views.source import asked_source, sharing_of, title_of_source
from noaber.apps.records.edits import Stands, save_edit
from noaber.apps.records.history import history_of
from noaber.apps.records.permissions import can_change, check_can_change
from noaber.apps.records.sharing import groups_of
from noaber.apps.registry.presenters.history import present_history
from noaber.core.problems import InvalidInput
from noaber.web.edits import form_status
from noaber.web.forms import add_problems
from noaber.web.htmx import render_page_or_fragment
from noaber.web.pagination import paginate
from noaber.web.reader import reader_language
from noaber.web.tables import Sorting, export

PER_PAGE = 50


@acting_required
@require_GET
def documents(request: ActingRequest) -> HttpResponse:
    reader = request.acting.organisation
    form = DocumentFilterForm(request.GET, owners=owners_of_documents(reader))
    asked = form.wanted()
    sorting = Sorting.from_query(request.GET, COLUMNS, default="-uploaded")
    rows = sorting.in_order(list_documents(reader, asked))
    if file := export(request, name="documents", columns=FILE_COLUMNS, rows=rows):
        return file
    pages = paginate(request, rows, per_page=PER_PAGE)
    context = {
        "form": form,
        "sorting": sorting,
        "pages": pages,
        "rows": [(row, languages_of(row), themes_of(row)) for row in pages.rows],
        "is_filtered": asked != DocumentFilter(),
        "may_add": request.acting.may(Permission.COOPERATE),
    }
    return render_page_or_fragment(request, "library/documents.html", "library/_document_rows.html", context)


@acting_required
@require_GET
def document(request: ActingRequest, pk: int) -> HttpResponse:
    return _page(request, get_document(request.acting.organisation, pk))


def _page(request: ActingRequest, record: Document, withdraw_form: WithdrawForm | None = None) -> HttpResponse:
    acting = request.acting
    kept = keeps(acting.organisation)
    is_kept = record.owner_id in kept
    prefetch_related_objects(
        [record], Prefetch("versions", DocumentVersion.objects.select_related("organisation").defer("text"))
    )
    current = record.current_versions()
    mine = next((version for version in current if version.language == reader_language()), current[0])
    context: dict[str, Any] = {
        "document": record,
        "versions": record.versions.all(),
        "current": current,
        "mine": mine,
        "themes": themes_of(record),
        "links": links_panel(acting, record),
        "groups": [group.name for group in record.groups.all()] if is_kept else [],
        "history": present_history(history_of(record), Document, {"version": _("Version")}) if is_kept else [],
        "is_kept": is_kept,
        "may_change": can_change(acting.roles, owner=record.owner_id, kept=kept) and record.withdrawn_at is None,
        "withdraw_form": withdraw_form or WithdrawForm(),
    }
    status = 422 if withdraw_form else 200
    return render_page_or_fragment(request, "library/document.html", "library/_document.html", context, status=status)


@acting_required
@require_http_methods(["GET", "POST"])
def document_new(request: ActingRequest) -> HttpResponse:
    """Add a document; `?source=meeting:7` names the record that it is about."""
    acting = request.acting
    source = asked_source(request)
    check_may_add(acting, source)
    groups = groups_of(acting.organisation)
    form = NewDocumentForm(request.POST or None, request.FILES or None, initial=sharing_of(source), groups=groups)

    def work() -> str:
        data, version = form.data_for_service(), form.version_for_service()
        document = services.add_document(acting, data, version, source=source)
        return str((source or document).get_absolute_url())

    if request.method == "POST" and (location := _saved(request, form, work)):
        messages.success(request, _("The document is in the library."))
        return redirect(location)
    return _form_page(request, form, source=source, source_title=title_of_source(source))


@acting_required
@require_http_methods(["GET", "POST"])
def document_edit(request: ActingRequest, pk: int) -> HttpResponse:
    acting = request.acting
    record = _to_change(request, pk)
    stands = Stands(record, initial_document)
    groups = groups_of(record.owner) | groups_of(acting.organisation)
    form = DocumentForm(request.POST or None, initial=initial_document(record), record=record, groups=groups)

    def work() -> str:
        services.change_document(acting, record, form.data_for_service())
        return record.get_absolute_url()

    if request.method == "POST" and (location := save_edit(request, form, stands, work)):
        messages.success(request, _("The changes are kept."))
        return redirect(location)
    return _form_page(request, form, document=record)


@acting_required
@require_http_methods(["GET", "POST"])
def version_new(request: ActingRequest, pk: int) -> HttpResponse:
    record = _to_change(request, pk)
    form = VersionForm(request.POST or None, request.FILES or None, initial={"file_language": record.language})

    def work() -> str:
        services.add_version(request.acting, record, form.version_for_service())
        return record.get_absolute_url()

    if request.method == "POST" and (location := _saved(request, form, work)):
        messages.success(request, _("The new version is there; the older ones stay."))
        return redirect(location)
    return _form_page(request, form, document=record, is_version=True)


@acting_required
@require_POST
def document_withdraw(request: ActingRequest, pk: int) -> HttpResponse:
    record = _to_change(request, pk)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, record, form)
    services.withdraw_document(request.acting, record, reason=form.cleaned_data["reason"])
    messages.success(request, _("The document is withdrawn."))
    return redirect("documents")


@acting_required
@require_GET
def version_file(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """The file, to be kept: never shown inside the site, whatever it holds."""
    version = get_version(request.acting.organisation, pk, number)
    response = HttpResponse(bytes(version.file.content), content_type=version.media_type)
    response["Content-Disposition"] = content_disposition_header(True, version.file_name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _to_change(request: ActingRequest, pk: int) -> Document:
    """The document that someone is about to change, if they may."""
    acting = request.acting
    record = get_document(acting.organisation, pk)
    check_can_change(acting.roles, owner=record.owner_id, kept=keeps(acting.organisation))
    return record


def _saved(request: ActingRequest, form: Any, work: Any) -> str:
    """Where to go once the work of a valid form is done; nothing where the form says what is wrong with it."""
    if not form.is_valid():
        return ""
    try:
        return do_once(request.POST.get("once", ""), request.acting.person, work)
    except InvalidInput as error:
        add_problems(form, error.problems)
        return ""


def _form_page(request: ActingRequest, form: Any, **context: Any) -> HttpResponse:
    context |= {"form": form, "most": MAX_FILE_BYTES // 1024**2}
    return render(request, "library/document_form.html", context, status=form_status(form))

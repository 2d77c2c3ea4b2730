"""One text: what it says as of a day, how sure that is, who checked which field, and the text itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.services import do_once
from noaber.apps.records.edits import token_of
from noaber.apps.records.history import Author, history_of
from noaber.apps.registry.document_types import SUFFIXES
from noaber.apps.registry.field_notes import field_notes
from noaber.apps.registry.forms.agreements import CheckForm
from noaber.apps.registry.forms.capacities import errors_from
from noaber.apps.registry.forms.inventory import AsOfForm, DocumentForm, FieldCheckForm
from noaber.apps.registry.models import AgreementRow
from noaber.apps.registry.presenters.agreements import title_of
from noaber.apps.registry.presenters.fields import field_rows, present_checks
from noaber.apps.registry.presenters.text import present_text
from noaber.apps.registry.presenters.text_history import present_text_history
from noaber.apps.registry.queries import agreement_of, get_agreement_row, inventory
from noaber.apps.registry.queries.agreement_records import documents_of, field_checks_of, get_document
from noaber.apps.registry.services import record_check
from noaber.apps.registry.services.documents import Upload, add_document, withdraw_document
from noaber.apps.registry.services.field_checks import check_field, field_digest, may_state
from noaber.core.agreements import LANGUAGES
from noaber.core.agreements.reading import CHECKED_FIELDS
from noaber.core.problems import InvalidInput, NotFound
from noaber.web.clock import now
from noaber.web.reader import reader_language
from noaber.web.tables import with_query


@acting_required
@require_GET
def agreement(request: ActingRequest, code: str) -> HttpResponse:
    """One text: every field, where it was read, how it stands to others, who checked it when."""
    row = get_agreement_row(request.acting.organisation, code)
    return _text_page(request, row)


def _text_page(
    request: ActingRequest,
    row: AgreementRow,
    *,
    form: CheckForm | None = None,
    document: DocumentForm | None = None,
) -> HttpResponse:
    organisation = request.acting.organisation
    today = now().date()
    as_of = AsOfForm(request.GET, today=today)
    texts = inventory(organisation)
    bad = any(one is not None and one.is_bound for one in (form, document)) or not as_of.is_valid()
    context = {
        "here": "agreements",
        "row": row,
        "text": present_text(row, texts, organisation, as_of.day),
        "as_of": as_of,
        "today_query": with_query(request.GET, on=None),
        "others": [(text.id, title_of(text)) for text in texts if text.id != row.code],
        "history": present_text_history(history_of(row), row),
        "documents": documents_of(row),
        "may_edit": request.acting.may(Permission.EDIT_AGREEMENTS),
        "is_kept": row.owner_id in keeps(organisation),
        "form": form or CheckForm(today=today),
        "document_form": document or DocumentForm(initial={"language": _language_of(row)}, prefix="document"),
        "kinds": SUFFIXES,
    }
    return render(request, "registry/agreement.html", context, status=422 if bad else 200)


def _language_of(row: AgreementRow) -> str:
    written = [code for code in row.data["title"] if code in LANGUAGES]
    return written[0] if len(written) == 1 else ""


@acting_required
@require_POST
def agreement_check(request: ActingRequest, code: str) -> HttpResponse:
    """Record that someone held our reading against the text."""
    request.acting.check_may(Permission.EDIT_AGREEMENTS)
    row = get_agreement_row(request.acting.organisation, code)
    form = CheckForm(request.POST, today=now().date())
    if not form.is_valid():
        return _text_page(request, row, form=form)

    def work() -> str:
        record_check(Author.of(request.acting), row, now=now(), **form.cleaned_data)
        return row.get_absolute_url()

    location = do_once(request.POST.get("once", ""), request.acting.person, work)
    messages.success(request, _("The check is recorded."))
    return redirect(location)


@acting_required
@require_http_methods(["GET", "POST"])
def agreement_field(request: ActingRequest, code: str, field: str) -> HttpResponse:
    """One field of a text: what it says, every check of it, and the form of a new one."""
    organisation = request.acting.organisation
    row = get_agreement_row(organisation, code)
    if field not in CHECKED_FIELDS:
        raise NotFound
    form = FieldCheckForm(
        request.POST or None,
        field=field,
        data_of=row.data,
        may_state=may_state(request.acting, row),
        today=request.acting.today,
        language=reader_language(),
    )
    if request.method == "POST" and form.is_valid() and (location := _record_field(request, row, form)):
        messages.success(request, _("The check of this field is recorded."))
        return redirect(location)
    texts = {text.id: text for text in inventory(organisation)}
    checks = field_checks_of(row, field)
    rows = field_rows(row, agreement_of(row), texts, checks, field_notes(organisation, row))
    context = {
        "here": "agreements",
        "row": row,
        "title": title_of(agreement_of(row)),
        "field": next((one for one in rows if one.fact.name == field), None),
        "checks": present_checks(checks, row),
        "form": form,
        "seen": field_digest(row, field),
        "may_edit": request.acting.may(Permission.EDIT_AGREEMENTS),
    }
    if context["field"] is None:
        raise NotFound
    return render(request, "registry/agreement_field.html", context, status=422 if form.is_bound else 200)


def _record_field(request: ActingRequest, row: AgreementRow, form: FieldCheckForm) -> str:
    def work() -> str:
        check_field(
            request.acting,
            row,
            form.reading(),
            inventory(request.acting.organisation),
            on=form.cleaned_data["on"],
            note=form.cleaned_data["note"],
            seen=request.POST.get("seen", ""),
            now=now(),
        )
        return f"{row.get_absolute_url()}#f-{form.field}"

    return _done(request, form, work)


@acting_required
@require_POST
def document_add(request: ActingRequest, code: str) -> HttpResponse:
    """Put the text itself, or where it is found, beside what is known of it."""
    request.acting.check_may(Permission.EDIT_AGREEMENTS)
    row = get_agreement_row(request.acting.organisation, code)
    form = DocumentForm(request.POST, request.FILES, prefix="document")
    if form.is_valid() and (location := _add_document(request, row, form)):
        messages.success(request, _("The document stands beside the text."))
        return redirect(location)
    return _text_page(request, row, document=form)


def _add_document(request: ActingRequest, row: AgreementRow, form: DocumentForm) -> str:
    found = dict(form.cleaned_data)
    file = found.pop("file")
    upload = Upload(file.name, file.read()) if file is not None else None

    def work() -> str:
        add_document(Author.of(request.acting), row, upload=upload, now=now(), **found)
        return f"{row.get_absolute_url()}#documents"

    return _done(request, form, work)


def _done(request: ActingRequest, form: Any, work: Callable[[], str]) -> str:
    """Where to go; nothing where the service refused, which the form then shows."""
    try:
        return do_once(token_of(request), request.acting.person, work)
    except InvalidInput as error:
        errors_from(form, error.problems, {problem.where: problem.where.split("/")[-1] for problem in error.problems})
        return ""


@acting_required
@require_GET
def document_file(request: ActingRequest, code: str, pk: int) -> HttpResponse:
    """The file, to be kept: never shown inside the site, whatever it holds."""
    document = get_document(request.acting.organisation, code, pk)
    if document.content is None:
        raise NotFound
    response = HttpResponse(bytes(document.content), content_type=document.media_type)
    response["Content-Disposition"] = content_disposition_header(True, document.file_name) or "attachment"
    return response


@acting_required
@require_POST
def document_withdraw(request: ActingRequest, code: str, pk: int) -> HttpResponse:
    """Take a document away from its text."""
    request.acting.check_may(Permission.EDIT_AGREEMENTS)
    document = get_document(request.acting.organisation, code, pk)
    withdraw_document(Author.of(request.acting), document, kept=keeps(request.acting.organisation), now=now())
    messages.success(request, _("The document is withdrawn."))
    return redirect(f"{reverse('agreement', args=[code])}#documents")

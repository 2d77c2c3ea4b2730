"""Writing down a local arrangement, and changing one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.records.edits import Stands, save_edit
from noaber.apps.records.history import Author
from noaber.apps.records.permissions import check_can_edit
from noaber.apps.records.sharing import groups_of
from noaber.apps.registry.enums import AgreementOrigin
from noaber.apps.registry.forms.local_agreements import HISTORY_NAMES, LocalAgreementForm, agreement_initial
from noaber.apps.registry.models import AgreementRow
from noaber.apps.registry.presenters.agreements import title_of
from noaber.apps.registry.queries import get_agreement_row, inventory
from noaber.apps.registry.services import save_local_agreement
from noaber.core.problems import InvalidInput, NotAllowed, Problem
from noaber.web.clock import now
from noaber.web.edits import form_status


@acting_required
@require_http_methods(["GET", "POST"])
def agreement_new(request: ActingRequest) -> HttpResponse:
    """Write down a text that the inventory does not hold."""
    request.acting.check_may(Permission.EDIT_AGREEMENTS)
    today = request.acting.today
    languages = request.acting.organisation.languages
    return _edit(request, None, {"checked_on": today, "language": languages[0] if languages else "en"})


@acting_required
@require_http_methods(["GET", "POST"])
def agreement_edit(request: ActingRequest, code: str) -> HttpResponse:
    """Change a text that was written down here."""
    row = get_agreement_row(request.acting.organisation, code)
    kept = keeps(request.acting.organisation)
    check_can_edit(request.acting.roles, Permission.EDIT_AGREEMENTS, owner=row.owner_id, kept=kept)
    if row.origin != AgreementOrigin.LOCAL:
        raise NotAllowed("registry.local-only")
    return _edit(request, row, agreement_initial(row))


def _edit(request: ActingRequest, row: AgreementRow | None, initial: dict[str, Any]) -> HttpResponse:
    texts = inventory(request.acting.organisation)
    owner = row.owner if row else request.acting.organisation
    form = LocalAgreementForm(
        request.POST or None,
        organisations=Organisation.objects.all(),
        texts=[(text.id, title_of(text)) for text in texts if row is None or text.id != row.code],
        groups=groups_of(owner) | groups_of(request.acting.organisation),
        is_new=row is None,
        initial=initial,
    )
    stands = Stands(row, agreement_initial, names=HISTORY_NAMES) if row else None
    if request.method == "POST" and (location := save_edit(request, form, stands, lambda: _save(request, form, row))):
        messages.success(request, _("The text is written down."))
        return redirect(location)
    context = {"here": "agreements", "form": form, "row": row}
    return render(request, "registry/agreement_form.html", context, status=form_status(form))


def _save(request: ActingRequest, form: LocalAgreementForm, opened: AgreementRow | None) -> str:
    """Write down what the form says, over what the text says by now."""
    author, reader = Author.of(request.acting), request.acting.organisation
    row = get_agreement_row(reader, opened.code) if opened else None
    code = row.code if row else form.cleaned_data["id"]
    try:
        saved = save_local_agreement(
            author,
            row,
            form.data_for(code, f"{author.by}, {reader.code}", row.data if row else {}),
            inventory(reader),
            owner=row.owner if row else reader,
            tlp=form.cleaned_data["tlp"],
            groups=form.cleaned_data["groups"],
            now=now(),
        )
    except InvalidInput as error:
        raise InvalidInput([replace(problem, where=_field(problem)) for problem in error.problems]) from error
    return saved.get_absolute_url()


def _field(problem: Problem) -> str:
    """The field of the form for a place in the data: /ID/signed or /signed."""
    return problem.where.strip("/").split("/")[-1]

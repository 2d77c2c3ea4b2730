"""A handover dossier: its page, its notes, its steps, its papers, and what changed since the last one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import Acting, ActingRequest, acting_required
from noaber.apps.accounts.models import LANGUAGES
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.services import do_once
from noaber.apps.library.panel import links_panel
from noaber.apps.presidency import services
from noaber.apps.presidency.comparing import present_comparison
from noaber.apps.presidency.enums import SECTION_TITLES, DossierState
from noaber.apps.presidency.forms import DossierForm, NoteForm, ReasonForm
from noaber.apps.presidency.models import HandoverDossier
from noaber.apps.presidency.papers import dossier_document
from noaber.apps.presidency.permissions import can_sign, signer_of
from noaber.apps.presidency.presenters import LINE_COLUMNS, present_dossier, present_state
from noaber.apps.presidency.queries import comparable_versions, get_dossier, get_presidency, next_presidency
from noaber.apps.records.edits import Stands
from noaber.apps.records.history import history_of
from noaber.apps.records.pages import save_form
from noaber.apps.records.permissions import can_change, check_can_change
from noaber.apps.records.sharing import groups_of
from noaber.apps.registry.presenters.history import present_history
from noaber.core.presidency.dossier import Section
from noaber.core.problems import NotFound
from noaber.web.clock import now
from noaber.web.edits import form_status
from noaber.web.htmx import render_page_or_fragment
from noaber.web.pdf import pdf_response
from noaber.web.reader import asked_language, reader_language
from noaber.web.tables import export


def _rights(acting: Acting, dossier: HandoverDossier) -> dict[str, bool]:
    kept = keeps(acting.organisation)
    changes = can_change(acting.roles, owner=dossier.owner_id, kept=kept)
    signer = signer_of(dossier.state, giver=dossier.giver.organisation_id, receiver=dossier.receiver.organisation_id)
    return {
        "is_kept": dossier.owner_id in kept,
        "may_change": changes,
        "may_write": changes and dossier.is_draft,
        "may_sign": can_sign(acting.roles, signer=signer, kept=kept),
        "may_take_back": changes and dossier.state in (DossierState.READY, DossierState.GIVEN),
    }


@acting_required
@require_GET
def handover(request: ActingRequest, pk: int) -> HttpResponse:
    """The dossier as its reader gets it; as a file, a row for each line."""
    acting = request.acting
    dossier = get_dossier(acting.organisation, pk)
    view = present_dossier(acting.organisation, dossier)
    if file := export(request, name=f"handover-{dossier.pk}", columns=LINE_COLUMNS, rows=view.lines):
        return file
    allowed = _rights(acting, dossier)
    words = {"note": _("Note of the giver")}
    context: dict[str, Any] = {
        "dossier": dossier,
        "view": view,
        "state": present_state(dossier),
        "signatures": list(view.version.signatures.all()) if view.version else [],
        "versions": comparable_versions(acting.organisation, dossier),
        "reason_form": ReasonForm(),
        "languages": LANGUAGES,
        "links": links_panel(acting, dossier),
        "history": present_history(history_of(dossier), HandoverDossier, words) if allowed["is_kept"] else [],
        **allowed,
    }
    return render_page_or_fragment(request, "presidency/handover.html", "presidency/_handover.html", context)


@acting_required
@require_http_methods(["GET", "POST"])
def handover_new(request: ActingRequest, pk: int) -> HttpResponse:
    """Begin the dossier by which a presidency is handed over."""
    acting = request.acting
    giver = get_presidency(acting.organisation, pk)
    check_can_change(acting.roles, owner=giver.organisation_id, kept=keeps(acting.organisation))
    receiver = next_presidency(acting.organisation, giver)
    if receiver is None:
        raise NotFound
    day = min(max(acting.today, giver.first_on), giver.last_on)
    form = DossierForm(request.POST or None, initial={"on": day}, groups=groups_of(acting.organisation))

    def work() -> str:
        return services.begin_dossier(acting, giver, receiver, form.data_for_service()).get_absolute_url()

    if request.method == "POST" and (answer := save_form(request, form, work, _("The dossier is begun."))):
        return answer
    context = {"form": form, "giver": giver, "receiver": receiver}
    return render(request, "presidency/handover_form.html", context, status=422 if form.is_bound else 200)


@acting_required
@require_http_methods(["GET", "POST"])
def handover_edit(request: ActingRequest, pk: int) -> HttpResponse:
    acting = request.acting
    dossier = get_dossier(acting.organisation, pk)
    check_can_change(acting.roles, owner=dossier.owner_id, kept=keeps(acting.organisation))
    stands = Stands(dossier, _initial)
    form = DossierForm(
        request.POST or None,
        initial=_initial(dossier),
        groups=groups_of(dossier.owner) | groups_of(acting.organisation),
    )

    def work() -> str:
        services.change_dossier(acting, dossier, form.data_for_service())
        return dossier.get_absolute_url()

    told = _("The changes are kept.")
    if request.method == "POST" and (answer := save_form(request, form, work, told, stands)):
        return answer
    context = {"form": form, "dossier": dossier, "giver": dossier.giver, "receiver": dossier.receiver}
    return render(request, "presidency/handover_form.html", context, status=form_status(form))


def _initial(dossier: HandoverDossier) -> dict[str, Any]:
    return {"on": dossier.on, "tlp": dossier.tlp, "groups": [group.code for group in dossier.groups.all()]}


@acting_required
@require_http_methods(["GET", "POST"])
def handover_note(request: ActingRequest, pk: int, section: str) -> HttpResponse:
    """What the giver adds to a section."""
    acting = request.acting
    dossier = get_dossier(acting.organisation, pk)
    check_can_change(acting.roles, owner=dossier.owner_id, kept=keeps(acting.organisation))
    if section not in set(Section):
        raise NotFound

    def initial(record: HandoverDossier) -> dict[str, Any]:
        note = record.notes.filter(section=section).first()
        return {"text": note.text if note else "", "language": note.language if note else reader_language()}

    stands = Stands(dossier, initial, names={"text": "note"})
    form = NoteForm(request.POST or None, initial=initial(dossier))

    def work() -> str:
        found = form.cleaned_data
        services.keep_note(acting, dossier, Section(section), found["text"], language=found["language"])
        return f"{dossier.get_absolute_url()}#{section}"

    told = _("The note is kept.")
    if request.method == "POST" and (answer := save_form(request, form, work, told, stands)):
        return answer
    context = {"form": form, "dossier": dossier, "section_title": SECTION_TITLES[Section(section)]}
    return render(request, "presidency/note_form.html", context, status=form_status(form))


@acting_required
@require_POST
def handover_ready(request: ActingRequest, pk: int) -> HttpResponse:
    """Freeze it, and lay it before both directors."""
    dossier = get_dossier(request.acting.organisation, pk)
    services.make_ready(request.acting, dossier)
    messages.success(request, _("The dossier lies before the directors; it does not change any more."))
    return redirect(dossier)


@acting_required
@require_POST
def handover_back(request: ActingRequest, pk: int) -> HttpResponse:
    """Make it a draft again."""
    acting = request.acting
    dossier = get_dossier(acting.organisation, pk)
    form = ReasonForm(request.POST)

    def work() -> str:
        services.take_back(acting, dossier, reason=form.cleaned_data["reason"])
        return dossier.get_absolute_url()

    if answer := save_form(request, form, work, _("The dossier is a draft again.")):
        return answer
    context = {"form": form, "dossier": dossier}
    return render(request, "presidency/back_form.html", context, status=422)


@acting_required
@require_POST
def handover_sign(request: ActingRequest, pk: int) -> HttpResponse:
    """A director signs what lies before them."""
    acting = request.acting
    dossier = get_dossier(acting.organisation, pk)

    def work() -> str:
        services.sign(acting, dossier, seen=request.POST.get("seen", ""))
        return dossier.get_absolute_url()

    location = do_once(request.POST.get("once", ""), acting.person, work)
    messages.success(request, _("The dossier is signed."))
    return redirect(location)


@acting_required
@require_GET
def handover_pdf(request: ActingRequest, pk: int) -> HttpResponse:
    """As a document, in the reader's language or in the one that `?language=` asks for."""
    acting = request.acting
    dossier = get_dossier(acting.organisation, pk)
    language = asked_language(request)
    with translation.override(language):
        view = present_dossier(acting.organisation, dossier)
        document = dossier_document(acting.organisation, view, language=language, made_at=now())
        years = f"{dossier.giver.first_on.year}-{dossier.receiver.first_on.year}"
        return pdf_response(document, name=f"handover-{years}")


@acting_required
@require_GET
def handover_compare(request: ActingRequest, pk: int) -> HttpResponse:
    """What is new, gone and changed since an earlier dossier, or since an earlier version of this one."""
    acting = request.acting
    dossier = get_dossier(acting.organisation, pk)
    view = present_dossier(acting.organisation, dossier)
    current = view.version.pk if view.version else 0
    versions = [one for one in comparable_versions(acting.organisation, dossier) if one.pk != current]
    chosen = {str(one.pk): one for one in versions}
    before = chosen.get(request.GET.get("with", "")) or next(iter(versions), None)
    context = {
        "dossier": dossier,
        "state": present_state(dossier),
        "versions": versions,
        "before": before,
        "comparison": present_comparison(acting.organisation, before, view) if before else None,
    }
    return render(request, "presidency/compare.html", context)

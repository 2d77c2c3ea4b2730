"""Actions: the list to live by, one of them, adding, changing, reporting, finishing, dropping, taking up again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import LANGUAGES
from noaber.apps.accounts.queries import keeps
from noaber.apps.actions import services
from noaber.apps.actions.calendar import CALENDAR_TYPE, write_calendar
from noaber.apps.actions.enums import ACTION_STEPS, ActionState
from noaber.apps.actions.forms.actions import ActionFilterForm, ActionForm, FinishForm, ProgressForm
from noaber.apps.actions.models import LONGEST_TITLE, Action, Recommendation
from noaber.apps.actions.origins import origin_of
from noaber.apps.actions.papers import register
from noaber.apps.actions.permissions import can_report
from noaber.apps.actions.presenters import COLUMNS, FILE_COLUMNS, present_action, present_actions
from noaber.apps.actions.queries import (
    ActionFilter,
    OrganisationCount,
    count_by_organisation,
    get_action,
    list_actions,
)
from noaber.apps.library.panel import links_panel
from noaber.apps.library.views.source import asked_source, sharing_of, title_of_source
from noaber.apps.records.forms import ReasonForm
from noaber.apps.records.history import history_of
from noaber.apps.records.pages import Step, edit_page, new_page, take_step
from noaber.apps.records.permissions import can_change
from noaber.apps.records.words import Values
from noaber.apps.registry.presenters.history import present_history
from noaber.web.clock import now
from noaber.web.htmx import render_page_or_fragment
from noaber.web.ordering import first
from noaber.web.pagination import paginate
from noaber.web.pdf import pdf_response
from noaber.web.reader import asked_language
from noaber.web.tables import Present, Sorting, export, with_query

PER_PAGE = 50
_FORM_PAGE: Final = "actions/action_form.html"
STEPS: Final = {
    "report": Step(services.report_progress, _("Reported."), ProgressForm),
    "finish": Step(services.finish_action, _("The action is done."), FinishForm),
    "drop": Step(services.drop_action, _("The action is dropped."), ReasonForm),
    "reopen": Step(services.reopen_action, _("The action is to be done again."), ReasonForm),
}


@dataclass(frozen=True)
class Listed:
    """What the list holds, as its address asks for it."""

    form: ActionFilterForm
    counts: list[OrganisationCount]
    sorting: Sorting
    found: QuerySet[Action]
    present: Present


def _listed(request: ActingRequest) -> Listed:
    """Ours first, then the others', each by its day, unless a column is chosen."""
    reader, today = request.acting.organisation, request.acting.today
    counts = count_by_organisation(reader, today)
    form = ActionFilterForm(request.GET, organisations=[count.code for count in counts])
    kept = keeps(reader)
    sorting = Sorting.from_query(request.GET, COLUMNS, default="due")
    found = sorting.in_order(list_actions(reader, form.wanted(), today))
    if "sort" not in request.GET:
        found = first(found, Q(responsible__in=kept))
    return Listed(form, counts, sorting, found, lambda rows: present_actions(rows, today, kept))


@acting_required
@require_GET
def actions(request: ActingRequest) -> HttpResponse:
    """The list to live by; as CSV, XLSX or a calendar where the address asks for it."""
    listed = _listed(request)
    found, present = listed.found, listed.present
    if file := export(request, name="actions", columns=FILE_COLUMNS, rows=found, present=present):
        return file
    if request.GET.get("format") == "ics":
        return _calendar_file(request, found)
    context = {
        "form": listed.form,
        "sorting": listed.sorting,
        "pages": paginate(request, found, per_page=PER_PAGE, present=present),
        "grouped": "sort" not in request.GET,
        "counts": listed.counts,
        "overdue": sum(count.overdue for count in listed.counts),
        "papers": [(code, with_query(request.GET, language=code, page=None)) for code, _name in LANGUAGES],
        "is_filtered": listed.form.wanted() != ActionFilter(state="under-way"),
        "may_add": request.acting.may(Permission.COOPERATE),
    }
    return render_page_or_fragment(request, "actions/actions.html", "actions/_action_rows.html", context)


@acting_required
@require_GET
def action_register(request: ActingRequest) -> HttpResponse:
    """What the list shows, as a document in the reader's language or in the one that `?language=` asks for."""
    with translation.override(asked_language(request)):
        listed = _listed(request)
        rows = list(listed.present(listed.found))
        document = register(request.acting, rows, listed.counts, listed.form.wanted_in_words(), now())
        return pdf_response(document, name="actions")


def _calendar_file(request: HttpRequest, found: Iterable[Action]) -> HttpResponse:
    content = write_calendar(found, address=request.build_absolute_uri, now=now())
    headers = {"Content-Disposition": 'attachment; filename="noaber-actions.ics"'}
    return HttpResponse(content, content_type=CALENDAR_TYPE, headers=headers)


@acting_required
@require_GET
def action(request: ActingRequest, number: str) -> HttpResponse:
    return _page(request, get_action(request.acting.organisation, number))


def _page(request: ActingRequest, record: Action, bound: dict[str, forms.BaseForm] | None = None) -> HttpResponse:
    """The page of an action; `bound` holds the form that was refused, by its name."""
    acting, today = request.acting, request.acting.today
    kept = keeps(acting.organisation)
    steps = ACTION_STEPS[record.state]
    changes = can_change(acting.roles, owner=record.owner_id, kept=kept)
    reports = can_report(acting.roles, owner=record.owner_id, responsible=record.responsible_id, kept=kept)
    context: dict[str, Any] = {
        "action": record,
        "row": present_action(record, today, kept),
        "notes": record.notes.select_related("organisation"),
        "links": links_panel(acting, record),
        "groups": [group.name for group in record.groups.all()] if record.owner_id in kept else [],
        "history": present_history(history_of(record), Action) if record.owner_id in kept else [],
        "is_kept": record.owner_id in kept,
        "may_change": changes,
        "may_report": reports and record.is_under_way,
        "may_drop": changes and ActionState.DROPPED in steps,
        "may_reopen": changes and ActionState.OPEN in steps,
        "report_form": ProgressForm(prefix="report"),
        "finish_form": FinishForm(initial={"done_on": today}, prefix="finish"),
        "drop_form": ReasonForm(prefix="drop"),
        "reopen_form": ReasonForm(prefix="reopen"),
    }
    context |= bound or {}
    status = 422 if bound else 200
    return render_page_or_fragment(request, "actions/action.html", "actions/_action.html", context, status=status)


@acting_required
@require_http_methods(["GET", "POST"])
def action_new(request: ActingRequest) -> HttpResponse:
    """Agree on an action; `?source=recommendation:7` names what led to it."""
    acting = request.acting
    acting.check_may(Permission.COOPERATE)
    source = asked_source(request)
    initial = {
        "responsible": acting.organisation.code,
        "made_on": acting.today,
        "origin": origin_of(source),
        **sharing_of(source),
        **_words_of(source),
    }
    form = ActionForm(request.POST or None, acting=acting, initial=initial)

    def add(values: Values) -> Action:
        return services.add_action(acting, values, source=source)

    told = _("The action is kept.")
    return new_page(request, form, add, _FORM_PAGE, told, source=source, source_title=title_of_source(source))


def _words_of(source: Any) -> dict[str, str]:
    """What is to be done because of a recommendation is first thought of in its words."""
    if not isinstance(source, Recommendation):
        return {}
    title = Truncator(source.text).chars(LONGEST_TITLE)
    return {"title": title, "language": source.language, "description": "" if title == source.text else source.text}


@acting_required
@require_http_methods(["GET", "POST"])
def action_edit(request: ActingRequest, number: str) -> HttpResponse:
    record = get_action(request.acting.organisation, number)
    return edit_page(request, record, ActionForm, services.change_action, _FORM_PAGE)


@acting_required
@require_POST
def action_step(request: ActingRequest, number: str, code: str) -> HttpResponse:
    """Take the step of a form on the page of an action, or show the page with what is wrong."""
    record, step = get_action(request.acting.organisation, number), STEPS[code]
    form = step.form(request.POST, prefix=code)
    return take_step(request, record, step, form, lambda form: _page(request, record, {f"{code}_form": form}))

"""Recommendations: the list, one of them, adding, changing, accepting, declining, carried out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import Acting, ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import LANGUAGES
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.services import do_once
from noaber.apps.actions import papers, services
from noaber.apps.actions.enums import RECOMMENDATION_STEPS, Origin, RecommendationState
from noaber.apps.actions.forms.recommendations import (
    RecommendationFilterForm,
    RecommendationForm,
    asked_gap,
    initial_recommendation,
)
from noaber.apps.actions.models import Recommendation
from noaber.apps.actions.presenters import RECOMMENDATION_COLUMNS, RECOMMENDATION_FILE_COLUMNS, RecommendationRow
from noaber.apps.actions.queries import get_recommendation, list_recommendations
from noaber.apps.actions.services.common import origin_of
from noaber.apps.actions.subjects import first_words
from noaber.apps.library.kinds import kind_of
from noaber.apps.library.panel import links_panel
from noaber.apps.library.views.source import asked_source, sharing_of
from noaber.apps.records.edits import Stands
from noaber.apps.records.forms import ReasonForm
from noaber.apps.records.history import history_of
from noaber.apps.records.pages import save_form
from noaber.apps.records.permissions import can_change, check_can_change
from noaber.apps.records.sharing import groups_of
from noaber.apps.registry.presenters.history import present_history
from noaber.web.clock import now
from noaber.web.edits import form_status
from noaber.web.htmx import render_page_or_fragment
from noaber.web.pagination import paginate
from noaber.web.pdf import pdf_response
from noaber.web.reader import asked_language, reader_language
from noaber.web.tables import Sorting, export, with_query


@dataclass(frozen=True)
class Listed:
    """What the list holds, as its address asks for it."""

    form: RecommendationFilterForm
    sorting: Sorting
    rows: list[RecommendationRow]


def _listed(request: ActingRequest) -> Listed:
    form = RecommendationFilterForm(request.GET)
    found = list_recommendations(request.acting.organisation, **form.wanted())
    sorting = Sorting.from_query(request.GET, RECOMMENDATION_COLUMNS, default="-made")
    return Listed(form, sorting, sorting.apply(RecommendationRow(record) for record in found))


@acting_required
@require_GET
def recommendations(request: ActingRequest) -> HttpResponse:
    """The list; as CSV or XLSX where the address asks for it."""
    listed = _listed(request)
    rows = listed.rows
    if file := export(request, name="recommendations", columns=RECOMMENDATION_FILE_COLUMNS, rows=rows):
        return file
    context = {
        "form": listed.form,
        "sorting": listed.sorting,
        "pages": paginate(request, rows),
        "papers": [(code, with_query(request.GET, language=code, page=None)) for code, _name in LANGUAGES],
        "is_filtered": any(listed.form.wanted().values()),
        "may_add": request.acting.may(Permission.COOPERATE),
    }
    page, fragment = "actions/recommendations.html", "actions/_recommendation_rows.html"
    return render_page_or_fragment(request, page, fragment, context)


@acting_required
@require_GET
def recommendation_register(request: ActingRequest) -> HttpResponse:
    """What the list shows, as a document in the reader's language or in the one that `?language=` asks for."""
    with translation.override(asked_language(request)):
        listed = _listed(request)
        document = papers.recommendation_register(request.acting, listed.rows, listed.form.wanted_in_words(), now())
        return pdf_response(document, name="recommendations")


@acting_required
@require_GET
def recommendation(request: ActingRequest, number: str) -> HttpResponse:
    return _page(request, get_recommendation(request.acting.organisation, number))


def _page(request: ActingRequest, record: Recommendation, declining: ReasonForm | None = None) -> HttpResponse:
    acting = request.acting
    kept = keeps(acting.organisation)
    changes = can_change(acting.roles, owner=record.owner_id, kept=kept)
    steps = RECOMMENDATION_STEPS[record.state] if changes else ()
    context: dict[str, Any] = {
        "recommendation": record,
        "row": RecommendationRow(record),
        "links": links_panel(acting, record),
        "groups": [group.name for group in record.groups.all()] if record.owner_id in kept else [],
        "history": present_history(history_of(record), Recommendation) if record.owner_id in kept else [],
        "is_kept": record.owner_id in kept,
        "may_change": changes,
        "may_accept": RecommendationState.ACCEPTED in steps,
        "may_decline": RecommendationState.DECLINED in steps,
        "may_carry_out": RecommendationState.CARRIED_OUT in steps,
        "may_act": acting.may(Permission.COOPERATE) and record.state != RecommendationState.DECLINED,
        "decline_form": declining or ReasonForm(initial={"language": reader_language()}),
    }
    page, fragment = "actions/recommendation.html", "actions/_recommendation.html"
    return render_page_or_fragment(request, page, fragment, context, status=422 if declining else 200)


@acting_required
@require_http_methods(["GET", "POST"])
def recommendation_new(request: ActingRequest) -> HttpResponse:
    """Write a recommendation down; the address may name what led to it, or the gap that it is about."""
    acting = request.acting
    acting.check_may(Permission.COOPERATE)
    source, about = asked_source(request), asked_gap(request.GET)
    initial = {
        "text": first_words(source, request.GET.get("field", "")),
        "language": reader_language(),
        "made_on": acting.today,
        "origin": Origin.GAP if about else origin_of(None, source),
        **sharing_of(source),
    }
    form = RecommendationForm(request.POST or None, initial=initial, groups=groups_of(acting.organisation))

    def work() -> str:
        made = services.add_recommendation(acting, form.data_for_service(about), source=source)
        return made.get_absolute_url()

    told = _("The recommendation is kept.")
    if request.method == "POST" and (answer := save_form(request, form, work, told)):
        return answer
    subject = about.title if about else kind_of(source).title(source) if source else ""
    context = {"form": form, "subject": subject, "source": source}
    return render(request, "actions/recommendation_form.html", context, status=422 if form.is_bound else 200)


@acting_required
@require_http_methods(["GET", "POST"])
def recommendation_edit(request: ActingRequest, number: str) -> HttpResponse:
    acting = request.acting
    record = get_recommendation(acting.organisation, number)
    check_can_change(acting.roles, owner=record.owner_id, kept=keeps(acting.organisation))
    stands = Stands(record, initial_recommendation)
    groups = groups_of(record.owner) | groups_of(acting.organisation)
    initial = initial_recommendation(record)
    form = RecommendationForm(request.POST or None, initial=initial, record=record, groups=groups)

    def work() -> str:
        services.change_recommendation(acting, record, form.data_for_service(None))
        return record.get_absolute_url()

    told = _("The changes are kept.")
    if request.method == "POST" and (answer := save_form(request, form, work, told, stands)):
        return answer
    context = {"form": form, "recommendation": record}
    return render(request, "actions/recommendation_form.html", context, status=form_status(form))


@acting_required
@require_POST
def recommendation_accept(request: ActingRequest, number: str) -> HttpResponse:
    return _take(request, number, services.accept_recommendation, _("The recommendation is accepted."))


@acting_required
@require_POST
def recommendation_carried_out(request: ActingRequest, number: str) -> HttpResponse:
    return _take(request, number, services.carry_out_recommendation, _("The recommendation is carried out."))


def _take(
    request: ActingRequest, number: str, step: Callable[[Acting, Recommendation], None], told: str
) -> HttpResponse:
    """Take a step that asks for nothing more."""
    record = get_recommendation(request.acting.organisation, number)

    def work() -> str:
        step(request.acting, record)
        return record.get_absolute_url()

    location = do_once(request.POST.get("once", ""), request.acting.person, work)
    messages.success(request, told)
    return redirect(location)


@acting_required
@require_POST
def recommendation_decline(request: ActingRequest, number: str) -> HttpResponse:
    record = get_recommendation(request.acting.organisation, number)
    form = ReasonForm(request.POST)

    def work() -> str:
        services.decline_recommendation(request.acting, record, **form.cleaned_data)
        return record.get_absolute_url()

    return save_form(request, form, work, _("The recommendation is declined.")) or _page(request, record, form)

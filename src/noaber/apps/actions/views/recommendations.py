"""Recommendations: the list, one of them, adding, changing, accepting, declining, carried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import LANGUAGES
from noaber.apps.accounts.queries import keeps
from noaber.apps.actions import papers, services
from noaber.apps.actions.enums import RECOMMENDATION_STEPS, Origin, RecommendationState
from noaber.apps.actions.forms.recommendations import (
    RecommendationFilterForm,
    RecommendationForm,
    asked_gap,
)
from noaber.apps.actions.models import Recommendation
from noaber.apps.actions.origins import origin_of
from noaber.apps.actions.presenters import (
    RECOMMENDATION_COLUMNS,
    RECOMMENDATION_FILE_COLUMNS,
    RecommendationRow,
    present_recommendations,
)
from noaber.apps.actions.queries import get_recommendation, list_recommendations
from noaber.apps.actions.subjects import first_words
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
from noaber.web.pagination import paginate
from noaber.web.pdf import pdf_response
from noaber.web.reader import asked_language
from noaber.web.tables import Sorting, export, with_query

_FORM_PAGE: Final = "actions/recommendation_form.html"
STEPS: Final = {
    "accept": Step(services.accept_recommendation, _("The recommendation is accepted.")),
    "decline": Step(services.decline_recommendation, _("The recommendation is declined."), ReasonForm),
    "carried-out": Step(services.carry_out_recommendation, _("The recommendation is carried out.")),
}


@dataclass(frozen=True)
class Listed:
    """What the list holds, as its address asks for it."""

    form: RecommendationFilterForm
    sorting: Sorting
    found: QuerySet[Recommendation]


def _listed(request: ActingRequest) -> Listed:
    form = RecommendationFilterForm(request.GET)
    found = list_recommendations(request.acting.organisation, **form.wanted())
    sorting = Sorting.from_query(request.GET, RECOMMENDATION_COLUMNS, default="-made")
    return Listed(form, sorting, sorting.in_order(found))


@acting_required
@require_GET
def recommendations(request: ActingRequest) -> HttpResponse:
    """The list; as CSV or XLSX where the address asks for it."""
    listed = _listed(request)
    found, columns = listed.found, RECOMMENDATION_FILE_COLUMNS
    if file := export(request, name="recommendations", columns=columns, rows=found, present=present_recommendations):
        return file
    context = {
        "form": listed.form,
        "sorting": listed.sorting,
        "pages": paginate(request, found, present=present_recommendations),
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
        rows = present_recommendations(listed.found)
        document = papers.recommendation_register(request.acting, rows, listed.form.wanted_in_words(), now())
        return pdf_response(document, name="recommendations")


@acting_required
@require_GET
def recommendation(request: ActingRequest, number: str) -> HttpResponse:
    return _page(request, get_recommendation(request.acting.organisation, number))


def _page(request: ActingRequest, record: Recommendation, declining: forms.BaseForm | None = None) -> HttpResponse:
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
        "decline_form": declining or ReasonForm(),
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
        "made_on": acting.today,
        "origin": Origin.GAP if about else origin_of(source),
        **sharing_of(source),
    }
    form = RecommendationForm(request.POST or None, acting=acting, initial=initial)

    def add(values: Values) -> Recommendation:
        return services.add_recommendation(acting, values, about=about, source=source)

    subject = about.title if about else title_of_source(source)
    told = _("The recommendation is kept.")
    return new_page(request, form, add, _FORM_PAGE, told, subject=subject, source=source)


@acting_required
@require_http_methods(["GET", "POST"])
def recommendation_edit(request: ActingRequest, number: str) -> HttpResponse:
    record = get_recommendation(request.acting.organisation, number)
    return edit_page(request, record, RecommendationForm, services.change_recommendation, _FORM_PAGE)


@acting_required
@require_POST
def recommendation_step(request: ActingRequest, number: str, code: str) -> HttpResponse:
    """Take the step, or show the page with what is wrong in its form."""
    record, step = get_recommendation(request.acting.organisation, number), STEPS[code]
    return take_step(request, record, step, step.form(request.POST), lambda form: _page(request, record, form))

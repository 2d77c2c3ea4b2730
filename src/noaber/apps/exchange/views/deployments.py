"""The list of deployments, the page of one, and its border certificate."""

from __future__ import annotations

from django.db.models import Case, Expression, F, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.exchange import words
from noaber.apps.exchange.actions import find_posted
from noaber.apps.exchange.certificate import make_certificate
from noaber.apps.exchange.deployment_page import DeploymentPage
from noaber.apps.exchange.models import Deployment
from noaber.apps.exchange.queries import list_deployments
from noaber.apps.exchange.views.requests import show_problems
from noaber.apps.exchange.views.support import act_once, place_of
from noaber.apps.registry.coded import capability_name
from noaber.core.messages.states import HOME_DEPLOYMENTS
from noaber.core.problems import InvalidInput, NotAllowed
from noaber.reference.vocabulary import load_capabilities
from noaber.web.htmx import render_page_or_fragment
from noaber.web.ordering import Folded, by, by_label, by_text
from noaber.web.pagination import paginate
from noaber.web.tables import Column, Sorting, export

FRAGMENTS = {"deployment-live": "exchange/_deployment_live.html", "deployment-act": "exchange/_deployment_act.html"}


def _state_words(deployment: Deployment) -> str:
    return str(words.DEPLOYMENT_STATES[deployment.deployment_state].text)


def _team_words(deployment: Deployment) -> str:
    return deployment.team_name or capability_name(deployment.capability)


def _by_capability() -> Expression | F:
    return by_label("capability", [(code, capability_name(code)) for code in load_capabilities()])()


def _by_team() -> Expression:
    names = [(code, capability_name(code).casefold()) for code in load_capabilities()]
    unnamed = (When(team_name="", capability=code, then=Value(name)) for code, name in names)
    return Case(*unnamed, default=Folded(F("team_name")))


_BY_STATE = by_label("state", [(state, label.text) for state, label in words.DEPLOYMENT_STATES.items()])
COLUMNS = (
    Column("committed", gettext_lazy("Committed"), lambda row: row.committed_at, by("committed_at")),
    Column("team", gettext_lazy("Team"), _team_words, _by_team),
    Column("capability", gettext_lazy("What"), lambda row: capability_name(row.capability), _by_capability),
    Column("quantity", gettext_lazy("Teams"), lambda row: row.quantity, by("quantity"), numeric=True),
    Column("from", gettext_lazy("From"), lambda row: row.supplier.code, by_text("supplier__code")),
    Column("to", gettext_lazy("To"), lambda row: row.consumer.code, by_text("consumer__code")),
    Column("state", gettext_lazy("State"), _state_words, _BY_STATE),
    Column("since", gettext_lazy("Since"), lambda row: row.changed_at, by("changed_at")),
    Column(
        "arrival",
        gettext_lazy("Arrival"),
        lambda row: row.arrived_at or row.estimated_arrival_at,
        lambda: Coalesce("arrived_at", "estimated_arrival_at"),
    ),
    Column("end", gettext_lazy("Until"), lambda row: row.end_at, by("end_at")),
    Column("case", gettext_lazy("Case"), lambda row: row.case_id, by_text("case_id")),
)


@acting_required
@require_GET
def deployments(request: ActingRequest) -> HttpResponse:
    """Teams given and received, with filters that have an address."""
    organisation = request.acting.organisation
    found = list_deployments(organisation, request.status_band)
    way, state, case_id = request.GET.get("way", ""), request.GET.get("state", "running"), request.GET.get("case", "")
    if way in ("out", "in"):
        found = found.filter(**{"supplier" if way == "out" else "consumer": organisation})
    elif way == "teams":
        found = found.exclude(consumer=organisation).exclude(supplier=organisation)
    home = [item.value for item in HOME_DEPLOYMENTS]
    if state == "running":
        found = found.exclude(state__in=home)
    elif state == "home":
        found = found.filter(state__in=home)
    if case_id:
        found = found.filter(case_id=case_id)
    sorting = Sorting.from_query(request.GET, COLUMNS, default="-since")
    rows = sorting.in_order(found)
    if file := export(request, name="deployments", columns=COLUMNS, rows=rows):
        return file
    pages = paginate(request, rows)
    context = {
        "sorting": sorting,
        "pages": pages,
        "rows": [(row, words.DEPLOYMENT_STATES[row.deployment_state]) for row in pages.rows],
        "way": way,
        "state": state,
        "case_id": case_id,
    }
    return render_page_or_fragment(request, "exchange/deployments.html", "exchange/_deployments.html", context)


@acting_required
@require_http_methods(["GET", "HEAD", "POST"])
def deployment(request: ActingRequest, slug: str) -> HttpResponse:
    """The page of a deployment; a step that is posted to it is taken."""
    data = request.POST if request.method == "POST" else None
    page = DeploymentPage.load(request.acting, slug, speaking_for=request.GET.get("for", ""), data=data)
    request.status_band = page.row.status
    if data is None:
        return _show(request, page)
    action = find_posted([*page.actions, *page.corrections.values()], data)
    if action is None:
        raise NotAllowed("request.step-gone")
    if not action.is_valid():
        return _show(request, page, status=422)
    address = page.row.get_absolute_url()
    told = _("Sent. %(organisation)s sees it now.") % {"organisation": page.other.code}
    try:
        return act_once(request, lambda: place_of(address, action.take()), told)
    except InvalidInput as error:
        show_problems(action, error)
        return _show(request, page, status=422)


def _show(request: ActingRequest, page: DeploymentPage, *, status: int = 200) -> HttpResponse:
    target = request.htmx.target if getattr(request, "htmx", None) else None  # type: ignore[attr-defined]
    fragment = FRAGMENTS.get(target or "", FRAGMENTS["deployment-live"])
    return render_page_or_fragment(request, "exchange/deployment.html", fragment, {"page": page}, status=status)


@acting_required
@require_GET
def certificate(request: ActingRequest, slug: str) -> HttpResponse:
    """What the leader shows at the border, made to be printed."""
    page = DeploymentPage.load(request.acting, slug)
    request.status_band = page.row.status
    context = {"page": page, "certificate": make_certificate(page), "back": reverse("deployment", args=[page.row.slug])}
    return render(request, "exchange/certificate.html", context)

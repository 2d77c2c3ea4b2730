"""One page that a control room keeps open: its teams in big rows, a touch for each state."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.records.history import Author
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.forms.states import TouchForm
from noaber.apps.registry.presenters.states import present_reports, present_team
from noaber.apps.registry.queries.states import last_reports, newest_reports, own_teams
from noaber.apps.registry.services.states import confirm_states, newest_changes, report_seen_state
from noaber.apps.registry.views.capacities import get_for_edit
from noaber.core.problems import InvalidInput
from noaber.web import wording
from noaber.web.clock import now
from noaber.web.htmx import render_page_or_fragment, wants_fragment
from noaber.web.pagination import paginate


@acting_required
@require_GET
def states(request: ActingRequest) -> HttpResponse:
    """The teams that one keeps, and what was reported last."""
    return render_page_or_fragment(request, "registry/states.html", "registry/_states.html", _context(request))


def _context(request: ActingRequest) -> dict[str, Any]:
    query = _as_seen(request).GET
    text = query.get("q", "")[:80]
    rows = own_teams(request.acting.organisation, request.status_band, text)
    pages = paginate(request, rows)
    shown = list(pages.rows)
    keys = [row.pk for row in shown]
    seen, last = newest_changes(keys), last_reports(keys)
    reports = newest_reports(rows)
    names = dict(rows.order_by().filter(pk__in=[change.subject_id for change in reports]).values_list("pk", "name"))
    return {
        "here": "capacities",
        "text": text,
        "pages": pages,
        "teams": [present_team(row, seen[row.pk], last.get(row.pk), now()) for row in shown],
        "seen": ",".join(f"{key}:{change}" for key, change in seen.items()),
        "reports": present_reports(reports, names),
        "form": TouchForm(),
        "may_edit": request.acting.may(Permission.EDIT_CAPACITIES),
        "list_url": f"{reverse('capacities-states')}?{query.urlencode()}",
    }


@acting_required
@require_POST
def state_touch(request: ActingRequest, pk: int) -> HttpResponse:
    """Report the state of one team."""
    row = get_for_edit(request, pk)
    form = TouchForm(request.POST)
    errors = ""
    if form.is_valid():
        found = form.cleaned_data
        try:
            report_seen_state(
                Author.of(request.acting),
                row,
                found["seen"],
                state=CapacityState(found["state"]),
                reduced_to=found["left"],
                until=found["until"],
                reason=found["reason"],
                now=now(),
            )
        except InvalidInput as error:
            errors = " ".join(wording.problem(problem) for problem in error.problems)
    else:
        errors = " ".join(str(message) for found in form.errors.values() for message in found)
    if not errors:
        return _answer(request)
    if wants_fragment(request):
        return render(request, "registry/_states.html", _context(request) | {"wrong": pk, "errors": errors}, status=422)
    messages.error(request, errors)
    return redirect("capacities-states")


def _as_seen(request: ActingRequest) -> ActingRequest:
    """A touch comes from a page with a filter, whose rows it gets back."""
    if request.method == "POST":
        request.GET = QueryDict(urlsplit(request.headers.get("HX-Current-URL", "")).query)
    return request


def _answer(request: ActingRequest) -> HttpResponse:
    if wants_fragment(request):
        return render(request, "registry/_states.html", _context(request))
    return redirect("capacities-states")


@acting_required
@require_POST
def states_confirm(request: ActingRequest) -> HttpResponse:
    """Confirm every team that the page shows, as it stands there."""
    request.acting.check_may(Permission.EDIT_CAPACITIES)
    kept = set(own_teams(request.acting.organisation, request.status_band).order_by().values_list("pk", flat=True))
    seen = {key: change for key, change in _read_seen(request.POST.get("seen", "")) if key in kept}
    count = confirm_states(Author.of(request.acting), seen, now=now())
    words = ngettext("%(count)s state is confirmed.", "%(count)s states are confirmed.", count)
    messages.success(request, words % {"count": count})
    return _answer(request)


def _read_seen(text: str) -> list[tuple[int, int]]:
    """What the page sent of what it showed; anything else in it is left out."""
    pairs = (pair.partition(":") for pair in text.split(","))
    return [(int(key), int(change)) for key, _colon, change in pairs if key.isdecimal() and change.isdecimal()]

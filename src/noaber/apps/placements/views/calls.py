"""A call with what hosts offer, its steps, and the applications that one may read."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import LANGUAGES
from noaber.apps.library.panel import links_panel
from noaber.apps.placements import services
from noaber.apps.placements.enums import CALL_STEPS, CallState
from noaber.apps.placements.presenters import (
    APPLICATION_COLUMNS,
    PLACE_COLUMNS,
    PLACE_FILE_COLUMNS,
    PlaceRow,
    present_state,
)
from noaber.apps.placements.queries import due_for_erasure, get_call, list_applications, list_placements, list_places
from noaber.apps.placements.views.common import do_step, runs
from noaber.core.problems import NotFound
from noaber.web.clock import now
from noaber.web.htmx import render_page_or_fragment
from noaber.web.tables import Sorting, export


@acting_required
@require_GET
def call(request: ActingRequest, pk: int) -> HttpResponse:
    """The call, its clock, and the host places; those leave as a file."""
    acting = request.acting
    record = get_call(acting.organisation, pk)
    sorting = Sorting.from_query(request.GET, PLACE_COLUMNS, default="host")
    rows = sorting.apply([PlaceRow(place) for place in list_places(record)])
    if file := export(request, name="host-places", columns=PLACE_FILE_COLUMNS, rows=rows):
        return file
    may_run = runs(acting, record.programme.owner_id)
    stays = list_placements(acting.organisation).filter(application__call=record)
    writes = acting.may(Permission.COOPERATE)
    steps = CALL_STEPS[record.state] if may_run else ()
    context = {
        "call": record,
        "state": present_state(record),
        "stays": [(one, present_state(one)) for one in stays],
        "links": links_panel(acting, record),
        "languages": LANGUAGES,
        "sorting": sorting,
        "rows": rows,
        "applications": list_applications(acting, record).count(),
        "reads_applications": writes,
        "may_run": may_run,
        "may_edit": may_run and record.state != CallState.MATCHED,
        "may_offer": writes and record.state in (CallState.PREPARED, CallState.OPEN),
        "may_apply": writes and bool(rows) and record.state == CallState.OPEN and now() <= record.closes_at,
        "is_ranking": record.state == CallState.RANKING,
        "may_open": CallState.OPEN in steps,
        "may_rank": CallState.RANKING in steps,
        "may_match": may_run and record.state in (CallState.RANKING, CallState.MATCHED),
        "due": due_for_erasure(record, acting.today).count() if may_run else 0,
    }
    return render_page_or_fragment(request, "placements/call.html", "placements/_places.html", context)


@acting_required
@require_POST
def call_step(request: ActingRequest, pk: int, state: str) -> HttpResponse:
    record = get_call(request.acting.organisation, pk)
    told = {CallState.OPEN: _("Applications are open."), CallState.RANKING: _("The hosts can rank now.")}
    if state not in told:
        raise NotFound

    def work() -> str:
        services.step_call(request.acting, record, CallState(state))
        return record.get_absolute_url()

    return do_step(request, work, told[CallState(state)])


@acting_required
@require_POST
def call_erase(request: ActingRequest, pk: int) -> HttpResponse:
    """Erase the personal data whose day has passed."""
    record = get_call(request.acting.organisation, pk)
    erased = services.erase_due(request.acting, record)
    told = ngettext(
        "The personal data of %(count)s person are erased.",
        "The personal data of %(count)s people are erased.",
        erased,
    ) % {"count": erased}
    return do_step(request, record.get_absolute_url, told)


@acting_required
@require_GET
def applications(request: ActingRequest, pk: int) -> HttpResponse:
    """The applications of a call that the organisation may read."""
    acting = request.acting
    acting.check_may(Permission.COOPERATE)
    record = get_call(acting.organisation, pk)
    sorting = Sorting.from_query(request.GET, APPLICATION_COLUMNS, default="number")
    rows = sorting.apply(list(list_applications(acting, record)))
    if file := export(request, name="applications", columns=APPLICATION_COLUMNS, rows=rows):
        return file
    return render(request, "placements/applications.html", {"call": record, "sorting": sorting, "rows": rows})

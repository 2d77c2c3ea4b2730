"""The list of requests, the page of one, and its print."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.exchange import words
from noaber.apps.exchange.actions import Action, find_posted
from noaber.apps.exchange.forms.common import add_problems
from noaber.apps.exchange.models import Request
from noaber.apps.exchange.presenters import counted_lines, first_needed
from noaber.apps.exchange.queries import list_requests, open_drafts
from noaber.apps.exchange.request_order import in_order
from noaber.apps.exchange.request_page import RequestPage
from noaber.apps.exchange.sheets import AnswerSheet, OrderSheet, add_sheet_problems
from noaber.apps.exchange.standing import standings_of
from noaber.apps.exchange.views.support import act_once, place_of
from noaber.core.coverage import Coverage
from noaber.core.messages.states import OPEN_REQUESTS
from noaber.core.problems import InvalidInput, NotAllowed
from noaber.web import clock
from noaber.web.htmx import render_page_or_fragment
from noaber.web.pagination import paginate
from noaber.web.tables import Column, Sorting, export

FRAGMENTS = {"request-live": "exchange/_request_live.html", "request-act": "exchange/_request_act.html"}


def _label(request: Request, at: datetime.datetime) -> words.Label:
    return words.request_label(request.state_at(at), is_alert=request.is_alert)


def _state_words(request: Request) -> str:
    return str(_label(request, clock.now()).text)


@dataclass(frozen=True)
class Listed:
    """A request with what has come of it; None where its state says all."""

    request: Request
    coverage: Coverage | None


def _count(part: str) -> Callable[[Listed], int | None]:
    return lambda row: None if row.coverage is None else getattr(row.coverage, part)


_FIRST = (
    Column("sent", gettext_lazy("Sent"), lambda row: row.request.sent_at),
    Column("asks", gettext_lazy("Asks"), lambda row: row.request.consumer.code),
    Column("helps", gettext_lazy("Is asked"), lambda row: row.request.supplier.code),
    Column("what", gettext_lazy("What"), lambda row: counted_lines(row.request.lines.all()), sortable=False),
    Column("case", gettext_lazy("Case"), lambda row: row.request.case_id),
    Column("state", gettext_lazy("State"), lambda row: _state_words(row.request)),
)
_LAST = (
    Column("needed", gettext_lazy("Needed by"), lambda row: first_needed(row.request.lines.all())),
    Column("due", gettext_lazy("Answer due"), lambda row: row.request.due_at),
)
COLUMNS = (*_FIRST, Column("missing", gettext_lazy("In time, late, missing"), _count("missing")), *_LAST)
FILE_COLUMNS = (
    *_FIRST,
    *_LAST,
    Column("in_time", gettext_lazy("Teams in time"), _count("in_time"), numeric=True),
    Column("late", gettext_lazy("Teams late"), _count("late"), numeric=True),
    Column("unknown", gettext_lazy("Teams, arrival unknown"), _count("unknown"), numeric=True),
    Column("missing", gettext_lazy("Teams missing"), _count("missing"), numeric=True),
)
"""As a file says it: coverage in numbers, empty where the state says all."""
ORDERS: dict[str, str | Promise] = {
    "-sent": gettext_lazy("newest first"),
    "needed": gettext_lazy("needed first"),
    "due": gettext_lazy("answer due first"),
    "-missing": gettext_lazy("most missing first"),
    "-late": gettext_lazy("most late first"),
    "in_time": gettext_lazy("fewest in time first"),
}
"""What stands in the choice of order, for a phone and for what has no head of its own."""


@acting_required
@require_GET
def requests(request: ActingRequest) -> HttpResponse:
    """Requests sent and received, with filters that have an address."""
    organisation, status = request.acting.organisation, request.status_band
    found = list_requests(organisation, status)
    way, state, case_id = request.GET.get("way", ""), request.GET.get("state", ""), request.GET.get("case", "")
    if way in ("out", "in"):
        found = found.filter(**{"consumer" if way == "out" else "supplier": organisation})
    elif way == "teams":
        found = found.exclude(consumer=organisation).exclude(supplier=organisation)
    if state in ("open", "ended"):
        open_states = [item.value for item in OPEN_REQUESTS]
        found = found.filter(state__in=open_states) if state == "open" else found.exclude(state__in=open_states)
    if case_id:
        found = found.filter(case_id=case_id)
    now, sorting = clock.now(), Sorting.from_query(request.GET, FILE_COLUMNS, default="-sent")
    rows = in_order(found, organisation, sorting.key, descending=sorting.descending, at=now)
    if request.GET.get("format") and (
        file := export(request, name="requests", columns=FILE_COLUMNS, rows=_listed(rows, now))
    ):
        return file
    pages = paginate(request, rows)
    order = f"{'-' if sorting.descending else ''}{sorting.key}"
    standings = standings_of(pages.rows, now)
    context = {
        "sorting": replace(sorting, columns=COLUMNS),
        "orders": ORDERS if order in ORDERS else {order: _("as in the table"), **ORDERS},
        "order": order,
        "pages": pages,
        "rows": [(row, _label(row, now), standings[row.pk]) for row in pages.rows],
        "way": way,
        "state": state,
        "case_id": case_id,
        "drafts": open_drafts(organisation).filter(status=status),
        "may_ask": request.acting.may(Permission.SEND_REQUEST),
    }
    return render_page_or_fragment(request, "exchange/requests.html", "exchange/_requests.html", context)


def _listed(rows: Iterable[Request], at: datetime.datetime) -> list[Listed]:
    found = list(rows)
    standings = standings_of(found, at)
    return [Listed(row, standings[row.pk].coverage if standings[row.pk].says_something else None) for row in found]


@acting_required
@require_http_methods(["GET", "HEAD", "POST"])
def request_page(request: ActingRequest, slug: str) -> HttpResponse:
    """The page of a request; a step that is posted to it is taken."""
    speaking_for = request.GET.get("for", "")
    data = request.POST if request.method == "POST" else None
    page = RequestPage.load(request.acting, slug, speaking_for=speaking_for, data=data)
    request.status_band = page.row.status
    if data is None:
        return _show(request, page)
    if "judge" in data:
        return _judge(request, page)
    if "mend" in data:
        page = RequestPage.load(request.acting, slug, speaking_for=speaking_for, data=_mended(request.POST))
        return _show(request, page)
    action = find_posted(page.actions, data)
    if action is None:
        raise NotAllowed("request.step-gone")
    if not action.is_valid():
        return _show(request, page, status=422)
    try:
        return _take(request, page, action)
    except InvalidInput as error:
        show_problems(action, error)
        return _show(request, page, status=422)


def _judge(request: ActingRequest, page: RequestPage) -> HttpResponse:
    """What is found about an answer as it stands in the form; nothing is sent."""
    if page.answer is None:
        return HttpResponse(status=204)
    return render(request, "exchange/_answer_judged.html", {"page": page})


def _mended(posted: QueryDict) -> QueryDict:
    """What was typed, with the number of the mend that was pressed in its field."""
    data = posted.copy()
    name, _, number = data.pop("mend")[-1].partition("=")
    if name in data:
        data[name] = number
    return data


def show_problems(action: Action, error: InvalidInput) -> None:
    """Put what a service found wrong beside what was typed."""
    match action.form:
        case AnswerSheet() | OrderSheet():
            add_sheet_problems(action.form, error.problems)
        case None:
            add_problems(action.manner, error)
        case form:
            add_problems(form, error)


def _take(request: ActingRequest, page: RequestPage, action: Action) -> HttpResponse:
    address = reverse("request", args=[page.row.slug])
    told = _("Sent. %(organisation)s sees it now.") % {"organisation": page.other.code}
    if page.speaking_for:
        told = _("Entered on behalf of %(organisation)s.") % {"organisation": page.other.code}
    elif not page.other.connected:
        told = _("Entered. %(organisation)s does not use Noaber: tell it by phone or mail.") % {
            "organisation": page.other.code
        }
    return act_once(request, lambda: place_of(address, action.take()), told)


def _show(request: ActingRequest, page: RequestPage, *, status: int = 200) -> HttpResponse:
    target = request.htmx.target if getattr(request, "htmx", None) else None  # type: ignore[attr-defined]
    fragment = FRAGMENTS.get(target or "", FRAGMENTS["request-live"])
    context: dict[str, Any] = {"page": page, "request_row": page.row, "thread": page.thread}
    return render_page_or_fragment(request, "exchange/request.html", fragment, context, status=status)


@acting_required
@require_GET
def request_print(request: ActingRequest, slug: str) -> HttpResponse:
    """The request with its whole course, made to be printed: an annex to the log."""
    page = RequestPage.load(request.acting, slug)
    request.status_band = page.row.status
    return render(request, "exchange/request_print.html", {"page": page, "thread": page.thread})

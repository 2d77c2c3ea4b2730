"""Asking for an incident: one organisation by hand, and everything that is drafted, reviewed and sent."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import Acting, ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.services import do_once
from noaber.apps.planner.forms.incidents import AskForm
from noaber.apps.planner.models import Incident, Need
from noaber.apps.planner.presenters.need_plans import need_plans
from noaber.apps.planner.presenters.review import review_rows, send_ready
from noaber.apps.planner.services import drafting, proposals
from noaber.apps.planner.services.incidents import check_may_change
from noaber.apps.planner.views.inputs import find_incident
from noaber.web.htmx import render_page_or_fragment
from noaber.web.reader import reader_language


@acting_required
@require_http_methods(["GET", "POST"])
def ask(request: ActingRequest, number: str) -> HttpResponse:
    """Ask one organisation by hand, without a plan: it becomes a draft, to be completed on its own page."""
    found = find_incident(request, number)
    check_may_change(request.acting, found)
    request.acting.check_may(Permission.SEND_REQUEST)
    form = AskForm(request.acting, _missing(request.acting, found), request.POST or None, initial=_asked_whom(request))
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "incident": found}
        return render(request, "planner/ask.html", context, status=200 if request.method == "GET" else 422)

    def work() -> str:
        lines = [drafting.line_for(need, quantity) for need, quantity in form.asked]
        made = drafting.draft_by_hand(request.acting, found, form.chosen, lines, language=reader_language())
        return made.get_absolute_url()

    return redirect(do_once(request.POST.get("once", ""), request.acting.person, work))


def _asked_whom(request: HttpRequest) -> dict[str, str]:
    return {"supplier": request.GET.get("supplier", "")}


def _missing(acting: Acting, incident: Incident) -> list[tuple[Need, int]]:
    """Each need with how many teams are not asked for yet."""
    asked = proposals.asked_by_need(acting, incident)
    plans = need_plans(incident, list(incident.needs.all()), None, [], asked=asked)
    return [(plan.need, plan.missing) for plan in plans]


@acting_required
@require_GET
def review(request: ActingRequest, number: str) -> HttpResponse:
    """What is drafted for this incident and not sent yet; an organisation's own drafts, which nobody else sees."""
    found = find_incident(request, number)
    rows = review_rows(request.acting, found)
    context = {
        "incident": found,
        "rows": rows,
        "ready_count": sum(1 for row in rows if row.ready),
        "may_send": request.acting.may(Permission.SEND_REQUEST),
        "may_sign": request.acting.may(Permission.SIGN_OFF),
    }
    return render_page_or_fragment(request, "planner/review.html", "planner/_review.html", context)


@acting_required
@require_POST
def send_all(request: ActingRequest, number: str) -> HttpResponse:
    """Send every draft of the incident that is complete and signed off; the others stay, and say what they lack."""
    found = find_incident(request, number)

    def work() -> str:
        sent = send_ready(request.acting, found)
        words = ngettext("%(count)s request was sent.", "%(count)s requests were sent.", sent) % {"count": sent}
        messages.success(request, words)
        left = review_rows(request.acting, found)
        return reverse("incident-review" if left else "incident", args=[found.number])

    return redirect(do_once(request.POST.get("once", ""), request.acting.person, work))

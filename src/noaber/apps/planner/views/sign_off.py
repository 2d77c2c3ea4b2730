"""The page on which several requests are read and signed off together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.services import do_once
from noaber.apps.accounts.status import status_asked
from noaber.apps.exchange.services import authorise_together
from noaber.apps.planner.presenters.sign_off import (
    drafts_of,
    read_ticked,
    refused_by_draft,
    refused_rows,
    sign_off_url,
    sign_rows,
    ways_to_send,
)
from noaber.core.problems import InvalidInput, Problem


@acting_required
@require_http_methods(["GET", "POST"])
def sign_off(request: ActingRequest) -> HttpResponse:
    """Requests that wait for a signature, as they will be read; posted, those that are ticked are signed, or none."""
    status = status_asked(request)
    request.status_band = status
    if request.method == "GET":
        return _show(request, status)
    read = read_ticked(request.POST.getlist("draft"))

    def work() -> str:
        signed = len(authorise_together(request.acting, read))
        words = ngettext("%(count)s request was signed off.", "%(count)s requests were signed off.", signed)
        messages.success(request, words % {"count": signed})
        return sign_off_url(status)

    try:
        return redirect(do_once(request.POST.get("once", ""), request.acting.person, work))
    except InvalidInput as error:
        return _show(request, status, ticked=read, problems=error.problems)


def _show(
    request: ActingRequest,
    status: str,
    *,
    ticked: Mapping[int, str] | None = None,
    problems: Iterable[Problem] = (),
) -> HttpResponse:
    drafts = drafts_of(request.acting, status)
    refused = refused_by_draft(problems, ticked or ())
    rows = sign_rows(request.acting, drafts.unsigned, ticked=ticked, refused=refused)
    context: dict[str, Any] = {
        "status": status,
        "rows": rows,
        "others_ticked": any(row.is_ticked for row in rows),
        "refused": refused_rows(request.acting, refused, drafts.unsigned) if refused else [],
        "none_chosen": [problem for problem in problems if not refused],
        "unfinished": drafts.unfinished,
        "ways": ways_to_send(request.acting, status, drafts.ready),
        "may_sign": request.acting.may(Permission.SIGN_OFF),
        "may_send": request.acting.may(Permission.SEND_REQUEST),
    }
    return render(request, "planner/sign_off.html", context, status=422 if ticked is not None else 200)

"""What the pages of exchanges share: forms of several kinds in one template, and who may do what there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from noaber.apps.accounts.acting import Acting, ActingRequest
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.services import do_once
from noaber.apps.placements.models import ExchangeCall, HostPlace
from noaber.apps.placements.permissions import can_host, can_write_for
from noaber.apps.records.edits import Stands
from noaber.apps.records.pages import save_form
from noaber.web.edits import form_status


@dataclass(frozen=True)
class FormPage:
    """The words around a form, and where one goes without sending it."""

    heading: str
    submit: str
    back: str
    told: str


def form_page(
    request: ActingRequest,
    form: forms.Form,
    page: FormPage,
    work: Callable[[], str],
    stands: Stands | None = None,
    **context: Any,
) -> HttpResponse:
    """Show a form; sent, do its work once and lead on."""
    if request.method == "POST" and (answer := save_form(request, form, work, page.told, stands)):
        return answer
    context |= {"form": form, "page": page}
    return render(request, "placements/form.html", context, status=form_status(form))


def do_step(request: ActingRequest, work: Callable[[], str], told: str) -> HttpResponse:
    """Take a step that asks nothing, once."""
    location = do_once(request.POST.get("once", ""), request.acting.person, work)
    messages.success(request, told)
    return redirect(location)


def runs(acting: Acting, owner: int) -> bool:
    """Whether they run the programme of that owner."""
    return can_write_for(acting.roles, organisation=owner, kept=keeps(acting.organisation))


def hosts(acting: Acting, call: ExchangeCall, place: HostPlace) -> bool:
    """Whether they write for the host of the place."""
    return can_host(
        acting.roles,
        host=place.organisation_id,
        connected=place.organisation.connected,
        owner=call.programme.owner_id,
        kept=keeps(acting.organisation),
    )

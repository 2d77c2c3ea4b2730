"""What the pages of records share: a valid form does its work once, and leads on."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from noaber.apps.accounts.acting import ActingRequest
from noaber.apps.accounts.services import do_once
from noaber.apps.records.edits import Stands, save_edit
from noaber.core.problems import InvalidInput
from noaber.web.forms import add_problems


def save_form(
    request: ActingRequest, form: forms.Form, work: Callable[[], str], told: str, stands: Stands | None = None
) -> HttpResponse | None:
    """Do the work of a valid form once and lead on; None where the form says what is wrong with it.

    With `stands`, what others saved since the form was opened is brought together with it first.
    """
    if stands is not None:
        return _lead_on(request, save_edit(request, form, stands, work), told)
    if not form.is_valid():
        return None
    try:
        location = do_once(request.POST.get("once", ""), request.acting.person, work)
    except InvalidInput as error:
        add_problems(form, error.problems)
        return None
    return _lead_on(request, location, told)


def _lead_on(request: ActingRequest, location: str, told: str) -> HttpResponse | None:
    if not location:
        return None
    messages.success(request, told)
    return redirect(location)

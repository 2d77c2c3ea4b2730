"""What the pages of records share: writing a new one, changing one, taking a step with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from noaber.apps.accounts.acting import Acting, ActingRequest
from noaber.apps.accounts.services import do_once
from noaber.apps.accounts.sharing import SharedRecord
from noaber.apps.records.edits import Stands, save_edit
from noaber.apps.records.forms import RecordForm
from noaber.apps.records.words import Values
from noaber.apps.records.writing import check_keeper
from noaber.core.problems import InvalidInput
from noaber.web.edits import form_status
from noaber.web.forms import add_problems

Record = TypeVar("Record", bound=SharedRecord)


def save_form(
    request: ActingRequest,
    form: forms.BaseForm,
    work: Callable[[], str],
    told: str | Promise,
    stands: Stands | None = None,
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


def _lead_on(request: ActingRequest, location: str, told: str | Promise) -> HttpResponse | None:
    if not location:
        return None
    messages.success(request, str(told))
    return redirect(location)


def new_page(
    request: ActingRequest,
    form: RecordForm[Any],
    add: Callable[[Values], models.Model],
    template: str,
    told: str | Promise,
    **context: Any,
) -> HttpResponse:
    """The form of a new record; once it is valid, the page of the record that `add` made of it."""
    if request.method == "POST":

        def work() -> str:
            return _address(add(form.values()))

        if answer := save_form(request, form, work, told):
            return answer
    return render(request, template, {"form": form, **context}, status=form_status(form))


def edit_page(
    request: ActingRequest,
    record: Record,
    form_class: type[RecordForm[Record]],
    change: Callable[[Acting, Record, Values], object],
    template: str,
) -> HttpResponse:
    """The form that changes a record, brought together with what others saved since it was opened."""
    acting = request.acting
    check_keeper(acting, record)
    form = form_class(request.POST or None, acting=acting, record=record)
    if request.method == "POST":

        def work() -> str:
            change(acting, record, form.values())
            return _address(record)

        stands = Stands(record, form_class.initial_of)
        if answer := save_form(request, form, work, _("The changes are kept."), stands):
            return answer
    context = {"form": form, str(record._meta.model_name): record}
    return render(request, template, context, status=form_status(form))


@dataclass(frozen=True)
class Step:
    """A step that someone takes with a record from its page.

    Parameters
    ----------
    take
        The service; besides who acts and the record it takes what the form says, by the names of its fields.
    told
        What is said when it was taken.
    form
        What it asks; nothing where the button says all.
    """

    take: Callable[..., object]
    told: str | Promise
    form: Callable[..., forms.BaseForm] = forms.Form


def take_step(
    request: ActingRequest,
    record: Record,
    step: Step,
    form: forms.BaseForm,
    page: Callable[[forms.BaseForm], HttpResponse],
) -> HttpResponse:
    """Take a step with what its form says, and lead back to the record; else `page` with what is wrong in the form."""

    def work() -> str:
        step.take(request.acting, record, **form.cleaned_data)
        return _address(record)

    return save_form(request, form, work, step.told) or page(form)


def _address(record: Any) -> str:
    return str(record.get_absolute_url())

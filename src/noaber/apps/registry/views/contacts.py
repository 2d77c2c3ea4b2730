"""Contact points: the list, one of them, adding, changing, verifying, withdrawing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.services import do_once
from noaber.apps.records.edits import Stands, save_edit
from noaber.apps.records.history import Author, history_of
from noaber.apps.records.permissions import can_edit, check_can_edit
from noaber.apps.records.sharing import groups_of
from noaber.apps.registry.enums import ContactCheck, ContactField
from noaber.apps.registry.forms.capacities import WithdrawForm
from noaber.apps.registry.forms.contacts import ContactFilterForm, ContactForm, VerifyForm, contact_initial
from noaber.apps.registry.models import ContactPoint
from noaber.apps.registry.presenters.contacts import COLUMNS, FILE_COLUMNS, present_contact
from noaber.apps.registry.presenters.history import present_history
from noaber.apps.registry.queries import get_contact, list_contacts, months_between_checks
from noaber.apps.registry.services import SameFunction, save_contact, verify_contact, withdraw_contact
from noaber.core.problems import InvalidInput
from noaber.web.clock import now
from noaber.web.edits import form_status
from noaber.web.htmx import render_page_or_fragment
from noaber.web.tables import Sorting, export


def _here(request: ActingRequest) -> datetime:
    """Now, on the clock of the organisation that reads."""
    return now().astimezone(request.acting.zone)


def _today(request: ActingRequest) -> date:
    return _here(request).date()


@acting_required
@require_GET
def contacts(request: ActingRequest) -> HttpResponse:
    """Whom one reaches for what, with what was verified when."""
    organisation = request.acting.organisation
    form = ContactFilterForm(request.GET)
    here, kept = _here(request), keeps(organisation)
    found = list_contacts(organisation, request.status_band, on=here.date(), **form.wanted())
    sorting = Sorting.from_query(request.GET, COLUMNS, default="organisation")
    rows = sorting.apply(present_contact(contact, here, kept) for contact in found)
    if file := export(request, name="contacts", columns=FILE_COLUMNS, rows=rows):
        return file
    context = {
        "here": "contacts",
        "form": form,
        "sorting": sorting,
        "rows": rows,
        "today": here.date(),
        "may_edit": request.acting.may(Permission.EDIT_CONTACTS),
        "may_set_routine": request.acting.may(Permission.MANAGE_PEOPLE),
        "every_months": months_between_checks(organisation),
    }
    return render_page_or_fragment(request, "registry/contacts.html", "registry/_contact_rows.html", context)


@acting_required
@require_GET
def contact(request: ActingRequest, pk: int) -> HttpResponse:
    row = get_contact(request.acting.organisation, request.status_band, pk)
    return _page(request, row, VerifyForm(today=_today(request)), WithdrawForm())


def _page(
    request: ActingRequest, row: ContactPoint, verify: VerifyForm, withdraw: WithdrawForm, status: int = 200
) -> HttpResponse:
    kept = keeps(request.acting.organisation)
    view = present_contact(row, _here(request), kept)
    context = {
        "here": "contacts",
        "view": view,
        "contact": row,
        "verify_form": verify,
        "withdraw_form": withdraw,
        "groups": [group.name for group in row.groups.all()] if view.is_kept else [],
        "every_months": months_between_checks(row.owner),
        "history": present_history(history_of(row), ContactPoint) if view.is_kept else [],
        "may_verify": request.acting.may(Permission.EDIT_CONTACTS),
        "may_edit": can_edit(request.acting.roles, Permission.EDIT_CONTACTS, owner=row.owner_id, kept=kept),
    }
    return render(request, "registry/contact.html", context, status=status)


def _get_for_edit(request: ActingRequest, pk: int) -> ContactPoint:
    row = get_contact(request.acting.organisation, request.status_band, pk)
    kept = keeps(request.acting.organisation)
    check_can_edit(request.acting.roles, Permission.EDIT_CONTACTS, owner=row.owner_id, kept=kept)
    return row


@acting_required
@require_http_methods(["GET", "POST"])
def contact_new(request: ActingRequest) -> HttpResponse:
    """Keep a contact point of any organisation, also of one without Noaber."""
    request.acting.check_may(Permission.EDIT_CONTACTS)
    asked = Organisation.objects.filter(code=request.GET.get("organisation", "")).first()
    field = request.GET.get("field", "")
    initial = {
        "organisation": str((asked or request.acting.organisation).pk),
        "field": field if field in ContactField.values else ContactField.DUTY,
    }
    return _edit(request, None, initial)


@acting_required
@require_http_methods(["GET", "POST"])
def contact_edit(request: ActingRequest, pk: int) -> HttpResponse:
    row = _get_for_edit(request, pk)
    return _edit(request, row, contact_initial(row))


def _edit(request: ActingRequest, row: ContactPoint | None, initial: dict[str, Any]) -> HttpResponse:
    acting = request.acting
    owner = row.owner if row else acting.organisation
    groups = groups_of(owner) | groups_of(acting.organisation)
    form = ContactForm(request.POST or None, groups=groups, organisations=Organisation.objects.all(), initial=initial)
    double: ContactPoint | None = None

    def work() -> str:
        nonlocal double
        try:
            return _save(request, form, row, owner)
        except SameFunction as refused:
            double = refused.same
            raise InvalidInput([replace(refused.problem, where="field")]) from refused

    stands = Stands(row, contact_initial, names={"organisation": "organisation_id"}) if row else None
    if request.method == "POST" and (location := save_edit(request, form, stands, work)):
        messages.success(request, _("The contact point is kept."))
        return redirect(location)
    context = {"here": "contacts", "form": form, "contact": row, "double": double}
    return render(request, "registry/contact_form.html", context, status=form_status(form))


def _save(request: ActingRequest, form: ContactForm, row: ContactPoint | None, owner: Organisation) -> str:
    author = Author.of(request.acting)
    saved = save_contact(
        author,
        row,
        form.values(),
        owner=owner,
        status=request.status_band,
        groups=form.cleaned_data["groups"],
        now=now(),
    )
    if check := form.cleaned_data["check"]:
        verify_contact(author, saved, on=_today(request), check=check, now=now())
    return saved.get_absolute_url()


@acting_required
@require_POST
def contact_verify(request: ActingRequest, pk: int) -> HttpResponse:
    """Someone tried the function by this number; who keeps the record may also say that it is still right."""
    request.acting.check_may(Permission.EDIT_CONTACTS)
    row = get_contact(request.acting.organisation, request.status_band, pk)
    form = VerifyForm(request.POST, today=_today(request))
    if not form.is_valid():
        return _page(request, row, form, WithdrawForm(), status=422)
    check = form.cleaned_data["check"]
    if check == ContactCheck.NOT_RUNG:
        kept = keeps(request.acting.organisation)
        check_can_edit(request.acting.roles, Permission.EDIT_CONTACTS, owner=row.owner_id, kept=kept)

    def work() -> str:
        on, seen = form.cleaned_data["on"], request.POST.get("seen", "")
        verify_contact(Author.of(request.acting), row, on=on, check=check, seen=seen, now=now())
        return reverse("contacts") if request.POST.get("from") == "list" else row.get_absolute_url()

    location = do_once(request.POST.get("once", ""), request.acting.person, work)
    if check == ContactCheck.NO_ANSWER:
        messages.warning(request, _("Noted that nobody answered. The contact point stays to be verified."))
    else:
        messages.success(request, _("Verified."))
    return redirect(location)


@acting_required
@require_POST
def contact_withdraw(request: ActingRequest, pk: int) -> HttpResponse:
    row = _get_for_edit(request, pk)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, row, VerifyForm(today=_today(request)), form, status=422)

    def work() -> str:
        withdraw_contact(Author.of(request.acting), row, now=now(), reason=form.cleaned_data["reason"])
        return reverse("contacts")

    location = do_once(request.POST.get("once", ""), request.acting.person, work)
    messages.success(request, _("The contact point is withdrawn."))
    return redirect(location)

"""Contact points: the list, one of them, adding, changing, verifying, withdrawing."""

from __future__ import annotations

from datetime import date
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
from noaber.apps.registry.forms.capacities import WithdrawForm
from noaber.apps.registry.forms.contacts import ContactFilterForm, ContactForm, VerifyForm
from noaber.apps.registry.models import ContactPoint
from noaber.apps.registry.permissions import can_edit, check_can_edit
from noaber.apps.registry.presenters.contacts import COLUMNS, FILE_COLUMNS, present_contact
from noaber.apps.registry.presenters.history import present_history
from noaber.apps.registry.queries import get_contact, history_of, list_contacts
from noaber.apps.registry.services import Author, save_contact, verify_contact, withdraw_contact
from noaber.apps.registry.views.capacities import groups_of
from noaber.web.clock import now
from noaber.web.htmx import render_page_or_fragment
from noaber.web.tables import Sorting, export


def _today(request: ActingRequest) -> date:
    return now().astimezone(request.acting.zone).date()


@acting_required
@require_GET
def contacts(request: ActingRequest) -> HttpResponse:
    """Whom one reaches for what, with what was verified when."""
    organisation = request.acting.organisation
    form = ContactFilterForm(request.GET)
    today, kept = _today(request), keeps(organisation)
    found = list_contacts(organisation, request.status_band, on=today, **form.wanted())
    sorting = Sorting.from_query(request.GET, COLUMNS, default="organisation")
    rows = sorting.apply(present_contact(contact, today, kept) for contact in found)
    if file := export(request, name="contacts", columns=FILE_COLUMNS, rows=rows):
        return file
    context = {
        "here": "contacts",
        "form": form,
        "sorting": sorting,
        "rows": rows,
        "may_edit": request.acting.may(Permission.EDIT_CONTACTS),
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
    view = present_contact(row, _today(request), kept)
    context = {
        "here": "contacts",
        "view": view,
        "contact": row,
        "verify_form": verify,
        "withdraw_form": withdraw,
        "groups": [group.name for group in row.groups.all()] if view.is_kept else [],
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
    return _edit(request, None, {"organisation": str(request.acting.organisation.pk), "field": "duty"})


@acting_required
@require_http_methods(["GET", "POST"])
def contact_edit(request: ActingRequest, pk: int) -> HttpResponse:
    row = _get_for_edit(request, pk)
    names = [name for name in ContactForm.field_order if name not in ("organisation", "groups")]
    initial = {name: getattr(row, name) for name in names}
    groups = [group.code for group in row.groups.all()]
    return _edit(request, row, initial | {"organisation": str(row.organisation_id), "groups": groups})


def _edit(request: ActingRequest, row: ContactPoint | None, initial: dict[str, Any]) -> HttpResponse:
    acting = request.acting
    owner = row.owner if row else acting.organisation
    groups = groups_of(owner) | groups_of(acting.organisation)
    form = ContactForm(request.POST or None, groups=groups, organisations=Organisation.objects.all(), initial=initial)
    if request.method == "POST" and form.is_valid():

        def work() -> str:
            saved = save_contact(
                Author.of(acting),
                row,
                form.values(),
                owner=owner,
                status=request.status_band,
                groups=form.cleaned_data["groups"],
                now=now(),
            )
            return saved.get_absolute_url()

        location = do_once(request.POST.get("once", ""), acting.person, work)
        messages.success(request, _("The contact point is kept."))
        return redirect(location)
    context = {"here": "contacts", "form": form, "contact": row}
    return render(request, "registry/contact_form.html", context, status=422 if form.is_bound else 200)


@acting_required
@require_POST
def contact_verify(request: ActingRequest, pk: int) -> HttpResponse:
    """Someone reached the function by this number."""
    request.acting.check_may(Permission.EDIT_CONTACTS)
    row = get_contact(request.acting.organisation, request.status_band, pk)
    form = VerifyForm(request.POST, today=_today(request))
    if not form.is_valid():
        return _page(request, row, form, WithdrawForm(), status=422)

    def work() -> str:
        verify_contact(Author.of(request.acting), row, on=form.cleaned_data["on"], now=now())
        return row.get_absolute_url()

    location = do_once(request.POST.get("once", ""), request.acting.person, work)
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

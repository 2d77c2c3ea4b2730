"""The contact points as a whole: their gaps, the interval of verifying, vCards, and the cards for paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import get_organisation, keeps
from noaber.apps.records.edits import Stands, save_edit
from noaber.apps.records.history import Author
from noaber.apps.registry.enums import ContactField
from noaber.apps.registry.forms.contacts import GapsFilterForm, RoutineForm
from noaber.apps.registry.models import ContactRoutine
from noaber.apps.registry.presenters.contact_cards import VCARD_TYPE, card_book, vcards
from noaber.apps.registry.presenters.contact_gaps import FILE_COLUMNS, present_gaps
from noaber.apps.registry.presenters.contacts import ContactView, present_contact, telephone_row
from noaber.apps.registry.queries import get_contact, list_contacts, months_between_checks
from noaber.apps.registry.queries.contact_gaps import contact_gaps
from noaber.apps.registry.services import set_routine
from noaber.core.problems import NotFound
from noaber.web import wording
from noaber.web.clock import now
from noaber.web.edits import form_status
from noaber.web.htmx import render_page_or_fragment
from noaber.web.parts import STATUS_WORDS
from noaber.web.tables import export

LAYOUTS = ("sheet", "wallet")


@acting_required
@require_GET
def contact_gaps_page(request: ActingRequest) -> HttpResponse:
    """Which organisation can be rung for what: filled, due, expired, missing."""
    countries = Organisation.objects.exclude(country="").order_by("country").values_list("country", flat=True)
    form = GapsFilterForm(request.GET, countries=countries.distinct())
    today = request.acting.today
    rows = contact_gaps(request.acting.organisation, request.status_band, on=today, **form.wanted())
    cells = [cell for row in rows for cell in row.cells]
    if file := export(request, name="contact-gaps", columns=FILE_COLUMNS, rows=cells):
        return file
    matrix = present_gaps(rows, today=today, may_add=request.acting.may(Permission.EDIT_CONTACTS))
    context = {"here": "contacts", "form": form, "matrix": matrix}
    return render_page_or_fragment(request, "registry/contact_gaps.html", "registry/_contact_gaps.html", context)


@acting_required
@require_http_methods(["GET", "POST"])
def contact_routine(request: ActingRequest) -> HttpResponse:
    """After how many months what the organisation keeps is verified again."""
    acting = request.acting
    acting.check_may(Permission.MANAGE_PEOPLE)
    routine = ContactRoutine.objects.filter(organisation=acting.organisation).first()
    months = months_between_checks(acting.organisation)
    form = RoutineForm(request.POST or None, initial={"every_months": months})

    def work() -> str:
        set_routine(Author.of(acting), acting.organisation, form.cleaned_data["every_months"], now=now())
        return reverse("contacts")

    stands = Stands(routine, lambda found: {"every_months": found.every_months}) if routine else None
    if request.method == "POST" and (location := save_edit(request, form, stands, work)):
        messages.success(request, _("The interval is set; the next days follow from it."))
        return redirect(location)
    context = {"here": "contacts", "form": form}
    return render(request, "registry/contact_routine.html", context, status=form_status(form))


@acting_required
@require_GET
def telephone_list(request: ActingRequest) -> HttpResponse:
    """The numbers of the duty desks, as a page keeps them for the moment when its line to the server is dead."""
    at = now().astimezone(request.acting.zone)
    desks = list_contacts(request.acting.organisation, request.status_band, on=at.date(), field=ContactField.DUTY)
    views = [present_contact(row, at, frozenset()) for row in desks if row.phone]
    stands = _("As it stood at %(time)s.") % {"time": wording.hour(at)}
    return JsonResponse({"stands": stands, "contacts": [telephone_row(view) for view in views]})


@acting_required
@require_GET
def contact_vcard(request: ActingRequest, pk: int) -> HttpResponse:
    """One contact point as a vCard."""
    row = get_contact(request.acting.organisation, request.status_band, pk)
    view = present_contact(row, now().astimezone(request.acting.zone), frozenset())
    return _vcard_file([view], f"{view.organisation}-{row.field}".lower())


@acting_required
@require_GET
def contact_vcards(request: ActingRequest) -> HttpResponse:
    """All that one may see, or those of `?organisation=`, as one file of vCards."""
    code = request.GET.get("organisation", "")
    return _vcard_file(_views(request, code), f"contacts-{code}".lower() if code else "contacts")


def _vcard_file(views: list[ContactView], name: str) -> HttpResponse:
    response = HttpResponse(vcards(views, at=now()), content_type=VCARD_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.vcf"'
    return response


@acting_required
@require_GET
def contact_cards(request: ActingRequest) -> HttpResponse:
    """For paper: a sheet that folds (`?as=sheet`) or cards for the wallet (`?as=wallet`), of all or of one."""
    layout = request.GET.get("as", "sheet")
    if layout not in LAYOUTS:
        raise NotFound
    code = request.GET.get("organisation", "")
    today = request.acting.today
    context = {
        "book": card_book(_views(request, code), today),
        "layout": layout,
        "code": code,
        "status_word": STATUS_WORDS[request.status_band],
        "only": get_organisation(code) if code else None,
        "today": today,
    }
    return render(request, "registry/contact_cards.html", context)


def _views(request: ActingRequest, code: str) -> list[ContactView]:
    here = now().astimezone(request.acting.zone)
    organisation = get_organisation(code) if code else None
    found = list_contacts(request.acting.organisation, request.status_band, on=here.date())
    kept = keeps(request.acting.organisation)
    return [
        present_contact(contact, here, kept)
        for contact in found
        if organisation is None or contact.organisation_id == organisation.pk
    ]

"""Organisations: everyone who signs in may know which exist; what is known of each obeys the sharing rule."""

from __future__ import annotations

from collections import Counter

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import OrganisationKind
from noaber.apps.accounts.models import Organisation, SharingGroup
from noaber.apps.accounts.queries import get_organisation, keeps, list_organisations
from noaber.apps.registry.presenters.capacities import present_capacity
from noaber.apps.registry.presenters.contacts import present_contact
from noaber.apps.registry.presenters.organisations import (
    COLUMNS,
    FILE_COLUMNS,
    present_detail,
    present_organisation,
    seat_map,
)
from noaber.apps.registry.queries import seen_contacts
from noaber.apps.registry.queries.capacities import (
    CapacityFilter,
    capacity_counts,
    list_capacities,
    totals_of,
)
from noaber.apps.registry.views.places import attribution
from noaber.web.clock import now
from noaber.web.htmx import render_page_or_fragment
from noaber.web.tables import Sorting, export

SHOWN_CAPACITIES = 20


class OrganisationFilterForm(forms.Form):
    q = forms.CharField(label=_("Name, code or seat"), required=False, max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *OrganisationKind.choices])
    country = forms.ChoiceField(label=_("Country"), required=False)
    group = forms.ChoiceField(label=_("Sharing group"), required=False)
    connected = forms.BooleanField(label=_("Uses Noaber"), required=False)

    def __init__(self, query: object) -> None:
        super().__init__(query)  # type: ignore[arg-type]
        countries = Organisation.objects.exclude(country="").order_by("country").values_list("country", flat=True)
        groups = [(group.code, group.name) for group in SharingGroup.objects.all()]
        listed = [(country, country) for country in countries.distinct()]
        self.fields["country"].choices = [("", _("all")), *listed]  # type: ignore[attr-defined]
        self.fields["group"].choices = [("", _("all")), *groups]  # type: ignore[attr-defined]

    def found(self) -> list[Organisation]:
        self.is_valid()
        wanted = self.cleaned_data
        listed = list_organisations(
            kind=wanted.get("kind", ""), country=wanted.get("country", ""), text=wanted.get("q", "")
        )
        group, connected = wanted.get("group"), wanted.get("connected")
        return [
            row
            for row in listed
            if (not connected or row.connected)
            and (not group or any(seat.group.code == group for seat in row.group_memberships.all()))
        ]


@acting_required
@require_GET
def organisations(request: ActingRequest) -> HttpResponse:
    reader, status = request.acting.organisation, request.status_band
    form = OrganisationFilterForm(request.GET)
    capacities = capacity_counts(reader, status)
    contacts = Counter(seen_contacts(reader, status).order_by().values_list("organisation", flat=True))
    sorting = Sorting.from_query(request.GET, COLUMNS, default="name")
    rows = sorting.apply(present_organisation(row, capacities, contacts) for row in form.found())
    if file := export(request, name="organisations", columns=FILE_COLUMNS, rows=rows):
        return file
    context = {"here": "organisations", "form": form, "sorting": sorting, "rows": rows}
    return render_page_or_fragment(request, "registry/organisations.html", "registry/_organisation_rows.html", context)


@acting_required
@require_GET
def organisation(request: ActingRequest, code: str) -> HttpResponse:
    """One organisation: its groups, what answers to it, how it is reached, and what it lets one see."""
    reader, status = request.acting.organisation, request.status_band
    row = get_organisation(code)
    kept, here = keeps(reader), now().astimezone(request.acting.zone)
    capacities = list_capacities(reader, status, CapacityFilter(owner=row.code), now=now(), sort="name")
    seats = row.group_memberships.select_related("group").order_by("group__code")
    context = {
        "here": "organisations",
        "organisation": row,
        "detail": present_detail(row),
        "seats": seats,
        "children": row.children.all(),
        "contacts": [
            present_contact(one, here, kept) for one in seen_contacts(reader, status).filter(organisation=row)
        ],
        "capacities": [present_capacity(one, now()) for one in capacities[:SHOWN_CAPACITIES]],
        "totals": totals_of(capacities, now=now()),
        "map": seat_map(row, reverse("boundaries"), attribution()),
        "is_kept": row.pk in kept,
    }
    return render(request, "registry/organisation.html", context)

"""`{% whom_to_call organisation "border" %}`: the one way in which a page says whom to ring, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.db.models import Q
from django.template import Context

from noaber.apps.accounts.acting import ActingRequest
from noaber.apps.accounts.enums import OrganisationKind, Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.enums import ContactField
from noaber.apps.registry.models import ContactPoint
from noaber.apps.registry.presenters.contacts import present_contact
from noaber.apps.registry.queries import number_to_ring, numbers_to_ring
from noaber.web.clock import now

register = template.Library()

FRAGMENT = "registry/_whom_to_call.html"
COUNTRY = 2
"""Signs of a country's code."""


@register.inclusion_tag(FRAGMENT, takes_context=True)
def whom_to_call(
    context: Context, organisation: Organisation | str, field: str = ContactField.DUTY, *, status: str = ""
) -> dict[str, Any]:
    """How the reader reaches `organisation` (or its code) for a field: else its duty desk, else the one above it."""
    return _found(context["request"], next(iter(_organisations([organisation])), None), field, status)


@register.inclusion_tag("registry/_all_to_call.html", takes_context=True)
def all_to_call(
    context: Context, organisations: Iterable[Organisation | str], field: str = ContactField.DUTY, *, status: str = ""
) -> dict[str, Any]:
    """The cards of several; a country stands for its national centre, and the reader needs no number of its own."""
    request: ActingRequest = context["request"]
    others = [one for one in _organisations(list(organisations)) if one != request.acting.organisation]
    numbers = numbers_to_ring(
        others,
        reader=request.acting.organisation,
        status=status or request.status_band,
        on=request.acting.today,
        field=field,
    )
    cards = [
        _card(request, numbers[one.pk], one.code, field) if one.pk in numbers else _found(request, one, field, status)
        for one in others
    ]
    return {"cards": cards}


@register.inclusion_tag(FRAGMENT, takes_context=True)
def to_call(context: Context, contact: ContactPoint | None) -> dict[str, Any]:
    """The same card of a contact point that the page has found already."""
    return _card(context["request"], contact, contact.organisation.code if contact else "", "")


def _organisations(named: Sequence[Organisation | str]) -> list[Organisation]:
    """Those that are meant, each once and in their order; what is no organisation is left out."""
    codes = [one for one in named if isinstance(one, str)]
    countries = [code for code in codes if len(code) == COUNTRY]
    centres = Q(country__in=countries, kind=OrganisationKind.NATIONAL_CENTRE)
    found = Organisation.objects.filter(Q(code__in=codes) | centres).order_by("connected", "-code") if codes else []
    meant: dict[str, Organisation] = {}
    for one in found:
        if one.country in countries and one.kind == OrganisationKind.NATIONAL_CENTRE:
            meant[one.country] = one
    meant |= {one.code: one for one in found if one.code in codes}
    listed = [meant.get(one) if isinstance(one, str) else one for one in named]
    return list({one.pk: one for one in listed if one is not None}.values())


def _found(request: ActingRequest, asked: Organisation | None, field: str, status: str) -> dict[str, Any]:
    if asked is None:
        return _card(request, None, "", field)
    reader, where = request.acting.organisation, status or request.status_band
    contact = number_to_ring(asked, reader=reader, status=where, on=request.acting.today, field=field)
    return _card(request, contact, asked.code, field)


def _card(request: ActingRequest, contact: ContactPoint | None, asked: str, field: str) -> dict[str, Any]:
    at = now().astimezone(request.acting.zone)
    return {
        "view": present_contact(contact, at, frozenset()) if contact else None,
        "asked": asked,
        "asked_field": ContactField(field).label if field else "",
        "instead": bool(contact and field and (contact.field != field or contact.organisation.code != asked)),
        "may_add": request.acting.may(Permission.EDIT_CONTACTS),
    }

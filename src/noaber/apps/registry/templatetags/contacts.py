"""`{% whom_to_call organisation "border" %}`: the one way in which a page says whom to ring, and how sure that is."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from noaber.apps.accounts.acting import ActingRequest
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.enums import ContactField
from noaber.apps.registry.models import ContactPoint
from noaber.apps.registry.presenters.contacts import present_contact
from noaber.apps.registry.queries import number_to_ring
from noaber.web.clock import now

register = template.Library()

FRAGMENT = "registry/_whom_to_call.html"


@register.inclusion_tag(FRAGMENT, takes_context=True)
def whom_to_call(
    context: Context, organisation: Organisation | str, field: str = ContactField.DUTY, *, status: str = ""
) -> dict[str, Any]:
    """How the reader reaches `organisation` (or its code) for a field: else its duty desk, else the one above it."""
    request: ActingRequest = context["request"]
    asked = Organisation.objects.filter(code=organisation).first() if isinstance(organisation, str) else organisation
    if asked is None:
        return _card(request, None, "", field)
    today = now().astimezone(request.acting.zone).date()
    found = number_to_ring(
        asked, reader=request.acting.organisation, status=status or request.status_band, on=today, field=field
    )
    return _card(request, found, asked.code, field)


@register.inclusion_tag(FRAGMENT, takes_context=True)
def to_call(context: Context, contact: ContactPoint | None) -> dict[str, Any]:
    """The same card of a contact point that the page has found already."""
    return _card(context["request"], contact, contact.organisation.code if contact else "", "")


def _card(request: ActingRequest, contact: ContactPoint | None, asked: str, field: str) -> dict[str, Any]:
    at = now().astimezone(request.acting.zone)
    return {
        "view": present_contact(contact, at, frozenset()) if contact else None,
        "asked": asked,
        "asked_field": ContactField(field).label if field else "",
        "instead": bool(contact and field and (contact.field != field or contact.organisation.code != asked)),
        "may_add": request.acting.may(Permission.EDIT_CONTACTS),
    }

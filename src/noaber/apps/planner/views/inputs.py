"""The incident that an address names, and what was posted about it; what the pages of an incident share."""

from __future__ import annotations

from django.http import HttpRequest

from noaber.apps.accounts.acting import ActingRequest
from noaber.apps.planner.models import Incident
from noaber.apps.planner.queries.incidents import get_incident
from noaber.core.plain_text import find_unfit
from noaber.core.problems import NotAllowed


def posted_text(request: HttpRequest, name: str, *, longest: int) -> str:
    """What was posted under `name`, cut at `longest` characters."""
    text = request.POST.get(name, "").strip()[:longest]
    if character := find_unfit(text):
        raise NotAllowed("text.character", character=character)
    return text


def find_incident(request: ActingRequest, number: str) -> Incident:
    """The incident with that number, as far as the reader may see it; the page wears the band of its status."""
    found = get_incident(request.acting.organisation, number)
    request.status_band = found.status
    return found

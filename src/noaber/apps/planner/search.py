"""Search over everything that one may see. Each kind is searched through the same sharing rule as its own pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import Acting, ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.queries import list_organisations
from noaber.apps.accounts.status import status_asked
from noaber.apps.exchange.queries import list_requests
from noaber.apps.planner.models import Incident
from noaber.apps.planner.text_words import title_of
from noaber.apps.registry.coded import capability_choices, hazard_choices, hazard_name, territory_name
from noaber.apps.registry.queries.agreements import inventory
from noaber.apps.registry.seen import seen_capacities
from noaber.reference.gazetteer import search as find_places
from noaber.web.htmx import render_page_or_fragment
from noaber.web.reader import reader_language

MOST: Final = 12
SHORTEST: Final = 2


@dataclass(frozen=True)
class Hit:
    """One thing that was found. `url` is empty where it has no page."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class Found:
    """The hits of one kind."""

    label: str | Promise
    hits: list[Hit]


@acting_required
@require_GET
def search(request: ActingRequest) -> HttpResponse:
    status = status_asked(request)
    request.status_band = status
    text = " ".join(request.GET.get("q", "").split())[:80]
    found = [kind for kind in _search(request.acting, status, text) if kind.hits] if len(text) >= SHORTEST else []
    context = {"text": text, "found": found, "too_short": len(text) < SHORTEST}
    return render_page_or_fragment(request, "planner/search.html", "planner/_found.html", context)


def _search(acting: Acting, status: str, text: str) -> Iterator[Found]:
    yield Found(_("Incidents"), _incidents(acting, status, text))
    yield Found(_("Requests"), _requests(acting, status, text))
    yield Found(_("Capacities"), _capacities(acting, status, text))
    yield Found(_("Agreements"), _agreements(acting, text))
    yield Found(_("Organisations"), _organisations(text))
    yield Found(_("Places"), _places(acting, text))


def _codes(text: str, choices: list[tuple[str, str]]) -> list[str]:
    """The codes whose name in the reader's language contains the text."""
    wanted = text.casefold()
    return [code for code, name in choices if wanted in str(name).casefold()]


def _incidents(acting: Acting, status: str, text: str) -> list[Hit]:
    wanted = (
        Q(number__icontains=text)
        | Q(title__icontains=text)
        | Q(place__icontains=text)
        | Q(hazard__in=_codes(text, hazard_choices()))
    )
    rows = Incident.objects.visible_to(acting.organisation).filter(wanted, status=status)[:MOST]
    return [Hit(row.title, _incident_detail(row), reverse("incident", args=[row.number])) for row in rows]


def _incident_detail(incident: Incident) -> str:
    return f"{incident.number}, {hazard_name(incident.hazard)}"


def _requests(acting: Acting, status: str, text: str) -> list[Hit]:
    capabilities = _codes(text, capability_choices())
    wanted = (
        Q(message_id__icontains=text)
        | Q(case_id__icontains=text)
        | Q(consumer__code__icontains=text)
        | Q(supplier__code__icontains=text)
        | Q(lines__capability__in=capabilities)
    )
    rows = list_requests(acting.organisation, status).filter(wanted).distinct()[:MOST]
    return [
        Hit(f"{row.consumer.code} → {row.supplier.code}", f"{row.case_id}, {row.message_id}", row.get_absolute_url())
        for row in rows
    ]


def _capacities(acting: Acting, status: str, text: str) -> list[Hit]:
    wanted = (
        Q(name__icontains=text)
        | Q(base__icontains=text)
        | Q(code__icontains=text)
        | Q(owner__code__icontains=text)
        | Q(capability_rows__capability__in=_codes(text, capability_choices()))
    )
    rows = seen_capacities(acting.organisation, status).filter(wanted).distinct()[:MOST]
    return [Hit(row.name, f"{row.owner.code}, {row.base}", row.get_absolute_url()) for row in rows]


def _agreements(acting: Acting, text: str) -> list[Hit]:
    wanted = text.casefold()
    hits = []
    for agreement in inventory(acting.organisation):
        titles = [getattr(agreement.title, language) for language in agreement.title.languages]
        if any(wanted in words.casefold() for words in (agreement.id, *titles)):
            hits.append(Hit(title_of(agreement.title), agreement.id, reverse("agreement", args=[agreement.id])))
    return hits[:MOST]


def _organisations(text: str) -> list[Hit]:
    return [
        Hit(f"{row.code} {row.name}", row.seat_name, reverse("organisation", args=[row.code]))
        for row in list_organisations(text=text)[:MOST]
    ]


def _places(acting: Acting, text: str) -> list[Hit]:
    """Places have no page of their own; whoever may opens an incident there."""
    may_open = acting.may(Permission.OPEN_INCIDENT)
    return [
        Hit(
            place.in_language(reader_language()),
            f"{territory_name(place.territory)} · {_('New incident')}" if may_open else territory_name(place.territory),
            f"{reverse('incident-new')}?place={place.geonameid}" if may_open else "",
        )
        for place in find_places(text, limit=6)
    ]

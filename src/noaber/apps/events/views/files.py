"""What leaves the site: papers in the language asked for, and the calendar that others read again and again."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from noaber.apps.accounts.acting import Acting, ActingRequest, acting_required
from noaber.apps.actions.views.feeds import calendar_answer, calendar_page, feed_answer
from noaber.apps.events.documents import contact_sheet, what_if_sheet
from noaber.apps.events.dossier_paper import dossier_paper
from noaber.apps.events.presenters.events import write_calendar
from noaber.apps.events.presenters.roster import FILE_COLUMNS
from noaber.apps.events.queries import get_event, list_events, own_shifts
from noaber.apps.events.views.page import calls_of, cards_of, roster_of, seen_of
from noaber.web.clock import now
from noaber.web.pdf import pdf_response
from noaber.web.reader import asked_language
from noaber.web.tables import export


@acting_required
@require_GET
def contacts_pdf(request: ActingRequest, pk: int) -> HttpResponse:
    event = get_event(request.acting.organisation, request.status_band, pk)
    with translation.override(asked_language(request)):
        roster = roster_of(request, event, leads=False)
        document = contact_sheet(request.acting, event, calls_of(request, event), roster.days, at=now())
        return pdf_response(document, name="contact-sheet")


@acting_required
@require_GET
def what_if_pdf(request: ActingRequest, pk: int) -> HttpResponse:
    event = get_event(request.acting.organisation, request.status_band, pk)
    with translation.override(asked_language(request)):
        cards = cards_of(request, event)
        document = what_if_sheet(request.acting, event, cards, calls_of(request, event), at=now())
        return pdf_response(document, name="what-to-do-if")


@acting_required
@require_GET
def dossier_pdf(request: ActingRequest, pk: int) -> HttpResponse:
    """The whole dossier, as the reader sees it."""
    event = get_event(request.acting.organisation, request.status_band, pk)
    with translation.override(asked_language(request)):
        return pdf_response(dossier_paper(request.acting, event, seen_of(request, event), at=now()), name=event.code)


@acting_required
@require_GET
def dossier_calendar(request: ActingRequest, pk: int) -> HttpResponse:
    """The event and the shifts of all liaison officers at it."""
    event = get_event(request.acting.organisation, request.status_band, pk)
    shifts = event.shifts.select_related("event", "organisation")
    content = write_calendar([event], address=request.build_absolute_uri, now=now(), shifts=shifts)
    return calendar_answer(content, name=slugify(event.code))


@acting_required
@require_GET
def roster(request: ActingRequest, pk: int) -> HttpResponse:
    """The liaison roster as a file (`?format=csv` or `xlsx`); else it stands in the dossier."""
    event = get_event(request.acting.organisation, request.status_band, pk)
    lines = roster_of(request, event, leads=False).lines
    file = export(request, name=f"roster-{slugify(event.code)}", columns=FILE_COLUMNS, rows=lines)
    return file or redirect(f"{event.get_absolute_url()}#shifts")


@acting_required
@require_http_methods(["GET", "POST"])
def calendar(request: ActingRequest) -> HttpResponse:
    """The address that the person's calendar asks again and again; its key is that of the actions' calendar."""
    return calendar_page(request, "events/calendar.html", feed_url="events-feed")


@never_cache
@require_safe
def feed(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """The events that the organisation sees and the shifts of its officers; the address is the key.

    In the language of the person whose address it is.
    """

    def write(acting: Acting) -> bytes:
        found = list_events(acting.organisation, settings.NOABER_STATUS)
        shifts = own_shifts(acting.organisation, found)
        return write_calendar(found, address=request.build_absolute_uri, now=now(), shifts=shifts)

    return feed_answer(pk, token, write)

"""What leaves the site: sheets for paper, and the calendar that others read again and again."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from noaber.apps.accounts.acting import Acting, ActingRequest, acting_required
from noaber.apps.actions.views.feeds import calendar_page, feed_answer
from noaber.apps.events.documents import contact_sheet, what_if_sheet
from noaber.apps.events.presenters.events import write_calendar
from noaber.apps.events.queries import get_event, list_events
from noaber.apps.events.views.page import calls_of, cards_of, roster_of
from noaber.web.clock import now
from noaber.web.pdf import pdf_response


@acting_required
@require_GET
def contacts_pdf(request: ActingRequest, pk: int) -> HttpResponse:
    event = get_event(request.acting.organisation, request.status_band, pk)
    roster = roster_of(request, event, leads=False)
    document = contact_sheet(request.acting, event, calls_of(request, event), roster.days, at=now())
    return pdf_response(document, name="contact-sheet")


@acting_required
@require_GET
def what_if_pdf(request: ActingRequest, pk: int) -> HttpResponse:
    event = get_event(request.acting.organisation, request.status_band, pk)
    cards = cards_of(request, event)
    document = what_if_sheet(request.acting, event, cards, calls_of(request, event), at=now())
    return pdf_response(document, name="what-to-do-if")


@acting_required
@require_http_methods(["GET", "POST"])
def calendar(request: ActingRequest) -> HttpResponse:
    """The address that the person's calendar asks again and again; its key is that of the actions' calendar."""
    return calendar_page(request, "events/calendar.html", feed_url="events-feed")


@never_cache
@require_safe
def feed(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """The events that the organisation sees, in the language of the person; the address is the key."""

    def write(acting: Acting) -> bytes:
        found = list_events(acting.organisation, settings.NOABER_STATUS)
        return write_calendar(found, address=request.build_absolute_uri, now=now())

    return feed_answer(pk, token, write)

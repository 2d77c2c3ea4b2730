"""One dossier as a page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from noaber.apps.accounts.acting import ActingRequest
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.queries import keeps
from noaber.apps.events.enums import EventState
from noaber.apps.events.forms.dossiers import ReopenForm
from noaber.apps.events.models import EventDossier, LiaisonShift
from noaber.apps.events.permissions import can_change
from noaber.apps.events.presenters.dossier import (
    CallRow,
    CardRow,
    Seen,
    event_map,
    present_calls,
    present_cards,
    present_event_history,
    present_held,
    present_risks,
    present_timeline,
)
from noaber.apps.events.presenters.events import EventRow
from noaber.apps.events.presenters.roster import Roster, present_roster
from noaber.apps.events.queries import (
    ends_of,
    findings_of,
    parties_of,
    seen_reservations,
    seen_risks,
    tasks_of,
)
from noaber.apps.library.panel import links_panel
from noaber.apps.records.history import history_of
from noaber.web.clock import now
from noaber.web.htmx import render_page_or_fragment
from noaber.web.reader import PDF_LANGUAGES


def event_page(request: ActingRequest, record: EventDossier, *, reopen_form: forms.Form | None = None) -> HttpResponse:
    acting, reader = request.acting, request.acting.organisation
    request.status_band = record.status
    at, kept = now().astimezone(acting.zone), keeps(reader)
    is_open = record.closed_at is None
    leads = can_change(acting.roles, keepers={record.owner_id, record.lead_id}, kept=kept)
    works = is_open and can_change(acting.roles, keepers=parties_of(record), kept=kept)
    seen = seen_of(request, record, leads=leads and is_open, works=works)
    context: dict[str, Any] = {field.name: getattr(seen, field.name) for field in fields(seen)} | {
        "event": record,
        "row": EventRow(record, at),
        "pdf_languages": PDF_LANGUAGES,
        "roster_files": _files_of_roster(record),
        "map_data": event_map(seen.places, seen.held),
        "links": links_panel(acting, record),
        "is_kept": record.owner_id in kept,
        "groups": [group.name for group in record.groups.all()] if record.owner_id in kept else [],
        "history": present_event_history(history_of(record)) if record.owner_id in kept else [],
        "may_change": leads and is_open,
        "may_add": works,
        "may_reserve": is_open and acting.may(Permission.COOPERATE),
        "may_ask": acting.may(Permission.COOPERATE),
        "may_close": leads and record.state_at(at) is EventState.OVER,
        "may_call_off": leads and record.state_at(at) in (EventState.PREPARED, EventState.RUNNING),
        "may_reopen": leads and not is_open,
        "reopen_form": reopen_form or ReopenForm(),
    }
    status = 422 if reopen_form else 200
    return render_page_or_fragment(request, "events/event.html", "events/_event.html", context, status=status)


def seen_of(request: ActingRequest, record: EventDossier, *, leads: bool = False, works: bool = False) -> Seen:
    """The dossier as the reader sees it; `leads` and `works` say what of it they may change."""
    reader, kept = request.acting.organisation, keeps(request.acting.organisation)
    ends = ends_of(reader, record)
    return Seen(
        places=list(record.places.all()),
        partners=list(record.partners.select_related("organisation")),
        risks=present_risks(seen_risks(reader, record), kept, works=works),
        held=present_held(seen_reservations(reader, record), kept),
        roster=roster_of(request, record, leads=leads),
        calls=calls_of(request, record),
        cards=cards_of(request, record),
        timeline=present_timeline(
            record, tasks_of(ends), today=request.acting.today, kept=kept, acting_zone=request.acting.zone
        ),
        findings=findings_of(ends),
    )


def _files_of_roster(record: EventDossier) -> list[dict[str, str]]:
    address = reverse("event-roster", args=[record.pk])
    return [
        {"label": "CSV", "url": f"{address}?format=csv"},
        {"label": "XLSX", "url": f"{address}?format=xlsx"},
        {"label": "ICS", "url": reverse("event-calendar", args=[record.pk])},
    ]


def roster_of(request: ActingRequest, record: EventDossier, *, leads: bool) -> Roster:
    acting = request.acting
    shifts: Sequence[LiaisonShift] = list(record.shifts.select_related("organisation"))
    changeable = frozenset(shift.pk for shift in shifts if leads or _own(request, record, shift))
    return present_roster(record, shifts, zone=acting.zone, changeable=changeable)


def _own(request: ActingRequest, record: EventDossier, shift: LiaisonShift) -> bool:
    acting = request.acting
    keepers: Collection[int] = {shift.organisation_id}
    return record.closed_at is None and can_change(acting.roles, keepers=keepers, kept=keeps(acting.organisation))


def calls_of(request: ActingRequest, record: EventDossier) -> list[CallRow]:
    reader = request.acting.organisation
    return present_calls(
        record,
        list(record.partners.select_related("organisation")),
        list(record.shifts.select_related("organisation")),
        list(record.what_ifs.select_related("caller", "called")),
        reader=reader,
        at=now().astimezone(request.acting.zone),
        kept=keeps(reader),
    )


def cards_of(request: ActingRequest, record: EventDossier) -> list[CardRow]:
    return present_cards(record.what_ifs.select_related("caller", "called"), request.acting.organisation)

"""Writing and striking lines of an organisation's own log of an incident, and the log as a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from noaber.apps.accounts.acting import Acting, ActingRequest, acting_required
from noaber.apps.accounts.services import do_once
from noaber.apps.planner.enums import NoteKind
from noaber.apps.planner.forms.incidents import NoteLanguageForm
from noaber.apps.planner.models import Incident
from noaber.apps.planner.presenters.incident_page import log_context
from noaber.apps.planner.presenters.log import ALL_LINES, LogRow, log_rows
from noaber.apps.planner.queries.incidents import get_incident
from noaber.apps.planner.services import log_notes
from noaber.web.htmx import wants_fragment
from noaber.web.reader import reader_language
from noaber.web.tables import Column, export


def _words(row: LogRow) -> str:
    return row.written.text if row.written else row.told


def _language(row: LogRow) -> str:
    text = row.written or row.reason
    return text.language if text else ""


LOG_COLUMNS: tuple[Column, ...] = (
    Column("at", gettext_lazy("When"), lambda row: row.at),
    Column("organisation", gettext_lazy("Organisation"), lambda row: row.organisation),
    Column("who", gettext_lazy("Who"), lambda row: row.who),
    Column("kind", gettext_lazy("Kind"), lambda row: row.kind),
    Column("spoke_with", gettext_lazy("With whom"), lambda row: row.spoke_with),
    Column("what", gettext_lazy("What"), _words),
    Column("language", gettext_lazy("Language"), _language),
    Column("reason", gettext_lazy("Why"), lambda row: row.reason.text if row.reason else ""),
    Column("written", gettext_lazy("Written"), lambda row: row.written_at),
    Column("struck", gettext_lazy("Struck"), lambda row: row.struck_at),
    Column("struck_by", gettext_lazy("Struck by"), lambda row: row.struck_by),
    Column("struck_because", gettext_lazy("Why it is struck"), lambda row: row.struck.text if row.struck else ""),
)


def log_file(request: ActingRequest, incident: Incident) -> HttpResponse | None:
    """The whole log that the organisation may read, where the address asks for a file."""
    if "format" not in request.GET:
        return None
    rows = log_rows(request.acting, incident, most=ALL_LINES)
    return export(request, name=f"log-{incident.number}", columns=LOG_COLUMNS, rows=rows)


@acting_required
@require_POST
def log_write(request: ActingRequest, number: str) -> HttpResponse:
    """Write one line; the page keeps its place, and the field is empty again."""
    found = get_incident(request.acting.organisation, number)
    data = _note_data(request)

    def work() -> str:
        log_notes.write_note(request.acting, found, data)
        return reverse("incident", args=[found.number]) + "#log"

    url = do_once(request.POST.get("once", ""), request.acting.person, work)
    return _answer(request, found) if wants_fragment(request) else redirect(url)


def _note_data(request: ActingRequest) -> log_notes.NoteData:
    kind = request.POST.get("kind", "")
    return log_notes.NoteData(
        text=request.POST.get("text", ""),
        language=NoteLanguageForm(request.POST).written_in(),
        kind=NoteKind(kind) if kind in NoteKind.values else NoteKind.NOTE,
        spoke_with=request.POST.get("spoke_with", ""),
        clock_time=request.POST.get("clock_time", ""),
        is_shared="is_shared" in request.POST,
    )


@acting_required
@require_POST
def log_strike(request: ActingRequest, number: str, pk: int) -> HttpResponse:
    """Strike a line, with why."""
    found = get_incident(request.acting.organisation, number)
    log_notes.strike_note(request.acting, found, pk, reason=request.POST.get("reason", ""), language=reader_language())
    if wants_fragment(request):
        return _answer(request, found)
    return redirect(reverse("incident", args=[found.number]) + "#log")


def _answer(request: ActingRequest, incident: Incident) -> HttpResponse:
    return render(request, "planner/_log_written.html", _context(request.acting, incident))


def _context(acting: Acting, incident: Incident) -> dict[str, Any]:
    return log_context(acting, incident) | {"oob": True}

"""The journal of a case, and single messages as files: only from the own journal."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.exchange.journal_page import EntryRow, entry_rows
from noaber.apps.exchange.queries import case_entries, get_held_message
from noaber.apps.exchange.wire import encode_signed
from noaber.core.messages import canonical
from noaber.core.problems import NotFound
from noaber.web.htmx import render_page_or_fragment
from noaber.web.tables import Column, csv_response


def _holds(row: EntryRow) -> bool:
    return row.holds


COLUMNS = (
    Column("number", gettext_lazy("Number"), lambda row: row.entry.sequence, numeric=True),
    Column("at", gettext_lazy("Recorded"), lambda row: row.recorded_at),
    Column("kind", gettext_lazy("Kind"), lambda row: row.kind),
    Column("type", gettext_lazy("Message"), lambda row: row.entry.message_type),
    Column("id", gettext_lazy("Id"), lambda row: row.entry.message_id),
    Column("party", gettext_lazy("Who"), lambda row: row.party),
    Column("by", gettext_lazy("Entered by"), lambda row: row.entered_by),
    Column("actor", gettext_lazy("Function"), lambda row: row.actor),
    Column("to", gettext_lazy("To"), lambda row: row.recipients),
    Column("channel", gettext_lazy("Channel"), lambda row: row.channel),
    Column("status", gettext_lazy("Status"), lambda row: row.entry.status),
    Column("reason", gettext_lazy("Reason"), lambda row: row.reason),
    Column("digest", gettext_lazy("Digest of the message"), lambda row: row.entry.payload_digest),
    Column("hash", gettext_lazy("Hash"), lambda row: row.entry.entry_hash),
    Column("holds", gettext_lazy("Verified"), _holds),
)


@acting_required
@require_GET
def case_journal(request: ActingRequest, case_id: str) -> HttpResponse:
    """Every entry of the own journal about a case, in order, each verified."""
    entries = list(case_entries(request.acting.organisation, case_id))
    if not entries:
        raise NotFound
    request.status_band = entries[0].status
    rows = entry_rows(entries)
    if request.GET.get("format") == "csv":
        return csv_response(f"journal-{slugify(case_id)}", COLUMNS, rows)
    context = {"rows": rows, "case_id": case_id, "broken": [row for row in rows if not row.holds]}
    return render_page_or_fragment(request, "exchange/case_journal.html", "exchange/_case_journal.html", context)


@acting_required
@require_GET
def message_xml(request: ActingRequest, message_id: str) -> HttpResponse:
    """One message as EDXL-RM in its EDXL-DE envelope, with its sender's signature."""
    held = get_held_message(request.acting.organisation, message_id)
    message = canonical.decode(held.content)
    content = encode_signed(message, key_id=held.entry.signing_key, signature=held.entry.signature)
    return _file(content, "application/xml", message_id, "xml")


@acting_required
@require_GET
def message_json(request: ActingRequest, message_id: str) -> HttpResponse:
    """One message as it is kept, signed and hashed: canonical JSON."""
    held = get_held_message(request.acting.organisation, message_id)
    return _file(held.content, "application/json", message_id, "json")


def _file(content: bytes, content_type: str, message_id: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    name = slugify(message_id) or "message"
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response

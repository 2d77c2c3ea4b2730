"""What waits at the desk, each with its clock and the one next action: steps of exchanges, drafts, records."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.draft_lines import decode_lines
from noaber.apps.exchange.models import RequestDraft, Waiting
from noaber.apps.exchange.presenters import counted_lines
from noaber.apps.exchange.queries import waited_for_by, waiting_for
from noaber.apps.exchange.wait_rows import WaitRow, wait_rows
from noaber.apps.planner.presenters.sign_off import WayToSend, drafts_of, sign_off_url, ways_to_send
from noaber.apps.records.desk import DeskRow, waiting_rows
from noaber.apps.registry.queries import number_to_ring
from noaber.core.messages.thread import WaitCode

ACTIONS: Final[dict[WaitCode, str | Promise]] = {
    WaitCode.ACKNOWLEDGE: gettext_lazy("Acknowledge"),
    WaitCode.ANSWER_LINE: pgettext_lazy("to do", "Answer"),
    WaitCode.CONFIRM_OFFER: gettext_lazy("Confirm"),
    WaitCode.DECIDE_OFFER: gettext_lazy("Decide"),
    WaitCode.COMMIT: gettext_lazy("Commit"),
    WaitCode.CONFIRM_ALERT: gettext_lazy("Confirm"),
    WaitCode.GIVE_PAPERS: gettext_lazy("Complete"),
    WaitCode.SET_TO_WORK: gettext_lazy("Set to work"),
    WaitCode.ANSWER_EXTENSION: pgettext_lazy("to do", "Answer"),
    WaitCode.ANSWER_RETURN: pgettext_lazy("to do", "Answer"),
    WaitCode.GIVE_STATUS: gettext_lazy("Report"),
    WaitCode.GIVE_INFORMATION: pgettext_lazy("to do", "Answer"),
    WaitCode.GIVE_QUOTE: pgettext_lazy("to do", "Answer"),
    WaitCode.DEPART: gettext_lazy("Report"),
    WaitCode.ARRIVE: gettext_lazy("Report"),
    WaitCode.RELEASE: gettext_lazy("Release"),
    WaitCode.RETURN: gettext_lazy("Report"),
    WaitCode.CLOSE_REQUEST: pgettext_lazy("a request", "Close"),
}
MOST_OWED: Final = 8


def own_rows(acting: Acting, status: str, at: datetime.datetime, places: dict[str, str]) -> list[DeskRow]:
    """What waits for the organisation, the most urgent first; `places` names incidents by their number."""
    rows = [*_wait_rows(acting, waiting_for(acting.organisation, status, at), places)]
    rows += _draft_rows(acting, status)
    rows += waiting_rows(acting, status, at)
    return sorted((row for row in rows if row.has_come), key=lambda row: row.order)


def _wait_rows(acting: Acting, waits: Sequence[Waiting], places: dict[str, str]) -> Iterator[DeskRow]:
    for row in wait_rows(waits, acting.organisation):
        if not row.is_calm or row.code is WaitCode.CLOSE_REQUEST:
            yield _desk_row(row, row.other, places)


def _desk_row(row: WaitRow, other: Organisation, places: dict[str, str], *, phone: str = "") -> DeskRow:
    return DeskRow(
        key=f"{row.code}-{row.url}-{row.text}",
        text=capfirst(row.text),
        detail=places.get(row.case_id, row.case_id),
        other=other.code,
        other_detail=other.seat_name or other.name,
        url=row.url,
        action=str(ACTIONS[row.code]),
        due_at=row.due_at,
        since=row.since,
        rings=row.rings,
        phone=phone,
        needed_by=row.needed_by,
    )


def _draft_rows(acting: Acting, status: str) -> Iterator[DeskRow]:
    """Drafts to complete, to sign and to send; several that are signed, or sent, in one step are one row."""
    drafts = drafts_of(acting, status)
    yield from (_draft_row(draft, _("Complete")) for draft in drafts.unfinished)
    if len(drafts.unsigned) > 1 and acting.may(Permission.SIGN_OFF):
        yield _signatures_row(drafts.unsigned, status)
    else:
        action = _("Sign off") if acting.may(Permission.SIGN_OFF) else _("Have signed off")
        yield from (_draft_row(draft, action) for draft in drafts.unsigned)
    for way in ways_to_send(acting, status, drafts.ready):
        yield _draft_row(way.drafts[0], _("Send")) if way.is_single else _sending_row(way)


def _draft_row(draft: RequestDraft, action: str) -> DeskRow:
    return DeskRow(
        key=f"draft-{draft.pk}",
        text=_("Draft: %(lines)s") % {"lines": counted_lines(decode_lines(draft.lines))},
        detail=draft.incident_text,
        other=draft.supplier.code,
        other_detail=draft.supplier.seat_name or draft.supplier.name,
        url=draft.get_absolute_url(),
        action=action,
        due_at=None,
        since=draft.created_at,
    )


def _signatures_row(drafts: Sequence[RequestDraft], status: str) -> DeskRow:
    text = ngettext(
        "%(count)s request waits for your signature", "%(count)s requests wait for your signature", len(drafts)
    )
    return _together_row(
        drafts,
        key="sign-off",
        text=text % {"count": len(drafts)},
        url=sign_off_url(status),
        action=_("Read and sign"),
        since=min(draft.created_at for draft in drafts),
    )


def _sending_row(way: WayToSend) -> DeskRow:
    return _together_row(
        way.drafts,
        key=f"send-{way.url}",
        text=way.words,
        url=way.url,
        action=_("Review and send"),
        since=min(draft.signed_at or draft.created_at for draft in way.drafts),
    )


def _together_row(
    drafts: Sequence[RequestDraft], *, key: str, text: str, url: str, action: str, since: datetime.datetime
) -> DeskRow:
    suppliers = sorted({draft.supplier.code for draft in drafts})
    incidents = dict.fromkeys(draft.incident_text for draft in drafts)
    return DeskRow(
        key=key,
        text=text,
        detail="; ".join(incidents),
        other=suppliers[0],
        other_detail=", ".join(suppliers[1:]),
        url=url,
        action=action,
        due_at=None,
        since=since,
    )


def owed_rows(acting: Acting, status: str, at: datetime.datetime, places: dict[str, str]) -> list[DeskRow]:
    """What others owe the organisation, with the number to ring."""
    waits = waited_for_by(acting.organisation, status, at)
    shown = [row for row in wait_rows(waits, acting.organisation) if not row.is_calm][:MOST_OWED]
    phones = _phones(acting, status, at, {row.party for row in shown})
    return [_desk_row(row, row.party, places, phone=phones.get(row.party.pk, "")) for row in shown]


def _phones(acting: Acting, status: str, at: datetime.datetime, parties: set[Organisation]) -> dict[int, str]:
    today = timezone.localtime(at).date()
    found = {party.pk: number_to_ring(party, reader=acting.organisation, status=status, on=today) for party in parties}
    return {pk: contact.phone for pk, contact in found.items() if contact is not None}

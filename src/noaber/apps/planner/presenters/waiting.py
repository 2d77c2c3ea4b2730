"""What waits at the desk, each with its clock and the one next action: steps of exchanges, drafts, contact points."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
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
from noaber.apps.registry.models import ContactPoint
from noaber.apps.registry.queries import contacts_to_verify, number_to_ring
from noaber.core.messages.thread import WaitCode
from noaber.web import clock

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
MOST_CONTACTS: Final = 5


@dataclass(frozen=True)
class DeskRow:
    """One thing that waits.

    Parameters
    ----------
    due_at
        Until when; None where nothing says.
    since
        Since when it waits; the clock's bar begins there.
    made_at
        When it came to be, where its clock runs from another moment.
    action
        The verb of its one button.
    """

    key: str
    text: str
    detail: str
    other: str
    other_detail: str
    url: str
    action: str
    due_at: datetime.datetime | None
    since: datetime.datetime
    rings: bool = False
    phone: str = ""
    needed_by: datetime.datetime | None = None
    made_at: datetime.datetime | None = None

    @property
    def has_come(self) -> bool:
        """An exercise that plays before it came to be does not know of it."""
        return clock.has_come(self.made_at or self.since)

    @property
    def order(self) -> tuple[bool, datetime.datetime]:
        return self.due_at is None, self.due_at or self.since


def end_of(day: datetime.date, zone: datetime.tzinfo | None = None) -> datetime.datetime:
    """The last minute of a day that is a limit, where the organisation is."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(23, 59)), zone)


def start_of(day: datetime.date, zone: datetime.tzinfo | None = None) -> datetime.datetime:
    """The first moment of a day, where the organisation is."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()), zone)


WaitingSource = Callable[[Acting, str, datetime.datetime], Iterable[DeskRow]]
_sources: Final[list[WaitingSource]] = []


def add_waiting(source: WaitingSource) -> None:
    """Let `source` say what else waits at the desk: what lies above this app brings its own rows."""
    if source not in _sources:
        _sources.append(source)


def own_rows(acting: Acting, status: str, at: datetime.datetime, places: dict[str, str]) -> list[DeskRow]:
    """What waits for the organisation, the most urgent first; `places` names incidents by their number."""
    rows = [*_wait_rows(acting, waiting_for(acting.organisation, status, at), places)]
    rows += _draft_rows(acting, status)
    rows += _contact_rows(acting, status, at)
    rows += [row for source in _sources for row in source(acting, status, at)]
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


def _contact_rows(acting: Acting, status: str, at: datetime.datetime) -> Iterable[DeskRow]:
    """The contact points that the organisation keeps and has to verify by today: due, never verified, not answered."""
    if not acting.may(Permission.EDIT_CONTACTS):
        return []
    today = timezone.localtime(at).date()
    due = contacts_to_verify(acting.organisation, status, today)[:MOST_CONTACTS]
    return [_contact_row(contact, today) for contact in due]


def _contact_row(contact: ContactPoint, today: datetime.date) -> DeskRow:
    until = min(contact.expires_on or today, today)
    end_of_day = end_of(until)
    return DeskRow(
        key=f"contact-{contact.pk}",
        text=_("Contact point to verify: %(function)s") % {"function": contact.function},
        detail=contact.get_field_display(),
        other=contact.organisation.code,
        other_detail=_("own register"),
        url=contact.get_absolute_url(),
        action=_("Verify"),
        due_at=end_of_day,
        since=end_of_day - datetime.timedelta(days=7),
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

"""From a folded exchange to its rows: dropped and written anew with every message, and by a rebuild.

A row depends on the messages alone, never on the time of writing. What time does to a row is written beside it:
a request's `expires_at`, an offer's `valid_until`, and from when until when something waits.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import models

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.models import Deployment, NamedTeam, Offer, Request, RequestLine, Waiting, slug_of
from noaber.apps.exchange.threads import load_thread, organisations_by_code
from noaber.core.messages import thread as folded
from noaber.core.messages.model import FreeText, Tlp
from noaber.core.messages.named_teams import named_teams
from noaber.core.messages.papers import papers_due
from noaber.core.messages.thread import Thread
from noaber.core.messages.timers import at_time
from noaber.core.messages.waits import find_waits
from noaber.web.written import tell_written

TABLES: tuple[type[models.Model], ...] = (Request, RequestLine, Offer, Deployment, Waiting, NamedTeam)
"""In the order in which they can be written."""

MOMENT = datetime.timedelta(microseconds=1)
TEXT_LENGTH = 300
LANGUAGE_LENGTH = 35


@dataclass
class Rows:
    """The rows of one exchange."""

    of: dict[type[models.Model], list[models.Model]] = field(default_factory=lambda: {table: [] for table in TABLES})

    def add(self, *rows: models.Model) -> None:
        for row in rows:
            self.of[type(row)].append(row)


def project_thread(thread_id: str) -> Thread:
    """Derive the rows of one exchange anew; the answer is the exchange, without timers."""
    thread = load_thread(thread_id)
    delete_rows(thread_id)
    for table, rows in make_rows(thread).of.items():
        if rows:
            table._default_manager.bulk_create(rows)
    tell_written(Request, Request.objects.filter(thread_id=thread_id).values_list("pk", flat=True))
    return thread


def delete_rows(thread_id: str) -> None:
    """Drop the rows of one exchange."""
    RequestLine.objects.filter(request__thread_id=thread_id).delete()
    for table in (Request, Offer, Deployment, Waiting, NamedTeam):
        table.objects.filter(thread_id=thread_id).delete()


def make_rows(thread: Thread) -> Rows:
    """The rows that an exchange amounts to; none while the message that opens it has not come."""
    rows = Rows()
    known = organisations_by_code((thread.consumer, thread.supplier))
    if not thread.is_open or not {thread.consumer, thread.supplier} <= known.keys():
        return rows
    head = _Head.of(thread, known)
    if thread.request:
        request = _request_row(head, thread, thread.request)
        rows.add(request, *_line_rows(request, thread.request))
    rows.add(*(_offer_row(head, offer) for offer in thread.offers))
    rows.add(*(_deployment_row(head, thread, deployment) for deployment in thread.deployments))
    rows.add(*_waiting_rows(head, thread), *_named_rows(thread))
    return rows


@dataclass(frozen=True)
class _Head:
    """What every row repeats of its exchange."""

    thread_id: str
    organisations: dict[str, Organisation]
    consumer: Organisation
    supplier: Organisation
    status: str
    tlp: str
    case_id: str

    @classmethod
    def of(cls, thread: Thread, known: dict[str, Organisation]) -> _Head:
        return cls(
            thread_id=thread.thread_id,
            organisations=known,
            consumer=known[thread.consumer],
            supplier=known[thread.supplier],
            status=thread.status.value if thread.status else "",
            tlp=(thread.tlp or Tlp.AMBER).value,
            case_id=thread.case_id,
        )

    def fields(self) -> dict[str, object]:
        return {
            "thread_id": self.thread_id,
            "consumer": self.consumer,
            "supplier": self.supplier,
            "status": self.status,
            "tlp": self.tlp,
            "case_id": self.case_id,
        }


def _request_row(head: _Head, thread: Thread, request: folded.Request) -> Request:
    return Request(
        **head.fields(),
        message_id=request.message_id,
        slug=slug_of(request.message_id),
        agreement=thread.agreement,
        state=request.state.value,
        sent_at=request.sent_at,
        acknowledged_at=request.acknowledged_at,
        due_at=request.due_at,
        expires_at=request.expires_at,
        ended_at=request.ended_at,
        superseded_by=request.superseded_by,
        is_alert=request.is_alert,
        updated_at=max(entry.message.sent_at for entry in thread.history),
    )


def _line_rows(row: Request, request: folded.Request) -> Iterator[RequestLine]:
    for position, line in enumerate(request.lines, start=1):
        yield RequestLine(
            element_id=line.element_id,
            request=row,
            position=position,
            capability=line.capability,
            quantity=line.quantity,
            priority=line.priority,
            needed_at=line.needed_at,
            latest_at=line.latest_at,
            need_id=line.need_id,
            provisional=line.provisional,
            offered=line.offered,
            accepted=line.accepted,
            committed=line.committed,
            is_declined=line.is_declined,
            is_answered=line.is_answered,
        )


def _offer_row(head: _Head, offer: folded.Offer) -> Offer:
    return Offer(
        **head.fields(),
        offer_id=offer.id,
        line_id=offer.line_id,
        state=offer.state.value,
        capability=offer.capability,
        quantity=offer.quantity,
        accepted_quantity=offer.accepted_quantity,
        team_id=offer.team_id[:TEXT_LENGTH],
        team_name=offer.team_name[:TEXT_LENGTH],
        owner=offer.owner[:TEXT_LENGTH],
        home_unit=offer.home_unit[:TEXT_LENGTH],
        offered_at=offer.offered_at,
        changed_at=offer.changed_at,
        estimated_arrival_at=offer.estimated_arrival_at,
        valid_until=offer.valid_until,
        reason_code=offer.reason_code[:TEXT_LENGTH],
        **_reason(offer.reason),
    )


def _deployment_row(head: _Head, thread: Thread, deployment: folded.Deployment) -> Deployment:
    place = deployment.position
    position = place.position if place else None
    return Deployment(
        **head.fields(),
        deployment_id=deployment.id,
        slug=slug_of(deployment.id),
        line_id=deployment.line_id,
        state=deployment.state.value,
        capability=deployment.capability,
        quantity=deployment.quantity,
        team_id=deployment.team_id[:TEXT_LENGTH],
        team_name=deployment.team_name[:TEXT_LENGTH],
        owner=deployment.owner[:TEXT_LENGTH],
        home_unit=deployment.home_unit[:TEXT_LENGTH],
        committed_at=deployment.changes[0].at,
        changed_at=deployment.changed_at,
        estimated_arrival_at=deployment.estimated_arrival_at,
        arrived_at=deployment.arrived_at,
        end_at=deployment.end_at,
        extension_pending=deployment.extension_pending,
        return_pending=deployment.return_pending,
        is_alert=thread.is_alert,
        missing_papers=[paper.value for paper in papers_due(thread, deployment)],
        position_text=place.description[:TEXT_LENGTH] if place else "",
        lon=position.lon if position else None,
        lat=position.lat if position else None,
        changes=[_change(change) for change in deployment.changes],
        is_taken_back=deployment.taken_back,
        **_reason(deployment.reason),
    )


def _reason(reason: FreeText | None) -> dict[str, str]:
    """Why, in the words of who said it."""
    if reason is None:
        return {}
    return {"reason_text": reason.text[:TEXT_LENGTH], "reason_language": reason.language[:LANGUAGE_LENGTH]}


def _change(change: folded.Change) -> dict[str, str]:
    return {
        "state": change.state.value,
        "at": change.at.isoformat(),
        "by": change.by,
        "message_id": change.message_id,
    }


def _waiting_rows(head: _Head, thread: Thread) -> Iterator[Waiting]:
    """What waits, with the stretch of time in which it does: timers start and end some of it."""
    spans: dict[folded.Waiting, tuple[datetime.datetime | None, datetime.datetime | None]] = {}
    begins: datetime.datetime | None = None
    for ends in [*_turning_points(thread), None]:
        moment = ends if ends is not None else (begins + MOMENT if begins else None)
        for wait in find_waits(at_time(thread, moment)):
            first = spans[wait][0] if wait in spans else begins
            spans[wait] = (first, ends)
        begins = ends
    for wait, (begins, ends) in spans.items():
        yield Waiting(
            **head.fields(),
            party=head.organisations[wait.party],
            code=wait.code.value,
            subject_id=wait.subject_id,
            since=wait.since,
            due_at=wait.due_at,
            begins_at=begins,
            ends_at=ends,
        )


def _named_rows(thread: Thread) -> Iterator[NamedTeam]:
    for named in named_teams(thread):
        yield NamedTeam(
            thread_id=thread.thread_id,
            owner=named.owner[:TEXT_LENGTH],
            unit=named.unit[: 2 * TEXT_LENGTH],
            line_id=named.line_id,
            offer_id=named.offer_id,
        )


def _turning_points(thread: Thread) -> list[datetime.datetime]:
    """The moments after which a timer may have done something, in order."""
    points = {offer.valid_until for offer in thread.offers if offer.valid_until}
    if thread.request and thread.request.expires_at:
        points.add(thread.request.expires_at)
    return sorted(points)

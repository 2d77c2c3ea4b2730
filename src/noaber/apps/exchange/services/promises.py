"""The promise of a message before it is signed: what cannot be true is refused, what must be said has been said.

It is asked in the transaction that appends the message, after its journals are locked and then the owners of the teams:
of two officers who offer the same team at the same moment, one waits, and is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.holdings import SpokenFor, capacities_of_units, holdings_of
from noaber.apps.exchange.home_load import loads_of
from noaber.apps.exchange.queries import committed_quantities
from noaber.apps.registry.coded import capability_name
from noaber.apps.registry.queries.reservations import teams_reserved
from noaber.core.messages.acts import find_time
from noaber.core.messages.model import (
    Message,
    MessageType,
    RecallType,
    ResourceInformation,
    ResponseType,
    ScheduleType,
)
from noaber.core.messages.states import OPEN_OFFERS
from noaber.core.messages.thread import Line, Offer, Thread
from noaber.core.problems import InvalidInput, Problem
from noaber.core.promises import (
    Asked,
    Finding,
    FindingCode,
    Offered,
    Weight,
    find_hindrances,
    judge,
    judge_order,
)

PROMISING = frozenset(
    {MessageType.RESPONSE_TO_REQUEST_RESOURCE, MessageType.OFFER_UNSOLICITED_RESOURCE, MessageType.COMMIT_RESOURCE}
)


@dataclass(frozen=True)
class _Promise:
    """A line of the message as an offer, and what stood in its place before."""

    index: int
    offered: Offered
    name: str
    before: Offer | None


def check_promise(sender: Organisation, thread: Thread | None, message: Message, now: datetime) -> None:
    """Refuse an own promise that cannot be true, or that needs a word which it does not carry.

    What was said by phone on behalf of another is its own promise: it is written down, and never made void. Whoever
    confirms own teams at an incident of the own country says with that alone that they may leave home.

    Raises
    ------
    InvalidInput
        With a sentence for every hindrance, at the line of the message.
    """
    envelope = message.envelope
    if message.message_type not in PROMISING or envelope.on_behalf_of not in ("", sender.code):
        return
    if message.recall is not None and message.recall.recall_type is RecallType.CANCEL:
        return
    promises = list(_promises(thread, message))
    units = sorted({one.offered.unit for one in promises if one.offered.unit})
    if not promises:
        return
    lock_owners(units)
    capacities = capacities_of_units(sender, envelope.status.value, units) if units else []
    spoken_for = spoken_for_beside(envelope.status.value, now, [one.before for one in promises if one.before])
    owners = {one.owner.code for one in capacities}
    loads = loads_of(sender, envelope.status.value, owners, envelope.case_id)
    holdings = holdings_of(sender, envelope.status.value, capacities, spoken_for, loads=loads)
    offered = [one.offered for one in promises]
    found = judge(_asked(thread, message, promises), offered, holdings)
    hindrances = find_hindrances(found, offered)
    if thread is not None and thread.is_alert:
        hindrances = [one for one in hindrances if one.weight is Weight.REFUSED]
    if hindrances:
        made = [(one, promises[one.offer]) for one in hindrances]
        problems = [to_problem(one, promise.name, f"/resources/{promise.index}") for one, promise in made]
        raise InvalidInput(problems, source=message.message_id)


def check_order(sender: Organisation, thread: Thread | None, message: Message) -> None:
    """Refuse an own order of teams that come late, unless it says that they are taken all the same.

    Orders that were told by phone are written down; own teams are alerted, not ordered from an offer.

    Raises
    ------
    InvalidInput
        With a sentence for every offer that comes late, at the line of the message.
    """
    envelope = message.envelope
    is_own = envelope.on_behalf_of in ("", sender.code)
    if message.message_type is not MessageType.REQUISITION_RESOURCE or not is_own or thread is None or thread.is_alert:
        return
    found = []
    for index, line in enumerate(message.resources):
        offer = thread.find_offer(line.subject_id) if line.subject_id else None
        knowing = accepts_of(line)
        found += [
            Problem(f"order.{one.code}", f"/resources/{index}", {**one.params, "team": _team_of(offer)})
            for one in (find_late(thread, offer) if offer else ())
            if one.code not in knowing
        ]
    if found:
        raise InvalidInput(found, source=message.message_id)


def find_late(thread: Thread, offer: Offer) -> list[Finding]:
    """What whoever takes the offer has to confirm; empty where it comes in time, or nothing says when."""
    line = thread.find_line(offer.line_id)
    if line is None:
        return []
    taken = Offered(line=offer.line_id, quantity=offer.quantity, arrival_at=offer.estimated_arrival_at)
    return judge_order([asked_of(line)], [taken])


def _team_of(offer: Offer | None) -> str:
    return (offer.team_name or capability_name(offer.capability)) if offer else ""


def lock_owners(units: Sequence[str]) -> None:
    """Hold the owners of these units until the transaction ends, in one order for everybody."""
    owners = sorted({unit.partition(":")[0] for unit in units})
    rows = Organisation.objects.filter(code__in=owners).order_by("pk")
    list(rows.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))


def spoken_for_beside(status: str, now: datetime, own: Sequence[Offer]) -> SpokenFor:
    """What is out, offered or reserved, apart from the offers that are made anew or committed now."""
    promised = Counter(committed_quantities(status, now).all)
    for offer in own:
        if offer.team_id and offer.state in OPEN_OFFERS:
            promised[f"{offer.owner}:{offer.team_id}"] -= offer.accepted_quantity or offer.quantity
    return SpokenFor(+promised, teams_reserved(status, now))


def asked_of(line: Line, before: Sequence[Offer] = ()) -> Asked:
    """What a line still misses, beside the offers `before` that are made anew."""
    standing = line.provisional + line.offered + line.accepted + line.committed
    anew = sum(one.accepted_quantity or one.quantity for one in before if one.state in OPEN_OFFERS)
    return Asked(
        line=line.element_id,
        capability=line.capability,
        missing=max(0, line.quantity - standing + anew),
        needed_by=line.needed_at,
        useless_after=line.latest_at,
    )


def to_problem(finding: Finding, name: str, where: str = "") -> Problem:
    """The sentence of a finding, with the name of the team."""
    return Problem(f"promise.{finding.code}", where, {**finding.params, "team": name})


def _asked(thread: Thread | None, message: Message, promises: Sequence[_Promise]) -> Iterator[Asked]:
    """The lines that are answered; those of a commitment are what was ordered, which the flow guards."""
    for line in thread.request.lines if thread and thread.request else ():
        own = [one for one in promises if one.offered.line == line.element_id]
        if own and message.message_type is MessageType.COMMIT_RESOURCE:
            ordered = sum(one.before.accepted_quantity for one in own if one.before)
            asked = asked_of(line)
            yield Asked(
                line=asked.line,
                capability=asked.capability,
                missing=ordered,
                needed_by=asked.needed_by,
                useless_after=asked.useless_after,
            )
        elif own:
            yield asked_of(line, [one.before for one in own if one.before])


def _promises(thread: Thread | None, message: Message) -> Iterator[_Promise]:
    for index, line in enumerate(message.resources):
        if line.response is not None and line.response.response_type is ResponseType.DECLINE:
            continue
        before = thread.find_offer(line.subject_id) if thread and line.subject_id else None
        if message.message_type is not MessageType.COMMIT_RESOURCE:
            yield _promise(index, line, line.response.preceding_element_id if line.response else "", before)
        elif before is not None and (line.response is None or line.response.response_type is ResponseType.ACCEPT):
            yield _commitment(index, line, before)


def _promise(index: int, line: ResourceInformation, line_id: str, before: Offer | None) -> _Promise:
    resource, assignment = line.resource, line.assignment
    unit = f"{resource.owner}:{resource.resource_id}" if resource and resource.owner and resource.resource_id else ""
    offered = Offered(
        line=before.line_id if before else line_id,
        quantity=assignment.quantity or 0 if assignment else before.quantity if before else 0,
        unit=unit or (unit_of(before) if before else ""),
        arrival_at=find_time(line, ScheduleType.ESTIMATED_ARRIVAL),
        accepts=accepts_of(line),
    )
    return _Promise(index, offered, resource.name if resource else "", before)


def _commitment(index: int, line: ResourceInformation, offer: Offer) -> _Promise:
    """What was accepted knowingly in the offer holds for its commitment too."""
    knowing = accepts_of(line) | (accepts_of(offer.information) if offer.information else frozenset())
    offered = Offered(
        line=offer.line_id,
        quantity=(line.assignment.quantity if line.assignment else None) or offer.accepted_quantity,
        unit=unit_of(offer),
        arrival_at=find_time(line, ScheduleType.ESTIMATED_ARRIVAL),
        accepts=knowing,
    )
    return _Promise(index, offered, offer.team_name, offer)


def unit_of(offer: Offer) -> str:
    return f"{offer.owner}:{offer.team_id}" if offer.owner and offer.team_id else ""


def accepts_of(line: ResourceInformation) -> frozenset[FindingCode]:
    """What the line accepts knowingly; a code that a later version knows is passed over."""
    known = {code.value for code in FindingCode}
    return frozenset(FindingCode(code) for code in line.knowing if code in known)

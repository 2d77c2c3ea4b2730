"""Folded exchanges and journal rows as pages need them: names in words, who said what, what waits, until when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from noaber.apps.accounts.functions import read_function
from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange import words
from noaber.apps.exchange.coded_words import read_reason
from noaber.apps.exchange.draft_lines import DraftLine
from noaber.apps.exchange.models import RequestLine, slug_of
from noaber.apps.registry.coded import capability_name, counted_capability
from noaber.core.messages import thread as folded
from noaber.core.messages.labels import code_label
from noaber.core.messages.message_types import WRITTEN_AS
from noaber.core.messages.mistakes import MISTAKE
from noaber.core.messages.model import (
    Channel,
    ContactInformation,
    ContactRole,
    FreeText,
    Message,
    MessageType,
    ResourceInformation,
    ScheduleType,
)
from noaber.core.messages.papers import papers_due
from noaber.core.messages.states import OPEN_OFFERS, OPEN_REQUESTS, OfferState
from noaber.core.messages.thread import Effect, EffectCode, Entry, Line, Thread, WaitCode
from noaber.core.problems import Problem
from noaber.core.promises import minutes_after
from noaber.reference.vocabulary import load_reasons
from noaber.web import wording
from noaber.web.reader import reader_language

KNOWING_LIST: Final = "urn:noaber:line:knowing"


def counted_lines(lines: Iterable[Line | RequestLine | DraftLine]) -> str:
    """4 boat teams, 2 pumping modules: as one phrase."""
    return ", ".join(counted_capability(line.quantity, line.capability) for line in lines)


def first_needed(lines: Iterable[RequestLine]) -> datetime | None:
    """When the first of their teams has to be there; None where no line says."""
    return min((line.needed_at for line in lines if line.needed_at), default=None)


def reason_name(code: str) -> str:
    """A coded reason in the reader's language; the code where the list no longer has it."""
    known = load_reasons().get(code)
    return known.names.in_language(reader_language()) if known else code


@dataclass(frozen=True)
class ReadReason:
    """A text that may begin with a coded reason: that in the reader's language, and the rest as it was written."""

    reason: str = ""
    written: FreeText | None = None

    @classmethod
    def of(cls, text: FreeText | None) -> ReadReason:
        if text is None:
            return cls()
        code, rest = read_reason(text)
        return cls(reason_name(code) if code else "", rest)


# The thread of messages


@dataclass(frozen=True)
class Sentence:
    """A sentence with its subject set apart, so that a page can mark it."""

    before: str
    who: str
    after: str

    @classmethod
    def make(cls, text: str, *, who: str, **params: str) -> Sentence:
        before, found, after = (text % {"who": WHO, **params}).partition(WHO)
        return cls(before, who if found else "", after)

    def __str__(self) -> str:
        return self.before + self.who + self.after


WHO: Final = "\0"


@dataclass(frozen=True)
class MessageRow:
    """One message of the thread.

    Parameters
    ----------
    party, actor
        The organisation whose step it is, and the function that sent the message.
    entered_by
        The organisation that entered it on behalf of `party`; empty where it spoke for itself.
    told
        What it did.
    standard
        The name of its EDXL-RM message; empty for an acknowledgement, which is an envelope alone.
    """

    message_id: str
    slug: str
    at: datetime
    party: str
    actor: str
    is_ours: bool
    entered_by: str
    channel: str | Promise
    said_at: datetime | None
    said_by: str
    told: tuple[Sentence, ...]
    reasons: tuple[str, ...]
    texts: tuple[FreeText, ...]
    standard: str
    shortcomings: tuple[Problem, ...] = ()
    parked: tuple[Problem, ...] = ()
    withdrawn_by: Message | None = None
    """The message that withdrew it as entered by mistake: it has no effect any more."""
    correction: object | None = None
    """The action that withdraws it as that, for whoever may take it now."""


def message_rows(thread: Thread, organisation: Organisation) -> list[MessageRow]:
    """Every message of the exchange, the latest first; also those that had no effect, with the reason."""
    parked: dict[str, list[Problem]] = {}
    for item in thread.parked:
        parked.setdefault(item.message.message_id, []).append(item.problem)
    done = {entry.message.message_id: entry for entry in thread.history}
    waiting = {item.message.message_id: item.message for item in thread.parked if item.message.message_id not in done}
    rows = [_row(thread, entry, organisation, tuple(parked.get(key, ()))) for key, entry in done.items()]
    rows += [_row(thread, Entry(message, ()), organisation, tuple(parked[key])) for key, message in waiting.items()]
    rows += [
        replace(_row(thread, item.entry, organisation, ()), withdrawn_by=item.by, shortcomings=())
        for item in thread.withdrawn
    ]
    return sorted(rows, key=lambda row: (row.at, row.message_id), reverse=True)


def _row(thread: Thread, entry: Entry, organisation: Organisation, parked: tuple[Problem, ...]) -> MessageRow:
    message, envelope = entry.message, entry.message.envelope
    return MessageRow(
        message_id=message.message_id,
        slug=slug_of(message.message_id),
        at=message.sent_at,
        party=envelope.party,
        actor=read_function(envelope.actor),
        is_ours=envelope.sender == organisation.code,
        entered_by=envelope.sender if envelope.party != envelope.sender else "",
        channel=words.CHANNELS[envelope.channel],
        said_at=envelope.said_at if envelope.channel is not Channel.NOABER else None,
        said_by=envelope.said_by,
        told=tuple(dict.fromkeys(_told(thread, entry))),
        reasons=tuple(_reasons(message)),
        texts=tuple(_texts(message)),
        standard=_standard_name(message.message_type),
        shortcomings=entry.shortcomings,
        parked=parked,
    )


def _told(thread: Thread, entry: Entry) -> Iterator[Sentence]:
    party = entry.message.envelope.party
    mistake = next((item for item in thread.withdrawn if item.by.message_id == entry.message.message_id), None)
    if mistake is not None:
        what = (subject_words(thread, one.subject_id, one.quantity) for one in mistake.entry.effects if _is_told(one))
        told = ", ".join(dict.fromkeys(what)) or str(words.MESSAGE_NAMES[mistake.message.message_type])
        yield Sentence.make(str(words.EFFECTS[EffectCode.STEP_WITHDRAWN]), who=party, what=told)
        return
    for effect in entry.effects:
        if _is_told(effect):
            yield Sentence.make(
                str(words.EFFECTS[effect.code]),
                who=party,
                lines=counted_lines(thread.request.lines) if thread.request else "",
                what=subject_words(thread, effect.subject_id, effect.quantity),
            )
    if not entry.effects:
        yield Sentence.make(
            _("%(who)s: %(what)s"), who=party, what=str(words.MESSAGE_NAMES[entry.message.message_type])
        )


def _is_told(effect: Effect) -> bool:
    return effect.code not in words.SILENT_EFFECTS


def subject_words(thread: Thread, subject_id: str, quantity: int | None = None) -> str:
    """What a step, an effect or a wait is about: so many teams of what, and which."""
    deployment, offer, line = (
        thread.find_deployment(subject_id),
        thread.find_offer(subject_id),
        thread.find_line(subject_id),
    )
    thing = deployment or offer
    if thing is not None:
        is_declined = offer is not None and offer.state is OfferState.DECLINED and not offer.quantity
        bare = capability_name(thing.capability) if is_declined else ""
        return named(bare or counted_capability(quantity or thing.quantity, thing.capability), thing.team_name)
    if line is not None:
        return counted_capability(line.quantity, line.capability)
    withdrawn = _find_withdrawn_line(thread, subject_id)
    if withdrawn is not None and withdrawn.resource and withdrawn.assignment and withdrawn.assignment.quantity:
        counted = counted_capability(withdrawn.assignment.quantity, withdrawn.resource.capability)
        return named(counted, withdrawn.resource.name)
    return counted_lines(thread.request.lines) if thread.request else ""


def named(counted: str, name: str) -> str:
    """So many teams, with what they are called where that is known."""
    return _("%(teams)s (%(name)s)") % {"teams": counted, "name": name} if name else counted


def _find_withdrawn_line(thread: Thread, element_id: str) -> ResourceInformation | None:
    """The line that made what is no more, since its message was withdrawn as a mistake."""
    lines = (line for item in thread.withdrawn for line in item.message.resources)
    return next((line for line in lines if element_id in (line.element_id, line.subject_id)), None)


def _reasons(message: Message) -> Iterator[str]:
    codes = [line.response.reason_code for line in message.resources if line.response and line.response.reason_code]
    if message.description:
        codes.append(read_reason(message.description)[0])
    codes += [read_reason(line.handover)[0] for line in message.resources if line.handover]
    yield from (reason_name(code) for code in dict.fromkeys(codes) if code and code != MISTAKE)


def _texts(message: Message) -> Iterator[FreeText]:
    if message.description:
        _code, rest = read_reason(message.description)
        if rest:
            yield rest
    for line in message.resources:
        if line.response and line.response.reason and line.response.reason != message.description:
            yield line.response.reason
        if line.handover and (rest := read_reason(line.handover)[1]):
            yield rest


def _standard_name(message_type: MessageType) -> str:
    if message_type is MessageType.ACKNOWLEDGEMENT:
        return ""
    return WRITTEN_AS.get(message_type, message_type).value


# Lines and offers


@dataclass(frozen=True)
class OfferRow:
    """One offer, with the deployment that came of it."""

    offer: folded.Offer
    title: str
    label: words.Label
    deployment: folded.Deployment | None
    deployment_label: words.Label | None
    reason: str
    is_decline: bool
    """The line was declined from the start: nothing was ever offered."""
    knowing: tuple[str, ...] = ()
    """What its supplier knows of it and offers all the same, in words, with the coded reason last."""
    said: FreeText | None = None
    """What the supplier wrote with a firm offer."""
    late: str = ""
    """How late it comes after the moment at which it is needed; empty where it is in time, or nothing says."""

    @property
    def is_open(self) -> bool:
        return self.offer.state in OPEN_OFFERS

    @property
    def slug(self) -> str:
        return slug_of(self.offer.id)

    @property
    def quantity(self) -> int:
        if self.deployment:
            return self.deployment.quantity
        return self.offer.accepted_quantity or self.offer.quantity


@dataclass(frozen=True)
class LineRow:
    """One line of the request as a page shows it."""

    number: int
    line: Line
    title: str
    place: str
    function: FreeText | None
    requirements: FreeText | None
    offers: tuple[OfferRow, ...]
    is_running: bool = False
    """Whether teams are still to be committed: until then it matters how much time is left."""

    @property
    def offered(self) -> int:
        return self.line.offered + self.line.accepted + self.line.provisional


def line_rows(thread: Thread) -> list[LineRow]:
    """The lines of the request with their offers."""
    if thread.request is None:
        return []
    return [_line_row(thread, line, number) for number, line in enumerate(thread.request.lines, start=1)]


def _line_row(thread: Thread, line: Line, number: int) -> LineRow:
    info = line.information
    is_open = thread.request is not None and thread.request.state in OPEN_REQUESTS
    return LineRow(
        number=number,
        line=line,
        title=counted_capability(line.quantity, line.capability),
        place=line.place.description if line.place else "",
        function=info.assignment.anticipated_function if info and info.assignment else None,
        requirements=info.resource.special_requirements if info and info.resource else None,
        offers=tuple(offer_row(thread, offer) for offer in thread.offers if offer.line_id == line.element_id),
        is_running=is_open and line.committed < line.quantity,
    )


def offer_row(thread: Thread, offer: folded.Offer) -> OfferRow:
    deployment = thread.find_deployment(offer.id)
    is_decline = offer.state is OfferState.DECLINED and not offer.quantity
    return OfferRow(
        offer=offer,
        title=capability_name(offer.capability) if is_decline else counted_capability(offer.quantity, offer.capability),
        label=words.offer_label(offer.state, is_alert=thread.is_alert),
        deployment=deployment,
        deployment_label=words.DEPLOYMENT_STATES[deployment.state] if deployment else None,
        reason=reason_name(offer.reason_code) if offer.reason_code else "",
        is_decline=is_decline,
        knowing=_knowing(offer.information),
        said=_said_with(offer),
        late=_late(thread, offer, deployment),
    )


def _knowing(information: ResourceInformation | None) -> tuple[str, ...]:
    if information is None or not information.knowing:
        return ()
    named = [code_label(KNOWING_LIST, code, reader_language()) or code for code in information.knowing]
    return (*named, *([reason_name(information.knowing_reason)] if information.knowing_reason else []))


def _said_with(offer: folded.Offer) -> FreeText | None:
    response = offer.information.response if offer.information else None
    return response.reason if response and offer.reason is None else None


def _late(thread: Thread, offer: folded.Offer, deployment: folded.Deployment | None) -> str:
    line = thread.find_line(offer.line_id)
    arrival = (deployment and deployment.estimated_arrival_at) or offer.estimated_arrival_at
    if line is None or line.needed_at is None or arrival is None or arrival <= line.needed_at:
        return ""
    return _("late %(time)s") % {"time": wording.duration(minutes_after(arrival, line.needed_at))}


# Who to speak to, and who signed


@dataclass(frozen=True)
class ContactRow:
    """Somebody to speak to; `signed_at` and `channel` where it is the one who signed the request off."""

    name: str
    role: str
    phone: str = ""
    email: str = ""
    channel: str = ""
    signed_at: datetime | None = None


SIGNED: Final = re.compile(r"(?P<name>.+) \((?P<channel>[A-Za-z]+), (?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d)Z\)")
"""How a request writes its sign-off: RM has no element for its time and channel."""


def contact_rows(message: Message) -> list[ContactRow]:
    """The contacts of a message, each name and number once."""
    rows: dict[tuple[str, str], ContactRow] = {}
    for contact in message.contacts:
        row = _contact_row(contact)
        rows.setdefault((row.name, row.phone), row)
    return list(rows.values())


def _contact_row(contact: ContactInformation) -> ContactRow:
    role = str(words.CONTACT_ROLES[contact.role])
    found = SIGNED.fullmatch(contact.description) if contact.role is ContactRole.APPROVER else None
    if found is None:
        return ContactRow(read_function(contact.description), role, contact.phone, contact.email)
    channel = next((item for item in Channel if item.value == found["channel"]), None)
    at = datetime.fromisoformat(found["at"]).replace(tzinfo=UTC)
    return ContactRow(
        read_function(found["name"]),
        role,
        channel=str(words.CHANNELS[channel]) if channel else found["channel"],
        signed_at=at,
    )


# What waits


def thread_waits(thread: Thread, organisation: Organisation) -> list[tuple[folded.Waiting, str, bool]]:
    """What waits in one exchange: the wait, in words, and whether it is ours."""
    return [
        (wait, str(words.WAITS[wait.code]) % {"what": _waits_for(thread, wait)}, wait.party == organisation.code)
        for wait in thread.waits
    ]


def _waits_for(thread: Thread, wait: folded.Waiting) -> str:
    deployment = thread.find_deployment(wait.subject_id)
    if wait.code is not WaitCode.GIVE_PAPERS or deployment is None:
        return subject_words(thread, wait.subject_id)
    missing = words.missing_papers(papers_due(thread, deployment))
    return _("%(papers)s missing, due before departure") % {"papers": missing}


# Deployments


@dataclass(frozen=True)
class ChangeRow:
    """One state that a deployment came into."""

    label: words.Label
    at: datetime
    by: str


def change_rows(deployment: folded.Deployment) -> list[ChangeRow]:
    """The states of a deployment, the latest first."""
    return [
        ChangeRow(words.DEPLOYMENT_STATES[change.state], change.at, change.by)
        for change in reversed(deployment.changes)
    ]


def deployment_messages(thread: Thread, deployment_id: str, organisation: Organisation) -> list[MessageRow]:
    """The messages about one deployment, the latest first."""
    entries = [*thread.history, *(item.entry for item in thread.withdrawn)]
    about = {
        entry.message.message_id
        for entry in entries
        if any(effect.subject_id == deployment_id for effect in entry.effects)
    }
    return [row for row in message_rows(thread, organisation) if row.message_id in about]


def order_of(thread: Thread, offer_id: str) -> ResourceInformation | None:
    """The line by which the offer was ordered, the latest one."""
    for entry in reversed(thread.history):
        if entry.message.message_type is MessageType.REQUISITION_RESOURCE:
            for line in entry.message.resources:
                if offer_id in (line.subject_id, line.element_id):
                    return line
    return None


def destination_of(thread: Thread, deployment: folded.Deployment) -> str:
    """Where the teams were ordered to report; empty where it was not said."""
    order = order_of(thread, deployment.id)
    for item in order.schedule if order else ():
        if item.schedule_type is ScheduleType.REPORT_TO and item.location:
            return item.location.description
    return ""

"""Requests before they are messages: written, signed off, sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.services import announce
from noaber.apps.accounts.status import check_status
from noaber.apps.exchange.draft_lines import DraftLine, as_text, decode_lines, encode_lines, function_text
from noaber.apps.exchange.legal import Ground, code_in_messages, find_ground
from noaber.apps.exchange.models import DraftState, Request, RequestDraft
from noaber.apps.exchange.need_deadlines import NeedDeadline, need_deadlines
from noaber.apps.exchange.services.manner import HERE, Manner, contact_of, new_message_id, opening_envelope
from noaber.apps.exchange.services.messages import Appended, append_message
from noaber.apps.exchange.threads import load_thread
from noaber.core.deadlines import Deadline, is_told_otherwise
from noaber.core.geo import Position
from noaber.core.messages.factories import Ask, request_resource
from noaber.core.messages.model import (
    Channel,
    ContactInformation,
    ContactRole,
    Funding,
    IncidentInformation,
    Location,
    Message,
    Tlp,
)
from noaber.core.messages.thread import Line
from noaber.core.problems import InvalidInput, NotAllowed, NotFound, Problem
from noaber.reference.vocabulary import load_capabilities
from noaber.web import clock


@dataclass(frozen=True, kw_only=True)
class DraftData:
    """What an officer writes into a request to one supplier.

    Parameters
    ----------
    agreement
        Id of the text; empty for help inside one country.
    contact, contact_phone
        Whom the supplier speaks to; the one who writes it where they are empty.
    replaces
        Id of the request that this one supersedes.
    incident_language
        Of `incident_text`; empty where it is in the language of the rest.
    """

    supplier: Organisation
    status: str
    case_id: str
    incident_text: str
    territory: str
    lines: tuple[DraftLine, ...]
    language: str
    hazard: str = ""
    agreement: str = ""
    reception_point: str = ""
    lon: float | None = None
    lat: float | None = None
    tlp: str = Tlp.AMBER.value
    note: str = ""
    contact: str = ""
    contact_phone: str = ""
    answer_within_minutes: int = 20
    replaces: str = ""
    incident_language: str = ""


_COPIED = (
    "supplier",
    "tlp",
    "case_id",
    "incident_text",
    "incident_language",
    "territory",
    "language",
    "hazard",
    "agreement",
    "reception_point",
    "lon",
    "lat",
    "note",
    "answer_within_minutes",
    "replaces",
)


@transaction.atomic
def create_draft(acting: Acting, data: DraftData) -> RequestDraft:
    """Begin a request to one supplier. Nothing is sent; nobody else sees it."""
    acting.check_may(Permission.SEND_REQUEST)
    check_status(data.status)
    draft = RequestDraft(
        owner=acting.organisation, status=data.status, created_at=clock.now(), created_by=acting.person
    )
    _fill(acting, draft, data)
    draft.save()
    announce([acting.organisation])
    return draft


@transaction.atomic
def change_draft(acting: Acting, draft: RequestDraft, data: DraftData) -> RequestDraft:
    """Change a draft; a sign-off that it had no longer holds."""
    acting.check_may(Permission.SEND_REQUEST)
    locked = _lock(acting, draft)
    _fill(acting, locked, data)
    _unsign(locked)
    locked.save()
    announce([acting.organisation])
    return locked


@transaction.atomic
def discard_draft(acting: Acting, draft: RequestDraft) -> None:
    acting.check_may(Permission.SEND_REQUEST)
    locked = _lock(acting, draft)
    locked.state = DraftState.DISCARDED
    locked.save(update_fields=["state"])
    announce([acting.organisation])


@transaction.atomic
def authorise_draft(acting: Acting, draft: RequestDraft) -> RequestDraft:
    """Sign a draft off here, as someone who may."""
    acting.check_may(Permission.SIGN_OFF)
    return _sign(acting, draft, by=acting.function, at=clock.now(), channel=Channel.NOABER)


@transaction.atomic
def record_sign_off(
    acting: Acting, draft: RequestDraft, *, director: str, at: datetime, channel: Channel = Channel.PHONE
) -> RequestDraft:
    """Enter that the draft was signed off elsewhere, usually by phone: who, when, by which channel.

    Raises
    ------
    InvalidInput
        Where the name is missing, or the time lies ahead.
    """
    acting.check_may(Permission.SEND_REQUEST)
    problems = []
    if not director.strip():
        problems.append(Problem("draft.no-signer", "/director"))
    if at > clock.now() + timedelta(minutes=1):
        problems.append(Problem("draft.signed-ahead", "/at"))
    if problems:
        raise InvalidInput(problems)
    return _sign(acting, draft, by=director.strip(), at=at, channel=channel)


@transaction.atomic
def send_request(acting: Acting, draft: RequestDraft, *, manner: Manner = HERE) -> Appended:
    """Send a draft that is complete and, where its text asks for that, signed off. One RequestResource.

    Raises
    ------
    NotAllowed
        Where it was sent or discarded, or waits for its sign-off.
    InvalidInput
        Where something is missing, with every such thing.
    """
    acting.check_may(Permission.SEND_REQUEST)
    locked = _lock(acting, draft)
    _check_complete(locked)
    if locked.needs_sign_off and locked.state != DraftState.AUTHORISED:
        raise NotAllowed("draft.not-signed")
    ground = ground_of(locked, reader=acting.organisation)
    appended = append_message(acting, _make_message(acting, locked, ground, manner))
    locked.state, locked.message_id = DraftState.SENT, appended.message_id
    locked.save(update_fields=["state", "message_id"])
    return appended


def restate_deadline(
    acting: Acting, case_id: str, need_id: str, *, needed_by: datetime, useless_after: datetime | None
) -> None:
    """Let what is not sent yet for a need say its new deadline; a sign-off that a draft had no longer holds."""
    for draft in RequestDraft.objects.select_for_update(of=("self",)).filter(
        owner=acting.organisation, case_id=case_id, state__in=(DraftState.DRAFT, DraftState.AUTHORISED)
    ):
        lines = decode_lines(draft.lines)
        said = tuple(
            replace(line, needed_by=needed_by, useless_after=useless_after) if line.need_id == need_id else line
            for line in lines
        )
        if said != lines:
            draft.lines = encode_lines(said)
            _unsign(draft)
            draft.save()


def draft_replacement(acting: Acting, row: Request) -> RequestDraft:
    """A draft that says what a request says, and replaces it when it is sent: the way to change a request."""
    thread = load_thread(row.thread_id, clock.now())
    opening = thread.find_message(row.thread_id)
    if opening is None or thread.request is None:
        raise NotFound
    lines = thread.request.lines
    stated = need_deadlines(acting.organisation, row.case_id)
    place = next((line.place for line in lines if line.place), None)
    requester = next((contact for contact in opening.contacts if contact.role is ContactRole.REQUESTER), None)
    incident = opening.incident.description if opening.incident else None
    before = RequestDraft.objects.filter(owner=acting.organisation, message_id=row.message_id).first()
    data = DraftData(
        supplier=row.supplier,
        status=row.status,
        case_id=row.case_id,
        incident_text=incident.text if incident else "",
        incident_language=incident.language[:2] if incident else "",
        hazard=before.hazard if before else "",
        territory=place.territory if place else "",
        lines=tuple(_repeat(line, stated.get(line.need_id)) for line in lines),
        language=opening.envelope.language[:2],
        agreement=before.agreement if before else row.agreement,
        reception_point=place.description if place else "",
        lon=place.position.lon if place and place.position else None,
        lat=place.position.lat if place and place.position else None,
        tlp=row.tlp,
        note=opening.description.text if opening.description else "",
        contact=requester.description if requester else "",
        contact_phone=requester.phone if requester else "",
        replaces=row.message_id,
    )
    return create_draft(acting, data)


def _repeat(line: Line, need: NeedDeadline | None) -> DraftLine:
    """A line again: needed when its need is now, else at the same time as before."""
    info = line.information
    function = info.assignment.anticipated_function if info and info.assignment else None
    requirements = info.resource.special_requirements if info and info.resource else None
    return DraftLine(
        capability=line.capability,
        quantity=line.quantity,
        needed_by=need.deadline.needed_by if need else line.needed_at,
        useless_after=need.deadline.useless_after if need else line.latest_at,
        priority=line.priority or 1,
        need_id=line.need_id,
        function=function.text if function else "",
        function_language=function.language if function else "",
        requirements=requirements.text if requirements else "",
    )


def ground_of(draft: RequestDraft, *, reader: Organisation) -> Ground:
    """What the draft stands on, as the reader's inventory tells it today."""
    lines = decode_lines(draft.lines)
    return find_ground(
        reader,
        draft.agreement,
        owner=draft.supplier,
        place_territory=draft.territory,
        capability=lines[0].capability if lines else None,
        hazard=draft.hazard,
        on=clock.now().date(),
    )


def find_draft_problems(draft: RequestDraft) -> list[Problem]:
    """What is missing before the draft can be signed or sent (guard of row 1 of the transition table)."""
    return list(_missing(draft))


def _fill(acting: Acting, draft: RequestDraft, data: DraftData) -> None:
    for name in _COPIED:
        setattr(draft, name, getattr(data, name))
    draft.lines = encode_lines(data.lines)
    draft.contact = data.contact.strip() or acting.function
    draft.contact_phone = data.contact_phone.strip() or acting.person.phone
    if draft.supplier == acting.organisation:
        raise InvalidInput([Problem("draft.own-supplier", "/supplier")])
    problems = [problem for index, line in enumerate(data.lines) for problem in _line_problems(line, index)]
    problems += _moved_problems(data, need_deadlines(acting.organisation, data.case_id))
    if problems:
        raise InvalidInput(problems)
    ground = ground_of(draft, reader=acting.organisation)
    draft.cost_rule, draft.needs_sign_off = ground.cost_rule, ground.needs_sign_off


def _line_problems(line: DraftLine, index: int) -> Iterator[Problem]:
    if line.capability not in load_capabilities():
        yield Problem("draft.capability", f"/lines/{index}/capability", {"code": line.capability})
    if line.quantity < 1:
        yield Problem("message.quantity", f"/lines/{index}/quantity", {"quantity": line.quantity})
    if line.priority not in (1, 2, 3):
        yield Problem("message.priority", f"/lines/{index}/priority", {"priority": line.priority})
    if line.needed_by is not None and line.useless_after is not None and line.useless_after < line.needed_by:
        yield Problem("deadline.useless-before", f"/lines/{index}/useless_after")


def _moved_problems(data: DraftData, stated: Mapping[str, NeedDeadline]) -> Iterator[Problem]:
    """A line that belongs to a need says the need's deadline, which moves at the need and with a reason."""
    for index, line in enumerate(data.lines):
        need = stated.get(line.need_id)
        if need is None or line.needed_by is None:
            continue
        if is_told_otherwise(Deadline(line.needed_by, line.useless_after), need.deadline):
            yield Problem("deadline.of-need", f"/lines/{index}/needed_by")


def _missing(draft: RequestDraft) -> Iterator[Problem]:
    if not draft.lines:
        yield Problem("draft.no-lines", "/lines")
    if not draft.territory:
        yield Problem("draft.no-place", "/territory")
    if not draft.reception_point.strip():
        yield Problem("draft.no-reception-point", "/reception_point")
    if draft.cost_rule != "home" and not draft.agreement:
        yield Problem("draft.no-agreement", "/agreement")
    for index, line in enumerate(decode_lines(draft.lines)):
        if line.needed_by is None:
            yield Problem("draft.no-time", f"/lines/{index}/needed_by")


def _check_complete(draft: RequestDraft) -> None:
    problems = find_draft_problems(draft)
    if problems:
        raise InvalidInput(problems)


def _lock(acting: Acting, draft: RequestDraft) -> RequestDraft:
    """The draft under its row's lock, while it can still be changed."""
    locked = RequestDraft.objects.select_for_update(of=("self",)).get_own(acting.organisation, draft.pk)
    if locked.state == DraftState.SENT:
        raise NotAllowed("draft.sent")
    if locked.state == DraftState.DISCARDED:
        raise NotAllowed("draft.discarded")
    return locked


def _sign(acting: Acting, draft: RequestDraft, *, by: str, at: datetime, channel: Channel) -> RequestDraft:
    locked = _lock(acting, draft)
    _check_complete(locked)
    if locked.state == DraftState.AUTHORISED:
        raise NotAllowed("draft.signed", by=locked.signed_by)
    locked.state = DraftState.AUTHORISED
    locked.signed_by, locked.signed_at, locked.signed_channel = by, at, channel.value
    locked.sign_off_recorded_by = acting.person
    locked.save()
    announce([acting.organisation])
    return locked


def _unsign(draft: RequestDraft) -> None:
    draft.state = DraftState.DRAFT
    draft.signed_by, draft.signed_at, draft.signed_channel = "", None, ""
    draft.sign_off_recorded_by = None


def _make_message(acting: Acting, draft: RequestDraft, ground: Ground, manner: Manner) -> Message:
    now = clock.now()
    envelope = opening_envelope(
        acting,
        manner,
        recipient=draft.supplier.code,
        status=draft.status,
        tlp=draft.tlp,
        language=draft.language,
        case_id=draft.case_id,
        agreement=code_in_messages(ground),
        answer_due_at=now + timedelta(minutes=draft.answer_within_minutes),
    )
    return request_resource(
        envelope,
        message_id=new_message_id(),
        sent_at=now,
        asks=[_ask(draft, line) for line in decode_lines(draft.lines)],
        incident=IncidentInformation(draft.case_id, draft.incident),
        description=as_text(draft.note, draft.language),
        contacts=tuple(_contacts(acting, draft)),
        funding=(Funding(draft.cost_rule),),
        replaces=draft.replaces,
    )


def _contacts(acting: Acting, draft: RequestDraft) -> Iterator[ContactInformation]:
    yield contact_of(acting, ContactRole.SENDER)
    yield ContactInformation(ContactRole.REQUESTER, draft.contact, phone=draft.contact_phone)
    if draft.signed_at is not None:
        told = f"{draft.signed_by} ({draft.signed_channel}, {draft.signed_at.astimezone(UTC):%Y-%m-%dT%H:%MZ})"
        yield ContactInformation(ContactRole.APPROVER, told)


def _ask(draft: RequestDraft, line: DraftLine) -> Ask:
    position = Position(draft.lon, draft.lat) if draft.lon is not None and draft.lat is not None else None
    return Ask(
        capability=line.capability,
        quantity=line.quantity,
        priority=line.priority,
        needed_at=line.needed_by,
        useless_after=line.useless_after,
        until=line.needed_by + timedelta(hours=line.hours) if line.needed_by and line.hours else None,
        report_to=Location(draft.reception_point, position, draft.territory),
        special_requirements=as_text(line.requirements, draft.language),
        anticipated_function=function_text(line, draft.language),
        need_id=line.need_id,
        planned_units=line.planned_units,
    )

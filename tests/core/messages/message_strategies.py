"""Hypothesis strategies for messages: every message of the model that the rules allow, from the table of types."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from noaber.core.geo import Position
from noaber.core.messages.message_types import TYPE_RULES, Occurs, TypeRule
from noaber.core.messages.model import (
    AssignmentInformation,
    BorderCertificate,
    Channel,
    ContactInformation,
    ContactRole,
    DeploymentStatus,
    Envelope,
    FreeText,
    Funding,
    IncidentInformation,
    Location,
    Message,
    MessageRecall,
    MessageType,
    RecallType,
    Resource,
    ResourceInformation,
    ResponseInformation,
    ResponseType,
    ScheduleInformation,
    StatusKind,
    Tlp,
)

# Blanks of every kind, markup, other scripts and the highest characters: what a person may paste into a form.
TEXT = st.text(st.sampled_from(" \t\n\r<>&\"'#%é€ßЖ漢\U0001f692ab9,;"), max_size=8)
SAID = TEXT.filter(bool)
IDS = st.text(st.sampled_from("abzAZ09:-._/é'\""), min_size=1, max_size=12)
LANGUAGES = st.sampled_from(["nl", "fr", "de", "en", "de-LU"])
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
NAIVE = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29))
TIMES = st.builds(lambda at, zone: at.replace(tzinfo=zone), NAIVE, OFFSETS)
MINUTES = st.floats(0, exclude_min=True, allow_infinity=False)
FREE_TEXTS = st.builds(FreeText, SAID, LANGUAGES)
MAYBE_FREE_TEXT = st.none() | FREE_TEXTS
POSITIONS = st.builds(Position, st.floats(-180, 180), st.floats(-90, 90))
CAPABILITIES = st.one_of(st.text(st.sampled_from("ABZ09-_"), max_size=6), st.builds("urn:example:nims#{}".format, SAID))
LOCATIONS = st.builds(Location, TEXT, st.none() | POSITIONS, TEXT).filter(lambda place: place != Location())
CERTIFICATES = st.builds(
    BorderCertificate,
    TEXT,
    TEXT,
    st.none() | st.integers(0, 10**6),
    TEXT,
    st.lists(TEXT, max_size=3).map(tuple),
    TEXT,
    TEXT,
    TEXT,
).filter(lambda certificate: certificate != BorderCertificate())


def part(occurs: Occurs, strategy: st.SearchStrategy, absent: object = None) -> st.SearchStrategy:
    """A part that occurs at most once, as the table says; `absent` is what the model has where it does not."""
    if occurs is Occurs.NEVER:
        return st.just(absent)
    return strategy if occurs.minimum else st.just(absent) | strategy


def parts(occurs: Occurs, strategy: st.SearchStrategy, most: int = 2) -> st.SearchStrategy:
    """A tuple of parts, as many as the table allows, at most `most`."""
    if occurs is Occurs.NEVER:
        return st.just(())
    return st.lists(strategy, min_size=occurs.minimum, max_size=most).map(tuple)


def _envelopes() -> st.SearchStrategy[Envelope]:
    return st.builds(
        Envelope,
        sender=SAID,
        recipients=st.lists(SAID, min_size=1, max_size=3, unique=True).map(tuple),
        status=st.sampled_from(StatusKind),
        tlp=st.sampled_from(Tlp),
        language=LANGUAGES,
        actor=TEXT,
        channel=st.sampled_from(Channel),
        on_behalf_of=TEXT,
        said_at=st.none() | TIMES,
        answer_due_at=st.none() | TIMES,
        said_by=TEXT,
        case_id=TEXT,
        agreement=TEXT,
    ).filter(lambda envelope: envelope.channel is not Channel.PHONE or (envelope.said_at and envelope.said_by))


def _responses() -> st.SearchStrategy[ResponseInformation]:
    answers = st.builds(ResponseInformation, IDS, st.sampled_from(ResponseType), TEXT, MAYBE_FREE_TEXT)
    return answers.filter(
        lambda answer: answer.response_type is ResponseType.ACCEPT or answer.reason_code or answer.reason
    )


def _resources(rule: TypeRule) -> st.SearchStrategy[Resource]:
    owner = part(rule.ownership, SAID, "")
    status = rule.status
    return st.builds(
        Resource,
        capability=CAPABILITIES,
        resource_id=TEXT,
        name=TEXT,
        description=MAYBE_FREE_TEXT,
        special_requirements=MAYBE_FREE_TEXT,
        owner=owner,
        home_unit=part(rule.ownership, TEXT, ""),
        deployment_status=part(status.deployment, st.sampled_from(DeploymentStatus)),
        availability=part(status.availability, SAID, ""),
    ).filter(
        lambda resource: (
            (resource.capability or resource.resource_id or resource.name)
            and (resource.owner or not resource.home_unit)
        )
    )


def _assignments(rule: TypeRule) -> st.SearchStrategy[AssignmentInformation]:
    return st.builds(
        AssignmentInformation,
        quantity=part(rule.quantity, st.integers(1, 10**6)),
        restrictions=MAYBE_FREE_TEXT,
        anticipated_function=MAYBE_FREE_TEXT,
        price_quote_eur=part(rule.price, st.floats(0, 1e12)),
        order_id=part(rule.order, TEXT, ""),
        mode_of_transportation=part(rule.instructions, TEXT, ""),
        navigation_instructions=part(rule.instructions, FREE_TEXTS),
        reporting_instructions=part(rule.instructions, FREE_TEXTS),
    )


def _lines(rule: TypeRule) -> st.SearchStrategy[ResourceInformation]:
    schedules = st.builds(
        ScheduleInformation,
        st.sampled_from(sorted(rule.schedule)) if rule.schedule else st.nothing(),
        st.none() | TIMES,
        st.none() | LOCATIONS,
    )
    return st.builds(
        ResourceInformation,
        element_id=IDS,
        response=part(rule.response, _responses()),
        resource=part(rule.resource, _resources(rule)),
        assignment=part(rule.assignment, _assignments(rule)),
        schedule=st.lists(schedules, max_size=2).map(tuple),
        subject_id=TEXT,
        priority=st.none() | st.sampled_from([1, 2, 3]),
        within_minutes=st.none() | MINUTES,
        latest_minutes=st.none() | MINUTES,
        useless_after=st.none() | TIMES,
        need_id=TEXT,
        certificate=st.none() | CERTIFICATES,
        risk_checked=st.none() | st.booleans(),
        handover=MAYBE_FREE_TEXT,
        planned_units=st.lists(TEXT, max_size=2).map(tuple),
        knowing=st.lists(TEXT, max_size=2).map(tuple),
        knowing_reason=TEXT,
    )


def _has_reason(message: Message) -> bool:
    if message.message_type is not MessageType.OFFER_REJECTION or message.description:
        return True
    return all(line.response and (line.response.reason or line.response.reason_code) for line in message.resources)


def messages_of(message_type: MessageType) -> st.SearchStrategy[Message]:
    """Every message of one type that the rules allow."""
    rule = TYPE_RULES[message_type]
    incidents = st.builds(IncidentInformation, TEXT, MAYBE_FREE_TEXT)
    contacts = st.builds(ContactInformation, st.sampled_from(ContactRole), TEXT, TEXT, TEXT, TEXT)
    funding = st.builds(Funding, TEXT, MAYBE_FREE_TEXT).filter(lambda item: item.fund_code or item.info)
    lines = parts(rule.lines, _lines(rule)).filter(lambda found: len({line.element_id for line in found}) == len(found))
    return st.builds(
        Message,
        message_id=IDS,
        message_type=st.just(message_type),
        sent_at=NAIVE.map(lambda at: at.replace(tzinfo=UTC)),
        envelope=_envelopes(),
        originating_message_id=IDS,
        preceding_message_id=part(rule.preceding, IDS, ""),
        description=part(rule.description, FREE_TEXTS),
        incident=st.none() | incidents.filter(lambda item: item != IncidentInformation("")),
        recall=part(rule.recall, st.builds(MessageRecall, IDS, st.sampled_from(RecallType))),
        contacts=parts(rule.contacts, contacts),
        funding=parts(rule.funding, funding),
        resources=lines,
    ).filter(_has_reason)


MESSAGES = st.sampled_from(MessageType).flatmap(messages_of)
"""Every message of any type that the rules allow."""

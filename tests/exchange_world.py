"""Organisations, their people and their messages, for tests of what crosses borders."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import OrganisationKind, Role
from noaber.apps.accounts.models import Membership, Organisation, Person
from noaber.core.messages.model import (
    AssignmentInformation,
    ContactInformation,
    ContactRole,
    Envelope,
    Message,
    MessageType,
    Resource,
    ResourceInformation,
    StatusKind,
    Tlp,
)

START = datetime(2021, 7, 14, 16, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def make_organisation(code: str, *, connected: bool = True, country: str = "") -> Organisation:
    return Organisation.objects.create(
        code=code,
        kind=OrganisationKind.NATIONAL_CENTRE,
        names={"en": f"Centre {code}"},
        country=country or code[:2],
        connected=connected,
    )


def make_acting(organisation: Organisation, *roles: Role) -> Acting:
    """Someone with `roles` (a duty officer without any), acting for `organisation`."""
    person = Person.objects.create(username=f"someone-{next(_numbers)}", display_name="A. Someone", phone="+32 0 000")
    chosen = roles or (Role.DUTY_OFFICER,)
    for role in chosen:
        Membership.objects.create(person=person, organisation=organisation, role=role)
    return Acting(person, organisation, frozenset(chosen), (organisation,))


@dataclass
class World:
    """Brussels asks, The Hague helps, Luxembourg looks on; Lille has no Noaber."""

    be: Organisation
    nl: Organisation
    lu: Organisation
    fr: Organisation

    @classmethod
    def make(cls) -> World:
        return cls(
            be=make_organisation("BE-NCCN"),
            nl=make_organisation("NL-NCC"),
            lu=make_organisation("LU-HCPN"),
            fr=make_organisation("FR-EMIZ", connected=False),
        )


def make_request_message(
    sender: str = "BE-NCCN", recipient: str = "NL-NCC", *, message_id: str = "", quantity: int = 2
) -> Message:
    """A RequestResource with one line, made without any service."""
    identity = message_id or f"req-{next(_numbers)}"
    return Message(
        message_id=identity,
        message_type=MessageType.REQUEST_RESOURCE,
        sent_at=START,
        envelope=Envelope(
            sender=sender,
            recipients=(recipient,),
            status=StatusKind.EXERCISE,
            tlp=Tlp.AMBER,
            language="fr",
            actor="duty officer, A. Someone",
            case_id="BE-2021-0714-01",
            agreement="NL-BE-1984",
        ),
        originating_message_id=identity,
        contacts=(ContactInformation(ContactRole.REQUESTER, "duty officer", phone="+32 0 000"),),
        resources=(
            ResourceInformation(
                element_id=f"{identity}.1",
                resource=Resource(capability="HCP"),
                assignment=AssignmentInformation(quantity=quantity),
                priority=1,
                within_minutes=180,
            ),
        ),
    )


def with_quantity(message: Message, quantity: int) -> Message:
    """The same id, other content."""
    line = replace(message.resources[0], assignment=AssignmentInformation(quantity=quantity))
    return replace(message, resources=(line,))

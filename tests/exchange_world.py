"""Organisations, their people and their messages, for tests of what crosses borders."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import OrganisationKind, Role
from noaber.apps.accounts.models import Membership, Organisation, Person
from noaber.apps.exchange import services
from noaber.apps.exchange.draft_lines import DraftLine
from noaber.apps.exchange.models import RequestDraft
from noaber.apps.exchange.services import LineAnswer, Team
from noaber.apps.exchange.threads import load_thread
from noaber.apps.planner.models import Need
from noaber.core.deadlines import within
from noaber.core.messages.model import (
    AssignmentInformation,
    BorderCertificate,
    ContactInformation,
    ContactRole,
    DeploymentStatus,
    Envelope,
    Message,
    MessageType,
    Resource,
    ResourceInformation,
    ResponseType,
    StatusKind,
    Tlp,
)
from noaber.web import clock

START = datetime(2021, 7, 14, 16, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def make_organisation(code: str, *, connected: bool = True, country: str = "") -> Organisation:
    return Organisation.objects.create(
        code=code,
        kind=OrganisationKind.NATIONAL_CENTRE,
        names={"en": f"Centre {code}"},
        country=country or code[:2],
        territory=country or code[:2],
        connected=connected,
    )


def make_acting(organisation: Organisation, *roles: Role, username: str = "") -> Acting:
    """Someone with `roles` (a duty officer without any), acting for `organisation`."""
    name = username or f"someone-{next(_numbers)}"
    person = Person.objects.create(username=name, display_name="A. Someone", phone="+32 0 000")
    chosen = roles or (Role.DUTY_OFFICER,)
    for role in chosen:
        Membership.objects.create(person=person, organisation=organisation, role=role)
    return Acting(person, organisation, frozenset(chosen), (organisation,))


def later(hours: float) -> datetime:
    """So many hours from now, on a full minute: a deadline as it is stated."""
    return within(hours * 60, stated_at=clock.now())


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

    @cached_property
    def brussels(self) -> Acting:
        return make_acting(self.be)

    @cached_property
    def director(self) -> Acting:
        return make_acting(self.be, Role.DIRECTOR)

    @cached_property
    def hague(self) -> Acting:
        return make_acting(self.nl)

    @cached_property
    def luxembourg(self) -> Acting:
        return make_acting(self.lu)

    # A request, step by step. Each step leaves what the next one needs.

    def draft(self, *lines: DraftLine, supplier: Organisation | None = None, **changes: Any) -> RequestDraft:
        data: dict[str, Any] = {
            "supplier": supplier or self.nl,
            "status": "Exercise",
            "case_id": "BE-2021-0714-01",
            "incident_text": "Inondation de la Vesdre",
            "territory": "BE33",
            "hazard": "flood",
            "lines": lines or (_line_for(changes.get("case_id", "BE-2021-0714-01")),),
            "language": "fr",
            "agreement": "NL-BE-1984",
            "reception_point": "CP-Ops, Pepinster",
            "lon": 5.8,
            "lat": 50.57,
        }
        return services.create_draft(self.brussels, services.DraftData(**{**data, **changes}))

    def send(self, *lines: DraftLine, supplier: Organisation | None = None, **changes: Any) -> str:
        """A request, signed off and sent; the answer is its id."""
        draft = self.draft(*lines, supplier=supplier, **changes)
        services.authorise_draft(self.director, draft)
        return services.send_request(self.brussels, draft).message_id

    def acknowledge(self, request_id: str) -> None:
        services.acknowledge(self.hague, request_id, answer_within_minutes=20)

    def offer(self, request_id: str, *, quantity: int = 2, response: ResponseType = ResponseType.ACCEPT) -> str:
        """An answer to the first line; the answer is the offer's id."""
        line = load_thread(request_id).request.lines[0]
        team = Team(quantity=quantity, team_id="MWB-HCP", name="Pompen Tilburg", owner="NL-NCC", base="Tilburg")
        answer = LineAnswer(
            line_id=line.element_id,
            response_type=response,
            teams=(team,),
            reason_code="" if response is ResponseType.ACCEPT else "team-not-ready",
            risk_checked=True,
        )
        services.respond_to_request(self.hague, request_id, [answer])
        return load_thread(request_id).offers[-1].id

    def order(self, request_id: str, offer_id: str, *, quantity: int = 2) -> None:
        until = clock.now() + timedelta(hours=12)
        services.requisition(self.brussels, request_id, [(offer_id, quantity)], until=until)

    def commit(self, request_id: str, offer_id: str) -> str:
        services.commit(self.hague, request_id, offer_id, certificate=CERTIFICATE)
        return offer_id

    def deploy(self, request_id: str) -> str:
        """From the request to teams that are committed; the answer is the deployment's id."""
        self.acknowledge(request_id)
        offer_id = self.offer(request_id)
        self.order(request_id, offer_id)
        return self.commit(request_id, offer_id)

    def report(self, request_id: str, deployment_id: str, *states: DeploymentStatus) -> None:
        """Report each state, by the side whose word it is."""
        for state in states:
            by = self.brussels if state is DeploymentStatus.OPERATIONAL else self.hague
            services.report_deployment(by, request_id, deployment_id, status=state)

    def play(self) -> str:
        """The whole evening, from the request to its closure; the answer is the request's id."""
        request_id = self.send()
        deployment_id = self.deploy(request_id)
        self.report(request_id, deployment_id, *TO_WORK)
        until = clock.now() + timedelta(hours=20)
        services.ask_extension(self.brussels, request_id, deployment_id, until=until)
        services.answer_extension(self.hague, request_id, deployment_id, response_type=ResponseType.ACCEPT)
        services.ask_return(self.hague, request_id, deployment_id, reason="Maas stijgt")
        services.answer_return(
            self.brussels,
            request_id,
            deployment_id,
            response_type=ResponseType.DECLINE,
            reason_code="no-relief",
            reason="Pas de relève",
        )
        services.release(self.brussels, request_id, deployment_id, handover="Matériel complet, aucun blessé.")
        self.report(request_id, deployment_id, DeploymentStatus.RETURNING, DeploymentStatus.RETURNED)
        services.close_request(self.brussels, request_id)
        return request_id


TO_WORK = (
    DeploymentStatus.MOBILISING,
    DeploymentStatus.EN_ROUTE,
    DeploymentStatus.AT_BORDER,
    DeploymentStatus.ARRIVED,
    DeploymentStatus.OPERATIONAL,
)
CERTIFICATE = BorderCertificate(
    kind_of_help="pumping",
    kind_of_unit="2 high-capacity pumping modules",
    head_count=22,
    leader="J. Leader",
    vehicles=("NL 12-ABC-3", "NL 45-DEF-6"),
    crossing_point="Eijsden, A2/E25",
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


def _line_for(case_id: str) -> DraftLine:
    """Two pumping modules, by the moment of the incident's need where there is such an incident."""
    need = Need.objects.filter(incident__number=case_id, code="n1").first()
    moment = later(3) if need is None else need.needed_by
    return DraftLine(capability="HCP", quantity=2, needed_by=moment, need_id="n1")

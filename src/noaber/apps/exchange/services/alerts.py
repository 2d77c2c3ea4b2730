"""Own teams: alerted at their owner, and confirmed by it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.journal.append import lock_journals
from noaber.apps.exchange.services.manner import (
    HERE,
    Manner,
    contact_of,
    envelope_of,
    minutes_later,
    new_message_id,
    opening_envelope,
)
from noaber.apps.exchange.services.messages import Appended, append_message, take_step
from noaber.apps.exchange.teams import free_teams
from noaber.apps.registry.models import Capacity
from noaber.core.alerts import MINUTES_TO_CONFIRM, Wanted, find_alert_problems
from noaber.core.messages import factories
from noaber.core.messages.factories import Commitment, OwnTeams
from noaber.core.messages.model import (
    ContactRole,
    FreeText,
    Funding,
    IncidentInformation,
    Location,
    Message,
    Resource,
)
from noaber.core.messages.states import OfferState
from noaber.core.messages.thread import Thread
from noaber.core.problems import NotAllowed
from noaber.web import clock

OWN_MEANS: Final = "own-means"
"""Who pays for own teams, as a requisition says it (Funding)."""


@dataclass(frozen=True, kw_only=True)
class AlertLine:
    """So many teams of one capacity of the owner, for one need.

    Parameters
    ----------
    code, name, base
        The owner's own id of the capacity, its name, and where it stands.
    arrival_minutes
        How long until they are there, from the alert: mobilisation and travel; None where that is not known.
    """

    code: str
    capability: str
    quantity: int
    name: str = ""
    base: str = ""
    need_id: str = ""
    priority: int | None = None
    needed_at: datetime | None = None
    useless_after: datetime | None = None
    arrival_minutes: float | None = None
    function: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class AlertData:
    """What goes for the whole alert of one owner's teams."""

    owner: Organisation
    status: str
    tlp: str
    case_id: str
    incident: FreeText
    lines: tuple[AlertLine, ...]
    language: str
    report_to: Location | None = None


def alert_teams(
    acting: Acting, alerts: Sequence[AlertData], *, is_confirmed: bool = False, manner: Manner = HERE
) -> list[Appended]:
    """Alert own teams at their owners, who are asked to confirm within minutes: all of them, or none.

    Appends a RequisitionResource for each owner. Where an owner has confirmed in the same breath, a CommitResource
    follows at once: under its own name where the control room alerts its own teams, on its behalf where it said so on
    the phone (`is_confirmed`). Of two officers who alert the same teams at the same moment one wins.

    Raises
    ------
    NotAllowed
        Where a unit has fewer teams free, or an owner is of another country.
    """
    for data in alerts:
        if data.owner.country != acting.organisation.country:
            raise NotAllowed("alert.abroad", team=data.owner.code)
    with transaction.atomic():
        _lock(acting, alerts)
        now = clock.now()
        _check_free(acting, alerts, now)
        alerted = [append_message(acting, _message(acting, data, manner, now)) for data in alerts]
        for data, appended in zip(alerts, alerted, strict=True):
            if is_confirmed or data.owner.pk == acting.organisation.pk:
                confirm_alert(acting, appended.thread_id, manner=_owners_word(acting, data.owner, manner))
        return alerted


def confirm_alert(acting: Acting, alert_id: str, *, manner: Manner = HERE) -> Appended:
    """The owner confirms everything that it was alerted for and has not answered. Appends one CommitResource."""

    def make(thread: Thread, now: datetime) -> Message:
        open_offers = [offer for offer in thread.offers if offer.state is OfferState.ACCEPTED]
        if not open_offers:
            raise NotAllowed("flow.repeated")
        return factories.commit(
            thread,
            envelope_of(acting, thread, manner),
            message_id=new_message_id(),
            sent_at=now,
            commitments=[
                Commitment(offer.id, estimated_arrival_at=offer.estimated_arrival_at) for offer in open_offers
            ],
            contacts=(contact_of(acting, ContactRole.OWNER),),
        )

    return take_step(acting, alert_id, make)


def _lock(acting: Acting, alerts: Iterable[AlertData]) -> None:
    """Hold the capacities, then the journals: whoever alerts these teams next sees what this alert takes."""
    named = Q()
    owners: list[Organisation] = []
    for data in alerts:
        named |= Q(owner=data.owner, status=data.status, code__in=[line.code for line in data.lines])
        owners.append(data.owner)
    held = Capacity.objects.select_for_update(of=("self",)).filter(named)
    list(held.order_by("pk").values_list("pk"))
    lock_journals([acting.organisation, *(owner for owner in owners if owner.connected)])


def _check_free(acting: Acting, alerts: Sequence[AlertData], now: datetime) -> None:
    wanted = [
        Wanted(_unit(data, line), line.name or line.code, line.quantity) for data in alerts for line in data.lines
    ]
    free = free_teams(acting.organisation, alerts[0].status, now, [one.unit for one in wanted]) if alerts else {}
    for problem in find_alert_problems(wanted, free):
        raise NotAllowed(problem.code, problem.where, **problem.params)


def _unit(data: AlertData, line: AlertLine) -> str:
    return f"{data.owner.code}:{line.code}"


def _message(acting: Acting, data: AlertData, manner: Manner, now: datetime) -> Message:
    envelope = opening_envelope(
        acting,
        manner,
        recipient=data.owner.code,
        status=data.status,
        tlp=data.tlp,
        language=data.language,
        case_id=data.case_id,
        answer_due_at=minutes_later(now, MINUTES_TO_CONFIRM),
    )
    return factories.alert(
        envelope,
        message_id=new_message_id(),
        sent_at=now,
        teams=[_teams(data, line, now) for line in data.lines],
        funding=(Funding(OWN_MEANS),),
        incident=IncidentInformation(data.case_id, data.incident),
        contacts=(contact_of(acting, ContactRole.REQUESTER),),
    )


def _teams(data: AlertData, line: AlertLine, now: datetime) -> OwnTeams:
    return OwnTeams(
        resource=Resource(
            capability=line.capability,
            resource_id=line.code,
            name=line.name,
            owner=data.owner.code,
            home_unit=line.base,
        ),
        quantity=line.quantity,
        priority=line.priority,
        needed_at=line.needed_at,
        useless_after=line.useless_after,
        estimated_arrival_at=minutes_later(now, line.arrival_minutes),
        report_to=data.report_to,
        function=line.function,
        need_id=line.need_id,
    )


def _owners_word(acting: Acting, owner: Organisation, manner: Manner) -> Manner:
    """How the confirmation was said: by the control room itself, else by the owner, over the channel of the alert."""
    if owner.pk == acting.organisation.pk:
        return manner
    return replace(manner, on_behalf_of=owner.code)

"""What other apps and pages read of the exchange. Everything is cut to what the asking organisation may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.models import (
    Deployment,
    JournalEntry,
    Offer,
    Payload,
    Request,
    RequestDraft,
    RequestLine,
    Waiting,
)
from noaber.apps.exchange.models.drafts import DraftState
from noaber.apps.exchange.models.projections import ThreadQuerySet
from noaber.core.journal import EntryKind
from noaber.core.messages.states import HOME_DEPLOYMENTS, OPEN_OFFERS, OPEN_REQUESTS, OfferState, RequestState
from noaber.core.messages.thread import WaitCode
from noaber.core.problems import NotFound
from noaber.web import clock


def list_requests(organisation: Organisation, status: str) -> QuerySet[Request]:
    """Its requests of one status kind, sent, received or for its teams, the newest first, with their lines."""
    return (
        Request.objects.visible_to(organisation)
        .filter(status=status)
        .select_related("consumer", "supplier")
        .prefetch_related(_lines(organisation))
    )


def get_request(organisation: Organisation, **lookup: object) -> Request:
    """The request with the lines that it may see, or `NotFound`."""
    found: ThreadQuerySet[Request] = Request.objects.select_related("consumer", "supplier")
    return found.prefetch_related(_lines(organisation)).get_visible(organisation, **lookup)


def requests_of_case(organisation: Organisation, case_id: str) -> list[Request]:
    """Its requests of one incident: those that it sent, that were sent to it, or that name its teams."""
    return requests_of_cases(organisation, [case_id])


def requests_of_cases(organisation: Organisation, case_ids: Sequence[str]) -> list[Request]:
    """The same for several incidents."""
    return list(_of_cases(Request.objects.visible_to(organisation), organisation, case_ids))


def requests_taken_part_in(organisation: Organisation, case_id: str) -> list[Request]:
    """Its requests of one incident in which it acts: those that it sent, or that were sent to it."""
    return list(_of_cases(Request.objects.taking_part(organisation), organisation, [case_id]))


def requests_for_teams(organisation: Organisation, status: str) -> QuerySet[Request]:
    """The open requests between others that name teams which it owns or releases, the newest first."""
    open_states = [state.value for state in OPEN_REQUESTS]
    others = list_requests(organisation, status).exclude(consumer=organisation).exclude(supplier=organisation)
    return others.filter(state__in=open_states)


def _of_cases(found: QuerySet[Request], organisation: Organisation, case_ids: Sequence[str]) -> QuerySet[Request]:
    of_cases = found.filter(case_id__in=case_ids).select_related("consumer", "supplier")
    return of_cases.prefetch_related(_lines(organisation))


def _lines(organisation: Organisation) -> Prefetch[Any, Any, Any]:
    return Prefetch("lines", RequestLine.objects.visible_to(organisation).order_by("position"))


def drafts_of_case(organisation: Organisation, case_id: str) -> list[RequestDraft]:
    """Its drafts of one incident that were not sent or discarded."""
    return list(open_drafts(organisation).filter(case_id=case_id))


def open_drafts(organisation: Organisation) -> QuerySet[RequestDraft]:
    states = (DraftState.DRAFT, DraftState.AUTHORISED)
    return RequestDraft.objects.filter(owner=organisation, state__in=states).select_related("supplier")


def waiting_for(organisation: Organisation, status: str, now: datetime | None = None) -> list[Waiting]:
    """What the organisation owes now: the most urgent first, what has no time last."""
    found = (
        Waiting.objects.visible_to(organisation)
        .running(now or clock.now())
        .filter(party=organisation, status=status)
        .select_related("consumer", "supplier", "party")
    )
    return sorted(found, key=lambda wait: (wait.due_at is None, wait.due_at or wait.since, wait.since))


def waited_for_by(organisation: Organisation, status: str, now: datetime | None = None) -> list[Waiting]:
    """What others owe the organisation now, in the same order."""
    found = (
        Waiting.objects.visible_to(organisation)
        .running(now or clock.now())
        .filter(status=status)
        .exclude(party=organisation)
        .select_related("consumer", "supplier", "party")
    )
    return sorted(found, key=lambda wait: (wait.due_at is None, wait.due_at or wait.since, wait.since))


def unacknowledged_requests(organisation: Organisation, status: str) -> QuerySet[Request]:
    """Requests to the organisation that nobody has acknowledged yet: an open desk sounds for these."""
    return list_requests(organisation, status).filter(supplier=organisation, state=RequestState.SENT)


def list_deployments(organisation: Organisation, status: str) -> QuerySet[Deployment]:
    """Its deployments of one status kind: given, received, or of its teams."""
    return Deployment.objects.visible_to(organisation).filter(status=status).select_related("consumer", "supplier")


def running_deployments(organisation: Organisation, status: str) -> list[Deployment]:
    """Its deployments whose teams are not home yet."""
    home = [state.value for state in HOME_DEPLOYMENTS]
    return list(list_deployments(organisation, status).exclude(state__in=home))


def deployments_of_case(organisation: Organisation, case_id: str) -> list[Deployment]:
    found = Deployment.objects.visible_to(organisation).filter(case_id=case_id)
    return list(found.select_related("consumer", "supplier"))


@dataclass(frozen=True)
class AlertedTeams:
    """Own teams of one unit that were alerted for one need, and how far they are.

    Parameters
    ----------
    unit
        "OWNER:CODE".
    deployment
        None until they are confirmed; declined and cancelled alerts are left out.
    """

    unit: str
    need_id: str
    quantity: int
    alerted_at: datetime
    request: Request
    deployment: Deployment | None


def alerted_teams(organisation: Organisation, case_ids: Collection[str]) -> list[AlertedTeams]:
    """The own teams that the organisation alerted for these incidents, the earliest first."""
    alerts = {
        request.pk: request
        for request in Request.objects.visible_to(organisation).filter(
            case_id__in=case_ids, consumer=organisation, is_alert=True
        )
    }
    standing = (OfferState.ACCEPTED, OfferState.COMMITTED)
    offers = list(Offer.objects.filter(thread_id__in=alerts, state__in=standing).order_by("offered_at", "offer_id"))
    keys = [offer.pk for offer in offers]
    needs = dict(RequestLine.objects.filter(pk__in=keys).values_list("pk", "need_id"))
    deployments = Deployment.objects.in_bulk(keys)
    return [
        AlertedTeams(
            unit=f"{offer.owner}:{offer.team_id}",
            need_id=needs.get(offer.pk, ""),
            quantity=deployments[offer.pk].quantity if offer.pk in deployments else offer.accepted_quantity,
            alerted_at=alerts[offer.thread_id].sent_at,
            request=alerts[offer.thread_id],
            deployment=deployments.get(offer.pk),
        )
        for offer in offers
    ]


@dataclass(frozen=True)
class Commitments:
    """How many teams of each capacity are spoken for, by "OWNER:CODE".

    Parameters
    ----------
    out
        Committed or under way: not home yet.
    promised
        Offered or ordered, and not committed: they may still come free.
    """

    out: Counter[str]
    promised: Counter[str]

    @property
    def all(self) -> Counter[str]:
        """Those that nobody else can have now."""
        return self.out + self.promised


def committed_quantities(status: str, now: datetime | None = None) -> Commitments:
    """How many teams are spoken for, of every owner.

    That a team is not there is part of its state, which its owner shares with the capacity; to whom it went is not
    told here. Only capacities that are named in the messages count.
    """
    moment = now or clock.now()
    out: Counter[str] = Counter()
    away = Deployment.objects.filter(status=status).exclude(state__in=[state.value for state in HOME_DEPLOYMENTS])
    for owner, team, quantity in away.exclude(team_id="").values_list("owner", "team_id", "quantity"):
        out[f"{owner}:{team}"] += quantity
    promised: Counter[str] = Counter()
    standing = Q(valid_until=None) | Q(valid_until__gte=moment) | Q(state="ACCEPTED")
    offers = Offer.objects.filter(standing, status=status, state__in=[state.value for state in OPEN_OFFERS])
    for offer in offers.exclude(team_id=""):
        promised[f"{offer.owner}:{offer.team_id}"] += offer.accepted_quantity or offer.quantity
    return Commitments(out, promised)


def teams_spoken_for(status: str, at: datetime) -> Counter[str]:
    """What plans and the map of minutes take off: teams that are out or promised, by "OWNER:CODE"."""
    return committed_quantities(status, at).all


def case_entries(organisation: Organisation, case_id: str) -> QuerySet[JournalEntry]:
    """The entries of the organisation's own journal about one incident, in order."""
    return JournalEntry.objects.filter(organisation=organisation, case_id=case_id).order_by("sequence")


@dataclass(frozen=True)
class HeldMessage:
    """A message of an organisation's own journal: its entry, and its canonical bytes."""

    entry: JournalEntry
    content: bytes


def get_held_message(organisation: Organisation, message_id: str) -> HeldMessage:
    """What the organisation sent or received and has not erased, or `NotFound`."""
    journal = JournalEntry.objects.filter(organisation=organisation, message_id=message_id)
    entry = journal.filter(kind__in=(EntryKind.SENT, EntryKind.RECEIVED)).first()
    if entry is None or journal.filter(kind=EntryKind.ERASED).exists():
        raise NotFound
    payload = Payload.objects.filter(pk=entry.payload_digest).first()
    if payload is None:
        raise NotFound
    return HeldMessage(entry, bytes(payload.content))


def count_waiting(organisation: Organisation, status: str) -> int:
    """How many tasks wait for the organisation; sets to work and releases by the hour are not counted."""
    calm = (WaitCode.RELEASE, WaitCode.DEPART, WaitCode.ARRIVE, WaitCode.RETURN, WaitCode.CLOSE_REQUEST)
    waits = Waiting.objects.visible_to(organisation).running(clock.now()).filter(party=organisation, status=status)
    return len({wait.task for wait in waits.exclude(code__in=calm)})


def is_open_state(state: str) -> bool:
    return state in OPEN_REQUESTS

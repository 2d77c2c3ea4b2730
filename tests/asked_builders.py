"""Requests of the evening of the planner, sent and answered in one call each."""

from __future__ import annotations

from datetime import timedelta

from noaber.apps.accounts.enums import Role
from noaber.apps.exchange import services as exchange
from noaber.apps.exchange.services import LineAnswer, Team
from noaber.apps.exchange.threads import load_thread
from noaber.apps.planner.models import Incident
from noaber.apps.planner.presenters.review import send_ready
from noaber.apps.planner.services import drafting
from noaber.core.messages.model import ResponseType
from noaber.web import clock
from planner_builders import Evening, need_of
from registry_builders import make_acting


def ask(evening: Evening, incident: Incident, quantity: int, code: str = "n1") -> str:
    """A request to The Hague, sent and acknowledged; the answer is its id."""
    line = drafting.line_for(need_of(incident, code), quantity)
    draft = drafting.draft_by_hand(evening.brussels, incident, evening.nl, [line], language="en")
    exchange.authorise_draft(make_acting(evening.be, Role.DIRECTOR), draft)
    send_ready(evening.brussels, incident)
    draft.refresh_from_db()
    exchange.acknowledge(evening.hague, draft.message_id, answer_within_minutes=20)
    return draft.message_id


def answer(
    evening: Evening,
    request_id: str,
    quantity: int,
    *,
    response: ResponseType = ResponseType.ACCEPT,
    arrives_in: int | None = 90,
    reason: str = "",
) -> None:
    """The Hague answers the first line; what comes late is sent knowing it."""
    request = load_thread(request_id).request
    assert request is not None
    arrival = clock.now() + timedelta(minutes=arrives_in) if arrives_in is not None else None
    needed = request.lines[0].needed_at
    team = Team(
        quantity=quantity,
        knowing=("late",) if arrival and needed and arrival > needed else (),
        team_id="EINDHOVEN",
        name="Pompen Eindhoven",
        owner="NL-NCC",
        base="Eindhoven",
        estimated_arrival_at=arrival,
    )
    declines = response is ResponseType.DECLINE
    line = LineAnswer(
        line_id=request.lines[0].element_id,
        response_type=response,
        teams=() if declines else (team,),
        reason_code="" if response is ResponseType.ACCEPT else "team-not-ready",
        reason=reason,
        risk_checked=True,
    )
    exchange.respond_to_request(evening.hague, request_id, [line])

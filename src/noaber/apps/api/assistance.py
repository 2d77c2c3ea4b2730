"""The operations of assistance: incidents and exchanges that the reader takes part in, and its own journal."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from noaber.apps.api.access import reader_of
from noaber.apps.api.assistance_schemas import (
    DeploymentOut,
    EntryOut,
    IncidentOut,
    RequestInFull,
    RequestOut,
    WaitingOut,
)
from noaber.apps.api.paging import Page, Paging, StatusPaging, Words, page_of
from noaber.apps.exchange.models import Deployment, JournalEntry, Offer
from noaber.apps.exchange.queries import (
    get_held_message,
    get_request,
    list_deployments,
    list_requests,
    waiting_for,
)
from noaber.apps.exchange.wire import encode_signed
from noaber.apps.planner.queries.incidents import get_incident, list_incidents
from noaber.core.messages import canonical

router = Router(tags=["assistance"])


def _file(media_type: str) -> dict[str, Any]:
    """The description of an answer that is a file."""
    return {"responses": {200: {"description": "The message", "content": {media_type: {}}}}}


class IncidentQuery(StatusPaging):
    closed: bool | None = Field(None, description="Only closed ones, or only open ones.")


class CaseQuery(StatusPaging):
    case_id: Words = Field("", description="The number of an incident.")


class JournalQuery(Paging):
    after: int = Field(0, ge=0, description="The sequence number of the last entry that is known already.")


@router.get("/incidents", response=Page[IncidentOut])
def incidents(request: HttpRequest, asked: Query[IncidentQuery]) -> dict[str, Any]:
    """The incidents that are shared with the reader, the newest first."""
    found = list_incidents(reader_of(request), asked.kind, closed=asked.closed)
    return page_of(found.prefetch_related("needs"), asked)


@router.get("/incidents/{number}", response=IncidentOut)
def incident(request: HttpRequest, number: str) -> Any:
    """One incident."""
    return get_incident(reader_of(request), number)


@router.get("/requests", response=Page[RequestOut])
def requests(request: HttpRequest, asked: Query[CaseQuery]) -> dict[str, Any]:
    """The requests that the reader sent or received, or that name its teams, the newest first."""
    found = list_requests(reader_of(request), asked.kind)
    return page_of(found.filter(case_id=asked.case_id) if asked.case_id else found, asked)


@router.get("/requests/{path:message_id}", response=RequestInFull)
def request(request: HttpRequest, message_id: str) -> dict[str, Any]:
    """One request, with what was offered to it."""
    reader = reader_of(request)
    row = get_request(reader, message_id=message_id)
    offers = Offer.objects.visible_to(reader).filter(thread_id=row.thread_id)
    return {"request": row, "offers": list(offers)}


@router.get("/deployments", response=Page[DeploymentOut])
def deployments(request: HttpRequest, asked: Query[CaseQuery]) -> dict[str, Any]:
    """The deployments that the reader gives and receives, or of its teams, in the order of commitment."""
    found = list_deployments(reader_of(request), asked.kind)
    return page_of(found.filter(case_id=asked.case_id) if asked.case_id else found, asked)


@router.get("/deployments/{path:deployment_id}", response=DeploymentOut)
def deployment(request: HttpRequest, deployment_id: str) -> Any:
    """One deployment."""
    return Deployment.objects.get_visible(reader_of(request), deployment_id=deployment_id)


@router.get("/waiting", response=Page[WaitingOut])
def waiting(request: HttpRequest, asked: Query[StatusPaging]) -> dict[str, Any]:
    """What the reader owes now: the most urgent first."""
    return page_of(waiting_for(reader_of(request), asked.kind), asked)


@router.get("/journal", response=Page[EntryOut])
def journal(request: HttpRequest, asked: Query[JournalQuery]) -> dict[str, Any]:
    """The reader's own journal in order: ask again with `after` for what came since."""
    own = JournalEntry.objects.filter(organisation=reader_of(request), sequence__gt=asked.after)
    return page_of(own.order_by("sequence"), asked)


@router.get("/messages/edxl/{path:message_id}", response=None, openapi_extra=_file("application/xml"))
def message_as_edxl(request: HttpRequest, message_id: str) -> HttpResponse:
    """A message of the own journal as EDXL-RM 1.0 in an EDXL-DE envelope, with its sender's signature."""
    held = get_held_message(reader_of(request), message_id)
    content = encode_signed(
        canonical.decode(held.content), key_id=held.entry.signing_key, signature=held.entry.signature
    )
    return HttpResponse(content, content_type="application/xml")


@router.get("/messages/json/{path:message_id}", response=None, openapi_extra=_file("application/json"))
def message_as_kept(request: HttpRequest, message_id: str) -> HttpResponse:
    """A message of the own journal as it is kept, signed and hashed: canonical JSON."""
    return HttpResponse(get_held_message(reader_of(request), message_id).content, content_type="application/json")

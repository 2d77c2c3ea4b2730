"""The operations of the mapping."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from noaber.apps.accounts.queries import get_organisation, list_organisations
from noaber.apps.api.access import reader_of
from noaber.apps.api.mapping_schemas import (
    AgreementInFull,
    AgreementOut,
    CapabilityOut,
    CapacityInFull,
    CapacityOut,
    ContactOut,
    HazardOut,
    OrganisationOut,
    Vocabulary,
)
from noaber.apps.api.paging import Page, Paging, StatusPaging, Words, page_of
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.presenters.capacities import present_capacity
from noaber.apps.registry.queries import get_agreement_row, inventory_rows, list_contacts
from noaber.apps.registry.queries.capacities import CapacityFilter, list_capacities
from noaber.core.problems import NotFound
from noaber.reference.vocabulary import load_capabilities, load_hazards
from noaber.web import clock

router = Router(tags=["mapping"])


class CapacityQuery(StatusPaging):
    capability: Words = Field("", description="A code of the vocabulary.")
    owner: Words = Field("", description="The code of an organisation.")
    country: Words = Field("", description="Where the base is: BE, NL, …")
    state: CapacityState | None = None


class OrganisationQuery(Paging):
    country: Words = Field("", description="BE, NL, …")


@router.get("/vocabulary", response=Vocabulary)
def vocabulary(request: HttpRequest) -> Vocabulary:
    """The coded lists of capabilities and hazards, in four languages."""
    return Vocabulary(
        capabilities=[CapabilityOut.of(capability) for capability in load_capabilities().values()],
        hazards=[HazardOut.of(hazard) for hazard in load_hazards().values()],
    )


@router.get("/organisations", response=Page[OrganisationOut])
def organisations(request: HttpRequest, asked: Query[OrganisationQuery]) -> dict[str, Any]:
    """All organisations, whether they use Noaber or not."""
    return page_of(list_organisations(country=asked.country), asked)


@router.get("/organisations/{code}", response=OrganisationOut)
def organisation(request: HttpRequest, code: str) -> Any:
    """One organisation."""
    return get_organisation(code)


@router.get("/agreements", response=Page[AgreementOut])
def agreements(request: HttpRequest, asked: Query[Paging]) -> dict[str, Any]:
    """The inventory of agreements, by code."""
    return page_of(inventory_rows(reader_of(request)), asked)


@router.get("/agreements/{code}", response=AgreementInFull)
def agreement(request: HttpRequest, code: str) -> Any:
    """One text, with parties, territories, who asks and grants, help, hazards, border, cost, liability, sources."""
    return get_agreement_row(reader_of(request), code)


@router.get("/capacities", response=Page[CapacityOut])
def capacities(request: HttpRequest, asked: Query[CapacityQuery]) -> dict[str, Any]:
    """The capacities that fit; of others' no more than the owner lets go."""
    wanted = CapacityFilter(
        capability=asked.capability, owner=asked.owner, country=asked.country, state=asked.state or ""
    )
    now = clock.now()
    found = list_capacities(reader_of(request), asked.kind, wanted, now=now)
    return page_of(found, asked, lambda row: CapacityOut.of(present_capacity(row, now)))


@router.get("/capacities/{owner}/{code}", response=CapacityInFull)
def capacity(request: HttpRequest, owner: str, code: str, asked: Query[StatusPaging]) -> CapacityInFull:
    """One capacity of an owner, with its mission-ready package, costs, certificates and exercises."""
    now = clock.now()
    rows = list_capacities(reader_of(request), asked.kind, CapacityFilter(owner=owner), now=now)
    row = rows.filter(code=code).first()
    if row is None:
        raise NotFound
    return CapacityInFull.of_row(row, present_capacity(row, now))


@router.get("/contacts", response=Page[ContactOut])
def contacts(request: HttpRequest, asked: Query[StatusPaging]) -> dict[str, Any]:
    """The contact points, by organisation and the duty desk first."""
    return page_of(list_contacts(reader_of(request), asked.kind, on=clock.now().date()), asked)

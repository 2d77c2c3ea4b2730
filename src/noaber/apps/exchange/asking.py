"""Of whom help is asked: teams belong to zones, regions and services, but a request goes from centre to centre."""

from __future__ import annotations

from collections.abc import Mapping

from noaber.apps.accounts.enums import OrganisationKind
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.reference.organisations import load_organisations

CENTRES = frozenset({OrganisationKind.NATIONAL_CENTRE, OrganisationKind.REGIONAL_PARTNER})


def addressee_of(owner: str, organisations: Mapping[str, Organisation], *, abroad: bool) -> Organisation:
    """The organisation that a request for teams of `owner` goes to.

    Inside the country it is the owner. Across a border it is the one that the reference data name for its means;
    for an owner that they do not know, the nearest centre above it that uses Noaber, else the nearest centre or
    regional partner above it, else the owner.
    """
    if not abroad:
        return organisations[owner]
    known = load_organisations().get(owner)
    if known is not None and known.asked_through in organisations:
        return organisations[known.asked_through]
    chain = _chain(owner, organisations)
    centres = [organisation for organisation in chain if organisation.kind in CENTRES]
    connected = [organisation for organisation in centres if organisation.connected]
    return next(iter([*connected, *centres, *chain]))


def asked_for(supplier: Organisation, *, abroad: bool) -> frozenset[int]:
    """The keys of the owners whose teams `supplier` can offer: they are asked through it, or it keeps their records."""
    organisations = all_organisations()
    asked = (
        organisation.pk
        for code, organisation in organisations.items()
        if addressee_of(code, organisations, abroad=abroad) == supplier
    )
    return keeps(supplier).union(asked)


def _chain(owner: str, organisations: Mapping[str, Organisation]) -> list[Organisation]:
    """The owner, who stands above it, and so on."""
    by_key = {organisation.pk: organisation for organisation in organisations.values()}
    chain = [organisations[owner]]
    while (parent := chain[-1].parent_id) is not None and by_key[parent] not in chain:
        chain.append(by_key[parent])
    return chain


def all_organisations() -> dict[str, Organisation]:
    """Every organisation, by its code."""
    return {organisation.code: organisation for organisation in Organisation.objects.all()}

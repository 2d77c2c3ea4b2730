"""What was missing, written down in few words: a capacity, a contact point, a local arrangement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.db import transaction

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.sharing import SharedRecord
from noaber.apps.campaigns.fillers import Filler
from noaber.apps.campaigns.services.answers import note_addition
from noaber.apps.campaigns.services.common import lock_ask
from noaber.apps.registry.enums import ContactCheck
from noaber.apps.registry.models import AgreementRow, Capacity, ContactPoint
from noaber.apps.registry.queries import inventory
from noaber.apps.registry.services import add_capacity, save_contact, save_local_agreement, verify_contact
from noaber.core.geo import Position
from noaber.core.problems import InvalidInput, Problem
from noaber.reference import gazetteer
from noaber.web.clock import now

_MOST_TRIES: Final = 1000


def _once(filler: Filler, once: str, add: Callable[[], Any]) -> None:
    """A form that is sent twice adds once."""
    filler.check_open(now())
    with transaction.atomic():
        locked = lock_ask(filler.ask)
        if once and locked.answers.filter(once=once).exists():
            return
        note_addition(filler, add(), once)


def add_missing_capacity(filler: Filler, given: Mapping[str, Any], *, town: str, once: str) -> None:
    """A capacity that the registry does not have yet, at the place of that name nearest to the organisation.

    Raises
    ------
    InvalidInput
        Where no such place is found, or the values do not fit together.
    """
    owner, campaign = filler.ask.organisation, filler.ask.campaign
    place = _place(owner, town)
    where = {"base": place.name, "lon": place.lon, "lat": place.lat, "territory": place.territory}
    groups = usual_groups(Capacity.objects.filter(owner=owner, status=campaign.status, withdrawn_at__isnull=True))

    def add() -> Capacity:
        code = _free_code(owner, campaign.status, given["capabilities"][0])
        values = {**given, **where, "groups": groups, "source": campaign.title}
        return add_capacity(filler.author, owner, campaign.status, code, values, now=now())

    _once(filler, once, add)


def _place(owner: Organisation, town: str) -> gazetteer.Place:
    near = None
    if owner.lon is not None and owner.lat is not None:
        near = Position(lon=owner.lon, lat=owner.lat)
    found = gazetteer.search(town, near=near, limit=20)
    inland = [place for place in found if place.country == owner.country] or found
    if not inland:
        raise InvalidInput([Problem("campaign.no-place", "town")])
    return inland[0]


def _free_code(owner: Organisation, status: str, capability: str) -> str:
    """BOAT-1, BOAT-2, …: the first that nobody has."""
    taken = set(Capacity.objects.filter(owner=owner, status=status).values_list("code", flat=True))
    return next(code for number in range(1, _MOST_TRIES) if (code := f"{capability}-{number}") not in taken)


def usual_groups(records: Iterable[SharedRecord]) -> list[str]:
    """With whom an organisation shares all of its other records of a kind: no further, and no less."""
    shared = [set(record.groups.values_list("code", flat=True)) for record in records]
    return sorted(set.intersection(*shared)) if shared else []


def add_missing_contact(filler: Filler, given: Mapping[str, Any], *, once: str) -> None:
    """A function that the registry does not have yet; who writes it down says with it that it is right.

    Raises
    ------
    SameFunction
        Where the organisation has a function for that field.
    """
    campaign, at = filler.ask.campaign, now()
    others = ContactPoint.objects.filter(
        organisation=filler.ask.organisation, owner=filler.reader, status=campaign.status, withdrawn_at__isnull=True
    )
    groups = usual_groups(others)

    def add() -> ContactPoint:
        values = {**given, "organisation_id": filler.ask.organisation_id}
        record = save_contact(
            filler.author, None, values, owner=filler.reader, status=campaign.status, groups=groups, now=at
        )
        verify_contact(filler.author, record, on=filler.today(at), check=ContactCheck.NOT_RUNG.value, now=at)
        return record

    _once(filler, once, add)


def add_missing_agreement(filler: Filler, data: Mapping[str, Any], *, once: str) -> None:
    """A local arrangement that the inventory does not have yet.

    Raises
    ------
    InvalidInput
        Where the data do not make a sound text beside the others.
    """

    def add() -> AgreementRow:
        return save_local_agreement(
            filler.author,
            None,
            data,
            inventory(filler.reader),
            owner=filler.reader,
            tlp=TlpLabel.AMBER,
            groups=(),
            now=now(),
        )

    _once(filler, once, add)

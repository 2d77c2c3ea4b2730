"""Organisations and sharing groups from the reference data, brought up to date as often as one likes.

What is stored here for good is what an administrator decides (whether an organisation uses Noaber, and who sits in a
group besides); names, seats and territories follow the reference data of the version that runs.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from noaber.apps.accounts.models import GroupMembership, Organisation, Responsibility, SharingGroup
from noaber.reference import organisations as reference
from noaber.reference.organisations import ReferenceOrganisation
from noaber.web.written import tell_written

_FIELDS = ("kind", "names", "country", "territory", "seat", "lon", "lat", "languages", "time_zone", "source")


def load_organisations(*, connect: bool = False) -> None:
    """Add what is missing and correct what differs.

    Parameters
    ----------
    connect
        Whether organisations that are new here use Noaber, where the reference data give them demo accounts.
    """
    with transaction.atomic():
        _load_rows(connect)
        _load_relations()
        _load_responsibilities()
        _load_groups()
        tell_written(Organisation, Organisation.objects.values_list("pk", flat=True))


def _load_rows(connect: bool) -> None:
    there = {row.code: row for row in Organisation.objects.all()}
    new, changed = [], []
    for code, known in reference.load_organisations().items():
        row = there.get(code)
        if row is None:
            new.append(Organisation(code=code, connected=connect and known.connected, **_values(known)))
        elif any(getattr(row, name) != value for name, value in _values(known).items()):
            for name, value in _values(known).items():
                setattr(row, name, value)
            changed.append(row)
    Organisation.objects.bulk_create(new)
    Organisation.objects.bulk_update(changed, _FIELDS, batch_size=100)


def _values(known: ReferenceOrganisation) -> dict[str, Any]:
    return {
        "kind": known.kind.value,
        "names": {language: getattr(known.names, language) for language in ("nl", "fr", "de", "en")},
        "country": known.country,
        "territory": known.territory,
        "seat": known.seat,
        "lon": known.position.lon,
        "lat": known.position.lat,
        "languages": list(known.languages),
        "time_zone": known.time_zone,
        "source": known.provenance.source,
    }


def _load_relations() -> None:
    """To whom each answers, and who releases its means."""
    keys = dict(Organisation.objects.values_list("code", "pk"))
    changed = []
    for row in Organisation.objects.filter(code__in=reference.load_organisations()):
        known = reference.load_organisations()[row.code]
        wanted = keys.get(known.parent), keys.get(known.released_by)
        if (row.parent_id, row.released_by_id) != wanted:
            row.parent_id, row.released_by_id = wanted
            changed.append(row)
    Organisation.objects.bulk_update(changed, ["parent", "released_by"], batch_size=100)


def _load_responsibilities() -> None:
    """Who answers for which territory, as the reference data have it now."""
    keys = dict(Organisation.objects.values_list("code", "pk"))
    there = set(Responsibility.objects.values_list("organisation", "territory", "answers_for"))
    wanted = {
        (keys[code], territory, answered)
        for code in reference.load_organisations()
        for territory, answered in reference.territories_answered(code).items()
    }
    for organisation, territory, _answered in there - wanted:
        Responsibility.objects.filter(organisation=organisation, territory=territory).delete()
    Responsibility.objects.bulk_create(
        Responsibility(organisation_id=organisation, territory=territory, answers_for=answered)
        for organisation, territory, answered in sorted(wanted - there)
    )


def _load_groups() -> None:
    """Groups and their seats; a seat that an administrator gave besides stays."""
    keys = dict(Organisation.objects.values_list("code", "pk"))
    for code, known in reference.load_groups().items():
        names = {language: getattr(known.names, language) for language in ("nl", "fr", "de", "en")}
        group, made = SharingGroup.objects.get_or_create(code=code, defaults={"names": names})
        if not made and group.names != names:
            SharingGroup.objects.filter(pk=group.pk).update(names=names)
        seats = {seat.organisation_id: seat for seat in GroupMembership.objects.filter(group=group)}
        wanted = {keys[member]: role.value for member, role in known.roles.items() if member in keys}
        GroupMembership.objects.bulk_create(
            GroupMembership(group=group, organisation_id=key, capacity=role)
            for key, role in wanted.items()
            if key not in seats
        )

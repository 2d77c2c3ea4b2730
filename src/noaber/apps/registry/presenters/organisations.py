"""Organisations for their pages, with what the registry knows of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy

from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.coded import in_reader_language, territory_name
from noaber.reference.organisations import FormerName, load_organisations
from noaber.web.tables import Column
from noaber.web.templatetags.noaber import language_name


@dataclass(frozen=True)
class OrganisationView:
    code: str
    name: str
    short_name: str
    kind: str
    country: str
    seat: str
    territory: str
    connected: bool
    parent: str
    groups: list[str]
    capacities: int
    contacts: int


def present_organisation(
    row: Organisation, capacities: Mapping[int, int], contacts: Mapping[int, int]
) -> OrganisationView:
    known = load_organisations().get(row.code)
    return OrganisationView(
        code=row.code,
        name=row.name,
        short_name=known.short_name if known else "",
        kind=str(row.get_kind_display()),
        country=row.country,
        seat=row.seat_name,
        territory=row.territory,
        connected=row.connected,
        parent=row.parent.code if row.parent else "",
        groups=[seat.group.name for seat in row.group_memberships.all()],
        capacities=capacities.get(row.pk, 0),
        contacts=contacts.get(row.pk, 0),
    )


COLUMNS: Final = (
    Column("name", gettext_lazy("Organisation"), lambda view: view.name),
    Column("kind", gettext_lazy("Kind"), lambda view: view.kind),
    Column("country", gettext_lazy("Country"), lambda view: view.country),
    Column("groups", gettext_lazy("Sharing groups"), lambda view: ", ".join(view.groups), sortable=False),
    Column("capacities", gettext_lazy("Capacities you see"), lambda view: view.capacities, numeric=True),
    Column("contacts", gettext_lazy("Contact points"), lambda view: view.contacts, numeric=True),
)
FILE_COLUMNS: Final = (
    Column("code", gettext_lazy("Code"), lambda view: view.code),
    *COLUMNS[:3],
    Column("seat", gettext_lazy("Seat"), lambda view: view.seat),
    Column("territory", gettext_lazy("Territory"), lambda view: view.territory),
    Column("parent", gettext_lazy("Answers to"), lambda view: view.parent),
    Column("connected", gettext_lazy("Uses Noaber"), lambda view: view.connected),
    *COLUMNS[3:],
)


@dataclass(frozen=True)
class OrganisationDetail:
    """What is known of one organisation beyond its row."""

    note: str
    languages: list[str]
    territories: list[str]
    former_names: list[tuple[str, FormerName]]


def present_detail(row: Organisation) -> OrganisationDetail:
    known = load_organisations().get(row.code)
    territories = known.territories if known else ((row.territory,) if row.territory else ())
    return OrganisationDetail(
        note=known.note if known else "",
        languages=[language_name(code) for code in row.languages],
        territories=[f"{territory_name(code)} ({code})" for code in territories],
        former_names=[(in_reader_language(former.names), former) for former in known.former_names] if known else [],
    )


def seat_map(row: Organisation, boundaries: str, attribution: str) -> dict[str, Any] | None:
    """The seat on the map; None where it is not known or lies far outside."""
    if row.lon is None or row.lat is None:
        return None
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
        "properties": {
            "kind": "seat",
            "label": row.seat_name,
            "title": row.name,
            "url": reverse("organisation", args=[row.code]),
        },
    }
    return {
        "features": {"type": "FeatureCollection", "features": [feature]},
        "boundaries": boundaries,
        "attribution": attribution,
        "bounds": [row.lon - 1.5, row.lat - 1.0, row.lon + 1.5, row.lat + 1.0],
    }

"""Capacities for their pages: rows, one of them, points on a map, files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from noaber.apps.registry.coded import capability_name, territory_name
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.models import HomeCover
from noaber.apps.registry.parts import PART_FIELDS, PARTS, public_lines
from noaber.apps.registry.presenters.package_page import CertificateAlert, certificate_alert
from noaber.apps.registry.queries.capacities import Base
from noaber.apps.registry.seen import is_stale
from noaber.apps.registry.services.capacities import cover_digest
from noaber.web.tables import Column

STATE_TAGS: Final[Mapping[str, tuple[str, str]]] = {
    CapacityState.AVAILABLE: ("ok", "yes"),
    CapacityState.REDUCED: ("warn", "part"),
    CapacityState.COMMITTED: ("info", "clock"),
    CapacityState.OUT_OF_SERVICE: ("bad", "no"),
}
"""Colour and shape of a state."""
MOST_NAMED: Final = 3


@dataclass(frozen=True)
class CapacityView:
    """A capacity as its reader sees it.

    Parameters
    ----------
    quantity, available, state
        What may be told; of others no more than "up to n may go".
    shares_up_to
        Whether `quantity` is what may go, and not the stock.
    overdue
        The moment until which the state was to last has passed, and nobody has reported since.
    """

    pk: int
    code: str
    name: str
    owner: str
    owner_name: str
    base: str
    territory: str
    capabilities: tuple[str, ...]
    quantity: int
    available: int
    shares_up_to: bool
    mobilisation_minutes: int
    state: str
    state_words: str
    tag: str
    icon: str
    until: datetime | None
    reason: str
    state_at: datetime
    stale: bool
    overdue: bool
    is_kept: bool
    illustrative: bool
    tlp: str
    lon: float
    lat: float
    alert: CertificateAlert | None

    age_minutes: int
    """How old its state is."""

    @property
    def capability_names(self) -> str:
        return ", ".join(capability_name(code) for code in self.capabilities)

    @property
    def territory_name(self) -> str:
        return territory_name(self.territory)


def present_capacity(row: Any, now: datetime) -> CapacityView:
    """One row of `seen_capacities`, with its capabilities at hand."""
    state = CapacityState(row.seen_state)
    tag, icon = STATE_TAGS[state]
    hides = row.share_up_to is not None and not row.is_kept
    return CapacityView(
        pk=row.pk,
        code=row.code,
        name=row.name,
        owner=row.owner.code,
        owner_name=row.owner.name,
        base=row.base,
        territory=row.territory,
        capabilities=tuple(one.capability for one in row.capability_rows.all()),
        quantity=row.seen_quantity,
        available=row.seen_available,
        shares_up_to=hides,
        mobilisation_minutes=row.mobilisation_minutes,
        state=state.value,
        state_words=str(state.label),
        tag=tag,
        icon=icon,
        until=None if hides else row.state_until,
        reason="" if hides else row.state_reason,
        state_at=row.state_at,
        stale=is_stale(row.state_at, now),
        overdue=not hides and row.state_until is not None and row.state_until < now,
        is_kept=row.is_kept,
        illustrative=row.illustrative,
        tlp=row.tlp,
        lon=row.lon,
        lat=row.lat,
        age_minutes=max(0, int((now - row.state_at).total_seconds() // 60)),
        alert=certificate_alert(row.certified_until, localdate(now)),
    )


def quantity_words(view: CapacityView) -> str:
    """3 of 4; up to 2."""
    if view.shares_up_to:
        return _("up to %(available)s") % {"available": view.available}
    return _("%(available)s of %(quantity)s") % {"available": view.available, "quantity": view.quantity}


SHOWN: Final = (
    Column("name", gettext_lazy("Capacity"), lambda view: view.name),
    Column("owner", gettext_lazy("Owner and base"), lambda view: view.owner),
    Column("available", gettext_lazy("Teams"), lambda view: view.available, numeric=True),
    Column("mobilisation", gettext_lazy("Leaves after"), lambda view: view.mobilisation_minutes, numeric=True),
    Column("state", gettext_lazy("State"), lambda view: view.state_words),
    Column("state_at", gettext_lazy("State of"), lambda view: view.state_at),
)
"""The heads of the page's table."""


def base_features(bases: Iterable[Base], *, list_url: str) -> dict[str, Any]:
    """The bases as points of a map."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [base.lon, base.lat]},
                "properties": {
                    "kind": "base-own" if base.is_kept else "base-neighbour",
                    "title": _base_title(base),
                    "url": reverse("capacity", args=[base.only]) if base.only else list_url,
                },
            }
            for base in bases
        ],
    }


def _base_title(base: Base) -> str:
    teams = ngettext("%(count)s team available", "%(count)s teams available", base.available) % {
        "count": base.available
    }
    return _("%(base)s, %(owners)s: %(teams)s") % {
        "base": _first(base.names) or _("base"),
        "owners": _first(base.owners),
        "teams": teams,
    }


def _first(names: Sequence[str]) -> str:
    """The first of many, as far as they fit beside a point."""
    return ", ".join((*names[:MOST_NAMED], "…") if len(names) > MOST_NAMED else names)


def geojson_features(views: Iterable[CapacityView]) -> list[dict[str, Any]]:
    """Each capacity as a feature for other systems: codes and plain values."""
    return [
        {
            "type": "Feature",
            "id": f"{view.owner}:{view.code}",
            "geometry": {"type": "Point", "coordinates": [view.lon, view.lat]},
            "properties": {
                "id": view.code,
                "owner": view.owner,
                "name": view.name,
                "base": view.base,
                "territory": view.territory,
                "capabilities": list(view.capabilities),
                "quantity": view.quantity,
                "available": view.available,
                "mobilisation": view.mobilisation_minutes,
                "state": view.state,
                "state_at": view.state_at.isoformat(),
                "stale": view.stale,
                "illustrative": view.illustrative,
                "tlp": view.tlp,
            },
        }
        for view in views
    ]


def csv_records(rows: Iterable[Any]) -> Iterable[dict[str, Any]]:
    """Rows as records of the import's file: one's own in full, of others what one sees."""
    for row in rows:
        yield _full_record(row) if row.is_kept else _seen_record(row)


def _full_record(row: Any) -> dict[str, Any]:
    return {
        "code": row.code,
        "owner": row.owner.code,
        "status": row.status,
        "name": row.name,
        "territory": row.territory,
        "capabilities": [one.capability for one in row.capability_rows.all()],
        "quantity": row.quantity,
        "share_up_to": row.share_up_to,
        "base": row.base,
        "lon": row.lon,
        "lat": row.lat,
        "mobilisation_minutes": row.mobilisation_minutes,
        "languages": row.languages,
        "state": row.state,
        "reduced_to": row.reduced_to,
        "state_until": row.state_until,
        "state_reason": row.state_reason,
        "state_at": row.state_at,
        "host_needs": row.host_needs,
        "host_note": row.host_note,
        "host_note_language": row.host_note_language,
        "cost_per_day_eur": row.cost_per_day_eur,
        "cost_mobilisation_eur": row.cost_mobilisation_eur,
        "cost_per_km_eur": row.cost_per_km_eur,
        "cost_as_of": row.cost_as_of,
        "cost_basis": row.cost_basis,
        "attributes": row.attributes,
        **{name: getattr(row, name) for name in PART_FIELDS},
        "release_function": row.release_function,
        "release_organisation": row.release_organisation,
        "release_channel": row.release_channel,
        "tlp": row.tlp,
        "groups": sorted(group.code for group in row.groups.all()),
        "illustrative": row.illustrative,
        "source": row.source,
    }


def _seen_record(row: Any) -> dict[str, Any]:
    """Without the stock where up to n may go, and without with whom else the owner shares it."""
    hides = row.share_up_to is not None
    return _full_record(row) | {
        "quantity": row.seen_quantity,
        "share_up_to": None,
        "state": row.seen_state,
        "reduced_to": row.seen_available if row.seen_state == CapacityState.REDUCED else None,
        "state_until": None if hides else row.state_until,
        "state_reason": "" if hides else row.state_reason,
        "groups": [],
        **{part.name: public_lines(part, getattr(row, part.name)) for part in PARTS},
    }


@dataclass(frozen=True)
class HomeCoverView:
    owner: str
    capability: str
    words: str
    minimum: int
    tlp: str
    groups: str
    digest: str
    """Names what is shown of it; empty where the reader does not keep it."""

    @property
    def key(self) -> str:
        return cover_key(self.owner, self.capability)


def cover_key(owner: str, capability: str) -> str:
    """Names a minimum among those of a page."""
    return f"{owner}/{capability}"


def present_home_cover(rows: Iterable[HomeCover], kept: frozenset[int]) -> list[HomeCoverView]:
    """With whom a minimum is shared is told only to who keeps it."""
    return [
        HomeCoverView(
            owner=row.owner.code,
            capability=row.capability,
            words=capability_name(row.capability),
            minimum=row.minimum,
            tlp=row.tlp,
            groups=", ".join(group.name for group in row.groups.all()) if row.owner_id in kept else "",
            digest=cover_digest(row) if row.owner_id in kept else "",
        )
        for row in rows
    ]

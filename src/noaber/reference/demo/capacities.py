"""The capacities of the exercise at their bases, and what each owner keeps at home.

`capacities.csv` has the columns of the registry's import, so it is also an example of such a file; its first row of
names is the contract. Figures that were published name their source; everything else is marked illustrative.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache

from noaber.core.geo import Position
from noaber.reference.files import read_data_text


@dataclass(frozen=True)
class DemoCapacity:
    """Identical teams of one owner at one base. Fields are the registry's; attributes are still text."""

    code: str
    owner: str
    name: str
    territory: str
    capabilities: tuple[str, ...]
    quantity: int
    share_up_to: int | None
    base: str
    position: Position
    mobilisation_minutes: int
    languages: tuple[str, ...]
    state: str
    reduced_to: int | None
    state_until: datetime | None
    state_reason: str
    state_at: datetime
    host_needs: tuple[str, ...]
    host_note: str
    host_note_language: str
    cost_per_day_eur: Decimal | None
    attributes: Mapping[str, str]
    tlp: str
    groups: tuple[str, ...]
    illustrative: bool
    source: str

    @property
    def free(self) -> int:
        """Teams that the state leaves free to go, home cover and running deployments not counted."""
        match self.state:
            case "available":
                return self.quantity
            case "reduced":
                return self.reduced_to or 0
            case _:
                return 0


@dataclass(frozen=True)
class DemoHomeCover:
    """How many teams of a capability an owner keeps at home."""

    owner: str
    capability: str
    minimum: int


@cache
def load_capacities() -> tuple[DemoCapacity, ...]:
    """Every capacity of the exercise, as it stood at 18:00 on 14 July 2021."""
    return tuple(_read_capacity(row) for row in _rows("demo/capacities.csv"))


@cache
def load_home_cover() -> tuple[DemoHomeCover, ...]:
    """Every row of home cover of the exercise."""
    return tuple(
        DemoHomeCover(owner=row["owner"], capability=row["capability"], minimum=int(row["minimum"]))
        for row in _rows("demo/home_cover.csv")
    )


def _rows(path: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO(read_data_text(path)))


def _read_capacity(row: Mapping[str, str]) -> DemoCapacity:
    return DemoCapacity(
        code=row["id"],
        owner=row["owner"],
        name=row["name"],
        territory=row["territory"],
        capabilities=_split(row["capabilities"]),
        quantity=int(row["quantity"]),
        share_up_to=int(row["share_up_to"]) if row["share_up_to"] else None,
        base=row["base"],
        position=Position(lon=float(row["lon"]), lat=float(row["lat"])),
        mobilisation_minutes=int(row["mobilisation"]),
        languages=_split(row["languages"]),
        state=row["state"],
        reduced_to=int(row["reduced_to"]) if row["reduced_to"] else None,
        state_until=datetime.fromisoformat(row["state_until"]) if row["state_until"] else None,
        state_reason=row["state_reason"],
        state_at=datetime.fromisoformat(row["state_at"]),
        host_needs=_split(row["host_needs"]),
        host_note=row["host_note"],
        host_note_language=row["host_note_language"],
        cost_per_day_eur=Decimal(row["cost_per_day_eur"]) if row["cost_per_day_eur"] else None,
        attributes=dict(part.split("=", 1) for part in _split(row["attributes"])),
        tlp=row["tlp"],
        groups=_split(row["groups"]),
        illustrative=row["illustrative"] == "yes",
        source=row["source"],
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()

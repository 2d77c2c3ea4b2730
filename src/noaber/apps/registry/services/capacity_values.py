"""A capacity as plain values: what stands in the database, what it becomes, and what differs.

Import and form share this: values by field, merged over what is there, checked as a whole. Fields that are not given
stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.records.bulk import insert_rows, upsert_rows
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.models import Capacity, CapacityCapability
from noaber.apps.registry.parts import PART_FIELDS, certified_until, with_needs
from noaber.apps.registry.queries.lists import capabilities_by_capacity, groups_by_capacity

Values = dict[str, Any]

PLAIN_FIELDS: Final = (
    "name",
    "base",
    "lon",
    "lat",
    "territory",
    "quantity",
    "share_up_to",
    "mobilisation_minutes",
    "languages",
    "state",
    "reduced_to",
    "state_until",
    "state_reason",
    "state_at",
    "host_needs",
    "host_note",
    "host_note_language",
    "cost_per_day_eur",
    "cost_mobilisation_eur",
    "cost_per_km_eur",
    "cost_as_of",
    "cost_basis",
    "attributes",
    *PART_FIELDS,
    "certified_until",
    "release_function",
    "release_organisation",
    "release_channel",
    "tlp",
    "illustrative",
    "source",
    "withdrawn_at",
)
"""Columns of the table that import and form write."""

LIST_FIELDS: Final = ("capabilities", "groups")
"""What stands in tables of its own: codes, in order."""

STATE_FIELDS: Final = ("state", "reduced_to", "state_until", "state_reason")
_CHUNK: Final = 900
_WRITTEN_AT_ONCE: Final = 2_000


@dataclass(frozen=True)
class Stored:
    """A capacity that is there."""

    pk: int
    values: Values


def stored_capacities(owner: int, status: str, codes: Iterable[str] | None = None) -> dict[str, Stored]:
    """All capacities of an owner and status by code, or those of `codes`; withdrawn ones too."""
    rows = Capacity.objects.filter(owner=owner, status=status).order_by("code")
    if codes is not None:
        rows = rows.filter(code__in=codes)
    found = {pk: (code, dict(zip(PLAIN_FIELDS, plain, strict=True))) for pk, code, *plain in _plain_rows(rows)}
    capabilities, groups = capabilities_by_capacity(list(found)), groups_by_capacity(list(found))
    return {
        code: Stored(
            pk,
            values
            | {name: tuple(values[name]) for name in ("languages", "host_needs")}
            | {"capabilities": capabilities.get(pk, ()), "groups": groups.get(pk, ())},
        )
        for pk, (code, values) in found.items()
    }


def _plain_rows(rows: Any) -> Iterator[tuple[Any, ...]]:
    yield from rows.values_list("pk", "code", *PLAIN_FIELDS)


def new_values(code: str, *, tlp: str = TlpLabel.AMBER, groups: Iterable[str] = ()) -> Values:
    """What a capacity is before anything is said of it."""
    return {
        "name": code,
        "base": "",
        "share_up_to": None,
        "languages": (),
        "state": CapacityState.AVAILABLE.value,
        "reduced_to": None,
        "state_until": None,
        "state_reason": "",
        "state_at": None,
        "host_needs": (),
        "host_note": "",
        "host_note_language": "",
        "cost_per_day_eur": None,
        "cost_mobilisation_eur": None,
        "cost_per_km_eur": None,
        "cost_as_of": None,
        "cost_basis": "",
        "attributes": {},
        **{name: [] for name in PART_FIELDS},
        "certified_until": None,
        "release_function": "",
        "release_organisation": "",
        "release_channel": "",
        "tlp": str(tlp),
        "groups": tuple(sorted(groups)),
        "illustrative": False,
        "source": "",
        "withdrawn_at": None,
    }


def merged(before: Values | None, given: Mapping[str, Any], fresh: Values, now: datetime) -> Values:
    """What the capacity becomes: `given` over what was there, else over `fresh`.

    A capacity that is given again is there again. Who states another state states it now, unless the moment is
    given too.
    """
    base = fresh if before is None else before
    result = base | {name: given[name] for name in (*PLAIN_FIELDS, *LIST_FIELDS) if name in given}
    for name in ("name", "tlp"):
        result[name] = result[name] or base[name]
    result["groups"] = tuple(sorted(result["groups"]))
    result["host_needs"] = with_needs(result["host_needs"], result["needs"])
    result["certified_until"] = certified_until(result["certificates"])
    result["withdrawn_at"] = given.get("withdrawn_at")
    if given.get("state_at") is None:
        restated = before is None or any(before[name] != result[name] for name in STATE_FIELDS)
        result["state_at"] = now if before is None or restated else before["state_at"]
    return result


def problems_of(values: Values) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Field, code and parameters of everything that does not fit together."""
    quantity, shared, left = values["quantity"], values["share_up_to"], values["reduced_to"]
    is_reduced = values["state"] == CapacityState.REDUCED
    if shared is not None and shared > quantity:
        yield "share_up_to", "capacity.share-up-to", {"quantity": quantity}
    if is_reduced and left is None:
        yield "reduced_to", "capacity.reduced-without-number", {}
    if left is not None and not is_reduced:
        yield "reduced_to", "capacity.number-without-reduced", {}
    if is_reduced and left is not None and not 1 <= left < quantity:
        yield "reduced_to", "capacity.reduced-to", {"quantity": quantity}


def differences(before: Values, after: Values) -> dict[str, tuple[Any, Any]]:
    """What changes, by field, as JSON can hold it; not what is only made from the rest."""
    return {
        name: (as_json(before[name]), as_json(after[name]))
        for name in (*PLAIN_FIELDS, *LIST_FIELDS)
        if name != "certified_until" and before[name] != after[name] and as_json(before[name]) != as_json(after[name])
    }


def as_json(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:.2f}"
        case tuple():
            return list(value)
        case _:
            return value


def write_capacities(
    owner: int, status: str, wanted: Mapping[str, Values], told: Callable[[int], None] = lambda done: None
) -> dict[str, int]:
    """Insert or overwrite capacities of an owner by code; returns their keys. Inside a transaction of the caller."""
    items = iter(wanted.items())
    done = 0
    while chunk := list(islice(items, _WRITTEN_AT_ONCE)):
        upsert_rows(
            Capacity,
            ("owner", "status", "code", *PLAIN_FIELDS),
            ((owner, status, code, *(values[name] for name in PLAIN_FIELDS)) for code, values in chunk),
            unique=("owner", "status", "code"),
        )
        done += len(chunk)
        told(done)
    rows = Capacity.objects.filter(owner=owner, status=status).values_list("code", "pk")
    if len(wanted) == 1:
        rows = rows.filter(code__in=wanted)
    keys = dict(rows)
    return {code: keys[code] for code in wanted}


def write_lists(keys: Mapping[str, int], wanted: Mapping[str, Values], group_keys: Mapping[str, int]) -> None:
    """Replace the capabilities and groups of capacities. Inside a transaction of the caller."""
    through = Capacity.groups.through
    chunks = list(keys.values())
    for start in range(0, len(chunks), _CHUNK):
        chunk = chunks[start : start + _CHUNK]
        CapacityCapability.objects.filter(capacity__in=chunk).delete()
        through.objects.filter(capacity__in=chunk).delete()
    insert_rows(
        CapacityCapability,
        ("capacity", "capability", "position"),
        (
            (key, capability, position)
            for code, key in keys.items()
            for position, capability in enumerate(wanted[code]["capabilities"])
        ),
    )
    insert_rows(
        through,
        ("capacity", "sharinggroup"),
        ((key, group_keys[group]) for code, key in keys.items() for group in wanted[code]["groups"]),
    )

"""Who sees a record, as a row that many records share."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from noaber.apps.accounts.sharing import SharedRecord, territory_of
from noaber.apps.library.models import Audience


@dataclass(frozen=True)
class _Sharing:
    """What the sharing rule reads of a record."""

    owner: int
    tlp: str
    groups: tuple[int, ...]
    addressees: tuple[int, ...]
    territory: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr(self).encode()).hexdigest()


def audiences_of(rows: Sequence[SharedRecord]) -> dict[int, Audience]:
    """The audience of each record, by its key: found, or made for the first of its sort."""
    shared = _shared(rows)
    wanted = {sharing.digest: sharing for sharing in shared.values()}
    known = {audience.digest: audience for audience in Audience.objects.filter(digest__in=wanted)}
    known |= {digest: _make(sharing) for digest, sharing in wanted.items() if digest not in known}
    return {key: known[sharing.digest] for key, sharing in shared.items()}


def audience_digests(rows: Sequence[SharedRecord]) -> dict[int, str]:
    """The digest of the audience that each record has now, by its key."""
    return {key: sharing.digest for key, sharing in _shared(rows).items()}


def _shared(rows: Sequence[SharedRecord]) -> dict[int, _Sharing]:
    if not rows:
        return {}
    groups, addressees = _joined(rows, "groups"), _joined(rows, "addressees")
    return {
        row.pk: _Sharing(
            row.owner_id,
            row.tlp,
            tuple(sorted(groups[row.pk])),
            tuple(sorted(addressees[row.pk])),
            territory_of(row),
        )
        for row in rows
    }


def _joined(rows: Sequence[SharedRecord], name: str) -> dict[int, list[int]]:
    """The keys that a relation of the records leads to, read from the table itself."""
    field: Any = type(rows[0])._meta.get_field(name)
    through: type[models.Model] = field.remote_field.through
    near, far = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    pairs = through._default_manager.filter(**{f"{near}__in": [row.pk for row in rows]}).values_list(near, far)
    found: dict[int, list[int]] = defaultdict(list)
    for key, other in pairs:
        found[key].append(other)
    return found


def _make(sharing: _Sharing) -> Audience:
    audience, made = Audience.objects.get_or_create(
        digest=sharing.digest, defaults={"owner_id": sharing.owner, "tlp": sharing.tlp, "territory": sharing.territory}
    )
    if made:
        audience.groups.set(sharing.groups)
        audience.addressees.set(sharing.addressees)
    return audience

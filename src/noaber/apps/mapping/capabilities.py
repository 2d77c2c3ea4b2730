"""What may come to one place: every owner against every capability, with the teams that one may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.db.models import Sum

from noaber.apps.accounts.models import Organisation
from noaber.apps.mapping.region import RegionQuery
from noaber.apps.mapping.sides import Side
from noaber.apps.registry.seen import seen_capacities
from noaber.core.agreements import Agreement
from noaber.core.agreements.matrix import HelpMatrix, help_matrix
from noaber.core.agreements.matrix import Side as CoreSide
from noaber.core.agreements.scope import country_of
from noaber.reference.region import COUNTRIES

Teams = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Offered:
    """Owners × capabilities for one place.

    Parameters
    ----------
    teams
        (n_owners, n_capabilities) int64: teams that may go, of those that the reader sees.
    found
        The verdicts; its place is the one asked for, its hazard the one asked for.
    """

    owners: tuple[Side, ...]
    capabilities: tuple[str, ...]
    teams: npt.NDArray[np.int64]
    found: HelpMatrix


def teams_seen(reader: Organisation, status: str) -> dict[tuple[str, str], int]:
    """The teams that may go, by owner and capability, as the owners let `reader` see them."""
    rows = seen_capacities(reader, status).order_by()
    counted = rows.values_list("owner__code", "capability_rows__capability").annotate(teams=Sum("seen_available"))
    return {(owner, capability): teams for owner, capability, teams in counted if capability and teams}


def owners_of(teams: Teams) -> tuple[Side, ...]:
    """Who has any of them, country by country."""
    codes = {owner for owner, _capability in teams}
    found = Organisation.objects.filter(code__in=codes).exclude(territory="").values_list("code", "territory")

    def order(row: tuple[str, str]) -> tuple[int, str]:
        country = country_of(row[1])
        return COUNTRIES.index(country) if country in COUNTRIES else len(COUNTRIES), row[0]

    return tuple(Side(code, territory) for code, territory in sorted(found, key=order))


def offered_to(
    place: Side,
    owners: Sequence[Side],
    capabilities: Sequence[str],
    teams: Teams,
    texts: tuple[Agreement, ...],
    asked: RegionQuery,
) -> Offered:
    """Hold every owner and capability against the texts, for one place."""
    by_id = {text.id: text for text in texts}
    found = help_matrix(
        [CoreSide(owner.code, (owner.territory,)) for owner in owners],
        texts,
        places=[CoreSide(place.code, (place.territory,))],
        capabilities=capabilities,
        hazards=(asked.hazard,),
        on=asked.on,
        counts=lambda text: asked.narrowing.keeps(text, by_id),
    )
    counted = np.array(
        [[teams.get((owner.code, capability), 0) for capability in capabilities] for owner in owners], dtype=np.int64
    ).reshape(len(owners), len(capabilities))
    return Offered(tuple(owners), tuple(capabilities), counted, found)

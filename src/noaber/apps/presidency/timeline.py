"""Who holds the presidency year by year: what was put down, and between and after that what the order says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from noaber.apps.accounts.models import Organisation
from noaber.apps.presidency.models import HandoverDossier, Presidency
from noaber.apps.presidency.queries import list_presidencies, seen_dossiers
from noaber.core.presidency.order import BEGAN, country_of

AHEAD: Final = 3
CENTRES: Final = {"BE": "BE-NCCN", "LU": "LU-HCPN", "NL": "NL-NCC"}
"""The centre that holds the presidency for its country."""


@dataclass(frozen=True)
class YearRow:
    """One year; `presidency` is None where only the order says who holds it."""

    year: int
    code: str
    name: str
    presidency: Presidency | None
    dossier: HandoverDossier | None
    is_now: bool

    @property
    def number(self) -> str:
        return str(self.year)


def timeline(reader: Organisation, year: int) -> list[YearRow]:
    """From the first year that is known until some after the last one, or after `year`."""
    known = {one.first_on.year: one for one in list_presidencies(reader)}
    dossiers = {one.giver_id: one for one in seen_dossiers(reader)}
    names = _names()
    first = min([BEGAN, year, *known])
    last = max([year + AHEAD, *(one + 1 for one in known)])
    return [_row(one, known.get(one), dossiers, names, year) for one in range(first, last + 1)]


def _row(
    year: int,
    presidency: Presidency | None,
    dossiers: dict[int, HandoverDossier],
    names: dict[str, str],
    now: int,
) -> YearRow:
    code = presidency.organisation.code if presidency else CENTRES[country_of(year)]
    dossier = dossiers.get(presidency.pk) if presidency else None
    return YearRow(year, code, names.get(code, ""), presidency, dossier, year == now)


def _names() -> dict[str, str]:
    centres: Iterable[Organisation] = Organisation.objects.filter(code__in=CENTRES.values())
    return {one.code: one.name for one in centres}

"""Owners and capabilities for one place, as the page shows them: rows are capabilities, columns owners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from noaber.apps.mapping.capabilities import Offered
from noaber.apps.mapping.presenters.matrix import CountryHead, open_query
from noaber.apps.mapping.region import kind_of
from noaber.apps.registry.coded import capability_name, territory_name
from noaber.core.agreements import Agreement
from noaber.core.agreements.basis import unknown_between
from noaber.core.agreements.scope import country_of


@dataclass(frozen=True)
class OfferCell:
    """One owner's teams of one capability; `teams` is 0 where the reader sees none."""

    kind: str
    teams: int
    title: str
    url: str
    current: bool


@dataclass(frozen=True)
class OfferRow:
    """One capability.

    Parameters
    ----------
    total
        Teams abroad that the reader sees.
    permitted
        Those of them that a text surely lets come.
    """

    code: str
    name: str
    total: int
    permitted: int
    cells: list[OfferCell]


@dataclass(frozen=True)
class OfferView:
    """The table, with the countries over their owners."""

    heads: list[CountryHead]
    owners: list[tuple[str, str]]
    rows: list[OfferRow]


def present_offered(
    offered: Offered,
    texts: tuple[Agreement, ...],
    names: Mapping[str, str],
    query: QueryDict,
    *,
    chosen: tuple[str, str],
) -> OfferView:
    """The table with a row for each capability.

    Parameters
    ----------
    names
        Of the owners by code.
    chosen
        Owner and capability of the open answer; empty strings for none.
    """
    kinds = _kinds(offered, texts)
    heads = [
        CountryHead(territory_name(country), len(list(group)))
        for country, group in groupby(offered.owners, key=lambda owner: country_of(owner.territory))
    ]
    rows = [_row(offered, number, kinds, names, query, chosen) for number in range(len(offered.capabilities))]
    return OfferView(heads, [(owner.code, names[owner.code]) for owner in offered.owners], rows)


def _kinds(offered: Offered, texts: tuple[Agreement, ...]) -> list[list[str]]:
    """(owners, capabilities): what each cell is called; open facts are looked up once for a text and owner."""
    by_id = {text.id: text for text in texts}
    place = offered.found.places[0].territories[0]
    facts: dict[tuple[int, str], int] = {}
    codes = offered.found.codes[:, 0, :, 0].tolist()
    named = offered.found.text_index[:, 0, :, 0].tolist()

    def open_facts(text: int, territory: str) -> int:
        if text < 0:
            return 0
        key = (text, territory)
        if key not in facts:
            facts[key] = len(unknown_between(offered.found.texts[text], by_id, territory, place))
        return facts[key]

    return [
        [kind_of(code, open_facts(text, owner.territory)) for code, text in zip(*row, strict=True)]
        for owner, row in zip(offered.owners, zip(codes, named, strict=True), strict=True)
    ]


def _row(
    offered: Offered,
    number: int,
    kinds: list[list[str]],
    names: Mapping[str, str],
    query: QueryDict,
    chosen: tuple[str, str],
) -> OfferRow:
    capability = offered.capabilities[number]
    name = capability_name(capability)
    link = open_query(query, "from", "help")
    cells = []
    total = permitted = 0
    for index, (owner, teams) in enumerate(zip(offered.owners, offered.teams[:, number].tolist(), strict=True)):
        kind = kinds[index][number]
        if kind != "home":
            total += teams
            permitted += teams if kind in ("complete", "open") else 0
        cells.append(
            OfferCell(
                kind,
                teams,
                _cell_title(offered, index, number, kind, names[owner.code], name, teams),
                f"{link}from={owner.code}&help={capability}" if kind != "home" and teams else "",
                (owner.code, capability) == chosen,
            )
        )
    return OfferRow(capability, name, total, permitted, cells)


def _cell_title(offered: Offered, owner: int, number: int, kind: str, name: str, help_name: str, teams: int) -> str:
    text = offered.found.text(owner, 0, capability=number)
    counted = ngettext("%(count)s team", "%(count)s teams", teams) % {"count": teams}
    words = {
        "home": _("inland"),
        "complete": _("text, all known"),
        "open": _("text, facts open"),
        "unknown": _("unclear whether a text covers it"),
    }.get(kind, _("no text"))
    year = f" {text.year}" if text and text.year else ""
    return f"{name}, {help_name}: {counted}, {words}{year}"

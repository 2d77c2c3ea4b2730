"""The map of minutes: with borders closed, open, and the gain; and the people reached by region."""

from __future__ import annotations

from functools import partial
from typing import Final

from django.utils.translation import gettext as _

from noaber.apps.registry.coded import capability_name, hazard_name, territory_name
from noaber.apps.reports.facts import Content, MinutesFact, ReachFact
from noaber.apps.reports.parts import MapFigure, Maps, ReportTable, Section, Shown
from noaber.apps.reports.words import BASES, VIEWS, share
from noaber.apps.roads.forms.map_query import WITHIN, View
from noaber.web import wording
from noaber.web.clock import has_come
from noaber.web.pdf import Heading, Paragraph, Text
from noaber.web.tables import Column

_CLOSED: Final = "closed"
_OPEN: Final = "open"


def minutes(content: Content) -> Section:
    """Capability by capability."""
    blocks = [block for found in content.minutes for block in _of_capability(content, found)]
    return Section("minutes", _("Minutes with and without borders"), (Paragraph(_lead(content), quiet=True), *blocks))


def _lead(content: Content) -> str:
    params = {"hazard": hazard_name(content.hazard), "day": wording.day(content.on)}
    said = _("The first team to arrive, for the hazard %(hazard)s, with what was available on %(day)s.") % params
    return f"{said} {_how(content)}"


def _how(content: Content) -> str:
    if content.roads_on is None:
        if content.has_main_roads:
            return _("Minutes are those by main roads, and approximate.")
        return _("All minutes are estimated from the distance.")
    if not has_come(content.roads_on):
        return _("Minutes are routed where the network reaches, and approximate elsewhere.")
    words = (
        _("Minutes are routed where the network reaches, which was built on %(day)s, and approximate elsewhere.")
        if content.is_day_built
        else _("Minutes are routed on the roads of %(day)s where the network reaches, and approximate elsewhere.")
    )
    return words % {"day": wording.day(content.roads_on)}


def _of_capability(content: Content, found: MinutesFact) -> tuple[Heading, Paragraph, Maps, ReportTable]:
    name = capability_name(found.capability)
    basis = str(BASES[found.basis]) % {"day": wording.day(content.on)}
    facts = _("%(teams)s teams at %(bases)s bases; %(basis)s") % {
        "teams": wording.number(found.teams),
        "bases": wording.number(found.bases),
        "basis": basis,
    }
    return (
        Heading(name, level=2),
        Paragraph(facts, quiet=True),
        Maps(tuple(_map(found, view, name) for view in View)),
        _table(found, name, basis),
    )


def _map(found: MinutesFact, view: View, name: str) -> MapFigure:
    every = found.regions[-1]
    caption = str(VIEWS[view])
    if view is View.GAIN:
        alt = _("Map: %(help)s, gain by open borders. %(people)s people gain ten minutes or more.") % {
            "help": name,
            "people": wording.number(every.gaining),
        }
    else:
        reached = (every.closed if view is View.CLOSED else every.opened)[1]
        alt = _(
            "Map: %(help)s, %(borders)s. %(share)s of the people of the regions shown are reached within 60 minutes."
        ) % {
            "help": name,
            "borders": caption.lower(),
            "share": share(reached, every.people),
        }
    return MapFigure(found, view, alt, caption)


def _table(found: MinutesFact, name: str, basis: str) -> ReportTable:
    return ReportTable(
        key=f"minutes-{found.capability}",
        caption=_("Share of the people of each region that the first team reaches: %(help)s, %(basis)s")
        % {"help": name, "basis": basis},
        columns=(
            Shown(Column("region", _("Region"), region_name), region_name, 2.4),
            Shown(
                Column("people", _("People"), lambda row: row.people, numeric=True),
                lambda row: wording.number(row.people),
                1.4,
            ),
            *(_share_column(index, borders) for index in range(len(WITHIN)) for borders in (_CLOSED, _OPEN)),
            Shown(
                Column("gaining", _("Gain ≥ 10 min"), lambda row: row.gaining, numeric=True),
                lambda row: wording.number(row.gaining),
                1.4,
            ),
        ),
        rows=found.regions,
        default="people",
    )


def _share_column(index: int, borders: str) -> Shown:
    label = _("Closed, %(minutes)s min") if borders == _CLOSED else _("Open, %(minutes)s min")
    column = Column(
        f"{borders}{WITHIN[index]}",
        label % {"minutes": WITHIN[index]},
        partial(_fraction, index, borders),
        numeric=True,
    )
    return Shown(column, partial(_said_share, index, borders))


def _reached(index: int, borders: str, row: ReachFact) -> int:
    return (row.closed if borders == _CLOSED else row.opened)[index]


def _fraction(index: int, borders: str, row: ReachFact) -> float | None:
    return _reached(index, borders, row) / row.people if row.people else None


def _said_share(index: int, borders: str, row: ReachFact) -> Text:
    return share(_reached(index, borders, row), row.people)


def region_name(row: ReachFact) -> str:
    return territory_name(row.code) if row.code else _("All together")

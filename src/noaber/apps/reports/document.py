"""A report as a document of the house."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from noaber.apps.registry.coded import hazard_name
from noaber.apps.reports.facts import Content
from noaber.apps.reports.maps import draw_figure
from noaber.apps.reports.models import Report
from noaber.apps.reports.parts import Maps, ReportTable, Section
from noaber.apps.reports.sections import sections_of
from noaber.apps.reports.words import organisation_name
from noaber.web import wording
from noaber.web.clock import has_come
from noaber.web.pdf import Block, Column, Document, Figures, Heading, Svg, Table, Text


def report_document(report: Report, content: Content, *, status_note: str = "") -> Document:
    """In the reader's language."""
    code = content.organisation
    return Document(
        title=_("The mapping of mutual assistance"),
        subtitle=_("As %(organisation)s sees it, %(day)s")
        % {"organisation": f"{code} ({organisation_name(code)})", "day": wording.day(content.on)},
        organisation=code,
        status=report.status,
        status_note=status_note,
        tlp=report.tlp,
        made_at=report.made_at,
        facts=facts_of(report, content),
        digest=report.digest,
        contents=True,
        numbered=True,
        blocks=tuple(block for section in sections_of(content) for block in _chapter(content, section)),
    )


def facts_of(report: Report, content: Content) -> tuple[tuple[str, Text], ...]:
    """What stands below the title, on paper as on the page."""
    return (
        (pgettext("a report", "Made on"), wording.moment_in_full(report.made_at)),
        (_("Hazard of the maps"), hazard_name(content.hazard)),
        (_("Roads"), _roads(content)),
        (_("Closed roads"), wording.number(content.closures)),
    )


def _roads(content: Content) -> str:
    if content.roads_on is None:
        return _("main roads; minutes are approximate") if content.has_main_roads else _("none; minutes are estimated")
    if not has_come(content.roads_on):
        return _("road network")
    words = _("network built on %(day)s") if content.is_day_built else _("road network of %(day)s")
    return words % {"day": wording.day(content.roads_on)}


def _chapter(content: Content, section: Section) -> Iterator[Block]:
    yield Heading(section.title)
    for block in section.blocks:
        yield _block(content, block)


def _block(content: Content, block: Block | ReportTable | Maps) -> Block:
    match block:
        case ReportTable():
            return _table(block)
        case Maps():
            return _figures(content, block)
        case _:
            return block


def _figures(content: Content, block: Maps) -> Figures:
    more = pgettext("minutes", "more")
    figures = [
        Svg(draw_figure(content.cells, one.minutes, one.view, more), alt=one.alt, caption=one.caption)
        for one in block.maps
    ]
    return Figures(figures, columns=len(figures))


def _table(table: ReportTable) -> Table:
    return Table(
        columns=[Column(shown.column.label, shown.width, shown.column.numeric) for shown in table.columns],
        rows=[[text for _column, text in row] for row in table.cells(QueryDict())],
        caption=table.caption,
        empty=table.empty,
    )

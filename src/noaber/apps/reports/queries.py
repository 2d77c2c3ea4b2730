"""Reads for the pages of reports; each begins with the sharing rule."""

from __future__ import annotations

from collections import Counter

from django.db.models import QuerySet

from noaber.apps.accounts.models import Organisation
from noaber.apps.mapping.forms.page_queries import USUAL_HELP
from noaber.apps.registry.models import CapacityCapability
from noaber.apps.registry.seen import seen_capacities
from noaber.apps.reports.enums import ReportState
from noaber.apps.reports.facts import Content, decode_content
from noaber.apps.reports.models import Report
from noaber.core.problems import NotFound
from noaber.reference.vocabulary import CapabilityGroup, load_capabilities

USUAL = 3
"""Of so many capabilities the minutes are told, unless one chooses."""


def list_reports(reader: Organisation, status: str) -> QuerySet[Report]:
    """The reports of a status that `reader` may see, without their content."""
    return Report.objects.visible_to(reader).filter(status=status).select_related("owner").defer("content")


def get_report(reader: Organisation, pk: int) -> Report:
    """One report, made or not, or `NotFound`."""
    return Report.objects.select_related("owner").get_visible(reader, pk=pk)


def get_content(reader: Organisation, pk: int) -> tuple[Report, Content]:
    """A report that is made with what it says, or `NotFound`."""
    report = get_report(reader, pk)
    if report.content is None:
        raise NotFound
    return report, decode_content(report.content)


def made_reports(reader: Organisation, status: str) -> QuerySet[Report]:
    return list_reports(reader, status).filter(state=ReportState.MADE)


def usual_capabilities(reader: Organisation, status: str) -> tuple[str, ...]:
    """Of each family of help the one that most of the capacities have that `reader` sees, the commonest first."""
    seen = seen_capacities(reader, status).order_by().values("pk")
    offered = CapacityCapability.objects.filter(capacity__in=seen).order_by()
    counts = Counter(offered.values_list("capability", flat=True))
    known = load_capabilities()
    best: dict[CapabilityGroup, str] = {}
    for code in sorted(counts.keys() & known.keys(), key=lambda code: (code != USUAL_HELP, -counts[code], code)):
        best.setdefault(known[code].group, code)
    return tuple(best.values())[:USUAL]

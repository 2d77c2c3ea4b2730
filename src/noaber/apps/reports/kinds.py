"""Reports as links and search know them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.apps.accounts.models import Organisation
from noaber.apps.records.kinds import Kind, Pages, add_kind
from noaber.apps.reports.models import Report
from noaber.apps.reports.queries import list_reports
from noaber.web import wording


def title_of(report: Report) -> str:
    """Mapping report of Belgium, 14 July 2021."""
    return _("Mapping report of %(organisation)s, %(moment)s") % {
        "organisation": report.owner.code,
        "moment": wording.moment_in_full(report.made_at),
    }


def _visible(reader: Organisation) -> object:
    return Report.objects.visible_to(reader).select_related("owner").defer("content")


add_kind(
    Kind(
        code="report",
        label=gettext_lazy("mapping report"),
        plural=gettext_lazy("mapping reports"),
        icon="print",
        model=Report,
        visible=_visible,  # type: ignore[arg-type]
        title=title_of,
        visible_of=list_reports,
        pages=Pages("mapping", "reports", ("report", "report-new", "report-compare")),
    )
)

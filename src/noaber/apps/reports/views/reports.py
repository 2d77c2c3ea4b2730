"""The mapping reports: their list, one as a page, as PDF, its tables and maps, two compared."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import LANGUAGES
from noaber.apps.accounts.services import do_once
from noaber.apps.accounts.status import status_asked
from noaber.apps.reports.compare import compare
from noaber.apps.reports.document import facts_of, report_document
from noaber.apps.reports.enums import ReportState
from noaber.apps.reports.facts import Content
from noaber.apps.reports.forms import CompareForm, MakeForm
from noaber.apps.reports.maps import draw_figure
from noaber.apps.reports.models import Report
from noaber.apps.reports.parts import ReportTable, Section
from noaber.apps.reports.queries import get_content, get_report, list_reports, made_reports, usual_capabilities
from noaber.apps.reports.sections import sections_of
from noaber.apps.reports.sections.compared import compared
from noaber.apps.reports.services import STEPS_NAME, make_again, make_report
from noaber.apps.roads.forms.map_query import View
from noaber.core.problems import NotFound
from noaber.web.htmx import render_page_or_fragment, wants_fragment
from noaber.web.pdf import pdf_response
from noaber.web.progress import SILENT_FOR, Progress
from noaber.web.reader import asked_language
from noaber.web.tables import csv_response, xlsx_response

SVG_TYPE: Final = "image/svg+xml"
STEPS: Final[dict[str, Promise]] = {
    "texts": _("Reading the texts"),
    "gaps": _("Looking for gaps"),
    "minutes": _("Computing minutes"),
    "people": _("Counting capacities and contacts"),
    "figures": _("Writing the figures"),
}


@acting_required
@require_GET
def reports(request: ActingRequest) -> HttpResponse:
    """The list, the newest first."""
    status = request.status_band = status_asked(request)
    listed = list(list_reports(request.acting.organisation, status))
    made = [report for report in listed if report.is_made]
    context = {
        "here": "reports",
        "reports": listed,
        "may_make": request.acting.may(Permission.COOPERATE),
        "compare": CompareForm(reports=made, initial=_usual_pair(made)) if len(made) > 1 else None,
    }
    return render_page_or_fragment(request, "reports/reports.html", "reports/_rows.html", context)


def _usual_pair(made: list[Report]) -> dict[str, int]:
    return {"old": made[1].pk, "new": made[0].pk} if len(made) > 1 else {}


@acting_required
def report_new(request: ActingRequest) -> HttpResponse:
    """What the maps are about; the rest is everything that one sees."""
    request.acting.check_may(Permission.COOPERATE)
    status = request.status_band
    form = MakeForm(request.POST or None, usual=usual_capabilities(request.acting.organisation, status))
    if request.method == "POST" and form.is_valid():

        def work() -> str:
            report = make_report(request.acting, form.asked(), status=status, tlp=form.cleaned_data["tlp"])
            return report.get_absolute_url()

        return redirect(do_once(request.POST.get("once", ""), request.acting.person, work))
    context = {"here": "reports", "form": form}
    return render(request, "reports/new.html", context, status=422 if form.is_bound else 200)


@acting_required
@require_GET
def report(request: ActingRequest, pk: int) -> HttpResponse:
    """How far it is; then the report. A click on the head of a table asks for that table alone."""
    found = get_report(request.acting.organisation, pk)
    request.status_band = found.status
    if not found.is_made:
        return _progress_page(request, found)
    found, content = get_content(request.acting.organisation, pk)
    if wants_fragment(request):
        return _table_fragment(request, found, content)
    context = {
        "here": "reports",
        "report": found,
        "content": content,
        "facts": facts_of(found, content),
        "sections": [_section_view(section, request.GET) for section in sections_of(content)],
        "languages": LANGUAGES,
    }
    return render(request, "reports/report.html", context)


def _progress_page(request: ActingRequest, found: Report) -> HttpResponse:
    step = Progress(STEPS_NAME % {"pk": found.pk}).read()
    has_failed = found.state == ReportState.FAILED
    context = {
        "here": "reports",
        "report": found,
        "step": step,
        "step_words": STEPS.get(step.name, "") if step else "",
        "percent": round(step.share * 100) if step else 0,
        "stopped": has_failed or step is None or step.seconds_ago > SILENT_FOR,
        "may_make": request.acting.may(Permission.COOPERATE) and found.owner == request.acting.organisation,
    }
    return render_page_or_fragment(request, "reports/progress.html", "reports/_progress.html", context)


def _table_fragment(request: ActingRequest, found: Report, content: Content) -> HttpResponse:
    """The table that htmx named; the whole page where it named none: the report had just been made."""
    htmx: Any = request.htmx  # type: ignore[attr-defined]
    name = (htmx.target or "").removeprefix("table-")
    table = _find_table(content, name)
    if table is None:
        response = HttpResponse()
        response["HX-Redirect"] = found.get_absolute_url()
        return response
    return render(request, "reports/_table.html", {"report": found, "block": _table_view(table, request.GET)})


def _find_table(content: Content, key: str) -> ReportTable | None:
    tables = (table for section in sections_of(content) for table in section.tables)
    return next((table for table in tables if table.key == key), None)


def _section_view(section: Section, query: QueryDict) -> dict[str, Any]:
    blocks = [_table_view(block, query) if isinstance(block, ReportTable) else block for block in section.blocks]
    return {"key": section.key, "title": section.title, "blocks": blocks}


def _table_view(table: ReportTable, query: QueryDict) -> dict[str, Any]:
    return {
        "kind": table.kind,
        "key": table.key,
        "caption": table.caption,
        "empty": table.empty,
        "sorting": table.sorting(query),
        "rows": table.cells(query),
    }


@acting_required
@require_GET
def report_table(request: ActingRequest, pk: int, key: str) -> HttpResponse:
    """One table as a file."""
    _found, content = get_content(request.acting.organisation, pk)
    table = _find_table(content, key)
    if table is None:
        raise NotFound
    columns = tuple(shown.column for shown in table.columns)
    rows = table.sorting(request.GET).apply(table.rows)
    write = xlsx_response if request.GET.get("format") == "xlsx" else csv_response
    return write(f"report-{key}", columns, rows)


@acting_required
@require_GET
def report_map(request: ActingRequest, pk: int, capability: str, view: str) -> HttpResponse:
    """One map as a drawing. Its content never changes."""
    _found, content = get_content(request.acting.organisation, pk)
    minutes = next((one for one in content.minutes if one.capability == capability), None)
    if minutes is None or view not in set(View):
        raise NotFound
    drawing = draw_figure(content.cells, minutes, View(view), pgettext("minutes", "more"))
    response = HttpResponse(drawing, content_type=SVG_TYPE)
    response["Cache-Control"] = "private, max-age=3600"
    return response


@acting_required
@require_GET
def report_pdf(request: ActingRequest, pk: int) -> HttpResponse:
    """The report as PDF, in the language that the address asks for, else the reader's."""
    found, content = get_content(request.acting.organisation, pk)
    with translation.override(asked_language(request)):
        note = str(settings.NOABER_STATUS_NOTE) if found.status == settings.NOABER_STATUS else ""
        return pdf_response(report_document(found, content, status_note=note), name="mapping-report")


@acting_required
@require_POST
def report_again(request: ActingRequest, pk: int) -> HttpResponse:
    """Make a report whose work had stopped."""
    found = get_report(request.acting.organisation, pk)
    make_again(request.acting, found)
    return redirect(found)


@acting_required
@require_GET
def report_compare(request: ActingRequest) -> HttpResponse:
    """Two reports that one sees: what changed from the one to the other."""
    reader = request.acting.organisation
    old, before = _asked_report(request, "old")
    new, after = _asked_report(request, "new")
    if old.status != new.status:
        raise NotFound
    request.status_band = new.status
    found = compare(before, after)
    context = {
        "here": "reports",
        "old": old,
        "new": new,
        "found": found,
        "sections": [_section_view(section, request.GET) for section in compared(found)],
        "form": CompareForm(reports=made_reports(reader, new.status), initial={"old": old.pk, "new": new.pk}),
    }
    return render(request, "reports/compare.html", context)


def _asked_report(request: ActingRequest, name: str) -> tuple[Report, Content]:
    asked = request.GET.get(name, "")
    if not asked.isascii() or not asked.isdecimal() or len(asked) > 18:
        raise NotFound
    return get_content(request.acting.organisation, int(asked))

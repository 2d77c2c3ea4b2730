"""The report of a plan on paper and as a page, a state that was kept, and two versions of its text compared."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.models import LANGUAGES
from noaber.apps.plans.enums import VersionKind
from noaber.apps.plans.frozen import freeze_text
from noaber.apps.plans.models import Plan
from noaber.apps.plans.presenters.consultations import present_consultation
from noaber.apps.plans.presenters.document import report_document
from noaber.apps.plans.presenters.frieze import present_frieze
from noaber.apps.plans.presenters.snapshots import read_snapshots
from noaber.apps.plans.presenters.versions import compare_versions
from noaber.apps.plans.queries import consultations_of, get_plan, objectives_of, programme_of
from noaber.apps.plans.reminders import late_lines
from noaber.apps.plans.standing import plan_on
from noaber.core.problems import NotFound
from noaber.web.clock import now
from noaber.web.pdf import pdf_response
from noaber.web.reader import asked_language


@acting_required
@require_GET
def plan_report(request: ActingRequest, number: str) -> HttpResponse:
    """The report as a page to read and to print; of a draft that was withdrawn there is none, and its page says why."""
    acting = request.acting
    plan = get_plan(acting.organisation, number)
    if plan.is_withdrawn:
        return redirect(plan)
    view = plan_on(acting.organisation, plan, acting.today)
    snapshots = read_snapshots(acting.organisation, plan.snapshots.all())
    context = {
        "plan": plan,
        "view": view,
        "programme": programme_of(acting.organisation, plan),
        "frieze": present_frieze(view, snapshots),
        "late": late_lines(view, acting.zone),
        "consultations": _consultations(request, plan),
        "snapshots": snapshots,
        "languages": LANGUAGES,
    }
    return render(request, "plans/report.html", context)


def _consultations(request: ActingRequest, plan: Plan) -> list[Any]:
    return [present_consultation(request.acting.organisation, one) for one in consultations_of(plan)]


@acting_required
@require_GET
def plan_pdf(request: ActingRequest, number: str) -> HttpResponse:
    """The same as a document, in the reader's language or in the one that `?language=` asks for."""
    acting = request.acting
    plan = get_plan(acting.organisation, number)
    if plan.is_withdrawn:
        return redirect(plan)
    language = asked_language(request)
    with translation.override(language):
        view = plan_on(acting.organisation, plan, acting.today)
        document = report_document(
            acting.organisation,
            view,
            programme=programme_of(acting.organisation, plan),
            late=late_lines(view, acting.zone),
            consultations=_consultations(request, plan),
            snapshots=read_snapshots(acting.organisation, plan.snapshots.all()),
            language=language,
            made_at=now(),
        )
        return pdf_response(document, name=plan.number)


@acting_required
@require_GET
def plan_snapshot(request: ActingRequest, number: str, on: str) -> HttpResponse:
    """The state at the end of a quarter, as it was kept."""
    plan = get_plan(request.acting.organisation, number)
    try:
        day = datetime.date.fromisoformat(on)
    except ValueError as error:
        raise NotFound from error
    snapshot = get_object_or_404(plan.snapshots, on=day)
    [frozen] = read_snapshots(request.acting.organisation, [snapshot])
    context = {"plan": plan, "frozen": frozen}
    return render(request, "plans/snapshot.html", context)


@acting_required
@require_GET
def plan_compare(request: ActingRequest, number: str) -> HttpResponse:
    """Two versions side by side: the last draft that was sent out, and what was adopted or stands today."""
    plan = get_plan(request.acting.organisation, number)
    versions = list(plan.versions.all())
    chosen = {str(version.pk): version for version in versions}
    before = chosen.get(request.GET.get("from", "")) or _first(versions, VersionKind.DRAFT)
    after = chosen.get(request.GET.get("to", ""))
    if after is None and "to" not in request.GET:
        after = _first(versions, VersionKind.ADOPTED)
    current = freeze_text(plan, objectives_of(request.acting.organisation, plan))
    context = {
        "plan": plan,
        "versions": versions,
        "before": before,
        "after": after,
        "rows": compare_versions(before.content, after.content if after else current) if before else [],
    }
    return render(request, "plans/compare.html", context)


def _first(versions: list[Any], kind: VersionKind) -> Any | None:
    """The last one of a kind, else the last of any: the newest stand first."""
    found = next((version for version in versions if version.kind == kind), None)
    return found or (versions[-1] if versions and kind == VersionKind.DRAFT else None)

"""Where no text is: the list of neighbours, and one pair in full, from which a recommendation is made."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.actions.models import Recommendation
from noaber.apps.actions.subjects import decode_subject
from noaber.apps.mapping.forms.page_queries import GapForm, QuestionsForm
from noaber.apps.mapping.neighbours import district_sides, find_pair, territory_of
from noaber.apps.mapping.presenters.gaps import (
    COLUMNS,
    FILE_COLUMNS,
    GapRow,
    gap_row,
    question_rows,
    recommend_url,
    recommended_for,
)
from noaber.apps.registry.queries import inventory
from noaber.apps.registry.views.as_of import day_context
from noaber.core.agreements import Agreement
from noaber.core.agreements.gaps import Pair, find_gaps
from noaber.core.problems import NotFound
from noaber.web.clock import now
from noaber.web.htmx import render_page_or_fragment
from noaber.web.tables import Sorting, export, with_query


@acting_required
@require_GET
def gaps(request: ActingRequest) -> HttpResponse:
    """The list; its file has a line for each help."""
    form = GapForm(request.GET, today=now().date())
    texts = inventory(request.acting.organisation)
    sorting = Sorting.from_query(request.GET, COLUMNS, default="-missing")
    everything = _rows(request.acting.organisation, form, texts, form.pairs)
    rows = sorting.apply(row for row in everything if row.kind != "complete" or form.shows_complete)
    if file := export(request, name="gaps", columns=FILE_COLUMNS, rows=question_rows(rows)):
        return file
    context = {
        "here": "gaps",
        "form": form,
        "sorting": sorting,
        "rows": rows,
        "asked": len(everything),
        "narrowed": not form.narrowing.is_whole,
        "counts": {kind: sum(row.kind == kind for row in everything) for kind in ("missing", "unknown", "complete")},
        "query": with_query(request.GET, sort=None, format=None),
        **day_context(request),
    }
    return render_page_or_fragment(request, "mapping/gaps.html", "mapping/_gaps.html", context)


@acting_required
@require_GET
def gap_pair(request: ActingRequest, one: str, other: str) -> HttpResponse:
    """Two neighbours: everything that no text covers between them, and what there is."""
    pair = find_pair(one, other)
    if pair is None:
        raise NotFound
    form = QuestionsForm(request.GET, today=now().date())
    texts = inventory(request.acting.organisation)
    [row] = _rows(request.acting.organisation, form, texts, [pair])
    context: dict[str, Any] = {
        "here": "gaps",
        "form": form,
        "row": row,
        "narrowed": not form.narrowing.is_whole,
        "query": with_query(request.GET, sort=None, format=None),
        "recommend": recommend_url((pair.one, pair.other), form.asked),
        "parties": [territory_of(pair.one), territory_of(pair.other)],
        "may_recommend": request.acting.may(Permission.COOPERATE),
        **day_context(request),
    }
    return render(request, "mapping/gap_pair.html", context)


def _rows(reader: Organisation, form: QuestionsForm, texts: tuple[Agreement, ...], pairs: list[Pair]) -> list[GapRow]:
    scope = form.scope
    found = find_gaps(
        pairs,
        texts,
        capabilities=scope.capabilities,
        hazards=scope.hazards,
        on=form.asked.on,
        narrowing=form.narrowing,
        organisations=district_sides(),
    )
    listed = _recommendations(reader)
    return [gap_row(one, scope, recommended_for(one.pair, listed)) for one in found]


def _recommendations(reader: Organisation) -> list[tuple[Recommendation, tuple[str, ...]]]:
    """The recommendations about a gap that the reader sees, with the parties of the gap."""
    seen = Recommendation.objects.visible_to(reader).exclude(about={})
    subjects = ((one, decode_subject(one.about)) for one in seen)
    return [(one, subject.parties) for one, subject in subjects if subject]

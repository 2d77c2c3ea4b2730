"""Who may help whom in the whole region: the matrix, the map of one place, owners against capabilities."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.status import status_asked
from noaber.apps.mapping.capabilities import offered_to, owners_of, teams_seen
from noaber.apps.mapping.forms.page_queries import MatrixForm, OffersForm, PlaceForm
from noaber.apps.mapping.neighbours import Between, pairs_between
from noaber.apps.mapping.presenters.capabilities import present_offered
from noaber.apps.mapping.presenters.gaps import gap_row, recommend_url
from noaber.apps.mapping.presenters.map import FILE_COLUMNS, REGION_COLUMNS, answer_map, region_rows
from noaber.apps.mapping.presenters.matrix import answer_between, present_matrix
from noaber.apps.mapping.region import fold, region_matrix
from noaber.apps.mapping.sides import Rows, Side, side_words, sides_of
from noaber.apps.registry.queries import inventory
from noaber.apps.registry.views.as_of import day_context
from noaber.core.agreements import Agreement
from noaber.core.agreements.gaps import find_gaps
from noaber.core.agreements.scope import country_of
from noaber.web.clock import now
from noaber.web.htmx import render_page_or_fragment
from noaber.web.tables import Sorting, export, with_query


@acting_required
@require_GET
def who_matrix(request: ActingRequest) -> HttpResponse:
    """The matrix, with the answer of the chosen cell beside it; a click on a cell asks for the answer alone."""
    form = MatrixForm(request.GET, today=now().date())
    texts = inventory(request.acting.organisation)
    chosen = _chosen(request, form, texts)
    if _wants_answer(request):
        return render(request, "mapping/_answer.html", chosen)
    matrix = region_matrix(sides_of(form.chosen_rows), texts, form.asked)
    if form.chosen_rows is Rows.DIFFER:
        matrix = fold(matrix)
    cell = matrix.find(request.GET.get("from", ""), request.GET.get("to", ""))
    gaps = find_gaps(
        pairs_between(Between.COUNTRIES),
        texts,
        capabilities=form.scope.capabilities,
        hazards=form.scope.hazards,
        on=form.asked.on,
        narrowing=form.narrowing,
    )
    context = (
        _frame(request, "matrix")
        | chosen
        | {
            "form": form,
            "matrix": present_matrix(matrix, cell, request.GET),
            "count": len(texts),
            "gaps": [gap_row(gap, form.scope, ()) for gap in gaps if gap.missing or gap.unknown],
            "gap_query": with_query(request.GET, rows=None, **{"from": None, "to": None}),
        }
    )
    return render_page_or_fragment(request, "mapping/matrix.html", "mapping/_matrix.html", context)


def _wants_answer(request: ActingRequest) -> bool:
    """Whether htmx asks for what stands beside the matrix, and not for the matrix."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx and htmx.target == "answer" and not htmx.history_restore_request)


def _chosen(request: ActingRequest, form: MatrixForm, texts: tuple[Agreement, ...]) -> dict[str, Any]:
    """The two sides that the address names, and the answer between them; nothing where they are of one country."""
    sides = {side.code: side for side in sides_of(Rows.ALL)}
    owner, place = (sides.get(request.GET.get(name, "")) for name in ("from", "to"))
    if owner is None or place is None or country_of(owner.territory) == country_of(place.territory):
        return {"answer": None}
    answer = answer_between(
        owner,
        place,
        names=(side_words(owner), side_words(place)),
        texts=texts,
        asked=form.asked,
        reader=request.acting.organisation,
    )
    advises = answer.kind == "missing" and request.acting.may(Permission.COOPERATE)
    recommend = recommend_url((owner.territory, place.territory), form.asked) if advises else ""
    return {
        "answer": answer,
        "from": owner.code,
        "to": place.code,
        "recommend": recommend,
        "call": [owner.code, place.code],
    }


@acting_required
@require_GET
def who_map(request: ActingRequest) -> HttpResponse:
    """The regions around one place by whether help may come from them; the table says the same."""
    form = PlaceForm(request.GET, today=now().date(), own=request.acting.organisation.code)
    texts = inventory(request.acting.organisation)
    rows = region_rows(form.place, texts, form.asked)
    sorting = Sorting.from_query(request.GET, REGION_COLUMNS, default="country")
    if file := export(request, name=f"help-for-{form.place.code}", columns=FILE_COLUMNS, rows=sorting.apply(rows)):
        return file
    context = _frame(request, "map") | {
        "form": form,
        "place": side_words(form.place),
        "rows": sorting.apply(rows),
        "sorting": sorting,
        "map": answer_map(form.place, rows),
        "matrix_link": with_query(request.GET, sort=None),
    }
    return render_page_or_fragment(request, "mapping/map.html", "mapping/_regions.html", context)


@acting_required
@require_GET
def who_capabilities(request: ActingRequest) -> HttpResponse:
    """For one place: every owner against every capability, with the teams that one may see."""
    status = request.status_band = status_asked(request)
    reader = request.acting.organisation
    form = OffersForm(request.GET, today=now().date(), own=reader.code)
    texts = inventory(reader)
    teams = teams_seen(reader, status)
    owners = owners_of(teams)
    names = _names(owners)
    chosen = (request.GET.get("from", ""), request.GET.get("help", ""))
    owner = next((one for one in owners if one.code == chosen[0]), None)
    asked = form.asked_for(chosen[1])
    answer = (
        answer_between(
            owner,
            form.place,
            names=(f"{names[owner.code]} ({owner.code})", side_words(form.place)),
            texts=texts,
            asked=asked,
            reader=reader,
        )
        if owner and asked
        else None
    )
    beside: dict[str, Any] = {"answer": answer}
    if answer:
        beside |= {"from": chosen[0], "help": chosen[1], "call": [chosen[0], form.place.code]}
    if _wants_answer(request):
        return render(request, "mapping/_answer.html", beside)
    offered = offered_to(form.place, owners, form.capabilities(teams), teams, texts, form.asked)
    context = (
        _frame(request, "capabilities")
        | beside
        | {
            "form": form,
            "place": side_words(form.place),
            "status": status,
            "offered": present_offered(offered, texts, names, request.GET, chosen=chosen),
        }
    )
    return render_page_or_fragment(request, "mapping/capabilities.html", "mapping/_capabilities.html", context)


def _names(owners: tuple[Side, ...]) -> dict[str, str]:
    codes = [owner.code for owner in owners]
    return {one.code: one.name for one in Organisation.objects.filter(code__in=codes)}


def _frame(request: ActingRequest, view: str) -> dict[str, Any]:
    """What every page here needs; the views lead to each other with the same question."""
    return {
        "here": "matrix",
        "view": view,
        "query": with_query(request.GET, sort=None, format=None, rows=None),
        **day_context(request),
    }

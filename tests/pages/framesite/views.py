"""The views of the small site."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from noaber.core.messages.model import FreeText
from noaber.core.problems import NotAllowed
from noaber.web.forms import MomentField, QuantityInput, Segments
from noaber.web.htmx import render_page_or_fragment
from noaber.web.pagination import paginate
from noaber.web.tables import Column, Sorting, export

NOW = datetime.datetime(2021, 7, 14, 16, 41, tzinfo=datetime.UTC)
STEPS = ["Committed", "Mobilising", "En route", "At border", "Arrived", "Operational", "Returned"]
ROWS = [
    {"name": "3 × rescue boat", "owner": "Brabant-Zuidoost", "minutes": 118, "kind": "routed", "step": 5},
    {"name": "2 × pump module", "owner": "Tilburg", "minutes": 84.4, "kind": "estimate", "step": "At border"},
    {"name": "1 × helicopter", "owner": "Gilze-Rijen", "minutes": None, "kind": "estimate", "step": -1},
]
COLUMNS = (
    Column("name", "Team", lambda row: row["name"]),
    Column("minutes", "Minutes", lambda row: row["minutes"], numeric=True),
    Column("state", "State", lambda row: str(row["step"]), sortable=False),
)


def _point(kind: str, lon: float, lat: float, label: str = "", **more: Any) -> dict[str, Any]:
    properties = {"kind": kind, "label": label, "title": label, **more}
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": [lon, lat]}}


def _line(kind: str, *points: list[float]) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"kind": kind}, "geometry": {"type": "LineString", "coordinates": points}}


def _map() -> dict[str, Any]:
    features = [
        _point("incident", 5.82, 50.57, "Pepinster", url="/framesite/form/"),
        _point("base-neighbour", 5.48, 51.44, "Eindhoven"),
        _point("capital", 4.35, 50.85, "Brussels"),
        _point("capital", 6.13, 49.61, "Luxembourg"),
        _point("place", 5.7, 50.85, "Maastricht"),
        _point("closure", 5.65, 50.59, ""),
        _line("route-neighbour", [5.48, 51.44], [5.82, 50.57]),
        _line("route-in-moving", [6.78, 51.22], [5.82, 50.57]),
        {
            "type": "Feature",
            "properties": {"kind": "area-severe", "title": "Vesdre"},
            "geometry": {"type": "Polygon", "coordinates": [[[5.6, 50.4], [6.2, 50.4], [6.2, 50.75], [5.6, 50.4]]]},
        },
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return {"features": collection, "boundaries": "/framesite/boundaries.geojson", "attribution": "Natural Earth"}


def _waits() -> list[dict[str, Any]]:
    after = datetime.timedelta(minutes=1)
    return [
        {"key": "1", "deadline": NOW - 6 * after, "what": "Confirm the order", "why": "Needed before 02:54."},
        {"key": "2", "deadline": NOW + 12 * after, "what": "Extension asked", "why": "Until 15 July 20:00."},
        {"key": "3", "deadline": NOW + 80 * after, "what": "Situation report 6", "why": "Goes to Benelux + NRW."},
    ]


def _context(request: HttpRequest) -> dict[str, Any]:
    sorting = Sorting.from_query(request.GET, COLUMNS, default="-minutes")
    return {
        "now": NOW,
        "soon": NOW + datetime.timedelta(minutes=13, seconds=4),
        "since": NOW - datetime.timedelta(minutes=7),
        "long_ago": NOW - datetime.timedelta(days=400),
        "steps": STEPS,
        "sorting": sorting,
        "rows": sorting.apply(ROWS),
        "waits": _waits(),
        "words_here": FreeText("Strong current.", "en"),
        "words_there": FreeText("Courant très fort.\nPont fermé.", "fr"),
        "map_data": _map(),
        "pages": paginate(request, ROWS, per_page=2),
    }


def desk(request: HttpRequest) -> HttpResponse:
    sorting = Sorting.from_query(request.GET, COLUMNS, default="-minutes")
    file = export(request, name="teams", columns=COLUMNS, rows=sorting.apply(ROWS))
    return file or render(request, "framesite/desk.html", _context(request))


@login_required
def waits(request: HttpRequest) -> HttpResponse:
    return render_page_or_fragment(request, "framesite/desk.html", "framesite/_waits.html", _context(request))


class AnswerForm(forms.Form):
    place = forms.CharField(label="Place", help_text="Any name, any language.")
    quantity = forms.IntegerField(label="Quantity", widget=QuantityInput(minimum=1))
    reason = forms.ChoiceField(label="Reason", choices=[("", "Choose one"), ("own", "Own emergency")])
    answer = forms.ChoiceField(
        label="Answer",
        choices=[("Accept", "Accept"), ("Provisional", "Provisional"), ("Decline", "Decline")],
        widget=Segments(
            classes={"Accept": "yes", "Provisional": "may", "Decline": "no"},
            icons={"Accept": "yes", "Provisional": "part", "Decline": "no"},
        ),
    )
    arrival = MomentField(label="Arrival", required=False)
    why = forms.CharField(label="Explanation", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    night = forms.BooleanField(label="Count approval times", required=False)
    lon = forms.FloatField(label="Longitude", required=False)
    lat = forms.FloatField(label="Latitude", required=False)


def form(request: HttpRequest) -> HttpResponse:
    bound = AnswerForm(request.POST or None)
    if bound.is_valid():
        messages.success(request, "Answer sent to Brussels.")
        return redirect("/framesite/")
    pick = {**_map(), "pick": {"lon": "id_lon", "lat": "id_lat"}}
    status = 422 if bound.is_bound else 200
    return render(request, "framesite/form.html", {"form": bound, "pick_data": pick}, status=status)


def paper(request: HttpRequest) -> HttpResponse:
    return render(request, "framesite/paper.html")


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


def refuses(request: HttpRequest) -> HttpResponse:
    raise NotAllowed("accounts.role.sign-off")


def moves(request: HttpRequest) -> HttpResponse:
    return redirect("/framesite/")


def phones(request: HttpRequest) -> HttpResponse:
    desk = {"organisation": "BE-NCCN", "name": "", "phone": "+32 0 1234", "tel": "+3201234", "second": "", "doubt": ""}
    return JsonResponse({"stands": "As it stood at 18:41.", "contacts": [desk]})

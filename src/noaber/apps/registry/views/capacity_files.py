"""Capacities as files: what the import reads again, and points for other systems."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.records.sharing import kept_organisations
from noaber.apps.registry.csv_export import BYTE_ORDER_MARK, encode_capacities
from noaber.apps.registry.file_export import encode_workbook, encode_zip
from noaber.apps.registry.models import Capacity
from noaber.apps.registry.presenters.capacities import csv_records, geojson_features, present_capacity
from noaber.apps.registry.presenters.csv_help import explained
from noaber.apps.registry.queries.capacities import CapacityFilter, list_capacities
from noaber.core.problems import NotFound
from noaber.web.clock import now
from noaber.web.tables import CSV_TYPE, XLSX_TYPE, geojson_response

ZIP_TYPE: Final = "application/zip"


def _csv(records: list[dict[str, Any]]) -> bytes:
    return (BYTE_ORDER_MARK + encode_capacities(records)).encode()


def _workbook(records: list[dict[str, Any]]) -> bytes:
    return encode_workbook(records, explained=explained())


FORMATS: Final[dict[str, tuple[str, Callable[[list[dict[str, Any]]], bytes]]]] = {
    "csv": (CSV_TYPE, _csv),
    "xlsx": (XLSX_TYPE, _workbook),
    "zip": (ZIP_TYPE, encode_zip),
}
"""CSV has the capacities without the lines of their packages; the others have all."""


def list_file(rows: QuerySet[Capacity], format_: str) -> HttpResponse:
    """A whole list, as its reader sees it."""
    full = rows.prefetch_related("groups")
    if format_ == "geojson":
        return geojson_response(geojson_features(present_capacity(row, now()) for row in full), name="capacities")
    if format_ not in FORMATS:
        return redirect("capacities")
    content_type, encode = FORMATS[format_]
    response = HttpResponse(encode(list(csv_records(full))), content_type=content_type)
    name = f"noaber-capacities-{timezone.localtime(now()):%Y%m%d-%H%M}.{format_}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@acting_required
@require_GET
def capacities_export(request: ActingRequest) -> HttpResponse:
    """One's own capacities, or those of an owner that one keeps, to change and bring back."""
    reader = request.acting.organisation
    code = request.GET.get("owner", reader.code)
    if code not in {owner.code for owner in kept_organisations(reader)}:
        raise NotFound
    rows = list_capacities(reader, request.status_band, CapacityFilter(owner=code), now=now())
    return list_file(rows, request.GET.get("format", "xlsx"))

"""The coded lists in four languages: what a request is made of, so that it can be read anywhere."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.registry.presenters import vocabulary as words
from noaber.web.tables import export


@acting_required
@require_GET
def vocabulary(request: ActingRequest) -> HttpResponse:
    groups = words.capability_groups()
    rows = [view for _group, views in groups for view in views]
    if file := export(request, name="capabilities", columns=words.FILE_COLUMNS, rows=rows):
        return file
    context = {
        "here": "vocabulary",
        "groups": groups,
        "hazards": words.hazards(),
        "host_needs": words.host_needs(),
        "attributes": words.attributes(),
    }
    return render(request, "registry/vocabulary.html", context)

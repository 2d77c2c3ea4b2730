"""Exchanges on paper, each in the one of the four languages that its address names."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import translation
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import LANGUAGES
from noaber.apps.placements import documents
from noaber.apps.placements.queries import get_call, get_placement, list_places
from noaber.core.problems import NotFound
from noaber.web.clock import now
from noaber.web.pdf import pdf_response


@acting_required
@require_GET
def call_pdf(request: ActingRequest, pk: int, language: str) -> HttpResponse:
    """What the call offers and under which conditions."""
    call = get_call(request.acting.organisation, pk)
    with translation.override(_known(language)):
        return pdf_response(documents.call_paper(request.acting, call, list_places(call), at=now()), name="call")


@acting_required
@require_GET
def placement_pdf(request: ActingRequest, pk: int, language: str) -> HttpResponse:
    """The confirmation; it names who goes."""
    request.acting.check_may(Permission.COOPERATE)
    record = get_placement(request.acting.organisation, pk)
    with translation.override(_known(language)):
        return pdf_response(documents.confirmation(request.acting, record, at=now()), name="placement")


@acting_required
@require_GET
def report_pdf(request: ActingRequest, pk: int, language: str) -> HttpResponse:
    """What was written before and after; where nothing was, there is no paper."""
    record = get_placement(request.acting.organisation, pk)
    if not record.has_reports:
        raise NotFound
    with translation.override(_known(language)):
        return pdf_response(documents.report_paper(request.acting, record, at=now()), name="placement report")


def _known(language: str) -> str:
    if language not in dict(LANGUAGES):
        raise NotFound
    return language

"""Practices and lessons on paper; in the language that `?language=` asks for, else in that of the reader."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import translation
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.practices.papers import lesson_paper, practice_paper
from noaber.apps.practices.queries import actions_of, get_lesson, get_practice
from noaber.web.clock import now
from noaber.web.pdf import pdf_response
from noaber.web.reader import asked_language


@acting_required
@require_GET
def practice_pdf(request: ActingRequest, number: str) -> HttpResponse:
    record = get_practice(request.acting.organisation, number)
    with translation.override(asked_language(request)):
        return pdf_response(practice_paper(request.acting, record, now()), name=f"practice {record.number}")


@acting_required
@require_GET
def lesson_pdf(request: ActingRequest, number: str) -> HttpResponse:
    acting = request.acting
    record = get_lesson(acting.organisation, number)
    actions = actions_of(acting.organisation, record)
    with translation.override(asked_language(request)):
        return pdf_response(lesson_paper(acting, record, actions, now()), name=f"lesson {record.number}")

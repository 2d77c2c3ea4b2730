"""Files: the papers of a meeting and a decision as PDF in the language asked for, the invitation as iCalendar."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import translation
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.actions.views.feeds import calendar_answer
from noaber.apps.meetings import decision_papers, papers
from noaber.apps.meetings.calendar import write_invitation
from noaber.apps.meetings.queries import get_decision, get_meeting
from noaber.web.clock import now
from noaber.web.pdf import pdf_response
from noaber.web.reader import asked_language


@acting_required
@require_GET
def convocation(request: ActingRequest, pk: int) -> HttpResponse:
    meeting = get_meeting(request.acting.organisation, pk)
    with translation.override(asked_language(request)):
        return pdf_response(papers.convocation(request.acting, meeting, now()), name="convocation")


@acting_required
@require_GET
def minutes(request: ActingRequest, pk: int) -> HttpResponse:
    meeting = get_meeting(request.acting.organisation, pk)
    with translation.override(asked_language(request)):
        return pdf_response(papers.minutes(request.acting, meeting, now()), name="minutes")


@acting_required
@require_GET
def extract(request: ActingRequest, number: str) -> HttpResponse:
    """One decision on paper."""
    decision = get_decision(request.acting.organisation, number)
    with translation.override(asked_language(request)):
        return pdf_response(decision_papers.extract(request.acting, decision, now()), name=decision.number)


@acting_required
@require_GET
def invitation(request: ActingRequest, pk: int) -> HttpResponse:
    """The invitation for calendars, with the version that it has reached."""
    meeting = get_meeting(request.acting.organisation, pk)
    people = meeting.participants.select_related("organisation")
    content = write_invitation(meeting, people, address=request.build_absolute_uri, now=now())
    return calendar_answer(content, name=f"meeting-{meeting.pk}")

"""The consultation of a draft: opened for partners, commented on, answered, closed; and its trail afterwards."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.models import Organisation
from noaber.apps.plans import services
from noaber.apps.plans.enums import OVER, Outcome
from noaber.apps.plans.forms.consultations import AnswerForm, CommentForm, ConsultationForm
from noaber.apps.plans.models import Comment, Consultation, Plan
from noaber.apps.plans.permissions import can_comment
from noaber.apps.plans.presenters.consultations import ConsultationView, present_consultation
from noaber.apps.plans.presenters.tables import COMMENT_COLUMNS
from noaber.apps.plans.queries import (
    comments_for,
    consultations_of,
    get_comment,
    get_last_consultation,
    get_plan,
    objectives_of,
    was_asked,
)
from noaber.apps.plans.reminders import not_yet_today, silent_others
from noaber.apps.plans.views.common import rights
from noaber.apps.records.edits import Stands
from noaber.apps.records.pages import save_form
from noaber.core.problems import NotAllowed
from noaber.web import wording
from noaber.web.edits import form_status
from noaber.web.htmx import render_page_or_fragment
from noaber.web.reader import reader_language
from noaber.web.tables import export

_USUAL: Final = datetime.timedelta(days=28)


@dataclass(frozen=True)
class CommentRow:
    """A comment with the form that answers it; None where the reader may not answer."""

    comment: Comment
    form: AnswerForm | None


@dataclass(frozen=True)
class Trail:
    """A consultation on its page."""

    view: ConsultationView
    rows: list[CommentRow]


@acting_required
@require_GET
def plan_consultation(request: ActingRequest, number: str) -> HttpResponse:
    """The consultations of a plan; what was said and what became of it as CSV or XLSX where the address asks for it."""
    reader = request.acting.organisation
    plan = get_plan(reader, number)
    said = (comment for one in consultations_of(plan) for comment in comments_for(reader, one))
    return export(request, name=f"comments-{plan.number}", columns=COMMENT_COLUMNS, rows=said) or _page(request, plan)


def _page(
    request: ActingRequest,
    plan: Plan,
    bound: dict[str, Any] | None = None,
    *,
    answering: Mapping[int, AnswerForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with the forms that were refused: `bound` by their names, `answering` by the keys of the comments."""
    acting, today = request.acting, request.acting.today
    allowed = rights(acting, plan)
    views = [present_consultation(acting.organisation, one) for one in consultations_of(plan)]
    current = next((view for view in views if view.consultation.closed_at is None), None)
    may_comment = current is not None and _may_comment(request, current.consultation, today)
    answers = allowed["may_change"] and plan.state not in OVER
    asked = {one.consulted.organisation_id: one.consulted for one in current.parties} if current else {}
    context: dict[str, Any] = {
        "plan": plan,
        "trails": [_trail(view, answers, answering or {}) for view in views],
        "current": current,
        "comment_count": sum(len(view.comments) for view in views),
        "may_comment": may_comment,
        "mine": asked.get(acting.organisation.pk),
        "may_remind": allowed["may_change"]
        and current is not None
        and _anybody_to_remind(request, current.consultation),
        "was_asked": was_asked(acting.organisation, plan),
        "open_form": _open_form(request, {"until": today + _USUAL}),
        "comment_form": _comment_form(request, plan),
        **allowed,
        **(bound or {}),
    }
    return render_page_or_fragment(
        request, "plans/consultation.html", "plans/_consultation.html", context, status=status
    )


def _trail(view: ConsultationView, answers: bool, answering: Mapping[int, AnswerForm]) -> Trail:
    """A consultation whose comments may be answered or not; of `answering` each form as it was sent."""

    def form_for(comment: Comment) -> AnswerForm | None:
        fresh = AnswerForm(initial=_initial_answer(comment), auto_id=False) if answers else None
        return answering.get(comment.pk, fresh)

    return Trail(view, [CommentRow(comment, form_for(comment)) for comment in view.comments])


def _initial_answer(comment: Comment) -> dict[str, Any]:
    return {
        "outcome": comment.outcome,
        "why": comment.answer,
        "language": comment.answer_language or reader_language(),
    }


def _may_comment(request: ActingRequest, consultation: Consultation, today: datetime.date) -> bool:
    acting = request.acting
    return can_comment(
        acting.roles,
        organisation=acting.organisation.pk,
        consulted=[one.organisation_id for one in consultation.consulted.all()],
        takes_comments=consultation.takes_comments(today),
    )


def _anybody_to_remind(request: ActingRequest, consultation: Consultation) -> bool:
    if not consultation.takes_comments(request.acting.today):
        return False
    silent = silent_others(consultation)
    return bool(not_yet_today(silent, consultation.plan, consultation, request.acting.zone))


def _open_form(request: ActingRequest, initial: dict[str, Any], data: Any = None) -> ConsultationForm:
    others = Organisation.objects.exclude(pk=request.acting.organisation.pk)
    return ConsultationForm(data, initial=initial, organisations=others, prefix="open")


def _comment_form(request: ActingRequest, plan: Plan, data: Any = None) -> CommentForm:
    asked = request.GET.get("about", "")
    return CommentForm(
        data,
        initial={"objective": asked},
        objectives=objectives_of(request.acting.organisation, plan),
        prefix="comment",
    )


def _back(plan: Plan) -> str:
    return f"{plan.get_absolute_url()}consultation"


def _step(request: ActingRequest, plan: Plan, form: forms.Form, do: Any, told: str, name: str) -> HttpResponse:
    def work() -> str:
        do()
        return _back(plan)

    return save_form(request, form, work, told) or _page(request, plan, {name: form}, status=422)


@acting_required
@require_POST
def consultation_open(request: ActingRequest, number: str) -> HttpResponse:
    plan = get_plan(request.acting.organisation, number)
    form = _open_form(request, {}, request.POST)

    def do() -> None:
        found = form.cleaned_data
        services.open_consultation(
            request.acting,
            plan,
            form.asked(),
            until=found["until"],
            text=found["text"],
            language=found["language"],
        )

    return _step(request, plan, form, do, _("The draft lies before your partners."), "open_form")


@acting_required
@require_POST
def consultation_comment(request: ActingRequest, number: str) -> HttpResponse:
    """Comment; where the consultation ended meanwhile, the form says so and keeps the words."""
    plan = get_plan(request.acting.organisation, number)
    current = get_last_consultation(plan)
    form = _comment_form(request, plan, request.POST)

    def do() -> None:
        found = form.cleaned_data
        services.comment_on(
            request.acting,
            current,
            found["text"],
            language=found["language"],
            objective=form.chosen(),
            shared=found["shared"],
        )

    try:
        return _step(request, plan, form, do, _("The comment is handed in."), "comment_form")
    except NotAllowed as error:
        form.add_error(None, wording.problem(error.problem))
        return _page(request, plan, {"comment_form": form}, status=409)


@acting_required
@require_POST
def consultation_done(request: ActingRequest, number: str) -> HttpResponse:
    plan = get_plan(request.acting.organisation, number)
    services.finish_commenting(request.acting, get_last_consultation(plan))
    return redirect(_back(plan))


@acting_required
@require_POST
def consultation_close(request: ActingRequest, number: str) -> HttpResponse:
    plan = get_plan(request.acting.organisation, number)
    services.close_consultation(request.acting, get_last_consultation(plan))
    return redirect(_back(plan))


@acting_required
@require_POST
def comment_answer(request: ActingRequest, pk: int) -> HttpResponse:
    """Answer a comment; where a colleague answered it meanwhile, both answers stand beside each other."""
    comment = get_comment(request.acting.organisation, pk)
    plan = comment.consultation.plan
    stands = Stands(comment, _initial_answer, lock=plan, names={"why": "answer"})
    form = AnswerForm(request.POST, initial=_initial_answer(comment), auto_id=False)

    def work() -> str:
        found = form.cleaned_data
        outcome = Outcome(found["outcome"])
        services.answer_comment(request.acting, comment, outcome, found["why"], language=found["language"])
        return f"{_back(plan)}#comment-{comment.pk}"

    answer = save_form(request, form, work, _("The comment is answered."), stands)
    return answer or _page(request, plan, answering={comment.pk: form}, status=form_status(form))

"""The open questions of the inventory: the list, and one of them to be asked, answered or given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.services import do_once
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.mapping.forms.questions import AskForm, GiveUpForm, QuestionFilter
from noaber.apps.mapping.models import FieldQuestion
from noaber.apps.mapping.presenters.questions import (
    COLUMNS,
    FILE_COLUMNS,
    asked_view,
    count_rows,
    cut,
    question_row,
)
from noaber.apps.mapping.questions import OpenQuestion, get_question, open_questions
from noaber.apps.mapping.services.questions import answer, ask, give_up, may_answer, may_give_up
from noaber.apps.records.edits import token_of
from noaber.apps.records.history import history_of
from noaber.apps.registry.forms.capacities import errors_from
from noaber.apps.registry.forms.inventory import FieldCheckForm
from noaber.apps.registry.presenters.fields import field_fact, present_checks
from noaber.apps.registry.presenters.history import present_history
from noaber.apps.registry.queries import get_agreement_row, inventory
from noaber.apps.registry.queries.agreement_records import field_checks_of
from noaber.apps.registry.services.field_checks import field_digest
from noaber.core.problems import InvalidInput
from noaber.web.clock import now
from noaber.web.htmx import render_page_or_fragment
from noaber.web.pagination import paginate
from noaber.web.reader import reader_language
from noaber.web.tables import Sorting, export, with_query


@acting_required
@require_GET
def questions(request: ActingRequest) -> HttpResponse:
    """Every unknown of every text that one sees; what waits for the reader first."""
    return _list_page(request, None)


def _list_page(request: ActingRequest, form: AskForm | None) -> HttpResponse:
    organisation = request.acting.organisation
    today = request.acting.today
    every = [question_row(question, organisation, today) for question in open_questions(organisation)]
    asked_of = sorted({row.asked_of for row in every if row.asked_of})
    sought = QuestionFilter(request.GET, organisations=asked_of)
    sorting = Sorting.from_query(request.GET, COLUMNS, default="state")
    rows = sorting.apply(cut(every, sought.sought()))
    if file := export(request, name="open-questions", columns=FILE_COLUMNS, rows=rows):
        return file
    counts = count_rows(every)
    context = {
        "here": "questions",
        "pages": paginate(request, rows, per_page=60),
        "found": len(rows),
        "sorting": sorting,
        "filter": sought,
        "counts": counts,
        "states": [(one, with_query(request.GET, state=one.key, page=None)) for one in counts.states],
        "fields": [(one, with_query(request.GET, field=one.key, page=None)) for one in counts.fields],
        "may_edit": request.acting.may(Permission.EDIT_AGREEMENTS),
        "form": form or AskForm(readers=Organisation.objects.filter(connected=True), today=today),
        "picked": set(request.POST.getlist("pick")) if form else set(),
    }
    status = 422 if form and form.is_bound else 200
    return render_page_or_fragment(
        request, "mapping/questions.html", "mapping/_question_rows.html", context, status=status
    )


@acting_required
@require_POST
def questions_ask(request: ActingRequest) -> HttpResponse:
    """Ask one organisation to find out all that is ticked."""
    request.acting.check_may(Permission.EDIT_AGREEMENTS)
    picked = [key.rpartition(":") for key in request.POST.getlist("pick")]
    form = AskForm(request.POST, readers=Organisation.objects.filter(connected=True), today=request.acting.today)
    valid = form.is_valid()
    if not picked:
        form.add_error(None, _("Tick what is to be found out first."))
    if not valid or not picked:
        return _list_page(request, form)

    def work() -> str:
        for code, _colon, field in picked:
            row = get_agreement_row(request.acting.organisation, code)
            ask(request.acting, row, field, form.asking(), now=now())
        return reverse("questions")

    if not (location := _done(request, form, work)):
        return _list_page(request, form)
    count = len(picked)
    messages.success(
        request, ngettext("%(count)s question is asked.", "%(count)s questions are asked.", count) % {"count": count}
    )
    return redirect(location)


@acting_required
@require_GET
def question(request: ActingRequest, code: str, field: str) -> HttpResponse:
    """One question: what is supposed, who was asked, and what one may do."""
    return _question_page(request, _get(request, code, field))


def _get(request: ActingRequest, code: str, field: str) -> OpenQuestion:
    row = get_agreement_row(request.acting.organisation, code)
    return get_question(row, field, was_open="seen" in request.POST)


def _question_page(request: ActingRequest, found: OpenQuestion, **forms: Any) -> HttpResponse:
    today = request.acting.today
    checks = field_checks_of(found.row, found.field)
    context = {
        "here": "questions",
        "question": found,
        "row": question_row(found, request.acting.organisation, today),
        "asked": asked_view(found),
        "fact": field_fact(found.text, found.field, {}),
        "sources": _sources(found),
        "checks": present_checks(checks, found.row),
        "history": present_history(history_of(found.asked), FieldQuestion) if found.asked else [],
        "seen": field_digest(found.row, found.field),
        "may_ask": (found.is_unknown or "ask_form" in forms) and request.acting.may(Permission.EDIT_AGREEMENTS),
        "may_answer": (found.is_unknown or "answer_form" in forms) and may_answer(request.acting, found),
        "may_give_up": (found.is_unknown or "give_up_form" in forms) and may_give_up(request.acting, found),
        "may_recommend": found.is_unknown and request.acting.may(Permission.COOPERATE),
        "ask_form": forms.get("ask_form") or _ask_form(request, found),
        "answer_form": forms.get("answer_form") or _answer_form(request, found, None),
        "give_up_form": forms.get("give_up_form") or GiveUpForm(),
        "opened": next(iter(forms), ""),
    }
    return render(request, "mapping/question.html", context, status=422 if forms else 200)


def _sources(found: OpenQuestion) -> list[Any]:
    remark = found.text.remarks.get(found.field)
    return [source for source in found.text.sources if remark and source.number in remark.sources]


def _ask_form(request: ActingRequest, found: OpenQuestion) -> AskForm:
    asked = found.asked
    initial = {"organisation": asked.organisation.code, "function": asked.function, "note": asked.note} if asked else {}
    return AskForm(
        request.POST if request.method == "POST" else None,
        readers=readers_of(found.row).order_by("code"),
        today=request.acting.today,
        initial=initial,
        prefix="ask",
    )


def _answer_form(request: ActingRequest, found: OpenQuestion, data: Any) -> FieldCheckForm:
    return FieldCheckForm(
        data,
        field=found.field,
        data_of=found.row.data,
        may_state=True,
        today=request.acting.today,
        language=reader_language(),
    )


@acting_required
@require_POST
def question_ask(request: ActingRequest, code: str, field: str) -> HttpResponse:
    """Ask an organisation to find it out."""
    request.acting.check_may(Permission.EDIT_AGREEMENTS)
    found = _get(request, code, field)
    form = _ask_form(request, found)

    def work() -> str:
        ask(request.acting, found.row, field, form.asking(), now=now())
        return reverse("question", args=[code, field])

    if form.is_valid() and (location := _done(request, form, work)):
        messages.success(request, _("The question is asked."))
        return redirect(location)
    return _question_page(request, _get(request, code, field), ask_form=form)


@acting_required
@require_POST
def question_answer(request: ActingRequest, code: str, field: str) -> HttpResponse:
    """Write down what was found, with its source."""
    request.acting.check_may(Permission.EDIT_AGREEMENTS)
    found = _get(request, code, field)
    form = _answer_form(request, found, request.POST)

    def work() -> str:
        texts = inventory(request.acting.organisation)
        on, note = form.cleaned_data["on"], form.cleaned_data["note"]
        seen = request.POST.get("seen", "")
        answer(request.acting, found, form.reading(), texts, on=on, note=note, seen=seen, now=now())
        return reverse("question", args=[code, field])

    if form.is_valid() and (location := _done(request, form, work)):
        messages.success(request, _("What you found is written down."))
        return redirect(location)
    return _question_page(request, _get(request, code, field), answer_form=form)


@acting_required
@require_POST
def question_give_up(request: ActingRequest, code: str, field: str) -> HttpResponse:
    """Say that it cannot be found, and why."""
    request.acting.check_may(Permission.EDIT_AGREEMENTS)
    found = _get(request, code, field)
    form = GiveUpForm(request.POST)

    def work() -> str:
        give_up(request.acting, found, form.cleaned_data["reason"], now=now())
        return reverse("question", args=[code, field])

    if form.is_valid() and (location := _done(request, form, work)):
        messages.success(request, _("It stays unknown, with the reason."))
        return redirect(location)
    return _question_page(request, _get(request, code, field), give_up_form=form)


def _done(request: ActingRequest, form: Any, work: Callable[[], str]) -> str:
    """Where to go; nothing where the service refused, which the form then shows."""
    try:
        return do_once(token_of(request), request.acting.person, work)
    except InvalidInput as error:
        errors_from(form, error.problems, {problem.where: problem.where.split("/")[-1] for problem in error.problems})
        return ""

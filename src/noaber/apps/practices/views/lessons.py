"""Lessons: the list by state, one with its chain, noting, acting on it, checking, leaving, taking up again."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import Acting, ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import LANGUAGES
from noaber.apps.accounts.queries import keeps
from noaber.apps.actions.enums import UNDER_WAY, Origin
from noaber.apps.actions.forms.actions import ActionForm
from noaber.apps.actions.models import Action
from noaber.apps.library.panel import links_panel
from noaber.apps.library.views.source import asked_source, sharing_of, title_of_source
from noaber.apps.practices import services
from noaber.apps.practices.enums import LessonState
from noaber.apps.practices.forms.lessons import CheckForm, LessonFilterForm, LessonForm, TakeUpForm
from noaber.apps.practices.models import Lesson
from noaber.apps.practices.presenters.about import about
from noaber.apps.practices.presenters.lessons import (
    CHAIN_STEPS,
    COLUMNS,
    FILE_COLUMNS,
    STATE_LOOKS,
    present_chain,
    present_lesson,
)
from noaber.apps.practices.queries import (
    LessonFilter,
    actions_of,
    actions_of_all,
    count_states,
    get_lesson,
    lesson_owners,
    list_lessons,
)
from noaber.apps.practices.views.source import initial_of_source
from noaber.apps.records.forms import ReasonForm
from noaber.apps.records.history import history_of
from noaber.apps.records.pages import Step, edit_page, new_page, take_step
from noaber.apps.records.permissions import can_change
from noaber.apps.records.words import Values
from noaber.apps.records.writing import check_keeper
from noaber.apps.registry.presenters.history import present_history
from noaber.web.htmx import render_page_or_fragment
from noaber.web.pagination import paginate
from noaber.web.tables import Sorting, export, with_query

PER_PAGE = 50
_FORM_PAGE: Final = "practices/lesson_form.html"
STEPS: Final = {
    "take-up": Step(services.take_up_lesson, _("The lesson is taken up."), TakeUpForm),
    "check": Step(services.check_lesson, _("The check is kept."), CheckForm),
    "leave": Step(services.leave_lesson, _("Kept, with the reason why nothing is done."), ReasonForm),
    "reopen": Step(services.reopen_lesson, _("The lesson waits for an action again."), ReasonForm),
}


@acting_required
@require_GET
def lessons(request: ActingRequest) -> HttpResponse:
    """The list by state: what waits for an action first, unless another column is chosen."""
    acting, today = request.acting, request.acting.today
    form = LessonFilterForm(request.GET, organisations=lesson_owners(acting.organisation))
    asked = form.wanted()
    found = list(list_lessons(acting.organisation, asked))
    actions = actions_of_all(acting.organisation, found)
    sorting = Sorting.from_query(request.GET, COLUMNS, default="state")
    rows = sorting.apply(present_lesson(lesson, actions[lesson.pk], today) for lesson in found)
    if file := export(request, name="lessons", columns=FILE_COLUMNS, rows=rows):
        return file
    context = {
        "form": form,
        "sorting": sorting,
        "pages": paginate(request, rows, per_page=PER_PAGE),
        "grouped": sorting.key == "state",
        "states": _states(request, count_states(acting.organisation), asked.state),
        "is_filtered": asked != LessonFilter(),
        "may_add": acting.may(Permission.COOPERATE),
    }
    return render_page_or_fragment(request, "practices/lessons.html", "practices/_lesson_rows.html", context)


def _states(request: ActingRequest, counted: Counter[str], chosen: str) -> list[dict[str, Any]]:
    """How many lessons there are in each state, and the address that shows them."""
    return [
        {
            "label": LessonState(state).label,
            "icon": icon,
            "count": counted[state],
            "url": with_query(request.GET, state=state, page=None, format=None),
            "chosen": state == chosen,
        }
        for state, (_css, icon) in STATE_LOOKS.items()
    ]


@acting_required
@require_GET
def lesson(request: ActingRequest, number: str) -> HttpResponse:
    return _page(request, get_lesson(request.acting.organisation, number))


def _page(request: ActingRequest, record: Lesson, bound: dict[str, forms.BaseForm] | None = None) -> HttpResponse:
    """The page of a lesson; `bound` holds the form that was refused, by its name."""
    acting, today = request.acting, request.acting.today
    kept = keeps(acting.organisation)
    actions = actions_of(acting.organisation, record)
    row = present_lesson(record, actions, today)
    context: dict[str, Any] = {
        "lesson": record,
        "words": {name: record.free(name) for name in ("title", "observation", "cause", "change")},
        "row": row,
        "steps": CHAIN_STEPS,
        "about": about(record),
        "chain": present_chain(record, actions, record.checks.select_related("organisation")),
        "links": links_panel(acting, record),
        "groups": [group.name for group in record.groups.all()] if record.owner_id in kept else [],
        "history": present_history(history_of(record), Lesson) if record.owner_id in kept else [],
        "is_kept": record.owner_id in kept,
        "pdf_languages": [code for code, _name in LANGUAGES],
        "may_add": acting.may(Permission.COOPERATE),
        "may_change": can_change(acting.roles, owner=record.owner_id, kept=kept),
        **_step_forms(acting, record, actions),
    }
    context |= bound or {}
    status = 422 if bound else 200
    return render_page_or_fragment(request, "practices/lesson.html", "practices/_lesson.html", context, status=status)


def _step_forms(acting: Acting, record: Lesson, actions: list[Action]) -> dict[str, forms.BaseForm]:
    check = {"checked_on": acting.today, "checked_by": record.kept_by_function}
    return {
        "take_up_form": TakeUpForm(prefix="take-up", actions=_answers(acting, actions)),
        "check_form": CheckForm(initial=check, prefix="check"),
        "leave_form": ReasonForm(prefix="leave"),
        "reopen_form": ReasonForm(prefix="reopen"),
    }


def _answers(acting: Acting, linked: list[Action]) -> list[Action]:
    """The actions that may answer a lesson: those that it led to first, then what is under way."""
    others = (
        Action.objects.visible_to(acting.organisation)
        .filter(state__in=UNDER_WAY)
        .exclude(pk__in=[action.pk for action in linked])
    )
    return [*linked, *others[:200]]


@acting_required
@require_http_methods(["GET", "POST"])
def lesson_new(request: ActingRequest) -> HttpResponse:
    """Note a lesson; `?source=incident:7` names what it comes from."""
    acting = request.acting
    acting.check_may(Permission.COOPERATE)
    source = asked_source(request)
    initial = {"made_on": acting.today, **initial_of_source(source)}
    form = LessonForm(request.POST or None, acting=acting, initial=initial)

    def add(values: Values) -> Lesson:
        return services.add_lesson(acting, values, source=source)

    told = _("The lesson is noted.")
    return new_page(request, form, add, _FORM_PAGE, told, source=source, source_title=title_of_source(source))


@acting_required
@require_http_methods(["GET", "POST"])
def lesson_edit(request: ActingRequest, number: str) -> HttpResponse:
    record = get_lesson(request.acting.organisation, number)
    return edit_page(request, record, LessonForm, services.change_lesson, _FORM_PAGE)


@acting_required
@require_http_methods(["GET", "POST"])
def lesson_act(request: ActingRequest, number: str) -> HttpResponse:
    """Make an action of it: the form begins with what is to change."""
    acting = request.acting
    record = get_lesson(acting.organisation, number)
    check_keeper(acting, record)
    initial = {
        "title": record.title,
        "description": record.change,
        "language": record.language,
        "responsible": acting.organisation.code,
        "responsible_function": record.kept_by_function,
        "made_on": acting.today,
        "origin": Origin.LESSON,
        **sharing_of(record),
    }
    form = ActionForm(request.POST or None, acting=acting, initial=initial)

    def act(values: Values) -> Lesson:
        services.act_on_lesson(acting, record, values)
        return record

    return new_page(request, form, act, "practices/lesson_act.html", _("The lesson is taken up."), lesson=record)


@acting_required
@require_POST
def lesson_step(request: ActingRequest, number: str, code: str) -> HttpResponse:
    """Take the step of a form on the page of a lesson, or show the page with what is wrong."""
    acting, step = request.acting, STEPS[code]
    record = get_lesson(acting.organisation, number)
    choices = {"actions": _answers(acting, actions_of(acting.organisation, record))} if code == "take-up" else {}
    form = step.form(request.POST, prefix=code, **choices)
    name = code.replace("-", "_")
    return take_step(request, record, step, form, lambda form: _page(request, record, {f"{name}_form": form}))

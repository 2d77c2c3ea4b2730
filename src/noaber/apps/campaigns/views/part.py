"""The page of those who are asked: one part, thing by thing. Each answer is kept at once; one can leave and go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from noaber.apps.campaigns.enums import Part
from noaber.apps.campaigns.fillers import Filler
from noaber.apps.campaigns.forms.parts import (
    CapacityCorrection,
    ContactCorrection,
    UnknownForm,
    correction_form,
    missing_form,
)
from noaber.apps.campaigns.items import Item
from noaber.apps.campaigns.presenters.parts import LookView, present_look, present_progress
from noaber.apps.campaigns.progress import Asked, asked_things
from noaber.apps.campaigns.services import additions, answers
from noaber.apps.campaigns.views.doors import Door
from noaber.apps.records.edits import Stands, merge_edit
from noaber.apps.registry.forms.agreement_facts import CONTROLS, initial_of
from noaber.apps.registry.forms.capacities import capacity_initial, errors_from
from noaber.apps.registry.forms.contacts import contact_initial
from noaber.apps.registry.models import AgreementRow
from noaber.apps.registry.services import SameFunction
from noaber.core.campaigns import Finding
from noaber.core.problems import InvalidInput, NotAllowed, NotFound, Problem
from noaber.web import wording
from noaber.web.clock import now
from noaber.web.edits import form_status
from noaber.web.htmx import wants_fragment
from noaber.web.reader import reader_language

LONGEST_ONCE = 64


def part_page(request: HttpRequest, door: Door, *, status: int = 200, **more: Any) -> HttpResponse:
    """Everything that is asked, as it stands."""
    things = asked_things(door.ask, door.reader)
    return _page(request, door, things, [present_look(thing) for thing in things], status=status, **more)


def _page(
    request: HttpRequest, door: Door, things: list[Asked], looks: list[LookView], *, status: int, **more: Any
) -> HttpResponse:
    context = _context(door, things) | {"looks": looks, "add_form": None} | door.more | more
    return render(request, door.template, context, status=status)


def _context(door: Door, things: list[Asked]) -> dict[str, Any]:
    campaign = door.ask.campaign
    return {
        "door": door,
        "ask": door.ask,
        "campaign": campaign,
        "progress": present_progress(things),
        "may_answer": door.filler is not None and campaign.takes_answers(now()),
        "is_agreements": door.ask.part == Part.AGREEMENTS,
        "add_words": add_words(door.ask.part),
        "swap": False,
    }


def add_words(part: str) -> str:
    """The button with which one adds what is missing."""
    match part:
        case Part.AGREEMENTS:
            return _("Add an arrangement that is missing")
        case Part.CAPACITIES:
            return _("Add a capacity that is missing")
        case _:
            return _("Add a contact point that is missing")


def _filler(door: Door) -> Filler:
    if door.filler is None:
        raise NotAllowed("campaign.not-asked")
    return door.filler


def _asked_item(filler: Filler, key: str) -> Item:
    record, slash, name = key.rpartition("/")
    if not slash:
        raise NotFound
    return answers.find_item(filler, record, name)


def _answered(request: HttpRequest, door: Door, item: Item) -> HttpResponse:
    """The card of a thing as it is now; without script the page at that card."""
    things = asked_things(door.ask, door.reader)
    thing = next(one for one in things if (one.item.record, one.item.field) == (item.record, item.field))
    look = present_look(thing)
    if not wants_fragment(request):
        return redirect(f"{door.url}#{look.dom_id}")
    context = _context(door, things) | {"look": look, "swap": True}
    return render(request, "campaigns/_answered.html", context)


def part_answer(request: HttpRequest, door: Door) -> HttpResponse:
    """Right as it is, unknown, or not ours: the button that was pressed says which."""
    filler = _filler(door)
    item = _asked_item(filler, request.POST.get("item", ""))
    finding = request.POST.get("finding", "")
    if finding == Finding.CONFIRMED:
        return _confirm(request, door, filler, item)
    form = UnknownForm(request.POST)
    if finding not in (Finding.UNKNOWN, Finding.NOT_OURS):
        raise NotFound
    if not form.is_valid():
        return _with_form(request, door, item, unknown_form=form, status=422)
    told = answers.Told(who=form.cleaned_data["who"], note=form.cleaned_data["note"])
    say = answers.say_unknown if finding == Finding.UNKNOWN else answers.say_not_ours
    say(filler, item, told)
    return _answered(request, door, item)


def _confirm(request: HttpRequest, door: Door, filler: Filler, item: Item) -> HttpResponse:
    try:
        answers.confirm(filler, item, request.POST.get("seen", ""))
    except InvalidInput as error:
        refusal = " ".join(map(wording.problem, error.problems))
        return _with_form(request, door, item, refusal=refusal, status=422)
    return _answered(request, door, item)


def part_correct(request: HttpRequest, door: Door) -> HttpResponse:
    """The short form for one thing."""
    filler = _filler(door)
    given = request.POST if request.method == "POST" else None
    item = _asked_item(filler, (given or request.GET).get("item", ""))
    today = filler.today(now())
    form = correction_form(filler, item, given, today=today, language=reader_language())
    if given is None:
        filler.check_open(now())
        return _with_form(request, door, item, form=form)
    if _correct(filler, item, form):
        return _answered(request, door, item)
    status = 422 if wants_fragment(request) else form_status(form)  # a card is swapped for what is 422
    return _with_form(request, door, item, form=form, status=status)


def _correct(filler: Filler, item: Item, form: Any) -> bool:
    """Whether it was kept; the form says why not."""

    def work() -> str:
        stands = answers.find_item(filler, item.record, item.field)
        try:
            answers.correct(filler, stands, form.values_over(stands.subject), answers.Told())
        except InvalidInput as error:
            raise InvalidInput([replace(problem, where=_field(problem)) for problem in error.problems]) from error
        return item.key

    return bool(merge_edit(form, _stands(form, item), work, _at_once))


def _stands(form: Any, item: Item) -> Stands:
    """What the short form changes."""
    match form:
        case CapacityCorrection():
            return Stands(item.subject, capacity_initial, names={"capability": "capabilities"})
        case ContactCorrection():
            return Stands(item.subject, contact_initial)
        case _:
            names = dict.fromkeys(CONTROLS.get(item.field, ()), item.field)
            return Stands(item.subject, lambda row: {**form.initial, **initial_of(row.data)}, names=names)


def _at_once(merged: Callable[[], str]) -> str:
    with transaction.atomic():
        return merged()


def _field(problem: Problem) -> str:
    """The field of a form for the place of a problem: /ID/signed or signed."""
    return problem.where.split("/")[-1]


def _show(form: forms.Form, error: InvalidInput) -> None:
    errors_from(form, error.problems, {problem.where: _field(problem) for problem in error.problems})


def _with_form(
    request: HttpRequest,
    door: Door,
    item: Item,
    *,
    form: Any = None,
    unknown_form: UnknownForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """The card with its form open, or with what refuses an answer; without script the whole page around it."""
    things = asked_things(door.ask, door.reader)
    key = (item.record, item.field)
    looks = {
        thing.item.key: present_look(thing, form=form, unknown_form=unknown_form, refusal=refusal)
        if (thing.item.record, thing.item.field) == key
        else present_look(thing)
        for thing in things
    }
    if wants_fragment(request):
        context = _context(door, things) | {"look": looks[item.key]}
        return render(request, "campaigns/_look.html", context, status=status)
    return _page(request, door, things, list(looks.values()), status=status)


def part_add(request: HttpRequest, door: Door) -> HttpResponse:
    """The short form for what is missing."""
    filler = _filler(door)
    given = request.POST if request.method == "POST" else None
    form = missing_form(filler, given)
    if given is None:
        filler.check_open(now())
        return part_page(request, door, add_form=form)
    if form.is_valid() and _add(request, filler, form):
        return redirect(f"{door.url}#looks")
    return part_page(request, door, add_form=form, status=422)


def _add(request: HttpRequest, filler: Filler, form: Any) -> bool:
    """Whether it was added; the form says why not."""
    once = request.POST.get("once", "")[:LONGEST_ONCE]
    try:
        match filler.ask.part:
            case Part.CAPACITIES:
                additions.add_missing_capacity(filler, form.values(), town=form.cleaned_data["town"], once=once)
            case Part.CONTACTS:
                additions.add_missing_contact(filler, form.values(), once=once)
            case _:
                code = _free_text_code(filler)
                data = form.data_for(filler, code, reader_language(), filler.today(now()))
                additions.add_missing_agreement(filler, data, once=once)
    except SameFunction as refused:
        form.add_error("field", wording.problem(refused.problem))
        return False
    except InvalidInput as error:
        _show(form, error)
        return False
    return True


def _free_text_code(filler: Filler) -> str:
    """An id that nobody uses: the organisation, the year, a running number."""
    start = f"{filler.ask.organisation.code}-LOCAL-{filler.today(now()).year}-"
    taken = set(AgreementRow.objects.filter(code__startswith=start).values_list("code", flat=True))
    number = next(number for number in range(1, len(taken) + 2) if f"{start}{number}" not in taken)
    return f"{start}{number}"

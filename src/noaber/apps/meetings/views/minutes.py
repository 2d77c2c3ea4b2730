"""The minutes: all points on one page, writing one, its drafts, its versions, and settling two of them."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import Acting, ActingRequest, acting_required
from noaber.apps.accounts.services import do_once
from noaber.apps.meetings import services
from noaber.apps.meetings.forms.parts import MinutesForm
from noaber.apps.meetings.models import LONGEST_KEY, AgendaItem, MinutesDraft
from noaber.apps.meetings.presenters import ItemView, present_items, present_meetings
from noaber.apps.meetings.queries import get_item, get_meeting
from noaber.apps.meetings.services import Outcome
from noaber.apps.meetings.settling import pieces_of, present_pieces, settled_text
from noaber.apps.meetings.views.common import rights_of
from noaber.core.problems import InvalidInput, NotFound
from noaber.web import wording
from noaber.web.clock import now
from noaber.web.htmx import wants_fragment
from noaber.web.reader import reader_language


@acting_required
@require_GET
def minutes(request: ActingRequest, pk: int) -> HttpResponse:
    """Every point with what was written; `?write=12` opens that one for writing, for browsers without script."""
    acting = request.acting
    record = get_meeting(acting.organisation, pk)
    views = present_items(acting.organisation, record, now(), without=acting.person)
    rights = rights_of(acting, record)
    asked = request.GET.get("write", "")
    context = {
        "meeting": record,
        "row": present_meetings(acting.organisation, [record])[0],
        "points": [_point(acting, view, opened=rights.write and str(view.item.pk) == asked) for view in views],
        "rights": rights,
    }
    return render(request, "meetings/minutes.html", context)


def _point(acting: Acting, view: ItemView, *, opened: bool = False, form: MinutesForm | None = None) -> dict[str, Any]:
    """A point, with the form to write in where it is opened; else with what the person has not saved."""
    form = minutes_form(acting, view.item) if opened else form
    return {"view": view, "form": form, "unsaved": [] if form else unsaved_of(acting, view.item)}


def unsaved_of(acting: Acting, item: AgendaItem) -> list[MinutesDraft]:
    """What the person wrote about a point, in one window or several, and has not saved; the latest first."""
    return [draft for draft in services.drafts_of(acting, item) if draft.has_words]


def minutes_form(acting: Acting, item: AgendaItem, asked: str = "") -> MinutesForm:
    """What stands there; or what the person was writing, from where they began: the draft `asked` for, or the last."""
    drafts = unsaved_of(acting, item)
    draft = next((one for one in drafts if str(one.pk) == asked), drafts[0] if drafts else None)
    head = item.head
    if draft is not None:
        initial = {"text": draft.text, "language": draft.language, "base": draft.base_id}
        initial["goes_on"] = draft.mark
    elif head is not None:
        initial = {"text": head.text, "language": head.language, "base": head.pk}
    else:
        initial = {"text": "", "language": reader_language(), "base": None}
    return MinutesForm(initial=initial, auto_id=f"id_{item.pk}_%s")


def _view_of(acting: Acting, item: AgendaItem) -> ItemView:
    views = present_items(acting.organisation, item.meeting, now(), without=acting.person)
    return next(view for view in views if view.item.pk == item.pk)


@acting_required
@require_GET
def point(request: ActingRequest, pk: int, item: int) -> HttpResponse:
    """What stands about a point, who writes, which versions wait: the part of the page that follows the others."""
    record = get_item(request.acting.organisation, pk, item)
    context = {
        "meeting": record.meeting,
        "point": _point(request.acting, _view_of(request.acting, record)),
        "rights": rights_of(request.acting, record.meeting),
    }
    return render(request, "meetings/_point_text.html", context)


@acting_required
@require_http_methods(["GET", "POST"])
def write(request: ActingRequest, pk: int, item: int) -> HttpResponse:
    """Open a point for writing, `?draft=12` with that draft; or save what was written."""
    acting = request.acting
    record = get_item(acting.organisation, pk, item)
    page = reverse("meeting-minutes", args=[pk])
    if request.method == "GET":
        if not wants_fragment(request):
            return redirect(f"{page}?write={item}#point-{item}")
        return _section(request, record, minutes_form(acting, record, request.GET.get("draft", "")))
    form = MinutesForm(request.POST, auto_id=f"id_{record.pk}_%s")
    outcomes: list[Outcome] = []

    def work() -> str:
        outcome, made = services.save_minutes(acting, record, **form.data_for_service())
        outcomes.append(outcome)
        if outcome is Outcome.ASIDE and made is not None:
            return reverse("minutes-settle", args=[pk, item, made.pk])
        return f"{page}#point-{item}"

    location = _save(request, form, work)
    if location is None:
        return _section(request, record, form, status=422)
    if Outcome.ASIDE in outcomes or not wants_fragment(request):
        _tell(request, outcomes)
        return redirect(location)
    record = get_item(acting.organisation, pk, item)
    goes_on = request.POST.get("then") == "go-on"
    return _section(request, record, minutes_form(acting, record) if goes_on else None, outcomes=outcomes)


def _save(request: ActingRequest, form: MinutesForm, work: Any) -> str | None:
    """Do it once; None where the form, or the service, says what is wrong.

    Whoever gets no answer writes on in the same form and saves again: the same words twice are one version, and others
    are another.
    """
    if not form.is_valid():
        return None
    once = sha256(f"{form.cleaned_data['once']} {form.cleaned_data['text']}".encode()).hexdigest()[:LONGEST_KEY]
    try:
        return do_once(once, request.acting.person, work)
    except InvalidInput as error:
        for problem in error.problems:
            form.add_error("text", wording.problem(problem))
        return None


def _tell(request: ActingRequest, outcomes: list[Outcome]) -> None:
    told = {
        Outcome.ASIDE: _("Somebody changed the same paragraph meanwhile. Both versions are kept; choose below."),
        Outcome.MERGED: _("Saved, together with what others saved meanwhile."),
        Outcome.SAVED: _("Saved."),
    }
    for outcome in outcomes:
        if outcome in told:
            messages.success(request, told[outcome])


def _section(
    request: ActingRequest,
    item: AgendaItem,
    form: MinutesForm | None,
    *,
    status: int = 200,
    outcomes: list[Outcome] | None = None,
) -> HttpResponse:
    context = {
        "meeting": item.meeting,
        "point": _point(request.acting, _view_of(request.acting, item), form=form),
        "rights": rights_of(request.acting, item.meeting),
        "merged": Outcome.MERGED in (outcomes or []),
    }
    return render(request, "meetings/_point.html", context, status=status)


@acting_required
@require_POST
def draft(request: ActingRequest, pk: int, item: int) -> HttpResponse:
    """Keep what is being written; answers with the line that says so, or says why it cannot be kept."""
    record = get_item(request.acting.organisation, pk, item)
    form = MinutesForm(request.POST)
    kept = None
    if form.is_valid():
        kept = services.keep_draft(request.acting, record, **form.data_for_service())
    context: dict[str, Any] = {
        "meeting": record.meeting,
        "item": record,
        "draft": kept,
        "errors": form.errors.get("text", []),
    }
    return render(request, "meetings/_draft.html", context, status=200 if kept else 422)


@acting_required
@require_POST
def leave(request: ActingRequest, pk: int, item: int) -> HttpResponse:
    """Stop writing without saving; or drop what was not saved in a form that is open no more (`goes_on` alone)."""
    record = get_item(request.acting.organisation, pk, item)
    writing, goes_on = request.POST.get("once", ""), request.POST.get("goes_on", "")
    services.leave_draft(request.acting, record, writing=writing, goes_on=goes_on)
    if not wants_fragment(request):
        return redirect(f"{reverse('meeting-minutes', args=[pk])}#point-{item}")
    return _section(request, record, None)


@acting_required
@require_GET
def versions(request: ActingRequest, pk: int, item: int) -> HttpResponse:
    """Every version of the minutes of a point, the newest first."""
    record = get_item(request.acting.organisation, pk, item)
    rows = record.revisions.select_related("organisation").prefetch_related("settled_by")
    context = {"meeting": record.meeting, "item": record, "versions": rows}
    return render(request, "meetings/versions.html", context)


@acting_required
@require_http_methods(["GET", "POST"])
def settle(request: ActingRequest, pk: int, item: int, revision: int) -> HttpResponse:
    """Two versions side by side; what is chosen becomes the minutes.

    The choices are made against the version that was shown: where the minutes have gone on since, the result is
    merged with them like any other text.
    """
    acting = request.acting
    record = get_item(acting.organisation, pk, item)
    aside = record.revisions.filter(pk=revision, aside=True).select_related("base", "organisation").first()
    if aside is None:
        raise NotFound
    shown = _shown(request, record)
    pieces = pieces_of(aside, shown)
    problem = ""
    if request.method == "POST":
        text = settled_text(pieces, request.POST.dict())
        try:
            return _settle(request, record, aside.pk, text, shown.pk if shown else None)
        except InvalidInput as error:
            problem = wording.problem(error.problems[0])
    context = {
        "meeting": record.meeting,
        "item": record,
        "aside": aside,
        "head": shown,
        "pieces": present_pieces(pieces, request.POST.dict()),
        "problem": problem,
        "settled": aside.settled_by.exists(),
        "rights": rights_of(acting, record.meeting),
    }
    return render(request, "meetings/settle.html", context, status=422 if problem else 200)


def _shown(request: ActingRequest, item: AgendaItem) -> Any:
    """The version that stood when the two were shown; the one that stands now where none is named."""
    asked = request.POST.get("head", "")
    if not asked.isdecimal():
        return item.head
    found = item.revisions.filter(pk=int(asked)).first()
    if found is None:
        raise NotFound
    return found


def _settle(request: ActingRequest, item: AgendaItem, aside: int, text: str, base: int | None) -> HttpResponse:
    acting = request.acting
    language = item.head.language if item.head else reader_language()
    page = f"{reverse('meeting-minutes', args=[item.meeting_id])}#point-{item.pk}"

    def work() -> str:
        outcome, made = services.save_minutes(acting, item, text, language=language, base=base, settles=aside)
        if outcome is Outcome.ASIDE and made is not None:
            return reverse("minutes-settle", args=[item.meeting_id, item.pk, made.pk])
        return page

    location = do_once(request.POST.get("once", ""), acting.person, work)
    messages.success(request, _("Settled."))
    return redirect(location)

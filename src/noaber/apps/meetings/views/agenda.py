"""The agenda: adding, carrying over, changing, moving, finishing, taking off."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.queries import keeps
from noaber.apps.meetings import services
from noaber.apps.meetings.before import look_back
from noaber.apps.meetings.forms.parts import ItemForm
from noaber.apps.meetings.models import AgendaItem
from noaber.apps.meetings.queries import get_item, get_meeting
from noaber.apps.meetings.views.common import known_organisations, take_step
from noaber.apps.meetings.views.meetings import meeting_page
from noaber.apps.records.edits import Stands
from noaber.apps.records.pages import save_form
from noaber.apps.records.permissions import check_can_change
from noaber.core.problems import NotFound
from noaber.web.edits import form_status

_WAYS = {"up": -1, "down": 1}


@acting_required
@require_POST
def add(request: ActingRequest, pk: int) -> HttpResponse:
    record = get_meeting(request.acting.organisation, pk)
    form = ItemForm(request.POST, prefix="item", organisations=known_organisations())

    def work() -> str:
        services.add_item(request.acting, record, form.data_for_service())
        return f"{record.get_absolute_url()}#add-point"

    answer = save_form(request, form, work, _("The point is on the agenda."))
    return answer or meeting_page(request, record, {"item_form": form})


@acting_required
@require_POST
def carry_over(request: ActingRequest, pk: int, item: int) -> HttpResponse:
    """Put a point that an earlier meeting of the series left open on the agenda."""
    reader = request.acting.organisation
    record = get_meeting(reader, pk)
    before = look_back(reader, record.series, record.starts_on, without=record.pk)
    point = next((one for one in before.points if one.pk == item), None) if before else None
    if point is None:
        raise NotFound
    return take_step(
        request,
        lambda: services.carry_over(request.acting, point, record),
        _("The point is on the agenda."),
        record.get_absolute_url(),
    )


@acting_required
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, pk: int, item: int) -> HttpResponse:
    acting = request.acting
    record = get_item(acting.organisation, pk, item)
    check_can_change(acting.roles, owner=record.meeting.owner_id, kept=keeps(acting.organisation))
    stands = Stands(record, _initial, lock=record.meeting)
    form = ItemForm(request.POST or None, initial=_initial(record), record=record, organisations=known_organisations())

    def work() -> str:
        services.change_item(acting, record, form.data_for_service())
        return record.meeting.get_absolute_url()

    told = _("The changes are kept.")
    if request.method == "POST" and (answer := save_form(request, form, work, told, stands)):
        return answer
    context = {"form": form, "item": record, "meeting": record.meeting}
    return render(request, "meetings/item_form.html", context, status=form_status(form))


def _initial(record: AgendaItem) -> dict[str, Any]:
    names = ("title", "language", "purpose", "minutes_allotted", "members_only")
    initial = {name: getattr(record, name) for name in names}
    return initial | {"presenter": record.presenter.code if record.presenter else ""}


@acting_required
@require_POST
def move(request: ActingRequest, pk: int, item: int, way: str) -> HttpResponse:
    record = get_item(request.acting.organisation, pk, item)
    if way not in _WAYS:
        raise NotFound
    return take_step(
        request,
        lambda: services.move_item(request.acting, record, by=_WAYS[way]),
        _("The agenda has a new order."),
        record.meeting.get_absolute_url(),
    )


@acting_required
@require_POST
def finish(request: ActingRequest, pk: int, item: int) -> HttpResponse:
    """Finished, or with `finished=no` open again."""
    record = get_item(request.acting.organisation, pk, item)
    finished = request.POST.get("finished") != "no"
    told = _("The point is finished.") if finished else _("The point is open; the next meeting begins with it.")
    return take_step(
        request,
        lambda: services.finish_item(request.acting, record, finished=finished),
        told,
        record.meeting.get_absolute_url(),
    )


@acting_required
@require_POST
def remove(request: ActingRequest, pk: int, item: int) -> HttpResponse:
    record = get_item(request.acting.organisation, pk, item)
    return take_step(
        request,
        lambda: services.remove_item(request.acting, record),
        _("The point is off the agenda."),
        record.meeting.get_absolute_url(),
    )

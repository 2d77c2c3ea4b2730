"""Participants: the list, adding, answering, taking off."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.queries import keeps
from noaber.apps.meetings import services
from noaber.apps.meetings.enums import Answer
from noaber.apps.meetings.forms.parts import AnswerForm, ParticipantForm
from noaber.apps.meetings.presenters import present_participants
from noaber.apps.meetings.queries import get_meeting, get_participant
from noaber.apps.meetings.views.common import known_organisations, rights_of, take_step
from noaber.apps.records.pages import save_form
from noaber.apps.records.permissions import check_can_change


@acting_required
@require_GET
def people(request: ActingRequest, pk: int) -> HttpResponse:
    """The fragment of the page that lists them."""
    acting = request.acting
    record = get_meeting(acting.organisation, pk)
    context = {
        "meeting": record,
        "people": present_participants(record, keeps(acting.organisation)),
        "rights": rights_of(acting, record),
        "may_act": acting.may(Permission.COOPERATE),
    }
    return render(request, "meetings/_people.html", context)


@acting_required
@require_http_methods(["GET", "POST"])
def people_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Who is on the list: add, set what they answered, take off."""
    acting = request.acting
    record = get_meeting(acting.organisation, pk)
    check_can_change(acting.roles, owner=record.owner_id, kept=keeps(acting.organisation))
    form = ParticipantForm(request.POST or None, initial={"capacity": "member"}, organisations=known_organisations())

    def work() -> str:
        services.invite(acting, record, form.data_for_service())
        return reverse("meeting-people-edit", args=[record.pk])

    if request.method == "POST" and (answer := save_form(request, form, work, _("Added to the list."))):
        return answer
    context = {
        "meeting": record,
        "form": form,
        "people": present_participants(record, keeps(acting.organisation)),
        "answers": Answer.choices,
    }
    return render(request, "meetings/people_form.html", context, status=422 if form.is_bound else 200)


@acting_required
@require_POST
def answer(request: ActingRequest, pk: int, who: int) -> HttpResponse:
    """Set what a participant answered; `next=list` leads back to the list of who keeps the meeting."""
    somebody = get_participant(request.acting.organisation, pk, who)
    form = AnswerForm(request.POST)
    back = _back(request, pk)
    if not form.is_valid():
        return redirect(back)
    chosen = Answer(form.cleaned_data["answer"])
    return take_step(
        request, lambda: services.answer_invitation(request.acting, somebody, chosen), _("The answer is kept."), back
    )


@acting_required
@require_POST
def remove(request: ActingRequest, pk: int, who: int) -> HttpResponse:
    somebody = get_participant(request.acting.organisation, pk, who)
    back = reverse("meeting-people-edit", args=[pk])
    return take_step(request, lambda: services.disinvite(request.acting, somebody), _("Taken off the list."), back)


def _back(request: ActingRequest, pk: int) -> str:
    name = "meeting-people-edit" if request.POST.get("next") == "list" else "meeting"
    return reverse(name, args=[pk])

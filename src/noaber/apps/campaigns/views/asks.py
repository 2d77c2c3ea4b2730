"""One ask of the house's own door: filling it, changing what is asked, inviting someone, reminding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.models import LANGUAGES, Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.campaigns.enums import CampaignState
from noaber.apps.campaigns.fillers import member_filler
from noaber.apps.campaigns.forms.campaigns import AskEditForm, InvitationForm
from noaber.apps.campaigns.items import record_key, record_title, seen_records
from noaber.apps.campaigns.models import Ask, Invitation, Reminder
from noaber.apps.campaigns.permissions import can_fill, can_invite, can_run, check_can_invite, check_can_run
from noaber.apps.campaigns.progress import progress_of
from noaber.apps.campaigns.queries import seen_asks
from noaber.apps.campaigns.services import campaigns as services
from noaber.apps.campaigns.services.invitations import invite, revoke
from noaber.apps.campaigns.services.reminders import remind
from noaber.apps.campaigns.views.common import asked_ask, asked_campaign, take_step
from noaber.apps.campaigns.views.doors import Door, member_door
from noaber.apps.campaigns.views.part import part_add, part_answer, part_correct, part_page
from noaber.apps.campaigns.words import Letter, invitation_letter, reminder_letter
from noaber.apps.records.edits import Stands
from noaber.apps.records.pages import save_form
from noaber.core.problems import InvalidInput, NotFound
from noaber.web import wording
from noaber.web.clock import now
from noaber.web.edits import form_status
from noaber.web.reader import reader_language

MOST_REMINDERS: Final = 5


def _door(request: ActingRequest, pk: int) -> Door:
    ask = asked_ask(request, pk)
    acting = request.acting
    kept = keeps(acting.organisation)
    fills = can_fill(acting.roles, ask.part, organisation=ask.organisation_id, kept=kept)
    invites = can_invite(acting.roles, organisation=ask.organisation_id, kept=kept)
    more: dict[str, Any] = {
        "here": "campaigns",
        "may_run": can_run(acting.roles, owner=ask.owner_id, kept=kept),
        "may_invite": invites and ask.campaign.state != CampaignState.CLOSED,
        "is_asked": ask.organisation_id in kept,
        "invitations": _invited(ask, acting.organisation) if invites else [],
        "reminders": list(ask.reminders.select_related("organisation", "invitation")[:MOST_REMINDERS]),
    }
    return member_door(ask, acting.organisation, member_filler(acting, ask) if fills else None, more)


@dataclass(frozen=True)
class InvitedView:
    """Someone who was invited; `letter` reminds them where something is open and the link still opens."""

    invitation: Invitation
    is_valid: bool
    letter: Letter | None


def _invited(ask: Ask, reader: Organisation) -> list[InvitedView]:
    still = progress_of([ask], reader).total.open
    return [_invited_view(ask, one, still) for one in ask.invitations.all()]


def _invited_view(ask: Ask, one: Invitation, still: int) -> InvitedView:
    valid = one.is_valid(now())
    reminds = valid and still and ask.campaign.state == CampaignState.OPEN
    letter = reminder_letter(ask, still, one.language, to=one.mail, name=one.name) if reminds else None
    return InvitedView(one, valid, letter)


@acting_required
@require_GET
def ask(request: ActingRequest, pk: int) -> HttpResponse:
    return part_page(request, _door(request, pk))


@acting_required
@require_POST
def ask_answer(request: ActingRequest, pk: int) -> HttpResponse:
    return part_answer(request, _door(request, pk))


@acting_required
@require_http_methods(["GET", "POST"])
def ask_correct(request: ActingRequest, pk: int) -> HttpResponse:
    return part_correct(request, _door(request, pk))


@acting_required
@require_http_methods(["GET", "POST"])
def ask_add(request: ActingRequest, pk: int) -> HttpResponse:
    return part_add(request, _door(request, pk))


@acting_required
@require_http_methods(["GET", "POST"])
def ask_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Which fields and records are asked."""
    acting, record = request.acting, asked_ask(request, pk)
    check_can_run(acting.roles, owner=record.owner_id, kept=keeps(acting.organisation))
    seen = seen_records(record.part, record.organisation, record.campaign, acting.organisation)
    listed = [(record_key(record.part, one), record_title(record.part, one)) for one in seen]
    form = AskEditForm(request.POST or None, ask=record, records=listed, initial=_initial_ask(record))

    def work() -> str:
        services.change_ask(acting, record, form.data_for_service())
        return record.get_absolute_url()

    stands = Stands(record, _initial_ask, lock=record.campaign, names={"fields_asked": "fields"})
    told = _("The changes are kept.")
    if request.method == "POST" and (answer := save_form(request, form, work, told, stands)):
        return answer
    context = {"here": "campaigns", "form": form, "ask": record, "campaign": record.campaign}
    return render(request, "campaigns/ask_edit.html", context, status=form_status(form))


def _initial_ask(ask: Ask) -> dict[str, Any]:
    language = ask.note_language or reader_language()
    return {"fields_asked": ask.fields, "records": ask.records, "note": ask.note, "language": language}


@acting_required
@require_POST
def ask_remove(request: ActingRequest, pk: int) -> HttpResponse:
    record = asked_ask(request, pk)
    location = record.campaign.get_absolute_url()
    return take_step(request, lambda: services.remove_ask(request.acting, record), _("It is asked no more."), location)


@acting_required
@require_http_methods(["GET", "POST"])
def ask_invite(request: ActingRequest, pk: int) -> HttpResponse:
    """Invite someone; the page that answers shows the link, once."""
    acting, record = request.acting, asked_ask(request, pk)
    check_can_invite(acting.roles, organisation=record.organisation_id, kept=keeps(acting.organisation))
    languages = record.organisation.languages
    initial = {
        "language": languages[0] if languages and languages[0] in dict(LANGUAGES) else reader_language(),
        "until": max(record.campaign.deadline_on, acting.today),
    }
    form = InvitationForm(request.POST or None, today=acting.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            invitation, secret = invite(acting, record, form.data_for_service())
        except InvalidInput as error:
            for problem in error.problems:
                form.add_error("until", wording.problem(problem))
        else:
            return _made(request, invitation, secret)
    context = {"here": "campaigns", "form": form, "ask": record, "campaign": record.campaign}
    return render(request, "campaigns/invite.html", context, status=422 if form.is_bound else 200)


def _made(request: HttpRequest, invitation: Invitation, secret: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("invited", args=[secret]))
    context = {
        "here": "campaigns",
        "invitation": invitation,
        "ask": invitation.ask,
        "campaign": invitation.ask.campaign,
        "link": link,
        "letter": invitation_letter(invitation, link),
    }
    response = render(request, "campaigns/invited_link.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@acting_required
@require_POST
def invitation_revoke(request: ActingRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Invitation.objects.select_related("ask"), pk=pk)
    invitation = asked_ask(request, found.ask_id).invitations.get(pk=pk)
    told = _("The link is withdrawn and opens nothing any more.")
    return take_step(
        request, lambda: revoke(request.acting, invitation), told, invitation.ask.get_absolute_url() + "#invitations"
    )


@dataclass(frozen=True)
class LateView:
    """An ask that is not answered in full, and what to write to them."""

    ask: Ask
    count: int
    last: Reminder | None
    letter: Letter


@acting_required
@require_GET
def reminders(request: ActingRequest, pk: int) -> HttpResponse:
    """Who is late, and what to write to them, in their language or another."""
    acting, record = request.acting, asked_campaign(request, pk)
    check_can_run(acting.roles, owner=record.owner_id, kept=keeps(acting.organisation))
    asked = request.GET.get("language", "")
    language = asked if asked in dict(LANGUAGES) else ""
    late = [
        LateView(one.ask, one.tally.open, one.ask.reminders.first(), _letter(one.ask, one.tally.open, language))
        for one in progress_of(seen_asks(acting.organisation, record), acting.organisation).asks
        if one.tally.open
    ]
    context = {
        "here": "campaigns",
        "campaign": record,
        "late": late,
        "language": language,
        "languages": LANGUAGES,
        "is_open": record.state == CampaignState.OPEN,
    }
    return render(request, "campaigns/reminders.html", context)


def _letter(ask: Ask, count: int, language: str) -> Letter:
    own = [code for code in ask.organisation.languages if code in dict(LANGUAGES)]
    return reminder_letter(ask, count, language or (own[0] if own else "en"))


@acting_required
@require_POST
def ask_remind(request: ActingRequest, pk: int) -> HttpResponse:
    """Write down that they were reminded, or one of those whom they invited."""
    record = asked_ask(request, pk)
    if asked := request.POST.get("invitation", ""):
        return _remind_invited(request, record, asked)
    language = request.POST.get("language", "")
    if language not in dict(LANGUAGES):
        raise NotFound
    location = reverse("campaign-reminders", args=[record.campaign_id])
    told = _("The reminder is written down; they see it at their desk.")
    return take_step(request, lambda: remind(request.acting, record, language=language), told, location)


def _remind_invited(request: ActingRequest, record: Ask, asked: str) -> HttpResponse:
    acting = request.acting
    check_can_invite(acting.roles, organisation=record.organisation_id, kept=keeps(acting.organisation))
    found = next((one for one in record.invitations.all() if str(one.pk) == asked), None)
    if found is None:
        raise NotFound
    location = f"{record.get_absolute_url()}#invitations"
    return take_step(
        request,
        lambda: remind(acting, record, language=found.language, invitation=found),
        _("The reminder is written down."),
        location,
    )

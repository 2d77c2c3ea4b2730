"""Writing a request, having it signed off, and sending it."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange import services
from noaber.apps.exchange.draft_lines import DraftLine
from noaber.apps.exchange.draft_page import DraftPage
from noaber.apps.exchange.forms.common import add_problems
from noaber.apps.exchange.forms.drafts import LineForm, NewDraftForm, SignOffForm, line_forms
from noaber.apps.exchange.legal import find_ground
from noaber.apps.exchange.models import Request, RequestDraft, slug_of
from noaber.apps.exchange.views.support import act_once, place_of
from noaber.core.deadlines import LONGEST_TYPED, read_deadline
from noaber.core.messages.model import Channel
from noaber.core.problems import InvalidInput
from noaber.web import clock, wording

COPIED = ("case", "incident_text", "hazard", "territory", "reception_point", "lon", "lat")


@acting_required
@require_GET
def deadline_said(request: ActingRequest) -> HttpResponse:
    """Which moment is meant by what stands in the field of a deadline: said while it is typed."""
    typed = request.GET.get(request.GET.get("field", ""), "")[:LONGEST_TYPED]
    try:
        moment = read_deadline(typed, stated_at=clock.now(), zone=request.acting.zone)
    except InvalidInput as error:
        return HttpResponse(escape(wording.problem(error.problems[0])) if typed.strip() else "")
    return HttpResponse(escape(wording.moment_in_full(timezone.localtime(moment))))


@acting_required
@require_http_methods(["GET", "POST"])
def draft_new(request: ActingRequest) -> HttpResponse:
    """A request by hand, to one or several organisations: a draft for each."""
    request.acting.check_may(Permission.SEND_REQUEST)
    data = request.POST if request.method == "POST" else None
    initial = {("case_id" if name == "case" else name): request.GET[name] for name in COPIED if name in request.GET}
    form = NewDraftForm(data, owner=request.acting.organisation, initial=initial)
    lines = line_forms(data)
    if data is not None and _all_valid(form, lines):
        try:
            return act_once(request, lambda: _create(request, form, lines))
        except InvalidInput as error:
            add_problems(form, error)
    status = 200 if data is None else 422
    return render(request, "exchange/draft_new.html", {"form": form, "lines": lines}, status=status)


def _all_valid(form: Form, lines: list[LineForm]) -> bool:
    each = [line.is_valid() for line in lines]
    return form.is_valid() and all(each)


def _create(request: ActingRequest, form: NewDraftForm, lines: list[LineForm]) -> str:
    asked = tuple(line for line in (each.read() for each in lines) if line is not None)
    drafts = [_create_one(request, form, supplier, asked) for supplier in form.cleaned_data["suppliers"]]
    if len(drafts) == 1:
        return drafts[0].get_absolute_url()
    return reverse("requests")


def _create_one(
    request: ActingRequest, form: NewDraftForm, supplier: Organisation, lines: tuple[DraftLine, ...]
) -> RequestDraft:
    """The draft, standing on the text that is named first for this supplier."""
    ground = find_ground(
        request.acting.organisation,
        "",
        owner=supplier,
        place_territory=form.cleaned_data["territory"],
        capability=lines[0].capability if lines else None,
        hazard=form.cleaned_data["hazard"],
        on=clock.now().date(),
    )
    best = ground.usable[0].agreement.id if ground.usable else ""
    data = form.data_for(supplier, status=request.status_band, lines=lines, agreement=best)
    return services.create_draft(request.acting, data)


@acting_required
@require_http_methods(["GET", "POST"])
def draft(request: ActingRequest, pk: int) -> HttpResponse:
    """A draft: what it asks, what it stands on, who pays, and what is missing."""
    data = request.POST if request.method == "POST" else None
    page = DraftPage.load(request.acting, pk, data)
    request.status_band = page.draft.status
    if data is None:
        return _show(request, page)
    each = [page.agreement_form.is_valid(), *(line.is_valid() for line in page.line_forms)]
    if not (page.form.is_valid() and all(each)):
        return _show(request, page, status=422)
    try:
        return act_once(request, lambda: _change(request, page), _("Saved."))
    except InvalidInput as error:
        add_problems(page.form, error)
        return _show(request, page, status=422)


def _change(request: ActingRequest, page: DraftPage) -> str:
    changed = page.form.data_for(
        page.draft.supplier,
        status=page.draft.status,
        lines=page.read_lines(),
        agreement=page.agreement_form.cleaned_data["agreement"],
        replaces=page.draft.replaces,
    )
    return services.change_draft(request.acting, page.draft, changed).get_absolute_url()


def _show(request: ActingRequest, page: DraftPage, *, status: int = 200, **context: Any) -> HttpResponse:
    sent = slug_of(page.draft.message_id) if page.draft.message_id else ""
    return render(request, "exchange/draft.html", {"page": page, "sent": sent, **context}, status=status)


@acting_required
@require_POST
def draft_sign(request: ActingRequest, pk: int) -> HttpResponse:
    """Signed off here, by someone who may."""
    found = RequestDraft.objects.get_own(request.acting.organisation, pk)

    def work() -> str:
        return services.authorise_draft(request.acting, found).get_absolute_url()

    return _or_problems(request, pk, work, _("Signed off. It can be sent now."))


@acting_required
@require_POST
def draft_signed(request: ActingRequest, pk: int) -> HttpResponse:
    """A sign-off that was given elsewhere, entered by the officer."""
    page = DraftPage.load(request.acting, pk)
    form = SignOffForm(request.POST)
    page.sign_off_form = form
    if not form.is_valid():
        return _show(request, page, status=422)

    def work() -> str:
        return services.record_sign_off(
            request.acting,
            page.draft,
            director=form.cleaned_data["director"],
            at=form.cleaned_data["at"],
            channel=Channel(form.cleaned_data["channel"]),
        ).get_absolute_url()

    return _or_problems(request, pk, work, _("The sign-off is recorded. The request can be sent now."))


@acting_required
@require_POST
def draft_send(request: ActingRequest, pk: int) -> HttpResponse:
    """Send it: from now on it is a message."""
    found = RequestDraft.objects.get_own(request.acting.organisation, pk)

    def work() -> str:
        appended = services.send_request(request.acting, found)
        return place_of(reverse("request", args=[slug_of(appended.thread_id)]), appended)

    return _or_problems(request, pk, work, _("Sent to %(organisation)s.") % {"organisation": found.supplier.code})


@acting_required
@require_POST
def draft_discard(request: ActingRequest, pk: int) -> HttpResponse:
    found = RequestDraft.objects.get_own(request.acting.organisation, pk)

    def work() -> str:
        services.discard_draft(request.acting, found)
        return reverse("requests")

    return act_once(request, work, _("Discarded."))


def _or_problems(request: ActingRequest, pk: int, work: Any, told: str) -> HttpResponse:
    """Do it, or show the draft with what is missing."""
    try:
        return act_once(request, work, told)
    except InvalidInput as error:
        page = DraftPage.load(request.acting, pk)
        request.status_band = page.draft.status
        return _show(request, page, status=422, refused=error.problems)


@acting_required
@require_POST
def request_replace(request: ActingRequest, slug: str) -> HttpResponse:
    """A draft with the content of a request, to replace it when it is sent."""
    row = Request.objects.select_related("supplier", "consumer").get_visible(
        request.acting.organisation, slug=slug, consumer=request.acting.organisation
    )

    def work() -> str:
        return services.draft_replacement(request.acting, row).get_absolute_url()

    return act_once(request, work)

"""Campaigns as those see them who ask: the list, one with its progress, preparing, opening, closing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.campaigns.enums import CampaignState
from noaber.apps.campaigns.forms.campaigns import AskForm, CampaignForm, campaign_initial
from noaber.apps.campaigns.models import Ask, Campaign, Frozen
from noaber.apps.campaigns.permissions import can_run, check_can_run
from noaber.apps.campaigns.presenters.campaigns import (
    CAMPAIGN_COLUMNS,
    PROGRESS_COLUMNS,
    CampaignRow,
    OrganisationRow,
    SignedView,
    field_rows,
    organisation_row,
    progress_rows,
    state_view,
)
from noaber.apps.campaigns.progress import Progress, progress_of
from noaber.apps.campaigns.queries import newest_versions, seen_asks, shown_campaigns, versions_of
from noaber.apps.campaigns.services import campaigns as services
from noaber.apps.campaigns.services.versions import result_of
from noaber.apps.campaigns.views.common import asked_campaign, take_step
from noaber.apps.library.panel import links_panel
from noaber.apps.records.edits import Stands
from noaber.apps.records.history import history_of
from noaber.apps.records.pages import save_form
from noaber.apps.records.sharing import groups_of
from noaber.apps.registry.presenters.history import present_history
from noaber.core.campaigns import digest_of
from noaber.web.clock import now
from noaber.web.edits import form_status
from noaber.web.htmx import render_page_or_fragment
from noaber.web.tables import Sorting, export


@acting_required
@require_GET
def campaigns(request: ActingRequest) -> HttpResponse:
    """What runs and what ran, with how much of it is still open for the reader."""
    organisation = request.acting.organisation
    kept = keeps(organisation)
    rows = [
        CampaignRow(row, progress_of(seen_asks(organisation, row), organisation).total, row.owner_id in kept)
        for row in shown_campaigns(organisation, request.status_band, now())
    ]
    sorting = Sorting.from_query(request.GET, CAMPAIGN_COLUMNS, default="-deadline")
    rows = sorting.apply(rows)
    if file := export(request, name="campaigns", columns=CAMPAIGN_COLUMNS, rows=rows):
        return file
    context = {
        "here": "campaigns",
        "sorting": sorting,
        "rows": rows,
        "may_add": request.acting.may(Permission.COOPERATE),
    }
    return render_page_or_fragment(request, "campaigns/campaigns.html", "campaigns/_campaign_rows.html", context)


@acting_required
@require_GET
def campaign(request: ActingRequest, pk: int) -> HttpResponse:
    """One campaign: how far each organisation and each field is, as far as the reader sees it."""
    acting, record = request.acting, asked_campaign(request, pk)
    asks = seen_asks(acting.organisation, record)
    progress = progress_of(asks, acting.organisation)
    if file := export(
        request, name=f"{record.code}-progress", columns=PROGRESS_COLUMNS, rows=progress_rows(progress.asks)
    ):
        return file
    runs = can_run(acting.roles, owner=record.owner_id, kept=keeps(acting.organisation))
    is_ours = record.owner_id in keeps(acting.organisation)
    context: dict[str, Any] = {
        "here": "campaigns",
        "campaign": record,
        "state": state_view(record),
        "rows": list(_organisation_rows(record, asks, acting.organisation, progress)),
        "fields": field_rows(progress.asks),
        "total": progress.total,
        "is_ours": is_ours,
        "may_run": runs,
        "is_draft": record.state == CampaignState.DRAFT,
        "is_open": record.state == CampaignState.OPEN,
        "takes_answers": record.takes_answers(now()),
        "versions": list(versions_of(acting.organisation, record, None)),
        "next_ones": list(shown_campaigns(acting.organisation, request.status_band, now()).filter(previous=record)),
        "links": links_panel(acting, record),
        "groups": [group.name for group in record.groups.all()] if is_ours else [],
        "history": present_history(history_of(record), Campaign) if is_ours else [],
    }
    return render_page_or_fragment(request, "campaigns/campaign.html", "campaigns/_progress.html", context)


def _organisation_rows(
    record: Campaign, asks: list[Ask], reader: Organisation, progress: Progress
) -> Iterator[OrganisationRow]:
    signed = newest_versions(reader, record)
    for organisation in sorted({ask.organisation for ask in asks}, key=lambda row: row.code):
        own = Progress(tuple(one for one in progress.asks if one.ask.organisation_id == organisation.pk))
        version = signed.get(organisation.pk)
        yield organisation_row(organisation, own, SignedView(version, _is_current(record, organisation, version)))


def _is_current(record: Campaign, organisation: Organisation, signed: Frozen | None) -> bool:
    """Whether what stands there is what was signed; a closed campaign stays as it was signed."""
    if signed is None or record.state == CampaignState.CLOSED:
        return signed is not None
    return signed.digest == digest_of(result_of(record, organisation))


def _free_code(request: ActingRequest, today: date) -> str:
    """MAPPING-2024, or the first year after it that the organisation has not used."""
    kept = Campaign.objects.filter(owner=request.acting.organisation, status=request.status_band)
    taken = set(kept.values_list("code", flat=True))
    return next(code for year in count(today.year) if (code := f"MAPPING-{year}") not in taken)


def _previous(request: ActingRequest) -> Campaign | None:
    asked = request.GET.get("from", "")
    return asked_campaign(request, int(asked)) if asked.isdecimal() and len(asked) < 18 else None


@acting_required
@require_http_methods(["GET", "POST"])
def campaign_new(request: ActingRequest) -> HttpResponse:
    """Prepare a campaign; `?from=7` starts from that one."""
    acting = request.acting
    acting.check_may(Permission.COOPERATE)
    previous = _previous(request)
    if previous is not None:
        check_can_run(acting.roles, owner=previous.owner_id, kept=keeps(acting.organisation))
    today = acting.today
    initial = campaign_initial(previous) if previous else {}
    initial |= {"opens_on": today, "deadline_on": today.replace(month=12, day=31), "code": _free_code(request, today)}
    form = CampaignForm(request.POST or None, initial=initial, groups=groups_of(acting.organisation), is_new=True)

    def work() -> str:
        data = form.data_for_service()
        status = request.status_band
        return services.add_campaign(acting, data, status=status, previous=previous).get_absolute_url()

    if request.method == "POST" and (answer := save_form(request, form, work, _("The campaign is prepared."))):
        return answer
    context = {"here": "campaigns", "form": form, "campaign": None, "previous": previous}
    return render(request, "campaigns/campaign_form.html", context, status=422 if form.is_bound else 200)


@acting_required
@require_http_methods(["GET", "POST"])
def campaign_edit(request: ActingRequest, pk: int) -> HttpResponse:
    acting, record = request.acting, asked_campaign(request, pk)
    check_can_run(acting.roles, owner=record.owner_id, kept=keeps(acting.organisation))
    groups = groups_of(record.owner) | groups_of(acting.organisation)
    form = CampaignForm(request.POST or None, initial=campaign_initial(record), groups=groups, is_new=False)

    def work() -> str:
        services.change_campaign(acting, record, form.data_for_service(record))
        return record.get_absolute_url()

    stands = Stands(record, campaign_initial, names=form.history_names())
    told = _("The changes are kept.")
    if request.method == "POST" and (answer := save_form(request, form, work, told, stands)):
        return answer
    context = {"here": "campaigns", "form": form, "campaign": record, "previous": None}
    return render(request, "campaigns/campaign_form.html", context, status=form_status(form))


@acting_required
@require_POST
def campaign_open(request: ActingRequest, pk: int) -> HttpResponse:
    record = asked_campaign(request, pk)
    told = _("The campaign is open. Those who are asked see it at their desk.")
    return take_step(request, lambda: services.open_campaign(request.acting, record), told, record.get_absolute_url())


@acting_required
@require_POST
def campaign_close(request: ActingRequest, pk: int) -> HttpResponse:
    record = asked_campaign(request, pk)
    told = _("The campaign is closed, and its result is frozen.")
    return take_step(request, lambda: services.close_campaign(request.acting, record), told, record.get_absolute_url())


@acting_required
@require_http_methods(["GET", "POST"])
def ask_new(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask organisations about parts."""
    acting, record = request.acting, asked_campaign(request, pk)
    check_can_run(acting.roles, owner=record.owner_id, kept=keeps(acting.organisation))
    form = AskForm(request.POST or None, organisations=Organisation.objects.all())

    def work() -> str:
        chosen = Organisation.objects.filter(code__in=form.cleaned_data["organisations"])
        for organisation in chosen.select_related("parent"):
            for data in form.asks():
                services.add_ask(acting, record, organisation, data)
        return record.get_absolute_url()

    if request.method == "POST" and (answer := save_form(request, form, work, _("They are asked."))):
        return answer
    context = {"here": "campaigns", "form": form, "campaign": record}
    return render(request, "campaigns/ask_form.html", context, status=422 if form.is_bound else 200)

"""What an organisation answered, for its director to sign; the frozen versions, as files, and beside each other."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import get_organisation, keeps
from noaber.apps.campaigns.enums import CampaignState
from noaber.apps.campaigns.forms.campaigns import SignForm
from noaber.apps.campaigns.items import keeper_of
from noaber.apps.campaigns.models import Campaign, Frozen
from noaber.apps.campaigns.permissions import can_sign, check_can_sign
from noaber.apps.campaigns.presenters.campaigns import SignedView, state_view
from noaber.apps.campaigns.presenters.versions import (
    OUTCOME_COLUMNS,
    VERSION_COLUMNS,
    Outcome,
    VersionWords,
    present_differences,
    tally_of,
)
from noaber.apps.campaigns.progress import progress_of
from noaber.apps.campaigns.queries import get_version, seen_asks, seen_rows, versions_of
from noaber.apps.campaigns.services.versions import latest_version, result_of, sign
from noaber.apps.campaigns.views.common import asked_campaign
from noaber.apps.records.pages import save_form
from noaber.core.campaigns import compare_rows, digest_of
from noaber.core.problems import NotFound
from noaber.web.clock import now
from noaber.web.tables import export

Rows = list[dict[str, Any]]


@acting_required
@require_http_methods(["GET", "POST"])
def result(request: ActingRequest, pk: int, code: str) -> HttpResponse:
    """What is signed: the counts, what changed against the last campaign, every row."""
    acting, record = request.acting, asked_campaign(request, pk)
    organisation = _asked_organisation(request, record, code)
    form = SignForm(request.POST or None)
    if request.method == "POST":
        check_can_sign(acting.roles, organisation=organisation.pk, kept=keeps(acting.organisation))

    def work() -> str:
        found = form.cleaned_data
        return sign(acting, record, organisation, **found).frozen.get_absolute_url()

    if request.method == "POST" and (answer := save_form(request, form, work, _("Signed. The result is frozen."))):
        return answer
    context = _result_context(request, record, organisation)
    return render(request, "campaigns/result.html", context | {"form": form}, status=422 if form.is_bound else 200)


def _asked_organisation(request: ActingRequest, record: Campaign, code: str) -> Organisation:
    organisation = get_organisation(code)
    asks = seen_asks(request.acting.organisation, record)
    if not any(ask.organisation_id == organisation.pk for ask in asks):
        raise NotFound
    return organisation


def _result_context(request: ActingRequest, record: Campaign, organisation: Organisation) -> dict[str, Any]:
    acting = request.acting
    reader = acting.organisation
    data = result_of(record, organisation)
    signed = latest_version(record, organisation)
    is_current = signed is not None and signed.digest == digest_of(data)
    kept = keeps(reader)
    asks = [ask for ask in seen_asks(reader, record) if ask.organisation_id == organisation.pk]
    answers_for_it = organisation.pk in kept
    before = _last_result(record, organisation)
    differences = compare_rows(before, data["rows"]) if before is not None and answers_for_it else []
    signs = can_sign(acting.roles, organisation=organisation.pk, kept=kept)
    return {
        "here": "campaigns",
        "campaign": record,
        "state": state_view(record),
        "organisation": organisation,
        "asks": progress_of(asks, reader).asks,
        "total": progress_of(asks, reader).total,
        "signed": SignedView(signed, is_current or record.state == CampaignState.CLOSED),
        "versions": list(versions_of(reader, record, organisation)),
        "has_before": before is not None,
        "answers_for_it": answers_for_it,
        "differences": present_differences(differences),
        "may_sign": signs and not is_current and record.state == CampaignState.OPEN,
        "is_open": record.state == CampaignState.OPEN,
        "digest": digest_of(data),
    }


def _last_result(record: Campaign, organisation: Organisation) -> Rows | None:
    """The rows of the last signed version in the campaign before."""
    if record.previous is None:
        return None
    version = latest_version(record.previous, organisation)
    return version.data["rows"] if version else None


@acting_required
@require_GET
def version(request: ActingRequest, pk: int) -> HttpResponse:
    """A frozen version; `?against=7` holds it beside another one of the same organisation."""
    reader = request.acting.organisation
    frozen = get_version(reader, request.status_band, pk, now())
    if frozen.organisation is None:
        return _campaign_version(request, frozen)
    rows = seen_rows(reader, frozen)
    if request.GET.get("format") == "json":
        return _json(frozen, rows)
    words = VersionWords(rows)
    shown = [words.row(row) for row in rows]
    name = f"{frozen.campaign.code}-{frozen.organisation.code}-v{frozen.version}"
    if file := export(request, name=name, columns=VERSION_COLUMNS, rows=shown):
        return file
    others = _others(request, frozen)
    against = _against(request, others)
    context = {
        "here": "campaigns",
        "campaign": frozen.campaign,
        "frozen": frozen,
        "organisation": frozen.organisation,
        "sign_off": frozen.sign_off,
        "rows": shown,
        "total": tally_of(rows),
        "hidden": len(frozen.data["rows"]) - len(rows),
        "is_whole": keeper_of(frozen.organisation).pk == reader.pk,
        "is_sound": digest_of(frozen.data) == frozen.digest,
        "others": others,
        "against": against,
        "differences": present_differences(compare_rows(seen_rows(reader, against), rows)) if against else [],
    }
    return render(request, "campaigns/version.html", context)


def _others(request: ActingRequest, frozen: Frozen) -> list[Frozen]:
    """The other versions of the organisation in this campaign and those before it."""
    reader = request.acting.organisation
    found: list[Frozen] = []
    campaign: Campaign | None = frozen.campaign
    while campaign is not None:
        found += versions_of(reader, campaign, frozen.organisation).exclude(pk=frozen.pk)
        campaign = campaign.previous
    return found


def _against(request: ActingRequest, others: list[Frozen]) -> Frozen | None:
    asked = request.GET.get("against", "")
    if not asked:
        return None
    found = next((one for one in others if str(one.pk) == asked), None)
    if found is None:
        raise NotFound
    return found


def _json(frozen: Frozen, rows: Rows) -> HttpResponse:
    content = {
        "campaign": frozen.campaign.code,
        "organisation": frozen.organisation.code if frozen.organisation else "",
        "version": frozen.version,
        "at": frozen.at.isoformat(timespec="seconds"),
        "digest": frozen.digest,
        "complete": len(rows) == len(frozen.data["rows"]),
        "rows": rows,
    }
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    name = f"noaber-{frozen.campaign.code}-v{frozen.version}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _campaign_version(request: ActingRequest, frozen: Frozen) -> HttpResponse:
    """The result of the whole campaign, as it was closed."""
    if request.GET.get("format") == "json":
        response = JsonResponse(
            {**frozen.data, "version": frozen.version, "digest": frozen.digest}, json_dumps_params={"indent": 1}
        )
        response["Content-Disposition"] = f'attachment; filename="noaber-{frozen.campaign.code}.json"'
        return response
    rows = [Outcome.of(code, told) for code, told in frozen.data["organisations"].items()]
    if file := export(request, name=f"{frozen.campaign.code}-result", columns=OUTCOME_COLUMNS, rows=rows):
        return file
    context = {
        "here": "campaigns",
        "campaign": frozen.campaign,
        "frozen": frozen,
        "rows": rows,
        "is_sound": digest_of(frozen.data) == frozen.digest,
    }
    return render(request, "campaigns/campaign_version.html", context)

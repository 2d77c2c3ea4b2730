"""Applications: one of them, applying, changing, withdrawing."""

from __future__ import annotations

import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.queries import keeps
from noaber.apps.placements import services
from noaber.apps.placements.enums import CallState
from noaber.apps.placements.forms.applications import ApplicationForm, initial_application
from noaber.apps.placements.models import ExchangeApplication
from noaber.apps.placements.presenters import PairRow, keyed, present_pair
from noaber.apps.placements.queries import get_application, get_call, get_matching, list_placements, list_places
from noaber.apps.placements.views.common import FormPage, do_step, form_page, runs
from noaber.apps.placements.words import levels_in_words
from noaber.apps.records.edits import Stands
from noaber.apps.records.sharing import kept_organisations
from noaber.core.placements.market import Market
from noaber.core.problems import NotFound


@acting_required
@require_GET
def application(request: ActingRequest, pk: int) -> HttpResponse:
    """Who applies; the wishes, and what became of them, are for the own organisation and the programme's owner."""
    acting = request.acting
    record = get_application(acting, pk)
    own = record.organisation_id in keeps(acting.organisation)
    reads_wishes = own or runs(acting, record.call.programme.owner_id)
    context = {
        "application": record,
        "call": record.call,
        "languages": levels_in_words(record.languages),
        "wishes": record.wishes.select_related("place__organisation") if reads_wishes else None,
        "result": _result(record) if reads_wishes else None,
        "placement": list_placements(acting.organisation).filter(application=record).first(),
        "may_edit": own and record.call.state == CallState.OPEN,
        "may_withdraw": own and record.call.state != CallState.MATCHED,
    }
    return render(request, "placements/application.html", context)


def _result(record: ExchangeApplication) -> PairRow | None:
    """What the matching made of the application; the reasons name no other applicant."""
    run = get_matching(record.call)
    if run is None or str(record.pk) not in {str(row["key"]) for row in run.market["applicants"]}:
        return None
    return present_pair(Market.decode(run.market), run.matched, record, keyed(list_places(record.call)))


@acting_required
@require_http_methods(["GET", "POST"])
def application_new(request: ActingRequest, pk: int) -> HttpResponse:
    acting = request.acting
    acting.check_may(Permission.COOPERATE)
    call = get_call(acting.organisation, pk)
    initial = {
        "organisation": acting.organisation.code,
        "kept_until": acting.today + datetime.timedelta(days=365),
    }
    form = ApplicationForm(
        request.POST or None,
        initial=initial,
        organisations=kept_organisations(acting.organisation),
        places=list_places(call),
    )
    page = FormPage(_("Apply"), _("Send the application"), call.get_absolute_url(), _("The application is sent."))

    def work() -> str:
        return services.send_application(acting, call, form.data_for_service()).get_absolute_url()

    return form_page(request, form, page, work, levels=_("Languages that the applicant speaks"))


def _own(request: ActingRequest, pk: int) -> ExchangeApplication:
    """An application of the organisation's own, or `NotFound`."""
    record = get_application(request.acting, pk)
    if record.organisation_id not in keeps(request.acting.organisation):
        raise NotFound
    return record


@acting_required
@require_http_methods(["GET", "POST"])
def application_edit(request: ActingRequest, pk: int) -> HttpResponse:
    record = _own(request, pk)
    form = ApplicationForm(
        request.POST or None,
        initial=initial_application(record),
        organisations=(),
        places=list_places(record.call),
        record=record,
    )
    heading = _("Application %(number)s") % {"number": record.number}
    page = FormPage(heading, _("Keep the changes"), record.get_absolute_url(), _("The changes are kept."))

    def work() -> str:
        services.change_application(request.acting, record, form.data_for_service())
        return record.get_absolute_url()

    stands = Stands(record, initial_application, lock=record.call)
    return form_page(request, form, page, work, stands, levels=_("Languages that the applicant speaks"))


@acting_required
@require_POST
def application_withdraw(request: ActingRequest, pk: int) -> HttpResponse:
    record = _own(request, pk)

    def work() -> str:
        services.withdraw_application(request.acting, record)
        return record.call.get_absolute_url()

    return do_step(request, work, _("The application is withdrawn and deleted."))

"""Series of meetings: naming one, changing how it is called and who sees it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import LANGUAGES
from noaber.apps.accounts.queries import keeps
from noaber.apps.meetings import services
from noaber.apps.meetings.forms.meetings import SeriesForm, initial_series
from noaber.apps.meetings.models import Series
from noaber.apps.meetings.queries import get_series
from noaber.apps.records.edits import Stands
from noaber.apps.records.history import history_of
from noaber.apps.records.pages import save_form
from noaber.apps.records.permissions import check_can_change
from noaber.apps.records.sharing import groups_of
from noaber.apps.registry.presenters.history import present_history
from noaber.web.edits import form_status


@acting_required
@require_http_methods(["GET", "POST"])
def series_new(request: ActingRequest) -> HttpResponse:
    acting = request.acting
    acting.check_may(Permission.COOPERATE)
    form = SeriesForm(request.POST or None, groups=groups_of(acting.organisation))

    def work() -> str:
        made = services.add_series(acting, form.data_for_service())
        return f"{reverse('meeting-new')}?series={made.pk}"

    if request.method == "POST" and (answer := save_form(request, form, work, _("The series is kept."))):
        return answer
    return render(request, "meetings/series_form.html", {"form": form}, status=422 if form.is_bound else 200)


@acting_required
@require_http_methods(["GET", "POST"])
def series_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """What a series is called in each language and who sees it, with its history; then the list of its meetings."""
    acting = request.acting
    record = get_series(acting.organisation, pk)
    check_can_change(acting.roles, owner=record.owner_id, kept=keeps(acting.organisation))
    stands = Stands(record, initial_series, names={f"name_{code}": "names" for code, _name in LANGUAGES})
    groups = groups_of(record.owner) | groups_of(acting.organisation)
    form = SeriesForm(request.POST or None, initial=initial_series(record), groups=groups)

    def work() -> str:
        services.change_series(acting, record, form.data_for_service())
        return f"{reverse('meetings')}?series={record.pk}"

    told = _("The changes are kept.")
    if request.method == "POST" and (answer := save_form(request, form, work, told, stands)):
        return answer
    context = {"form": form, "series": record, "history": present_history(history_of(record), Series)}
    return render(request, "meetings/series_form.html", context, status=form_status(form))

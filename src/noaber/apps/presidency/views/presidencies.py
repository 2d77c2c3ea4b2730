"""The presidencies year by year, and one of them with its priorities and its handovers."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission, TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.library.panel import links_panel
from noaber.apps.presidency import services
from noaber.apps.presidency.enums import Basis
from noaber.apps.presidency.forms import PRIORITIES, PresidencyForm, initial_presidency
from noaber.apps.presidency.models import Presidency
from noaber.apps.presidency.queries import get_presidency, next_presidency, seen_dossiers
from noaber.apps.presidency.timeline import CENTRES, timeline
from noaber.apps.records.edits import Stands
from noaber.apps.records.history import history_of
from noaber.apps.records.pages import save_form
from noaber.apps.records.permissions import can_change, check_can_change
from noaber.apps.records.sharing import groups_of
from noaber.apps.registry.presenters.history import present_history
from noaber.core.presidency.order import country_of
from noaber.web.edits import form_status
from noaber.web.htmx import render_page_or_fragment
from noaber.web.tables import Column, export

YEAR_COLUMNS = (
    Column("year", gettext_lazy("Year"), lambda row: row.year, numeric=True),
    Column("held", gettext_lazy("Held by"), lambda row: row.code),
    Column("known", gettext_lazy("Known"), lambda row: _basis_of(row.presidency)),
    Column("source", gettext_lazy("Source"), lambda row: row.presidency.source if row.presidency else ""),
)


def _basis_of(presidency: Presidency | None) -> str:
    return str(presidency.get_basis_display() if presidency else Basis.ORDER.label)


@acting_required
@require_GET
def presidencies(request: ActingRequest) -> HttpResponse:
    acting = request.acting
    rows = timeline(acting.organisation, acting.today.year)
    if file := export(request, name="presidencies", columns=YEAR_COLUMNS, rows=rows):
        return file
    context = {"rows": rows, "may_add": acting.may(Permission.COOPERATE), "kept": keeps(acting.organisation)}
    return render_page_or_fragment(request, "presidency/presidencies.html", "presidency/_years.html", context)


@acting_required
@require_GET
def presidency(request: ActingRequest, pk: int) -> HttpResponse:
    acting = request.acting
    record = get_presidency(acting.organisation, pk)
    kept = keeps(acting.organisation)
    dossiers = seen_dossiers(acting.organisation)
    given = dossiers.filter(giver=record).first()
    after = next_presidency(acting.organisation, record)
    may_give = can_change(acting.roles, owner=record.organisation_id, kept=kept)
    context: dict[str, Any] = {
        "presidency": record,
        "given": given,
        "received": dossiers.filter(receiver=record).first(),
        "after": after,
        "may_begin": may_give and given is None and after is not None,
        "may_change": can_change(acting.roles, owner=record.owner_id, kept=kept),
        "links": links_panel(acting, record),
        "history": present_history(history_of(record), Presidency) if record.owner_id in kept else [],
        "is_kept": record.owner_id in kept,
    }
    return render(request, "presidency/presidency.html", context)


@acting_required
@require_http_methods(["GET", "POST"])
def presidency_new(request: ActingRequest) -> HttpResponse:
    acting = request.acting
    acting.check_may(Permission.COOPERATE)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else acting.today.year + 1
    form = PresidencyForm(
        request.POST or None,
        initial={"year": year, "organisation": CENTRES[country_of(year)], "tlp": TlpLabel.CLEAR, "basis": Basis.ORDER},
        organisations=_holders(),
        groups=groups_of(acting.organisation),
    )

    def work() -> str:
        return services.put_down_presidency(acting, form.data_for_service()).get_absolute_url()

    if request.method == "POST" and (answer := save_form(request, form, work, _("The presidency is put down."))):
        return answer
    return render(request, "presidency/presidency_form.html", {"form": form}, status=422 if form.is_bound else 200)


@acting_required
@require_http_methods(["GET", "POST"])
def presidency_edit(request: ActingRequest, pk: int) -> HttpResponse:
    acting = request.acting
    record = get_presidency(acting.organisation, pk)
    check_can_change(acting.roles, owner=record.owner_id, kept=keeps(acting.organisation))
    stands = Stands(record, initial_presidency, names=dict.fromkeys(PRIORITIES, "priorities"))
    form = PresidencyForm(
        request.POST or None,
        initial=initial_presidency(record),
        record=record,
        organisations=_holders(),
        groups=groups_of(record.owner) | groups_of(acting.organisation),
    )

    def work() -> str:
        services.change_presidency(acting, record, form.data_for_service())
        return record.get_absolute_url()

    told = _("The changes are kept.")
    if request.method == "POST" and (answer := save_form(request, form, work, told, stands)):
        return answer
    context = {"form": form, "presidency": record}
    return render(request, "presidency/presidency_form.html", context, status=form_status(form))


def _holders() -> list[Organisation]:
    """The centres that take turns, in their order."""
    found = {one.code: one for one in Organisation.objects.filter(code__in=CENTRES.values())}
    return [found[code] for code in CENTRES.values() if code in found]

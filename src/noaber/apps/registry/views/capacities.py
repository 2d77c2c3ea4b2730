"""Capacities: the list, one of them, its state, adding, changing, withdrawing, and what stays at home."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.services import do_once
from noaber.apps.records.edits import Stands, save_edit, save_once, save_seen, seen_of
from noaber.apps.records.history import Author, history_of
from noaber.apps.records.permissions import can_edit, check_can_edit
from noaber.apps.records.sharing import groups_of, kept_organisations
from noaber.apps.registry.coded import attribute_rows, host_need_name
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.forms.capacities import (
    CapacityForm,
    FilterForm,
    HomeCoverForm,
    StateForm,
    WithdrawForm,
    capacity_initial,
    state_initial,
)
from noaber.apps.registry.models import Capacity
from noaber.apps.registry.presenters.capacities import (
    SHOWN,
    base_features,
    cover_key,
    present_capacity,
    present_home_cover,
)
from noaber.apps.registry.presenters.history import present_history
from noaber.apps.registry.presenters.package_page import present_package
from noaber.apps.registry.queries.capacities import (
    bases_of,
    get_capacity,
    list_capacities,
    list_home_cover,
    owners_in,
    totals_of,
)
from noaber.apps.registry.services import add_capacity, change_capacity, report_state, set_home_cover, withdraw_capacity
from noaber.apps.registry.services.states import lock_seen, newest_changes
from noaber.apps.registry.views.capacity_files import list_file
from noaber.apps.registry.views.places import attribution
from noaber.core.edits import join_digests
from noaber.web.clock import now
from noaber.web.edits import form_status
from noaber.web.htmx import render_page_or_fragment
from noaber.web.pagination import paginate
from noaber.web.tables import Sorting

MOST_BASES = 600
PER_PAGE = 40
"""A phone shows as many in some five screens."""


@acting_required
@require_GET
def capacities(request: ActingRequest) -> HttpResponse:
    """What one's own organisation has, and what others let one see."""
    reader, status = request.acting.organisation, request.status_band
    form = FilterForm(request.GET, owners=owners_in(reader, status))
    sorting = Sorting.from_query(request.GET, SHOWN, default="owner")
    sort = ("-" if sorting.descending else "") + sorting.key
    rows = list_capacities(reader, status, form.wanted(), now=now(), sort=sort)
    if format_ := request.GET.get("format"):
        return list_file(rows, format_)
    pages = paginate(request, rows, per_page=PER_PAGE)
    context = {
        "here": "capacities",
        "form": form,
        "sorting": sorting,
        "pages": pages,
        "rows": [present_capacity(row, now()) for row in pages.rows],
        "totals": totals_of(rows, now=now()),
        "map": _map(rows, request.get_full_path()),
        "may_edit": request.acting.may(Permission.EDIT_CAPACITIES),
    }
    return render_page_or_fragment(request, "registry/capacities.html", "registry/_capacity_rows.html", context)


def _map(rows: QuerySet[Capacity], list_url: str) -> dict[str, Any]:
    features = base_features(bases_of(rows, most=MOST_BASES), list_url=list_url)
    return {"features": features, "boundaries": reverse("boundaries"), "attribution": attribution()}


@acting_required
@require_GET
def capacity(request: ActingRequest, pk: int) -> HttpResponse:
    """One capacity; its history only for who keeps it."""
    row = get_capacity(request.acting.organisation, request.status_band, pk)
    return _page(request, row, StateForm(initial=state_initial(row)))


def _page(
    request: ActingRequest, row: Any, form: StateForm, *, withdraw: WithdrawForm | None = None, status: int = 200
) -> HttpResponse:
    view = present_capacity(row, now())
    marker = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
        "properties": {"kind": "base-own" if row.is_kept else "base-neighbour", "label": row.base, "title": row.name},
    }
    context = {
        "here": "capacities",
        "row": row,
        "view": view,
        "groups": [group.name for group in row.groups.all()] if row.is_kept else [],
        "properties": attribute_rows(row.attributes),
        "host_needs": [host_need_name(code) for code in row.host_needs],
        "map": {
            "features": {"type": "FeatureCollection", "features": [marker]},
            "boundaries": reverse("boundaries"),
            "attribution": attribution(),
            "bounds": [row.lon - 1.2, row.lat - 0.8, row.lon + 1.2, row.lat + 0.8],
        },
        "form": form,
        "seen": newest_changes([row.pk])[row.pk],
        "withdraw_form": withdraw or WithdrawForm(),
        "package": present_package(row, localdate(now())),
        "history": present_history(history_of(row), Capacity) if row.is_kept else [],
        "may_edit": _can_edit(request, row),
    }
    return render(request, "registry/capacity.html", context, status=status)


def _can_edit(request: ActingRequest, row: Any) -> bool:
    kept = keeps(request.acting.organisation)
    return can_edit(request.acting.roles, Permission.EDIT_CAPACITIES, owner=row.owner_id, kept=kept)


def get_for_edit(request: ActingRequest, pk: int) -> Capacity:
    """The capacity, if the one who asks may change it."""
    row = get_capacity(request.acting.organisation, request.status_band, pk)
    kept = keeps(request.acting.organisation)
    check_can_edit(request.acting.roles, Permission.EDIT_CAPACITIES, owner=row.owner_id, kept=kept)
    return row


@acting_required
@require_POST
def capacity_state(request: ActingRequest, pk: int) -> HttpResponse:
    """Report a state."""
    row = get_for_edit(request, pk)
    form = StateForm(request.POST)

    def work() -> str:
        found, seen = form.cleaned_data, request.POST.get("seen", "")
        report_state(
            Author.of(request.acting),
            lock_seen(row, int(seen)) if seen.isdecimal() else row,
            state=CapacityState(found["state"]),
            reduced_to=found["reduced_to"],
            until=found["until"],
            reason=found["reason"],
            now=now(),
        )
        return row.get_absolute_url()

    if not (location := save_seen(request, form, work)):
        return _page(request, row, form, status=422)
    messages.success(request, _("The state of %(name)s is reported.") % {"name": row.name})
    return redirect(location)


@acting_required
@require_http_methods(["GET", "POST"])
def capacity_new(request: ActingRequest) -> HttpResponse:
    """Add a capacity of one's own organisation, or of a part that it keeps."""
    request.acting.check_may(Permission.EDIT_CAPACITIES)
    owners = kept_organisations(request.acting.organisation)
    form = CapacityForm(
        request.POST or None,
        owners=owners,
        groups=groups_of(request.acting.organisation),
        is_new=True,
        initial={"owner": request.acting.organisation.code},
    )

    def work() -> str:
        owner = next(owner for owner in owners if owner.code == form.cleaned_data["owner"])
        author, code = Author.of(request.acting), form.cleaned_data["code"]
        added = add_capacity(author, owner, request.status_band, code, form.values(), now=now())
        return added.get_absolute_url()

    if request.method == "POST" and (location := save_once(request, form, work)):
        messages.success(request, _("%(name)s is added.") % {"name": form.cleaned_data["name"]})
        return redirect(location)
    return _form_page(request, form, None)


@acting_required
@require_http_methods(["GET", "POST"])
def capacity_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Change what is said of a capacity."""
    row = get_for_edit(request, pk)
    form = CapacityForm(
        request.POST or None,
        owners=(),
        groups=groups_of(row.owner) | groups_of(request.acting.organisation),
        is_new=False,
        initial=capacity_initial(row),
    )

    def work() -> str:
        author, reason = Author.of(request.acting), form.cleaned_data["reason"]
        return change_capacity(author, row, form.values(), now=now(), reason=reason).get_absolute_url()

    stands = Stands(row, capacity_initial, names=form.history_names())
    if request.method == "POST" and (location := save_edit(request, form, stands, work)):
        messages.success(request, _("%(name)s is changed.") % {"name": form["name"].value()})
        return redirect(location)
    return _form_page(request, form, row)


def _form_page(request: ActingRequest, form: CapacityForm, row: Any) -> HttpResponse:
    context = {"here": "capacities", "form": form, "row": row}
    return render(request, "registry/capacity_form.html", context, status=form_status(form))


@acting_required
@require_POST
def capacity_withdraw(request: ActingRequest, pk: int) -> HttpResponse:
    """Take a capacity out of the lists."""
    row = get_for_edit(request, pk)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, row, StateForm(initial=state_initial(row)), withdraw=form, status=422)

    def work() -> str:
        withdraw_capacity(Author.of(request.acting), row, now=now(), reason=form.cleaned_data["reason"])
        return reverse("capacities")

    location = do_once(request.POST.get("once", ""), request.acting.person, work)
    messages.success(request, _("%(name)s is withdrawn; its history is kept.") % {"name": row.name})
    return redirect(location)


@acting_required
@require_http_methods(["GET", "POST"])
def home_cover_page(request: ActingRequest) -> HttpResponse:
    """What stays at home whatever is asked: one's own minima, and those that others let one know."""
    reader, status = request.acting.organisation, request.status_band
    owners = kept_organisations(reader)
    may_edit = request.acting.may(Permission.EDIT_CAPACITIES)
    form = HomeCoverForm(request.POST or None, owners=owners, groups=groups_of(reader), initial={"owner": reader.code})
    if request.method == "POST":
        request.acting.check_may(Permission.EDIT_CAPACITIES)
        if location := _set_home_cover(request, form, {owner.code: owner for owner in owners}):
            messages.success(request, _("The minimum is written down."))
            return redirect(location)
    rows = present_home_cover(list_home_cover(reader, status), keeps(reader))
    seen = join_digests({row.key: row.digest for row in rows if row.digest})
    context = {"here": "capacities", "form": form, "rows": rows, "seen": seen, "may_edit": may_edit}
    return render(request, "registry/home_cover.html", context, status=422 if form.is_bound else 200)


def _set_home_cover(request: ActingRequest, form: HomeCoverForm, owners: dict[str, Organisation]) -> str:
    def work() -> str:
        found = form.cleaned_data
        set_home_cover(
            Author.of(request.acting),
            owners[found["owner"]],
            request.status_band,
            found["capability"],
            found["minimum"],
            tlp=found["tlp"],
            groups=found["groups"],
            seen=seen_of(request, cover_key(found["owner"], found["capability"])),
            now=now(),
        )
        return reverse("home-cover")

    return save_seen(request, form, work)

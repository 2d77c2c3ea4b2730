"""The road network of this node: what is installed, and building another. For administrators; others find nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.services import do_once
from noaber.apps.roads.models import NetworkBuild
from noaber.apps.roads.permissions import can_install
from noaber.apps.roads.presenters.builds import (
    BUILD_COLUMNS,
    SHOWN_COLUMNS,
    ExtractRow,
    build_rows,
    find_installed,
    said_why_not_used,
)
from noaber.apps.roads.services import builds, extracts
from noaber.core.problems import InvalidInput, NotAllowed, NotFound
from noaber.web.htmx import wants_fragment
from noaber.web.pagination import paginate
from noaber.web.tables import Sorting, export
from noaber.web.wording import problem

P = ParamSpec("P")
View = Callable[Concatenate[ActingRequest, P], HttpResponseBase]

PARTS = {"now": "roads/_network_now.html", "extracts": "roads/_extracts.html", "builds": "roads/_network_builds.html"}


def installer_required(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Only for whoever may change what is installed; for others the page is not there."""

    @wraps(view)
    def wrapped(request: ActingRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        acting = request.acting
        if not can_install(acting.roles, is_served=acting.organisation.connected):
            raise NotFound
        return view(request, *args, **kwargs)

    return acting_required(wrapped)


@installer_required
@require_GET
def network_page(request: ActingRequest) -> HttpResponse:
    """What is installed, what is being built, what was; `?part=` is one of the three that follow by themselves."""
    builds.end_silent()
    context = _context(request)
    if file := export(request, name="network-builds", columns=BUILD_COLUMNS, rows=context["rows"]):
        return file
    part = request.GET.get("part", "")
    if part in PARTS and wants_fragment(request):
        response = render(request, PARTS[part], context)
        if part == "now" and request.GET.get("was", "") != context["was"]:
            response["HX-Trigger"] = "noaber:network"
        return response
    if wants_fragment(request):
        return render(request, PARTS["builds"], context)
    return render(request, "roads/network.html", context)


def _context(request: ActingRequest, *, refused: str = "", not_built: str = "") -> dict[str, Any]:
    """`refused` says why an upload was not taken in, `not_built` why no network is built from what is ticked."""
    rows = build_rows(NetworkBuild.objects.select_related("organisation", "asked_by", "cancelled_by"), timezone.now())
    running = next((row for row in rows if row.build.is_running), None)
    sorting = Sorting.from_query(request.GET, SHOWN_COLUMNS, default="-when")
    over = sorting.apply(row for row in rows if not row.build.is_running)
    return {
        "installed": find_installed(),
        "why_not_used": said_why_not_used(),
        "running": running,
        "was": str(running.build.pk) if running else "",
        "extracts": [ExtractRow(file) for file in extracts.list_extracts()],
        "folder": extracts.extracts_folder(),
        "chosen": request.POST.getlist("extracts"),
        "not_built": not_built,
        "refused": refused,
        "rows": over,
        "sorting": sorting,
        "pages": paginate(request, over),
    }


@installer_required
@require_POST
def extract_upload(request: ActingRequest) -> HttpResponse:
    """Take in a file; one that cannot be used is refused with the reason."""
    uploaded = request.FILES.get("file")
    try:
        if uploaded is None:
            raise NotAllowed("extract.no-file")
        name = extracts.take_in(request.acting, uploaded)
    except InvalidInput as error:
        return _refuse(request, problem(error.problems[0]))
    except NotAllowed as error:
        return _refuse(request, problem(error.problem))
    messages.success(request, _("“%(name)s” is in the folder of extracts.") % {"name": name})
    return redirect("network")


def _refuse(request: ActingRequest, why: str) -> HttpResponse:
    """The same page, with the reason at the upload."""
    template = "roads/_extracts.html" if wants_fragment(request) else "roads/network.html"
    return render(request, template, _context(request, refused=why), status=422)


@installer_required
@require_POST
def extract_remove(request: ActingRequest) -> HttpResponse:
    """Delete an extract."""
    name = request.POST.get("name", "")
    extracts.remove_extract(request.acting, name)
    messages.success(request, _("“%(name)s” was deleted.") % {"name": name})
    return redirect("network")


@installer_required
@require_POST
def build_ask(request: ActingRequest) -> HttpResponse:
    """Have a network built from the extracts that are ticked; what hinders it is said at them."""

    def work() -> str:
        builds.ask_build(request.acting, request.POST.getlist("extracts"))
        return reverse("network")

    try:
        return redirect(do_once(request.POST.get("once", ""), request.acting.person, work))
    except NotAllowed as error:
        return render(request, "roads/network.html", _context(request, not_built=problem(error.problem)), status=422)


@installer_required
@require_POST
def build_cancel(request: ActingRequest, pk: int) -> HttpResponse:
    """Stop a build."""
    if not NetworkBuild.objects.filter(pk=pk).exists():
        raise NotFound
    builds.cancel_build(request.acting, pk)
    return redirect("network")

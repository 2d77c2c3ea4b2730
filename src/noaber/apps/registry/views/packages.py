"""The mission-ready package of a capacity: changed as a whole."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.services import do_once
from noaber.apps.registry.forms.packages import PackageForm
from noaber.apps.registry.services import Author, change_capacity
from noaber.apps.registry.views.capacities import get_for_edit
from noaber.web.clock import now
from noaber.web.reader import reader_language


@acting_required
@require_http_methods(["GET", "POST"])
def capacity_package(request: ActingRequest, pk: int) -> HttpResponse:
    """What one team is, brings, needs and has proven."""
    row = get_for_edit(request, pk)
    form = PackageForm(row, request.POST if request.method == "POST" else None, reader_language())
    if request.method == "POST" and form.is_valid():
        page = reverse("capacity-package", args=[pk]) if "again" in request.POST else row.get_absolute_url()

        def work() -> str:
            reason = form.costs.cleaned_data["reason"]
            change_capacity(Author.of(request.acting), row, form.values(), now=now(), reason=reason)
            return page

        location = do_once(request.POST.get("once", ""), request.acting.person, work)
        messages.success(request, _("The package of %(name)s is kept.") % {"name": row.name})
        return redirect(location)
    context = {"here": "capacities", "row": row, "form": form}
    return render(request, "registry/package_form.html", context, status=422 if request.method == "POST" else 200)

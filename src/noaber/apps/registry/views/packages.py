"""The mission-ready package of a capacity: changed as a whole."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.records.edits import Stands, save_edit
from noaber.apps.records.history import Author
from noaber.apps.registry.forms.packages import PackageForm, package_initial
from noaber.apps.registry.services import change_capacity
from noaber.apps.registry.views.capacities import get_for_edit
from noaber.web.clock import now
from noaber.web.edits import form_status
from noaber.web.reader import reader_language


@acting_required
@require_http_methods(["GET", "POST"])
def capacity_package(request: ActingRequest, pk: int) -> HttpResponse:
    """What one team is, brings, needs and has proven."""
    row = get_for_edit(request, pk)
    form = PackageForm(request.POST or None, initial=package_initial(row), language=reader_language())

    def work() -> str:
        author, reason = Author.of(request.acting), form.cleaned_data["reason"]
        change_capacity(author, row, form.values(), now=now(), reason=reason)
        return reverse("capacity-package", args=[pk]) if "again" in request.POST else row.get_absolute_url()

    if request.method == "POST" and (location := save_edit(request, form, Stands(row, package_initial), work)):
        messages.success(request, _("The package of %(name)s is kept.") % {"name": row.name})
        return redirect(location)
    context = {"here": "capacities", "row": row, "form": form}
    return render(request, "registry/package_form.html", context, status=form_status(form))

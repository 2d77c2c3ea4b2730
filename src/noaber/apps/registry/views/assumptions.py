"""How long approvals take, as one's own organisation assumes: for its planning, marked so, never part of a text."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.records.edits import save_seen, seen_of
from noaber.apps.records.history import Author
from noaber.apps.registry.forms.agreements import AssumptionForm
from noaber.apps.registry.models import ApprovalAssumption
from noaber.apps.registry.presenters.agreements import title_of
from noaber.apps.registry.presenters.assumptions import COLUMNS, present_assumptions, target_key
from noaber.apps.registry.queries import inventory
from noaber.apps.registry.services import assume_approval, forget_assumption
from noaber.core.edits import join_digests
from noaber.core.problems import NotFound
from noaber.web.clock import now
from noaber.web.tables import export


@acting_required
@require_http_methods(["GET", "POST"])
def assumptions(request: ActingRequest) -> HttpResponse:
    """The list, and the form that adds or corrects one."""
    organisation = request.acting.organisation
    texts = inventory(organisation)
    today = request.acting.today
    form = AssumptionForm(
        request.POST or None,
        texts=[(text.id, title_of(text)) for text in texts if text.gives_help],
        initial={"as_of": today},
    )
    if request.method == "POST":
        request.acting.check_may(Permission.EDIT_AGREEMENTS)
        if location := _assume(request, form):
            messages.success(request, _("The assumption is written down."))
            return redirect(location)
    rows = present_assumptions(ApprovalAssumption.objects.filter(organisation=organisation), texts)
    if file := export(request, name="assumptions", columns=COLUMNS, rows=rows):
        return file
    context = {
        "here": "agreements",
        "form": form,
        "rows": rows,
        "seen": join_digests({row.key: row.digest for row in rows}),
        "may_edit": request.acting.may(Permission.EDIT_AGREEMENTS),
    }
    return render(request, "registry/assumptions.html", context, status=422 if form.is_bound else 200)


def _assume(request: ActingRequest, form: AssumptionForm) -> str:
    def work() -> str:
        found, target = form.cleaned_data, form.target_parts()
        assume_approval(
            Author.of(request.acting),
            request.acting.organisation,
            minutes=found["minutes"],
            as_of=found["as_of"],
            note=found["note"],
            seen=seen_of(request, target_key(**target)),
            now=now(),
            **target,
        )
        return reverse("assumptions")

    return save_seen(request, form, work)


@acting_required
@require_POST
def assumption_forget(request: ActingRequest, pk: int) -> HttpResponse:
    request.acting.check_may(Permission.EDIT_AGREEMENTS)
    row = ApprovalAssumption.objects.filter(pk=pk, organisation=request.acting.organisation).first()
    if row is None:
        raise NotFound
    forget_assumption(Author.of(request.acting), row, seen=request.POST.get("seen", ""), now=now())
    messages.success(request, _("The assumption is taken back."))
    return redirect("assumptions")

"""The links of a record: the panel alone, linking with another record, taking a link away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission
from noaber.apps.library.forms.links import FindForm, LinkForm
from noaber.apps.library.models import Link
from noaber.apps.library.panel import links_panel
from noaber.apps.library.queries import find_records, get_record
from noaber.apps.library.services.links import link, unlink
from noaber.apps.records.history import Author
from noaber.apps.records.kinds import find_kind, kind_of, kinds
from noaber.core.problems import NotFound
from noaber.web.clock import now
from noaber.web.htmx import render_page_or_fragment


@acting_required
@require_GET
def links(request: ActingRequest, kind: str, pk: int) -> HttpResponse:
    """The panel alone, for a page that has changed."""
    record = get_record(request.acting.organisation, kind, pk)
    return render(request, "library/_links.html", {"links": links_panel(request.acting, record)})


@acting_required
@require_http_methods(["GET", "POST"])
def link_new(request: ActingRequest, kind: str, pk: int) -> HttpResponse:
    """Find a record and say how the two have to do with each other."""
    request.acting.check_may(Permission.COOPERATE)
    record = get_record(request.acting.organisation, kind, pk)
    form = LinkForm(request.POST or None, initial={"how": request.GET.get("how", "")})
    if request.method == "POST" and form.is_valid():
        return _link(request, record, form)
    return _page(request, record, form)


def _link(request: ActingRequest, record: Any, form: LinkForm) -> HttpResponse:
    other = get_record(request.acting.organisation, *form.cleaned_data["other"])
    if other == record:
        form.add_error("other", _("A record is not linked with itself."))
        return _page(request, record, form)
    relation, backwards = form.relation
    ends = (other, record) if backwards else (record, other)
    link(Author.of(request.acting), ends[0], relation, ends[1], now=now())
    messages.success(request, _("The two are linked."))
    return redirect(record.get_absolute_url())


def _page(request: ActingRequest, record: Any, form: LinkForm) -> HttpResponse:
    asked = FindForm(request.GET)
    kind = find_kind(request.GET.get("kind", "")) or next(kinds())
    found = find_records(request.acting.organisation, kind, request.GET.get("q", "")[:80])
    context = {
        "kind": kind_of(record),
        "record": record,
        "title": kind_of(record).title(record),
        "find_form": asked,
        "form": form,
        "found": [one for one in found if one.record != record],
    }
    status = 422 if form.is_bound else 200
    return render_page_or_fragment(request, "library/link_new.html", "library/_found.html", context, status=status)


@acting_required
@require_POST
def link_remove(request: ActingRequest, pk: int) -> HttpResponse:
    """Take a link away, and go back to the record on whose page it stood."""
    request.acting.check_may(Permission.COOPERATE)
    made = Link.objects.filter(pk=pk).first()
    if made is None:
        raise NotFound
    kind, _colon, key = request.POST.get("from", "").partition(":")
    if not key.isdecimal() or len(key) > 18:
        raise NotFound
    record = get_record(request.acting.organisation, kind, int(key))
    unlink(Author.of(request.acting), made)
    messages.success(request, _("The link is taken away."))
    return redirect(record.get_absolute_url())

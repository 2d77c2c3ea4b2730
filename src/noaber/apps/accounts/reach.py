"""To whom a record would go with the label and the groups that a form holds: said while one chooses."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation, SharingGroup
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.sharing import answering_for, readers_if
from noaber.core.problems import NotFound

MOST_NAMED = 12


@acting_required
@require_GET
def reach(request: ActingRequest) -> HttpResponse:
    """The fragment under a sharing form: who gets the record, or that nobody does and why."""
    tlp = request.GET.get("tlp", "")
    if tlp not in TlpLabel.values:
        raise NotFound
    owner = _owner(request)
    asked = request.GET.getlist("groups")
    keys = [int(one) for one in asked if one.isdecimal() and len(one) < MOST_NAMED]
    groups = SharingGroup.objects.filter(Q(code__in=asked) | Q(pk__in=keys))
    others = list(readers_if(owner, tlp, groups).exclude(pk=owner.pk))
    context = {
        "tlp": tlp,
        "owner": owner,
        "is_everyone": tlp == TlpLabel.CLEAR,
        "is_red": tlp == TlpLabel.RED,
        "others": others,
        "named": others[:MOST_NAMED],
        "more": max(len(others) - MOST_NAMED, 0),
        "by_law": list(answering_for(request.GET.get("territory", "")).exclude(pk=owner.pk)),
        "leaves_out_observers": tlp in (TlpLabel.AMBER, TlpLabel.AMBER_STRICT),
    }
    return render(request, "accounts/_reach.html", context)


def _owner(request: ActingRequest) -> Organisation:
    """The organisation for which the form keeps the record: the one that acts, or one whose records it keeps."""
    acting = request.acting.organisation
    code = request.GET.get("owner", "")
    if not code or code == acting.code:
        return acting
    return Organisation.objects.filter(code=code, pk__in=keeps(acting)).first() or acting

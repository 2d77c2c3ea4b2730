"""The parts of a dossier: adding, changing, taking out. One form at a time, each under its own address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.events import services
from noaber.apps.events.forms.parts import (
    PartnerForm,
    PlaceForm,
    ReservationForm,
    RiskForm,
    ShiftForm,
    WhatIfForm,
)
from noaber.apps.events.models import EventDossier, EventPartner, EventPlace, LiaisonShift, RiskNote, WhatIf
from noaber.apps.events.permissions import can_change
from noaber.apps.events.queries import get_event, parties_of, seen_reservations, seen_risks
from noaber.apps.events.services.parts import NAMES, Part
from noaber.apps.records.edits import Stands
from noaber.apps.records.pages import save_form
from noaber.apps.registry.models import AgreementRow, Reservation
from noaber.apps.registry.seen import seen_capacities
from noaber.core.problems import NotFound
from noaber.web.edits import form_status
from noaber.web.reader import reader_language


@dataclass(frozen=True)
class Kind:
    """A kind of part: what its pages are called, its form (of a request, an event, a part), what a part holds."""

    add: str | Promise
    change: str | Promise
    form: Callable[[ActingRequest, EventDossier, Any], forms.Form]
    initial: Callable[[Any], dict[str, Any]]


def _place(request: ActingRequest, event: EventDossier, part: EventPlace | None) -> forms.Form:
    initial = {"begins_at": event.begins_at, "ends_at": event.ends_at}
    return PlaceForm(request.POST or None, initial=_initial_place(part) if part else initial)


def _initial_place(part: EventPlace) -> dict[str, Any]:
    initial = _stored(part, "territory", "lon", "lat", "begins_at", "ends_at", "expected_public", "note")
    return initial | {"place": part.name, "language": part.language or reader_language()}


def _partner(request: ActingRequest, event: EventDossier, part: EventPartner | None) -> forms.Form:
    initial = _initial_partner(part) if part else {}
    return PartnerForm(request.POST or None, initial=initial, organisations=Organisation.objects.all())


def _initial_partner(part: EventPartner) -> dict[str, Any]:
    return _stored(part, "role", "language") | {"organisation": part.organisation.code}


def _shift(request: ActingRequest, event: EventDossier, part: LiaisonShift | None) -> forms.Form:
    acting = request.acting
    kept = keeps(acting.organisation)
    leads = can_change(acting.roles, keepers={event.owner_id, event.lead_id}, kept=kept)
    who = Organisation.objects.filter(pk__in=parties_of(event) | kept if leads else kept)
    initial = {
        "begins_at": event.begins_at,
        "organisation": acting.organisation.code,
    }
    return ShiftForm(request.POST or None, initial=_initial_shift(part) if part else initial, organisations=who)


def _initial_shift(part: LiaisonShift) -> dict[str, Any]:
    initial = _stored(part, "function", "languages", "phone", "place", "begins_at", "ends_at", "handover")
    return initial | {"organisation": part.organisation.code, "language": part.language or reader_language()}


def _what_if(request: ActingRequest, event: EventDossier, part: WhatIf | None) -> forms.Form:
    initial = {"position": event.what_ifs.count() + 1}
    return WhatIfForm(
        request.POST or None,
        initial=_initial_what_if(part) if part else initial,
        organisations=Organisation.objects.all(),
        texts=AgreementRow.objects.visible_to(request.acting.organisation).order_by("code"),
    )


def _initial_what_if(part: WhatIf) -> dict[str, Any]:
    initial = _stored(part, "condition", "measures", "language", "capabilities", "position")
    linked = {name: getattr(part, name) for name in ("caller", "called", "agreement")}
    return initial | {name: one.code if one else "" for name, one in linked.items()}


def _risk(request: ActingRequest, event: EventDossier, part: RiskNote | None) -> forms.Form:
    initial = _initial_risk(part) if part else {"tlp": event.tlp}
    return RiskForm(request.POST or None, initial=initial, illustrative=bool(part and part.illustrative))


def _initial_risk(part: RiskNote) -> dict[str, Any]:
    return _stored(part, "hazard", "likelihood", "impact", "text", "language", "tlp")


def _reservation(request: ActingRequest, event: EventDossier, part: Reservation | None) -> forms.Form:
    reader = request.acting.organisation
    own = seen_capacities(reader, event.status).filter(owner__in=keeps(reader)).order_by("name")
    initial = {"begins_at": event.begins_at, "ends_at": event.ends_at}
    return ReservationForm(request.POST or None, initial=initial, capacities=own)


def _stored(part: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(part, name) for name in names}


KINDS: Final[Mapping[str, Kind]] = {
    "places": Kind(gettext_lazy("Add a place"), gettext_lazy("Change the place"), _place, _initial_place),
    "partners": Kind(gettext_lazy("Add a partner"), gettext_lazy("Change the partner"), _partner, _initial_partner),
    "shifts": Kind(gettext_lazy("Add a shift"), gettext_lazy("Change the shift"), _shift, _initial_shift),
    "what-if": Kind(gettext_lazy("Add a case"), gettext_lazy("Change the case"), _what_if, _initial_what_if),
    "risks": Kind(gettext_lazy("Add a risk"), gettext_lazy("Change the risk"), _risk, _initial_risk),
    "reservations": Kind(gettext_lazy("Reserve teams"), gettext_lazy("Reserve teams"), _reservation, _stored),
}


@acting_required
@require_http_methods(["GET", "POST"])
def part_new(request: ActingRequest, pk: int, kind: str) -> HttpResponse:
    return _edit(request, pk, kind, None)


@acting_required
@require_http_methods(["GET", "POST"])
def part(request: ActingRequest, pk: int, kind: str, part: int) -> HttpResponse:
    return _edit(request, pk, kind, part)


def _edit(request: ActingRequest, pk: int, name: str, key: int | None) -> HttpResponse:
    kind = KINDS.get(name)
    event = get_event(request.acting.organisation, request.status_band, pk)
    if kind is None or (name == "reservations" and key is not None):
        raise NotFound
    found = _find(request, event, name, key) if key is not None else None
    form = kind.form(request, event, found)

    def work() -> str:
        _keep(request, event, name, found, form)
        return f"{event.get_absolute_url()}#{name}"

    stands = None if found is None else _stands(event, found, kind, form)
    told = _("The changes are kept.")
    if request.method == "POST" and (answer := save_form(request, form, work, told, stands)):
        return answer
    context = {
        "form": form,
        "event": event,
        "kind": name,
        "part": found,
        "heading": kind.change if found else kind.add,
        "has_place": isinstance(form, PlaceForm),
        "has_text": name not in ("reservations", "partners"),
    }
    return render(request, "events/part_form.html", context, status=form_status(form))


def _stands(event: EventDossier, part: Any, kind: Kind, form: forms.Form) -> Stands:
    """A risk note has a history of its own; the other parts are told of in that of their event."""
    if isinstance(part, RiskNote):
        return Stands(part, kind.initial, lock=event)
    told_as = dict.fromkeys(form.fields, NAMES[type(part)])
    return Stands(part, kind.initial, lock=event, history=event, names=told_as)


@acting_required
@require_POST
def part_remove(request: ActingRequest, pk: int, kind: str, part: int) -> HttpResponse:
    event = get_event(request.acting.organisation, request.status_band, pk)
    found = _find(request, event, kind, part)

    def work() -> str:
        match found:
            case RiskNote():
                services.remove_risk(request.acting, found)
            case Reservation():
                services.free_teams_of(request.acting, event, found)
            case _:
                services.remove_part(request.acting, found)
        return f"{event.get_absolute_url()}#{kind}"

    told = _("The teams are free again.") if kind == "reservations" else _("It is taken out of the event.")
    answer = save_form(request, forms.Form(request.POST), work, told)
    if answer is None:
        raise NotFound
    return answer


def _keep(request: ActingRequest, event: EventDossier, name: str, found: Any, form: Any) -> None:
    acting = request.acting
    match name:
        case "risks" if found is None:
            services.add_risk(acting, event, form.values())
        case "risks":
            services.change_risk(acting, found, form.values())
        case "reservations":
            services.hold_teams(acting, event, **form.values())
        case _:
            services.keep_part(acting, found or _MODELS[name](event=event), form.values())


_MODELS: Final[Mapping[str, type[Part]]] = {
    "places": EventPlace,
    "partners": EventPartner,
    "shifts": LiaisonShift,
    "what-if": WhatIf,
}


def _find(request: ActingRequest, event: EventDossier, name: str, key: int) -> Any:
    """The part of the event, as far as the reader sees it, or `NotFound`."""
    reader = request.acting.organisation
    found: Any = None
    if name == "risks":
        found = seen_risks(reader, event).filter(pk=key).first()
    elif name == "reservations":
        found = next((one for one, _capacity in seen_reservations(reader, event) if one.pk == key), None)
    elif name in _MODELS:
        found = _MODELS[name].objects.filter(event=event, pk=key).first()
    if found is None:
        raise NotFound
    return found

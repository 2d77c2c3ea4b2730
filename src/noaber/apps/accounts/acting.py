"""For which organisation a signed-in person acts at this moment, with which roles."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec
from zoneinfo import ZoneInfo

from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from noaber.apps.accounts.enums import Permission, Role
from noaber.apps.accounts.functions import write_function
from noaber.apps.accounts.models import Membership, Organisation, Person
from noaber.apps.accounts.permissions import check_may, may
from noaber.web.clock import now

SESSION_KEY = "acting-for"


@dataclass(frozen=True)
class Acting:
    """Someone, for an organisation. Every write names it."""

    person: Person
    organisation: Organisation
    roles: frozenset[str]
    choices: tuple[Organisation, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.organisation.time_zone)

    @property
    def today(self) -> datetime.date:
        """The day where the organisation is, by the node's clock."""
        return now().astimezone(self.zone).date()

    @property
    def function(self) -> str:
        """The function, then the person, in English, as it goes into a message."""
        first = next((role for role in Role.values if role in self.roles), Role.OBSERVER)
        return write_function(first, self.person.display_name)

    def may(self, permission: Permission) -> bool:
        return may(self.roles, permission)

    def check_may(self, permission: Permission) -> None:
        check_may(self.roles, permission)


def current_memberships(person: Person, on: datetime.date) -> list[Membership]:
    """The person's memberships that hold on that day (its first and last day included)."""
    return list(
        person.memberships.filter(
            Q(since__isnull=True) | Q(since__lte=on), Q(until__isnull=True) | Q(until__gte=on)
        ).select_related("organisation")
    )


def acting_for(person: Person, code: str | None) -> Acting | None:
    """Who `person` acts for: the organisation `code` where they belong to it, else their first; None without any."""
    memberships = current_memberships(person, timezone.localdate())
    if not memberships:
        return None
    choices = tuple({m.organisation_id: m.organisation for m in memberships}.values())
    chosen = next((organisation for organisation in choices if organisation.code == code), choices[0])
    roles = frozenset(m.role for m in memberships if m.organisation_id == chosen.pk)
    return Acting(person, chosen, roles, choices)


class ActingRequest(HttpRequest):
    """A request of someone who acts for an organisation: what a view behind `acting_required` receives."""

    acting: Acting
    status_band: str


P = ParamSpec("P")


def acting_required(
    view: Callable[Concatenate[ActingRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Only for the signed-in who belong to an organisation; others are led to sign in, or told so."""

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.acting is None:  # type: ignore[attr-defined]
            return _no_organisation(request)
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return wrapped


def _no_organisation(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/no_organisation.html", status=404)

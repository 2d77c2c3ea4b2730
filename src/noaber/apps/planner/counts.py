"""The numbers beside the places of the navigation."""

from __future__ import annotations

from django.http import HttpRequest

from noaber.apps.accounts.acting import Acting
from noaber.apps.exchange.queries import count_waiting
from noaber.apps.planner.models import Incident


def count_desk(request: HttpRequest) -> int:
    """How much waits for the organisation, of the kind that the page is about."""
    acting, status = _asked(request)
    return count_waiting(acting.organisation, status)


def count_assistance(request: HttpRequest) -> int:
    """How many incidents run that the organisation sees, of that kind."""
    acting, status = _asked(request)
    running = Incident.objects.visible_to(acting.organisation).filter(status=status, closed_at__isnull=True)
    return running.count()


def _asked(request: HttpRequest) -> tuple[Acting, str]:
    return request.acting, request.status_band  # type: ignore[attr-defined]

"""The numbers beside the places of the navigation."""

from __future__ import annotations

from django.http import HttpRequest

from noaber.apps.accounts.acting import Acting
from noaber.apps.exchange.queries import count_waiting
from noaber.apps.planner.models import Incident
from noaber.apps.planner.presenters.open_needs import open_rows
from noaber.apps.planner.queries.need_coverage import coverages_of
from noaber.web.clock import now


def count_desk(request: HttpRequest) -> int:
    """How much waits for the organisation, of the kind that the page is about."""
    return count_rows(*_asked(request))


def count_rows(acting: Acting, status: str) -> int:
    """The rows that its desk shows as waiting: tasks, and needs of its incidents that nobody covers."""
    return count_waiting(acting.organisation, status) + count_uncovered(acting, status)


def count_uncovered(acting: Acting, status: str) -> int:
    own = Incident.objects.filter(owner=acting.organisation, status=status, closed_at__isnull=True)
    found = coverages_of(acting.organisation, own.prefetch_related("needs"), now())
    return len(open_rows(acting, found.values()))


def count_assistance(request: HttpRequest) -> int:
    """How many incidents run that the organisation sees, of that kind."""
    acting, status = _asked(request)
    running = Incident.objects.visible_to(acting.organisation).filter(status=status, closed_at__isnull=True)
    return running.count()


def _asked(request: HttpRequest) -> tuple[Acting, str]:
    return request.acting, request.status_band  # type: ignore[attr-defined]

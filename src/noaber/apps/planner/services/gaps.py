"""Leaving a need uncovered on purpose. The only writer of accepted gaps."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.services import announce
from noaber.apps.planner.enums import EventKind
from noaber.apps.planner.models import AcceptedGap, Incident
from noaber.apps.planner.queries.need_coverage import coverage_of
from noaber.apps.planner.services.incidents import check_may_change, lock_incident, log
from noaber.core.plain_text import find_unfit
from noaber.core.problems import NotAllowed
from noaber.web.clock import now


@transaction.atomic
def accept_gap(
    acting: Acting, incident: Incident, codes: Collection[str], *, reason: str, language: str
) -> list[AcceptedGap]:
    """Let what is open of some needs stay so, with why: it waits at the desk no more until something changes.

    Raises
    ------
    NotAllowed
        Without a reason, where nothing of these needs is open any more, or the incident is closed or another's.
    """
    locked = lock_incident(incident)
    check_may_change(acting, locked)
    why = " ".join(reason.split())[:200]
    if not why:
        raise NotAllowed("incident.reason-missing")
    if character := find_unfit(why):
        raise NotAllowed("text.character", character=character)
    found = coverage_of(acting.organisation, locked, now())
    gaps = []
    for one in found.open if found else ():
        if one.uncovered is None or one.need.code not in codes:
            continue
        teams = one.uncovered.teams
        gaps.append(AcceptedGap(need=one.need, teams=teams, reason=why, language=language, at=now(), by=acting.person))
        facts = {"need": one.need.code, "capability": one.need.capability, "quantity": teams}
        log(locked, acting, EventKind.GAP_ACCEPTED, **facts, reason=why, language=language)
    if not gaps:
        raise NotAllowed("incident.gap-gone")
    made = AcceptedGap.objects.bulk_create(gaps)
    announce([acting.organisation])
    return made

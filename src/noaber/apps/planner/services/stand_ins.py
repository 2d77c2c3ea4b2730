"""Accepting a near miss: a platoon for its engines. The only writer of needs that stand in for another.

The need is split. The teams that are stood in for are wanted no more of their own kind, and what stands in for them
becomes a need by itself, with the same times and priority, held to the unit that was accepted. So plan, request and
answer name the platoon, as what is really asked, and nothing is counted twice. Taking that need away gives the teams
back to the first.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.services import announce
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.planner.enums import EventKind
from noaber.apps.planner.models import Adjustment, Need
from noaber.apps.planner.presenters.near_misses import NearMiss, find_near_miss
from noaber.apps.planner.services.incidents import check_may_change, lock_incident, log, next_need_code
from noaber.apps.planner.services.proposals import asked_by_need
from noaber.apps.registry.coded import counted_capability
from noaber.core.problems import NotAllowed
from noaber.web.clock import now

LONGEST_FUNCTION = 200


@transaction.atomic
def accept_near_miss(acting: Acting, need: Need, unit: str, *, language: str) -> Need:
    """Let teams of `unit` stand in for as many of the need's open teams as they hold; the new need is returned.

    Raises
    ------
    NotAllowed
        Where the unit can no longer come, nobody knows how many it holds, or the need is asked for already.
    """
    incident = lock_incident(need.incident)
    check_may_change(acting, incident)
    need = incident.needs.get(pk=need.pk)
    wanted = max(0, need.quantity - asked_by_need(acting, incident).get(need.code, 0))
    miss = find_near_miss(acting.organisation, incident, need, unit, now(), wanted=wanted)
    if miss is None:
        raise NotAllowed("incident.no-near-miss", unit=unit)
    accepted = _split(need, miss, language)
    Adjustment.objects.create(
        incident=incident,
        organisation=acting.organisation,
        kind=Adjustment.Kind.PINNED,
        need=accepted,
        unit=unit,
        quantity=miss.teams,
        language=language,
        at=now(),
        by=acting.person,
    )
    log(
        incident,
        acting,
        EventKind.NEAR_MISS_ACCEPTED,
        need=accepted.code,
        capability=accepted.capability,
        quantity=miss.teams,
        unit=unit,
        name=miss.row.helper.unit.name,
        wanted=need.capability,
        covers=miss.covers,
    )
    announce(readers_of(incident))
    return accepted


def _split(need: Need, miss: NearMiss, language: str) -> Need:
    need.quantity, need.replaced = need.quantity - miss.covers, need.replaced + miss.covers
    need.save(update_fields=["quantity", "replaced"])
    accepted = Need.objects.get(pk=need.pk)  # with the same times and priority
    accepted.pk, accepted.code = None, next_need_code(need.incident)
    accepted.capability, accepted.quantity, accepted.replaced = miss.match.capability, miss.teams, 0
    accepted.stands_in_for, accepted.stands_for = need, miss.covers
    if not need.function:
        accepted.language = language
    with override(need.language or language):
        accepted.function = _function(need, miss)
    accepted._state.adding = True
    accepted.save(force_insert=True)
    return accepted


def _function(need: Need, miss: NearMiss) -> str:
    """What it is asked for, as the request will say; in the language of the words that stand there already."""
    instead = _("in place of %(teams)s") % {"teams": counted_capability(miss.covers, need.capability)}
    return f"{instead}; {need.function}"[:LONGEST_FUNCTION] if need.function else instead

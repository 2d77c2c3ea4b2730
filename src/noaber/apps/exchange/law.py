"""Whom the law adds to the readers of an exchange, how much of it they see, and why: owners and releasers of teams."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.who_sees import Reason, WhoSees, gather_readers
from noaber.apps.exchange.models import NamedTeam, ThreadRow
from noaber.apps.exchange.models.named_teams import capacities_with_unit
from noaber.core.messages.named_teams import named_teams, part_about
from noaber.core.messages.thread import Thread

Found = tuple[Organisation, Reason]


def readers_by_law(thread_id: str) -> QuerySet[Organisation]:
    """Whoever owns or releases a team that the exchange names, whether or not it takes part."""
    named = NamedTeam.objects.filter(thread_id=thread_id)
    owners = Organisation.objects.filter(code__in=named.values("owner"))
    teams = capacities_with_unit().filter(owner__in=owners, unit__in=named.values("unit"))
    released = teams.values("release_organisation")
    return Organisation.objects.filter(
        Q(pk__in=owners.values("pk")) | Q(pk__in=owners.values("released_by")) | Q(code__in=released)
    )


def part_for(organisation: Organisation, row: ThreadRow, thread: Thread) -> Thread:
    """As much of the exchange as the organisation may see: all of it, where it takes part."""
    if not row.is_read_by_law(organisation):
        return thread
    ours = NamedTeam.objects.of(organisation).filter(thread_id=row.thread_id)
    pairs = ours.values_list("line_id", "offer_id")
    return part_about(thread, {subject for pair in pairs for subject in pair if subject})


def who_sees_exchange(row: ThreadRow, thread: Thread) -> WhoSees:
    """The readers of an exchange, as far as `thread` shows it, each with why."""
    return WhoSees(gather_readers([*_parties(row), *_for_teams(thread)]))


def _parties(row: ThreadRow) -> list[Found]:
    if row.consumer_id == row.supplier_id:
        return [(row.consumer, Reason(_("alerts its own teams")))]
    return [(row.consumer, Reason(_("asks"))), (row.supplier, Reason(_("is asked")))]


def _for_teams(thread: Thread) -> Iterator[Found]:
    units: dict[str, list[str]] = defaultdict(list)
    for named in named_teams(thread):
        if named.unit not in units[named.owner]:
            units[named.owner].append(named.unit)
    names = _names(thread, [unit for teams in units.values() for unit in teams])
    owners = {one.code: one for one in Organisation.objects.filter(code__in=units).select_related("released_by")}
    for code in sorted(owners):
        teams = [names[unit] for unit in units[code]]
        yield owners[code], _by_law(_("owns %(teams)s"), teams)
        releaser = owners[code].released_by
        if releaser is not None:
            yield releaser, _by_law(_("releases %(teams)s"), teams)
    yield from _as_recorded(names)


def _as_recorded(names: Mapping[str, str]) -> Iterator[Found]:
    """Whom the records of the capacities name as releasing them."""
    released: dict[str, list[str]] = defaultdict(list)
    recorded = capacities_with_unit().filter(unit__in=names).values_list("release_organisation", "unit")
    for code, unit in sorted(recorded):
        released[code].append(names[unit])
    for organisation in Organisation.objects.filter(code__in=released).order_by("code"):
        yield organisation, _by_law(_("releases %(teams)s"), released[organisation.code])


def _by_law(text: str, teams: Iterable[str]) -> Reason:
    return Reason(text % {"teams": ", ".join(dict.fromkeys(teams))}, by_law=True)


def _names(thread: Thread, units: Iterable[str]) -> dict[str, str]:
    """What each team is called: as it was offered, else by its code, else by its owner alone."""
    offered = {f"{offer.owner}:{offer.team_id}": offer.team_name for offer in thread.offers if offer.team_name}
    return {unit: offered.get(unit) or _called(unit) for unit in units}


def _called(unit: str) -> str:
    owner, _colon, code = unit.partition(":")
    return code or _("teams of %(owner)s") % {"owner": owner}

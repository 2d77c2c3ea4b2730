"""What was asked already, for all incidents of an organisation: how many teams, which ones, and who said no."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.draft_lines import DraftLine, decode_lines
from noaber.apps.exchange.models import Request, RequestDraft, RequestLine
from noaber.apps.exchange.queries import requests_of_cases
from noaber.apps.exchange.standing import LineStanding, standing_of_cases
from noaber.web.clock import now

Place = tuple[str, str]
"""Number of the incident, code of the need."""


@dataclass(frozen=True)
class Requested:
    """What an organisation has asked for its incidents.

    Parameters
    ----------
    lines
        What it asked for each need, and what has come of it.
    units
        Teams that a request names in its plan and that nobody has answered for: they are spoken for.
    refused
        Who declined a need, and when: the latest answer by the code of who was asked.
    """

    lines: Mapping[Place, Sequence[LineStanding]] = field(default_factory=dict)
    units: Counter[str] = field(default_factory=Counter)
    refused: Mapping[Place, Mapping[str, datetime]] = field(default_factory=dict)

    @cached_property
    def hoped(self) -> dict[Place, int]:
        """Teams that requests and alerts may still bring or have brought: a plan is for the rest.

        The same judgement as the coverage: who refused, ran out, was taken back or went home without working brings
        none.
        """
        return {place: sum(line.hoped for line in lines) for place, lines in self.lines.items()}

    def hoped_through(self, request_ids: Collection[str]) -> dict[Place, int]:
        """The same, of some requests only."""
        return {
            place: sum(line.hoped for line in lines if line.request_id in request_ids)
            for place, lines in self.lines.items()
        }

    def for_incident(self, number: str) -> dict[str, int]:
        """`hoped` of one incident, by need code."""
        return {need: teams for (incident, need), teams in self.hoped.items() if incident == number}


def requested_for_incidents(organisation: Organisation, numbers: Sequence[str]) -> Requested:
    """What the organisation has asked for incidents, by their numbers."""
    return requested_in(organisation, requests_of_cases(organisation, numbers), numbers)


def requested_in(organisation: Organisation, requests: Iterable[Request], numbers: Sequence[str]) -> Requested:
    """The same, where the requests of these incidents were read already; those that others sent are passed over."""
    found = [one for one in requests if one.consumer_id == organisation.pk]
    if not found:
        return Requested()
    running = [request for request in found if request.is_open]
    drafts = RequestDraft.objects.filter(owner=organisation, message_id__in=[one.message_id for one in running])
    planned = {draft.message_id: decode_lines(draft.lines) for draft in drafts.order_by()} if running else {}
    units: Counter[str] = Counter()
    for request in running:
        for position, line in enumerate(request.lines.all()):
            if not line.is_answered:
                units += _planned_teams(planned.get(request.message_id, ()), position, line)
    return Requested(standing_of_cases(organisation, numbers, now()), units, _refused(found))


def _planned_teams(lines: Sequence[DraftLine], position: int, line: RequestLine) -> Counter[str]:
    """The teams that the plan thought of for a line, by unit; of a draft that names none, nobody is spoken for."""
    if position >= len(lines) or lines[position].need_id != line.need_id:
        return Counter()
    units = lines[position].planned_units
    if len(units) == 1:
        return Counter({units[0]: line.quantity})
    return Counter(units)


def _refused(requests: Iterable[Request]) -> dict[Place, dict[str, datetime]]:
    """Who declined which need, and when that was known."""
    refused: dict[Place, dict[str, datetime]] = defaultdict(dict)
    for request in requests:
        for line in request.lines.all():
            if line.is_declined:
                said = refused[request.case_id, line.need_id]
                said[request.supplier.code] = max(
                    request.updated_at, said.get(request.supplier.code, request.updated_at)
                )
    return dict(refused)

"""A proposal as the page of an incident shows it: needs with their lines, and why each line is there."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from noaber.apps.exchange import words
from noaber.apps.exchange.queries import AlertedTeams
from noaber.apps.planner.models import Need
from noaber.apps.planner.queries.helpers import Supply
from noaber.apps.planner.queries.need_coverage import NeedCoverage
from noaber.apps.roads.enums import MinutesKind
from noaber.core.coverage import Coverage
from noaber.core.messages.states import DeploymentState

MOST_CELLS = 12


@dataclass(frozen=True)
class TextNote:
    """A text that the plan stands on, as it was when the plan was made."""

    code: str
    title: str
    cost: str
    cost_unknown: bool
    approval: float
    assumed_as_of: datetime.date
    is_unknown: bool


@dataclass(frozen=True)
class PlanLine:
    """One line of the proposal. Minutes; `text` is None at home; `stay` is how many of its kind its owner keeps."""

    unit: str
    quantity: int
    name: str
    owner: str
    base: str
    own: bool
    arrival: float
    late: bool
    approval: float
    mobilisation: float
    travel: float
    kind: MinutesKind
    text: TextNote | None
    stale: bool
    certificate_expired: bool
    illustrative: bool
    reserved_soon: str
    pinned: bool
    why: str
    stay: int
    lon: float
    lat: float
    arrives_at: datetime.datetime
    late_minutes: float
    """After the deadline; 0 where it is in time."""
    alerts: tuple[AlertRow, ...] = ()
    detour: DetourNote | None = None

    @property
    def is_later(self) -> bool:
        """Whether a road was closed on its way after it was planned."""
        return self.detour is not None and self.detour.is_later

    @property
    def turns_late(self) -> bool:
        """Whether it was planned in time, and would be late by that."""
        return self.detour is not None and self.detour.turns_late

    @property
    def comes_at(self) -> datetime.datetime | None:
        """When it comes by the roads as they are now; None where no way is left."""
        return self.detour.arrives_at if self.detour is not None and self.detour.is_later else self.arrives_at


@dataclass(frozen=True)
class DetourNote:
    """A closure on the way of a line.

    Parameters
    ----------
    extra_words
        What it costs the line: +14 min.
    section
        The main road that it closes, in the reader's language; where it is empty, the reason stands for it.
    reason, language
        As who closed it wrote.
    makes_late
        In time without it, and late with it.
    is_later
        The plan was made before: by the roads as they are now the line comes later than it says.
    turns_late
        It was planned in time, and would be late now.
    arrives_at
        By the roads as they are now; None where no way is left.
    """

    extra_words: str
    section: str
    reason: str
    language: str
    closed_at: datetime.datetime
    makes_late: bool
    is_later: bool
    turns_late: bool
    arrives_at: datetime.datetime | None


@dataclass(frozen=True)
class AlertRow:
    """What has become of own teams that were alerted: alerted, confirmed, on their way."""

    label: words.Label
    at: datetime.datetime
    quantity: int
    url: str

    @classmethod
    def of(cls, item: AlertedTeams) -> AlertRow:
        if item.deployment is None:
            return cls(words.ALERTED, item.alerted_at, item.quantity, item.request.get_absolute_url())
        state = item.deployment.deployment_state
        label = CONFIRMED if state is DeploymentState.COMMITTED else words.DEPLOYMENT_STATES[state]
        return cls(label, item.deployment.changed_at, item.quantity, item.deployment.get_absolute_url())


CONFIRMED: Final = words.Label(gettext_lazy("confirmed"), "ok", "yes")


def alerted_words(alerted: Sequence[AlertedTeams]) -> str:
    """How many own teams of the incident were alerted, and how many of them are confirmed; empty where none were."""
    if not alerted:
        return ""
    teams = sum(item.quantity for item in alerted)
    confirmed = sum(item.quantity for item in alerted if item.deployment is not None)
    counted = ngettext("%(count)s own team alerted", "%(count)s own teams alerted", teams) % {"count": teams}
    return _("%(alerted)s, %(confirmed)s confirmed") % {"alerted": counted, "confirmed": confirmed}


@dataclass(frozen=True)
class RemovedLine:
    """A team that was taken out, by whom and why."""

    unit: str
    name: str
    owner: str
    by: str
    at: datetime.datetime
    reason: str
    language: str


@dataclass(frozen=True)
class NeedPlan:
    """A need with its lines, and what was taken out of them.

    Parameters
    ----------
    asked
        Teams that running requests may still bring.
    supply
        Who could come at all, before anything is planned; None where it was not looked up.
    found
        What covers the need; None for those who do not own the incident.
    """

    need: Need
    name: str
    title: str
    began: datetime.datetime
    """When what was planned begins: arrivals count from here."""
    lines: list[PlanLine]
    removed: list[RemovedLine]
    idle_pins: list[RemovedLine]
    missing: int
    because: list[str]
    own: int
    neighbours: int
    asked: int
    supply: Supply | None = None
    coverage: Coverage = field(default_factory=Coverage)
    """What the plan has of the teams that it was made for."""
    found: NeedCoverage | None = None

    @property
    def planned(self) -> int:
        return self.own + self.neighbours

    @property
    def is_short(self) -> bool:
        """Whether teams are missing, or come late."""
        return self.missing > 0 or any(line.late for line in self.lines)

    @property
    def complete_at(self) -> datetime.datetime | None:
        """When the last team is there; None where teams are missing or none is planned."""
        if self.missing or not self.lines:
            return None
        return self.began + datetime.timedelta(minutes=max(line.arrival for line in self.lines))

    @property
    def cells(self) -> list[str]:
        """One cell a team: asked already, own, neighbours', gap; at most twelve, in proportion."""
        kinds = ["done"] * self.asked + ["own"] * self.own + ["nb"] * self.neighbours + ["gap"] * self.missing
        if len(kinds) <= MOST_CELLS:
            return kinds
        return [kinds[round(place * (len(kinds) - 1) / (MOST_CELLS - 1))] for place in range(MOST_CELLS)]

    @property
    def summary(self) -> str:
        """What the cells say, in words."""
        parts = []
        if self.asked:
            parts.append(ngettext("%(count)s asked", "%(count)s asked", self.asked) % {"count": self.asked})
        if self.own:
            parts.append(ngettext("%(count)s own", "%(count)s own", self.own) % {"count": self.own})
        if self.neighbours:
            counted = ngettext("%(count)s neighbour’s", "%(count)s neighbours’", self.neighbours)
            parts.append(counted % {"count": self.neighbours})
        if self.missing:
            parts.append(ngettext("%(count)s missing", "%(count)s missing", self.missing) % {"count": self.missing})
        return ", ".join(parts)


def text_notes(plans: Iterable[NeedPlan]) -> list[TextNote]:
    """Every text that the lines stand on, once, in the order of the lines."""
    notes = [line.text for plan in plans for line in plan.lines if line.text is not None]
    return list({(note.code, note.is_unknown): note for note in notes}.values())

"""What the form of an answer says beside its fields: each team against the deadline, what is found, what stays at home.

Everything here follows what stands in the form, so the same parts are shown at first and swapped while somebody types.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from noaber.apps.exchange.forms.requests import LineEntry, TeamForm
from noaber.apps.exchange.services.promises import asked_of, to_problem
from noaber.apps.exchange.sheets import AnswerSheet
from noaber.apps.exchange.teams import OwnTeam
from noaber.apps.registry.coded import counted_capability
from noaber.apps.roads.presenters.provenance import Provenance, minutes_provenance
from noaber.core.coverage import Cover, Coverage, Standing, cover
from noaber.core.messages.model import ResponseType
from noaber.core.promises import FindingCode, Weight, minutes_after
from noaber.web import clock, wording
from noaber.web.covering import coverage_parts

MOST_AT_HOME = 8


@dataclass(frozen=True)
class Note:
    """One finding in words."""

    text: str
    weight: Weight

    @property
    def is_bad(self) -> bool:
        return self.weight is Weight.REFUSED


@dataclass(frozen=True)
class TeamRow:
    """One team of a line, with what stands in its fields."""

    form: TeamForm
    entry: LineEntry
    is_open: bool = False
    """Whether a number may be entered though nobody of it is there: what another told is written down."""

    @property
    def team(self) -> OwnTeam | None:
        return self.form.team

    @property
    def key(self) -> str:
        return self.form.prefix or ""

    @property
    def takes_number(self) -> bool:
        return self.is_open or self.form.count > 0 or bool(self.team and self.team.left)

    @property
    def is_locked(self) -> bool:
        return bool(self.team and self.team.is_locked) and not self.is_open

    @property
    def is_opened(self) -> bool:
        """Locked, and somebody has opened it."""
        return self.form.count > 0 or bool(self.form.errors if self.form.is_bound else False)

    @property
    def stays(self) -> str:
        """1 of 3, after what is sent."""
        left = self.team.left if self.team else 0
        sent = self.form.count if self.entry.offers else 0
        return _("%(count)s of %(total)s") % {"count": max(0, left - sent), "total": left}

    @property
    def arrival_day(self) -> str:
        """The day of the arrival, where it is not today."""
        arrival = self.team.arrival_at if self.team else None
        if arrival is None or timezone.localdate(arrival) == timezone.localdate(clock.now()):
            return ""
        return wording.day_short(arrival)

    @property
    def spare(self) -> int | None:
        """Minutes from the arrival as it stands to the deadline."""
        arrival, needed = self.form.arrival_at, self.entry.line.needed_at
        return None if arrival is None or needed is None else -minutes_after(arrival, needed)

    @property
    def is_late(self) -> bool:
        return self.spare is not None and self.spare < 0

    @property
    def spare_words(self) -> str:
        if self.spare is None:
            return ""
        duration = wording.duration(abs(self.spare))
        return (_("late %(time)s") if self.spare < 0 else _("%(time)s to spare")) % {"time": duration}

    @property
    def why_locked(self) -> str:
        team = self.team
        if team is None:
            return ""
        if team.is_hit:
            return _("%(owner)s is hit itself and keeps its teams at home.") % {"owner": team.owner_name}
        if team.keeps is not None and team.keeps.may_go == 0:
            told = {"owner": team.owner_name, "kept": team.keeps.minimum, "free": team.keeps.free}
            return _("%(owner)s keeps %(kept)s of these at home and has %(free)s free.") % told
        return _("What is left of it is reserved.")

    @property
    def why_gone(self) -> str:
        """Why there is nobody of it to send."""
        return _("in use or promised") if self.team and not self.team.left else ""

    @cached_property
    def notes(self) -> list[Note]:
        """What is found; how late it is stands in the row already, and is said here where it is to be confirmed."""
        found = [one for one in self.form.findings if one.code is not FindingCode.LATE or self.form.needs_tick]
        return [Note(wording.problem(to_problem(one, self.form.team_name)), one.weight) for one in found]

    @property
    def is_bad(self) -> bool:
        return self.form.is_hindered

    @cached_property
    def mends(self) -> list[int]:
        """The numbers that mend what is found at one press: what is asked for, and the most that may go."""
        if not self.is_bad:
            return []
        of_asked = [one.most for one in self.form.findings if one.code is FindingCode.MORE_THAN_ASKED]
        others = [one.most for one in self.form.findings if one.code is not FindingCode.MORE_THAN_ASKED]
        limit = min((most for most in others if most is not None), default=None)
        numbers = {most for most in (*of_asked, limit) if most is not None and (limit is None or most <= limit)}
        return sorted(numbers)


@dataclass(frozen=True)
class HomeRow:
    """What an owner has left of one capability after the answer."""

    owner: str
    load: str
    """The severity of its own load, as CAP says it; empty where none is known."""
    left: int
    total: int
    kept: int | None


@dataclass(frozen=True)
class Total:
    """One line of the footer."""

    text: str
    detail: str
    is_bad: bool


@dataclass
class EntryPage:
    """One line of the request in the form."""

    entry: LineEntry
    sheet: AnswerSheet

    @cached_property
    def rows(self) -> list[TeamRow]:
        shown = {team.pk for team in self.entry.choice.teams}
        return [row for row in self._all if row.team and row.team.pk in shown]

    @cached_property
    def rest(self) -> list[TeamRow]:
        folded = {team.pk for team in self.entry.choice.rest}
        return [row for row in self._all if row.team and row.team.pk in folded]

    @cached_property
    def other(self) -> TeamRow:
        return TeamRow(self.entry.other_team, self.entry, is_open=True)

    @cached_property
    def _all(self) -> list[TeamRow]:
        return [TeamRow(form, self.entry, is_open=not self.sheet.is_own) for form in self.entry.own_teams]

    @property
    def all_rows(self) -> list[TeamRow]:
        return [*self._all, self.other]

    @property
    def judged_id(self) -> str:
        return f"judged-{self.entry.form.prefix}"

    @property
    def rest_words(self) -> str:
        choice = self.entry.choice
        parts = [
            ngettext("%(count)s comes later", "%(count)s come later", choice.late) % {"count": choice.late},
            ngettext("%(count)s in use", "%(count)s in use", choice.gone) % {"count": choice.gone},
            ngettext("%(count)s too late to be of use", "%(count)s too late to be of use", choice.useless)
            % {"count": choice.useless},
        ]
        counts = (choice.late, choice.gone, choice.useless)
        return ", ".join(words for words, count in zip(parts, counts, strict=True) if count)

    @property
    def asked(self) -> int:
        before = [self.entry.offer] if self.entry.offer else []
        return asked_of(self.entry.line, before).missing

    @cached_property
    def coverage(self) -> Coverage:
        """How far what stands in the form covers what is still missing."""
        covers = [
            Cover(form.count, form.arrival_at, Standing.PLANNED)
            for form in self.entry.teams
            if self.entry.offers and form.count
        ]
        line = self.entry.line
        return cover(self.asked, covers, needed_by=line.needed_at, useless_after=line.latest_at)

    def _when(self) -> str:
        """4 in time, 1 late."""
        in_time = ngettext("%(count)s in time", "%(count)s in time", self.coverage.in_time)
        parts = [in_time % {"count": self.coverage.in_time}]
        parts += [part.words for part in coverage_parts(self.coverage) if part.css in ("late", "unknown")]
        return ", ".join(parts)

    @property
    def total(self) -> Total:
        sent = sum(form.count for form in self.entry.teams) if self.entry.offers else 0
        text = _("%(sent)s of %(asked)s") % {
            "sent": sent,
            "asked": counted_capability(self.asked, self.entry.line.capability),
        }
        if self.entry.is_hindered:
            return Total(text, _("mend this first"), is_bad=True)
        match self.entry.answer:
            case ResponseType.DECLINE:
                return Total(text, _("declined"), is_bad=False)
            case ResponseType.PROVISIONAL:
                return Total(text, _("provisional"), is_bad=False)
            case ResponseType.ACCEPT if sent:
                return Total(text, self._when(), is_bad=False)
        return Total(text, _("later"), is_bad=False)


@dataclass
class AnswerPage:
    """The form as a whole."""

    sheet: AnswerSheet

    @cached_property
    def entries(self) -> list[EntryPage]:
        return [EntryPage(entry, self.sheet) for entry in self.sheet.entries]

    @property
    def totals(self) -> list[Total]:
        return [entry.total for entry in self.entries]

    @property
    def stays_at_home(self) -> list[tuple[str, list[HomeRow]]]:
        """By capability, what each owner that is shown has left."""
        found = {}
        for entry in self.entries:
            rows = list(self._home_rows(entry))
            if rows and entry.entry.line.capability not in found:
                found[entry.entry.line.capability] = rows
        return list(found.items())

    def _home_rows(self, entry: EntryPage) -> Iterator[HomeRow]:
        yard, capability = self.sheet.yard, entry.entry.line.capability
        sent = self._sent_by_unit()
        owners = dict.fromkeys(row.team.owner for row in entry.rows if row.team)
        names = {row.team.owner: row.team.owner_name for row in entry.rows if row.team}
        for owner in list(owners)[:MOST_AT_HOME]:
            stocks = [one for one in yard.holdings.stocks.values() if one.owner == owner]
            able = [one for one in stocks if capability in one.capabilities]
            total = sum(one.left for one in able)
            gone = sum(sent.get(one.unit, 0) for one in able)
            minima = [one.minimum for one in yard.holdings.covers if (one.owner, one.capability) == (owner, capability)]
            kept = max(minima, default=None)
            yield HomeRow(names[owner], yard.loads.get(owner, ""), max(0, total - gone), total, kept)

    def _sent_by_unit(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for entry in self.sheet.entries:
            for form in entry.own_teams if entry.offers else ():
                if form.team and form.count:
                    found[form.team.unit] = found.get(form.team.unit, 0) + form.count
        return found

    @property
    def wait(self) -> str:
        """How long one may wait before a team that is offered in time is late."""
        rows = [row for entry in self.entries if entry.entry.offers for row in entry.all_rows if row.form.count]
        in_time = [row for row in rows if row.spare is not None and row.spare >= 0]
        tightest = min(in_time, key=lambda row: row.spare or 0, default=None)
        if tightest is None:
            return ""
        told = {"time": wording.duration((tightest.spare or 0) + 1), "team": tightest.form.team_name}
        return _("%(time)s more and %(team)s is late") % told

    @cached_property
    def provenance(self) -> Provenance | None:
        """How the minutes to the place of the first line are got."""
        yard = self.sheet.yard
        place = next((entry.entry.line.place for entry in self.entries if entry.entry.line.place), None)
        if place is None or place.position is None:
            return None
        return minutes_provenance(yard.reader, place.position, status=yard.status, at=yard.now)

"""The two forms that cover several things at once: the answer to every line, and the order of several offers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.asking import asked_for
from noaber.apps.exchange.forms.requests import (
    AnswerForm,
    LineEntry,
    LineForm,
    OrderForm,
    RequisitionForm,
    TeamForm,
    default_until,
    order_forms,
)
from noaber.apps.exchange.holdings import SpokenFor
from noaber.apps.exchange.services import LineAnswer
from noaber.apps.exchange.services.promises import asked_of, find_late, unit_of
from noaber.apps.exchange.teams import Choice, OwnTeam, Yard
from noaber.core.messages.model import ResponseType
from noaber.core.messages.thread import Line, Offer, Thread
from noaber.core.promises import as_told, judge
from noaber.web import wording


@dataclass(frozen=True)
class Asker:
    """From whose sight the capacities are read, who asks, and for whom an answer is given."""

    reader: Organisation
    consumer: Organisation
    supplier: Organisation
    status: str
    spoken_for: SpokenFor
    now: datetime

    @cached_property
    def owners(self) -> frozenset[int]:
        """The keys of those whose teams the supplier can offer."""
        return asked_for(self.supplier, abroad=self.consumer.country != self.supplier.country)

    @property
    def is_supplier(self) -> bool:
        """Whether the answer is the reader's own, not what another told."""
        return self.reader.pk == self.supplier.pk


@dataclass
class AnswerSheet:
    """The answer to the lines of a request, and to provisional offers that can become firm."""

    entries: list[LineEntry]
    common: AnswerForm
    yard: Yard
    is_own: bool = True
    """Whether it is the supplier's own word. What another told is written down: told what is found, never refused."""
    errors: list[str] = field(default_factory=list)

    @classmethod
    def make(cls, thread: Thread, lines: Sequence[str], offers: Sequence[str], asker: Asker, data: Any) -> AnswerSheet:
        """A sheet for the lines and offers with these ids, filled in with what is proposed."""
        asked = thread.request.lines if thread.request else ()
        revised = [offer for offer in thread.offers if offer.id in offers]
        wanted = {*lines, *(offer.line_id for offer in revised)}
        yard = Yard.load(
            asker.reader,
            asker.owners,
            [line for line in asked if line.element_id in wanted],
            status=asker.status,
            spoken_for=asker.spoken_for,
            case_id=thread.case_id,
            now=asker.now,
        )
        taken: Counter[str] = Counter()
        entries = []
        for number, line in enumerate(asked, start=1):
            if line.element_id in lines:
                entries.append(_entry(yard, line, number, f"line-{number}", data, taken))
            for offer in revised:
                if offer.line_id == line.element_id:
                    prefix = f"line-{number}-offer-{thread.offers.index(offer)}"
                    entries.append(_revised(yard, line, number, prefix, data, offer))
        sheet = cls(entries, AnswerForm(data, prefix="common"), yard, asker.is_supplier)
        sheet.judge()
        return sheet

    @property
    def asks_for_risk(self) -> bool:
        """Not asked where another organisation's answer is entered for it."""
        return self.is_own

    def judge(self) -> None:
        """Say of every team what is found about what stands in the form, as the service will judge it."""
        forms, offered = [], []
        anew: dict[str, list[Offer]] = {}
        for entry in self.entries:
            for form in entry.teams:
                form.findings = []
                one = form.offered(entry.line.element_id) if entry.offers else None
                if one is not None:
                    forms.append(form)
                    offered.append(one)
            if entry.offer is not None and entry.offers:
                anew.setdefault(entry.line.element_id, []).append(entry.offer)
        back = Counter[str]()
        for revised in (offer for offers in anew.values() for offer in offers):
            back[unit_of(revised)] += revised.quantity
        lines = {entry.line.element_id: entry.line for entry in self.entries}
        asked = [asked_of(line, anew.get(line_id, ())) for line_id, line in lines.items()]
        found = judge(asked, offered, self.yard.holdings.freed(back))
        for finding in found if self.is_own else as_told(found):
            forms[finding.offer].findings.append(finding)

    def is_valid(self) -> bool:
        """Every entry is in order, nothing is found that hinders, and whoever offers has looked at the risk at home."""
        each = [entry.is_valid() for entry in self.entries]
        fine = self.common.is_valid() and all(each)
        if any(entry.is_hindered for entry in self.entries):
            self.errors.append(_("Something in the answer cannot be sent as it is. What is wrong stands beside it."))
            return False
        if fine and self.offers_something and not self.common.cleaned_data["risk_checked"] and self.asks_for_risk:
            self.common.add_error("risk_checked", _("Tick that the risk at home was looked at before you offer."))
            return False
        return fine

    @property
    def offers_something(self) -> bool:
        return any(entry.offers for entry in self.entries)

    def answers(self) -> list[LineAnswer]:
        """The answers given; lines without one are left for later."""
        checked = self.common.cleaned_data["risk_checked"] or None
        return [entry.read(risk_checked=checked) for entry in self.entries if entry.is_answered]


def _entry(yard: Yard, line: Line, number: int, prefix: str, data: Any, taken: Counter[str]) -> LineEntry:
    choice = yard.choose(line, taken, _typed_teams(prefix, data))
    teams = [_team_form(team, prefix, data) for team in (*choice.teams, *choice.rest)]
    teams.append(TeamForm(data, team=None, prefix=f"{prefix}-team-other"))
    answer = ResponseType.ACCEPT.value if any(team.proposed for team in choice.teams) else ""
    return LineEntry(number, line, LineForm(data, prefix=prefix, initial={"answer": answer}), teams, choice)


def _revised(yard: Yard, line: Line, number: int, prefix: str, data: Any, offer: Offer) -> LineEntry:
    """The capacity of a provisional offer alone: its own teams are there for it."""
    found = replace(yard, holdings=yard.holdings.freed({unit_of(offer): offer.quantity})).choose(line, Counter())
    own = [team for team in (*found.teams, *found.rest) if team.unit == unit_of(offer)]
    known = [
        replace(team, proposed=offer.quantity, arrival_at=offer.estimated_arrival_at or team.arrival_at) for team in own
    ]
    teams = [_team_form(team, prefix, data) for team in known]
    named = (
        {} if known else {"quantity": offer.quantity, "name": offer.team_name, "arrival": offer.estimated_arrival_at}
    )
    teams.append(TeamForm(data, team=None, prefix=f"{prefix}-team-other", initial=named))
    return LineEntry(number, line, LineForm(data, prefix=prefix), teams, Choice(tuple(known), ()), offer)


def _typed_teams(prefix: str, data: Any) -> frozenset[int]:
    """The teams for which something was posted: they stand on the page, wherever they would stand by now."""
    found = (re.fullmatch(rf"{prefix}-team-(\d+)-quantity", key) for key in data or ())
    return frozenset(int(one[1]) for one in found if one and data.get(one[0], "").strip() not in ("", "0"))


def _team_form(team: OwnTeam, prefix: str, data: Any) -> TeamForm:
    return TeamForm(data, team=team, prefix=f"{prefix}-team-{team.pk}", initial={"quantity": team.proposed or None})


@dataclass
class OrderSheet:
    """Offers that can be ordered, with how many teams of each, and until when."""

    orders: list[OrderForm]
    common: RequisitionForm
    errors: list[str] = field(default_factory=list)

    @classmethod
    def make(cls, thread: Thread, offers: Sequence[str], data: Any) -> OrderSheet:
        chosen = [offer for offer in thread.offers if offer.id in offers]
        line = thread.find_line(chosen[0].line_id) if chosen else None
        common = RequisitionForm(data, prefix="common", initial={"until": default_until(line)})
        return cls(order_forms(data, [(offer, find_late(thread, offer)) for offer in chosen]), common)

    def is_valid(self) -> bool:
        each = [form.is_valid() for form in self.orders]
        return self.common.is_valid() and all(each)

    def quantities(self) -> list[tuple[str, int]]:
        return [(form.offer.id, form.cleaned_data["quantity"]) for form in self.orders if form.cleaned_data["quantity"]]

    def late_taken(self) -> list[str]:
        """The offers that are taken though they come late."""
        return [form.offer.id for form in self.orders if form.cleaned_data.get("late")]


def add_sheet_problems(sheet: AnswerSheet | OrderSheet, problems: Sequence[Any]) -> None:
    """Show what a service found wrong above the sheet, each sentence once."""
    sheet.errors = list(dict.fromkeys(wording.problem(problem) for problem in problems))

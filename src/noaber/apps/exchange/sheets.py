"""The two forms that cover several things at once: the answer to every line, and the order of several offers."""

from __future__ import annotations

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
from noaber.apps.exchange.services import LineAnswer
from noaber.apps.exchange.teams import OwnTeam, teams_for
from noaber.core.messages.model import ResponseType
from noaber.core.messages.thread import Line, Offer, Thread
from noaber.web import wording


@dataclass(frozen=True)
class Asker:
    """From whose sight the capacities are read, who asks, and for whom an answer is given."""

    reader: Organisation
    consumer: Organisation
    supplier: Organisation
    status: str
    spoken_for: Counter[str]
    now: datetime
    case_id: str = ""

    @cached_property
    def owners(self) -> frozenset[int]:
        """The keys of those whose teams the supplier can offer."""
        return asked_for(self.supplier, abroad=self.consumer.country != self.supplier.country)


@dataclass
class AnswerSheet:
    """The answer to the lines of a request, and to provisional offers that can become firm."""

    entries: list[LineEntry]
    common: AnswerForm
    asks_for_risk: bool = True
    """Not asked where another organisation's answer is entered for it."""
    errors: list[str] = field(default_factory=list)

    @classmethod
    def make(cls, thread: Thread, lines: Sequence[str], offers: Sequence[str], asker: Asker, data: Any) -> AnswerSheet:
        """A sheet for the lines and offers with these ids."""
        entries = []
        for number, line in enumerate(thread.request.lines if thread.request else (), start=1):
            if line.element_id in lines:
                entries.append(_entry(line, number, f"line-{number}", asker, data))
            for offer in thread.offers:
                if offer.line_id == line.element_id and offer.id in offers:
                    prefix = f"line-{number}-offer-{thread.offers.index(offer)}"
                    entries.append(_entry(line, number, prefix, asker, data, offer=offer))
        asks = asker.reader.pk == asker.supplier.pk
        return cls(entries, AnswerForm(data, prefix="common"), asks)

    def is_valid(self) -> bool:
        """Every entry is in order, and whoever offers has looked at the risk at home."""
        each = [entry.is_valid() for entry in self.entries]
        fine = self.common.is_valid() and all(each)
        if fine and self.offers_something and not self.common.cleaned_data["risk_checked"] and self.asks_for_risk:
            self.common.add_error("risk_checked", _("Tick that the risk at home was looked at before you offer."))
            return False
        return fine

    @property
    def offers_something(self) -> bool:
        return any(
            entry.is_answered and entry.form.cleaned_data["answer"] != ResponseType.DECLINE for entry in self.entries
        )

    def answers(self) -> list[LineAnswer]:
        """The answers given; lines without one are left for later."""
        checked = self.common.cleaned_data["risk_checked"] or None
        return [entry.read(risk_checked=checked) for entry in self.entries if entry.is_answered]


def _entry(line: Line, number: int, prefix: str, asker: Asker, data: Any, *, offer: Offer | None = None) -> LineEntry:
    known = teams_for(
        asker.reader,
        asker.owners,
        line,
        status=asker.status,
        spoken_for=asker.spoken_for,
        now=asker.now,
        case_id=asker.case_id,
    )
    if offer is not None:
        known = [_as_offered(team, offer) for team in known if team.code == offer.team_id and team.owner == offer.owner]
    teams = [
        TeamForm(
            data,
            team=team,
            prefix=f"{prefix}-team-{team.pk}",
            initial={"quantity": team.proposed or None, "arrival": team.arrival_at},
        )
        for team in known
    ]
    named = {"quantity": offer.quantity, "name": offer.team_name} if offer and not known else {}
    arrival = {"arrival": offer.estimated_arrival_at} if offer else {}
    teams.append(TeamForm(data, team=None, prefix=f"{prefix}-team-other", initial={**named, **arrival}))
    return LineEntry(number, line, LineForm(data, prefix=prefix), teams, offer)


def _as_offered(team: OwnTeam, offer: Offer) -> OwnTeam:
    """The capacity of a provisional offer: its own teams are there for it."""
    arrival = offer.estimated_arrival_at or team.arrival_at
    return replace(team, left=team.left + offer.quantity, proposed=offer.quantity, arrival_at=arrival)


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
        return cls(order_forms(data, chosen), common)

    def is_valid(self) -> bool:
        each = [form.is_valid() for form in self.orders]
        return self.common.is_valid() and all(each)

    def quantities(self) -> list[tuple[str, int]]:
        return [(form.offer.id, form.cleaned_data["quantity"]) for form in self.orders if form.cleaned_data["quantity"]]


def add_sheet_problems(sheet: AnswerSheet | OrderSheet, problems: Sequence[Any]) -> None:
    """Show what a service found wrong above the sheet, each sentence once."""
    sheet.errors = list(dict.fromkeys(wording.problem(problem) for problem in problems))

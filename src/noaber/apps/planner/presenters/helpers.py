"""“Who can help now” as rows: minutes with their parts, the text, who pays, what stays at home; and who cannot, why."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.apps.accounts.models import Organisation
from noaber.apps.planner.models import Incident, Need
from noaber.apps.planner.presenters.texts import cost_words, title_of
from noaber.apps.planner.queries.helpers import Helper
from noaber.apps.planner.queries.reservations import records_of
from noaber.apps.records.kinds import kind_of
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.queries.agreements import inventory
from noaber.apps.registry.queries.reservations import reservations_ahead
from noaber.apps.roads.presenters.minutes import kind_word
from noaber.core.agreements import Absent, Question, may_help
from noaber.core.agreements.labels import REASON_TEXTS
from noaber.core.agreements.planning import LeftOut
from noaber.core.planning.options import Barrier
from noaber.reference.legal_texts import channel_names
from noaber.web.reader import reader_language
from noaber.web.tables import Column

BARRIER_WORDS: dict[Barrier, str | Promise] = {
    Barrier.NONE: "",
    Barrier.EXCLUDED: gettext_lazy("You took it out of the plan."),
    Barrier.NO_AGREEMENT: gettext_lazy("No text below the Union mechanism lets it come here."),
    Barrier.UNREACHABLE: gettext_lazy("It cannot get here."),
    Barrier.TOO_LATE: gettext_lazy("It would come too late to be of use."),
}
STATE_WORDS: dict[str, str | Promise] = {
    CapacityState.COMMITTED: gettext_lazy("Its owner says that it is committed."),
    CapacityState.OUT_OF_SERVICE: gettext_lazy("Its owner says that it is out of service."),
}


@dataclass(frozen=True)
class EventLink:
    """For what teams are reserved."""

    title: str
    url: str


@dataclass(frozen=True)
class HelperRow:
    """One row."""

    helper: Helper
    agreement: str
    agreement_title: str
    cost: str
    cost_unknown: bool
    text_unknown: bool
    why_not: str
    events: tuple[EventLink, ...] = ()
    """For what its teams are reserved, as far as the reader may see that; `why_not` names it too."""

    @property
    def event_links(self) -> str:
        return format_html_join(", ", '<a href="{}">{}</a>', ((event.url, event.title) for event in self.events))


@dataclass(frozen=True)
class UnionRow:
    """The Union mechanism: it covers every pair, has its own channel, and is named last."""

    agreement: str
    title: str
    channels: str
    cost: str
    cost_unknown: bool


@dataclass(frozen=True)
class LeftOutRow:
    """A text that applies and is not planned with, and why."""

    agreement: str
    title: str
    why: str


def left_out_rows(left_out: Iterable[LeftOut]) -> list[LeftOutRow]:
    return [
        LeftOutRow(one.agreement.id, title_of(one.agreement.title), _(REASON_TEXTS[one.reason])) for one in left_out
    ]


def helper_rows(helpers: Sequence[Helper], reader: Organisation, at: datetime.datetime) -> list[HelperRow]:
    """The rows as `reader` may see them, with what is reserved at the moment `at`."""
    events = _events_of([helper.unit.capacity for helper in helpers if _is_reserved(helper)], reader, at)
    return [_helper_row(helper, tuple(events.get(helper.unit.capacity, ()))) for helper in helpers]


def _events_of(capacities: Sequence[int], reader: Organisation, at: datetime.datetime) -> dict[int, list[EventLink]]:
    """By the key of a capacity: for what its teams are reserved, as far as `reader` may see that."""
    if not capacities:
        return {}
    held = [one for one in reservations_ahead(capacities, at) if one.holds_at(at)]
    records = records_of(reader, held)
    events: dict[int, list[EventLink]] = {}
    for one in held:
        if (record := records.get(one.pk)) is not None:
            link = EventLink(kind_of(record).title(record), record.get_absolute_url())
            if link not in events.setdefault(one.capacity_id, []):
                events[one.capacity_id].append(link)
    return events


def _helper_row(helper: Helper, events: tuple[EventLink, ...]) -> HelperRow:
    text = helper.text
    cost, unknown = cost_words(text.cost_rule.value) if text else ("", False)
    return HelperRow(
        helper=helper,
        agreement=text.agreement.id if text else "",
        agreement_title=title_of(text.agreement.title) if text else "",
        cost=cost,
        cost_unknown=unknown,
        text_unknown=bool(text and text.is_unknown),
        why_not="" if helper.can_come else _why_not(helper, events),
        events=events,
    )


def _is_reserved(helper: Helper) -> bool:
    """Whether there are teams that are not committed, and all of them are reserved."""
    return helper.barrier == Barrier.NONE and not helper.free and helper.unit.quantity > 0


def _why_not(helper: Helper, events: Sequence[EventLink]) -> str:
    if helper.declined:
        return _("It was asked for this, and declined.")
    if helper.barrier != Barrier.NONE:
        return str(BARRIER_WORDS[helper.barrier])
    if helper.free:
        return _("Its owner keeps it to cover its home.")
    if _is_reserved(helper):
        if not events:
            return _("Its teams are reserved for an event.")
        return _("Its teams are reserved for an event: %(events)s.") % {
            "events": ", ".join(event.title for event in events)
        }
    if helper.unit.committed:
        return _("All its teams are committed or offered elsewhere.")
    return str(STATE_WORDS.get(helper.unit.state, _("Its owner says that no team is left.")))


def _mobilisation(row: HelperRow) -> int:
    return row.helper.unit.mobilisation_minutes


HELPER_COLUMNS: tuple[Column, ...] = (
    Column("team", gettext_lazy("Team"), lambda row: row.helper.unit.name),
    Column("owner", gettext_lazy("Owner"), lambda row: row.helper.unit.owner),
    Column("base", gettext_lazy("Base"), lambda row: row.helper.unit.base),
    Column("minutes", gettext_lazy("Minutes"), lambda row: _rounded(row.helper.minutes), numeric=True),
    Column("kind", gettext_lazy("Minutes are"), lambda row: kind_word(row.helper.kind)),
    Column("approval", gettext_lazy("Approval, assumed"), lambda row: _rounded(row.helper.approval), numeric=True),
    Column("mobilisation", gettext_lazy("Mobilisation"), _mobilisation, numeric=True),
    Column("travel", gettext_lazy("Travel"), lambda row: _rounded(row.helper.travel), numeric=True),
    Column("text", gettext_lazy("Text"), lambda row: row.agreement),
    Column("cost", gettext_lazy("Who pays"), lambda row: row.cost),
    Column("free", gettext_lazy("Free"), lambda row: row.helper.free, numeric=True),
    Column("may_go", gettext_lazy("May go"), lambda row: row.helper.may_go, numeric=True),
    Column("stay", gettext_lazy("Stay"), lambda row: row.helper.stay, numeric=True),
    Column("state_at", gettext_lazy("State of"), lambda row: row.helper.unit.state_at),
    Column("why_not", gettext_lazy("Why not"), lambda row: row.why_not),
)


def _rounded(minutes: float | None) -> int | None:
    return None if minutes is None else round(minutes)


def find_union_row(reader: Organisation, incident: Incident, need: Need, on: datetime.date) -> UnionRow | None:
    """The Union mechanism for a need, as the reader's inventory has it; None where no such text is in force."""
    elsewhere = "NL" if incident.country != "NL" else "BE"
    question = Question(
        owner_territory=elsewhere,
        place_territory=incident.territory,
        capability=need.capability,
        hazard=incident.hazard,
    )
    basis = next(iter(may_help(question, inventory(reader), on).union), None)
    if basis is None:
        return None
    cost, unknown = cost_words(basis.cost_rule.value.value)
    return UnionRow(
        agreement=basis.agreement.id,
        title=title_of(basis.agreement.title),
        channels="" if isinstance(basis.channels.value, Absent) else ", ".join(map(_channel, basis.channels.value)),
        cost=cost,
        cost_unknown=unknown,
    )


def _channel(code: str) -> str:
    known = channel_names().get(code)
    return known.in_language(reader_language()) if known else code

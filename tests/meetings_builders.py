"""Meetings with sensible defaults: Brussels keeps them, The Hague takes part as a member, Düsseldorf observes."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from actions_builders import make_centres
from noaber.apps.accounts.acting import Acting
from noaber.apps.meetings import services
from noaber.apps.meetings.enums import Capacity
from noaber.apps.meetings.models import AgendaItem, Decision, Meeting, Participant, Series
from noaber.apps.meetings.values import DecisionData, ItemData, MeetingData, ParticipantData, SeriesData

JUNE = datetime.date(2024, 6, 24)


@dataclass(frozen=True)
class Table:
    """Who sits at it."""

    brussels: Acting
    hague: Acting
    dusseldorf: Acting
    meeting: Meeting


def make_series(acting: Acting, name: str = "Directors’ consultation") -> Series:
    return services.add_series(acting, SeriesData(names={"en": name}, groups=["BENELUX"]))


def make_meeting(acting: Acting, *, carried: Any = (), invited: Any = (), **fields: Any) -> Meeting:
    given: dict[str, Any] = {"title": "Meeting of the directors", "language": "en", "starts_on": JUNE}
    return services.add_meeting(acting, MeetingData(**given | fields), carried=carried, invited=invited)


def make_table(**fields: Any) -> Table:
    brussels, hague, dusseldorf = make_centres()
    meeting = make_meeting(brussels, **fields)
    make_participant(brussels, meeting, hague)
    make_participant(brussels, meeting, dusseldorf, capacity=Capacity.OBSERVER)
    return Table(brussels, hague, dusseldorf, meeting)


def make_participant(acting: Acting, meeting: Meeting, who: Acting, **fields: Any) -> Participant:
    return services.invite(acting, meeting, ParticipantData(organisation=who.organisation, **fields))


def make_item(acting: Acting, meeting: Meeting, title: str = "Mutual assistance", **fields: Any) -> AgendaItem:
    return services.add_item(acting, meeting, ItemData(**{"title": title, "language": "en"} | fields))


def make_decision(acting: Acting, meeting: Meeting, *, item: AgendaItem | None = None, **fields: Any) -> Decision:
    given = {"text": "The inventory is made.", "language": "en", "made_on": JUNE}
    return services.add_decision(acting, meeting, DecisionData(**given | fields), item=item)

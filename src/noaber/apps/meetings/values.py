"""What someone says of a meeting, its points and its decisions: what the services take."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.meetings.enums import Answer, Capacity, MeetingKind, Purpose
from noaber.apps.meetings.models import Series


@dataclass(frozen=True)
class SeriesData:
    """The name of a series, by language; one language at least."""

    names: Mapping[str, str]
    tlp: TlpLabel = TlpLabel.AMBER
    groups: Sequence[str] = ()


@dataclass(frozen=True)
class MeetingData:
    """A meeting; times are local ones in `time_zone`, and None where they are not known."""

    title: str
    language: str
    starts_on: datetime.date
    ends_on: datetime.date | None = None
    starts_time: datetime.time | None = None
    ends_time: datetime.time | None = None
    time_zone: str = "Europe/Brussels"
    kind: MeetingKind = MeetingKind.MEETING
    series: Series | None = None
    place: str = ""
    video_link: str = ""
    host: Organisation | None = None
    tlp: TlpLabel = TlpLabel.AMBER
    groups: Sequence[str] = ()
    illustrative: bool = False
    source: str = ""


@dataclass(frozen=True)
class ParticipantData:
    organisation: Organisation | None = None
    function: str = ""
    mail: str = ""
    capacity: Capacity = Capacity.MEMBER
    answer: Answer = Answer.INVITED


@dataclass(frozen=True)
class ItemData:
    """A point of an agenda; `members_only` hides it from observers and guests altogether."""

    title: str
    language: str
    purpose: Purpose = Purpose.DISCUSSION
    presenter: Organisation | None = None
    minutes_allotted: int | None = None
    members_only: bool = False
    is_finished: bool = False
    illustrative: bool = False


@dataclass(frozen=True)
class DecisionData:
    text: str
    language: str
    made_on: datetime.date
    illustrative: bool = False
    source: str = ""

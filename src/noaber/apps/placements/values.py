"""What someone says of a programme, a call, a place or an application: what the services take."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation


@dataclass(frozen=True)
class ProgrammeData:
    title: str
    language: str
    purpose: str = ""
    tlp: TlpLabel = TlpLabel.GREEN
    groups: Sequence[str] = ()
    illustrative: bool = False
    source: str = ""


@dataclass(frozen=True)
class CallData:
    title: str
    language: str
    opens_on: datetime.date
    closes_at: datetime.datetime
    ranked_by: datetime.datetime
    conditions: str = ""


@dataclass(frozen=True)
class PlaceData:
    """One host place; `languages` is the lowest level by language, `periods` the first and last day of each."""

    organisation: Organisation
    title: str
    language: str
    weeks: int
    periods: Sequence[tuple[datetime.date, datetime.date]]
    description: str = ""
    town: str = ""
    capacity: int = 1
    languages: Mapping[str, str] | None = None
    functions: Sequence[str] = ()


@dataclass(frozen=True)
class ApplicationData:
    """One application; `wishes` are keys of places, the most wanted first."""

    organisation: Organisation
    initials: str
    function: str
    work: str
    languages: Mapping[str, str]
    free_from: datetime.date
    free_until: datetime.date
    motivation: str
    language: str
    consent: bool
    consent_by: str
    kept_until: datetime.date
    wishes: Sequence[int]


@dataclass(frozen=True)
class RankData:
    """What a host says of one applicant; a reason means that it does not take them."""

    application: int
    refused: str = ""

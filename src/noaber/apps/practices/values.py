"""What someone says of a practice, its reuse, a lesson or a check: what the services take."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.practices.enums import Occasion, ReuseResult


@dataclass(frozen=True)
class WordsData:
    """The words of a practice in one language."""

    language: str
    title: str
    summary: str
    description: str = ""
    place: str = ""
    audience: str = ""


@dataclass(frozen=True)
class AboutData:
    """What a record is about, by the codes of the lists."""

    themes: Sequence[str] = ()
    hazards: Sequence[str] = ()
    capabilities: Sequence[str] = ()


@dataclass(frozen=True)
class PracticeData:
    """One practice.

    Parameters
    ----------
    groups
        Codes of the sharing groups that see it.
    """

    words: WordsData
    made_on: datetime.date
    occasion: Occasion = Occasion.OTHER
    occasion_name: str = ""
    contact_function: str = ""
    about: AboutData = AboutData()
    tlp: TlpLabel = TlpLabel.GREEN
    groups: Sequence[str] = ()
    illustrative: bool = False
    source: str = ""


@dataclass(frozen=True)
class ReuseData:
    """That the acting organisation took a practice over."""

    place: str
    since: datetime.date
    language: str
    result: ReuseResult = ReuseResult.UNDER_WAY
    note: str = ""


@dataclass(frozen=True)
class LessonData:
    """One lesson; `groups` are the codes of the sharing groups that see it."""

    title: str
    language: str
    observation: str
    change: str
    made_on: datetime.date
    cause: str = ""
    occasion: Occasion = Occasion.OTHER
    occasion_name: str = ""
    kept_by_function: str = ""
    about: AboutData = AboutData()
    tlp: TlpLabel = TlpLabel.AMBER
    groups: Sequence[str] = ()
    illustrative: bool = False
    source: str = ""


@dataclass(frozen=True)
class CheckData:
    """What was found when someone checked whether that which was done helps."""

    checked_on: datetime.date
    checked_by: str
    effective: bool
    note: str
    language: str

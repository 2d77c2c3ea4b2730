"""What someone says of an event: what the services take."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.events.enums import EventKind, Impact, Likelihood


@dataclass(frozen=True)
class EventData:
    """One dossier.

    Parameters
    ----------
    titles
        By language; at least one.
    groups
        Codes of the sharing groups that see it; lead and partners always do.
    """

    code: str
    titles: Mapping[str, str]
    kind: EventKind
    begins_at: datetime.datetime
    ends_at: datetime.datetime
    lead: Organisation
    language: str
    summary: str = ""
    expected_public: int | None = None
    tlp: TlpLabel = TlpLabel.AMBER
    groups: Sequence[str] = ()
    illustrative: bool = False
    source: str = ""


@dataclass(frozen=True)
class RiskData:
    hazard: str
    likelihood: Likelihood
    impact: Impact
    text: str
    language: str
    tlp: TlpLabel
    illustrative: bool = False

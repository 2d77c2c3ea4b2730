"""What someone says of a recommendation or an action: what the services take."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.actions.enums import Origin
from noaber.apps.actions.subjects import GapSubject


@dataclass(frozen=True)
class RecommendationData:
    """One recommendation; without `origin`, the kind of the record that it came from says it.

    Parameters
    ----------
    groups
        Codes of the sharing groups that see it.
    """

    text: str
    language: str
    made_on: datetime.date
    made_by: str = ""
    origin: Origin | None = None
    about: GapSubject | None = None
    tlp: TlpLabel = TlpLabel.AMBER
    groups: Sequence[str] = ()
    illustrative: bool = False
    source: str = ""


@dataclass(frozen=True)
class ActionData:
    """One action; without `origin`, the kind of the record that it came from says it."""

    title: str
    language: str
    responsible: Organisation
    made_on: datetime.date
    description: str = ""
    responsible_function: str = ""
    due_on: datetime.date | None = None
    origin: Origin | None = None
    tlp: TlpLabel = TlpLabel.AMBER
    groups: Sequence[str] = ()
    illustrative: bool = False
    source: str = ""

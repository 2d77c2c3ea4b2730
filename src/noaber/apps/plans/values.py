"""What someone says of a plan, an objective or an indicator: what the services take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.plans.enums import PlanKind
from noaber.apps.plans.models import Plan


@dataclass(frozen=True)
class PlanData:
    """One plan; `titles` by language, at least one of them; `groups` are codes of sharing groups."""

    kind: PlanKind
    titles: Mapping[str, str]
    first_year: int
    last_year: int
    programme: Plan | None = None
    text: str = ""
    language: str = ""
    tlp: TlpLabel = TlpLabel.AMBER
    groups: Sequence[str] = ()
    illustrative: bool = False
    source: str = ""


@dataclass(frozen=True)
class ObjectiveData:
    title: str
    language: str
    first_year: int
    last_year: int
    text: str = ""
    responsible: Organisation | None = None


@dataclass(frozen=True)
class IndicatorData:
    """One indicator; what is unknown is None."""

    name: str
    language: str
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None

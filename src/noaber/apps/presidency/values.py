"""What the services take."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.presidency.enums import Basis


@dataclass(frozen=True)
class PresidencyData:
    """A presidency as someone puts it down; priorities by language."""

    organisation: Organisation
    year: int
    basis: Basis = Basis.SOURCE
    priorities: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    tlp: TlpLabel = TlpLabel.CLEAR
    groups: Sequence[str] = ()
    illustrative: bool = False


@dataclass(frozen=True)
class DossierData:
    """Of which day a dossier is, and whom it reaches besides the receiver."""

    on: datetime.date
    tlp: TlpLabel = TlpLabel.AMBER
    groups: Sequence[str] = ()
    illustrative: bool = False

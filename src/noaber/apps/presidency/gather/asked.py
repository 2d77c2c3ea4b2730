"""What a dossier is about."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from noaber.apps.presidency.sight import Pair


@dataclass(frozen=True)
class Asked:
    """Between whom, as of which day, since when the giver held it, until when the receiver will."""

    pair: Pair
    on: datetime.date
    since: datetime.date
    until: datetime.date

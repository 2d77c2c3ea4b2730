"""Every step that someone takes with a record of the cooperation: on what, by whom, and how.

A step is a service whose first argument is who acts. Each module here has the steps of one app, `STEPS`, by the name
of the service, and `NO_STEPS`: services with such an argument that are none, with the reason.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from noaber.apps.accounts.acting import Acting
from placements_builders import AUTUMN


@dataclass(frozen=True)
class Step:
    """One step.

    Parameters
    ----------
    make
        Makes what it takes; answers who may take it, and the record.
    take
        Takes it.
    at, made_at
        When it is taken; when that which it takes was made, where that was before.
    told_by
        Where no line of the history tells of it: what does.
    """

    make: Callable[[], tuple[Acting, Any]]
    take: Callable[[Acting, Any], object]
    at: datetime.datetime = AUTUMN
    made_at: datetime.datetime | None = None
    told_by: str = ""

"""The only writers of events. Each opens its transaction, keeps the history and tells who sees it."""

from __future__ import annotations

from noaber.apps.events.services.dossiers import (
    add_event,
    call_off_event,
    change_event,
    close_event,
    reopen_event,
)
from noaber.apps.events.services.parts import keep_part, remove_part
from noaber.apps.events.services.reserving import free_teams_of, hold_teams
from noaber.apps.events.services.risks import add_risk, change_risk, remove_risk

__all__ = [
    "add_event",
    "add_risk",
    "call_off_event",
    "change_event",
    "change_risk",
    "close_event",
    "free_teams_of",
    "hold_teams",
    "keep_part",
    "remove_part",
    "remove_risk",
    "reopen_event",
]

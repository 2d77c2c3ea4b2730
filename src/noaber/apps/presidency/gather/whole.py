"""All sections in their order."""

from __future__ import annotations

from noaber.apps.presidency.gather.agreed import action_lines, decision_lines, done_lines, recommendation_lines
from noaber.apps.presidency.gather.asked import Asked
from noaber.apps.presidency.gather.coming import event_lines, meeting_lines, placement_lines, risk_lines
from noaber.apps.presidency.gather.mapped import gap_lines
from noaber.apps.presidency.gather.running import campaign_lines, consultation_lines, contact_lines, plan_lines
from noaber.core.presidency.dossier import Line

__all__ = ["Asked", "gather"]

_SOURCES = (
    done_lines,
    decision_lines,
    action_lines,
    recommendation_lines,
    plan_lines,
    consultation_lines,
    meeting_lines,
    event_lines,
    risk_lines,
    gap_lines,
    campaign_lines,
    placement_lines,
    contact_lines,
)


def gather(asked: Asked) -> list[Line]:
    """Everything that is handed over: of what both organisations see."""
    return [line for source in _SOURCES for line in source(asked)]

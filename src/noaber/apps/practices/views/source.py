"""What a form can take over from the record that led to it."""

from __future__ import annotations

from typing import Any

from noaber.apps.practices.enums import Occasion
from noaber.apps.practices.models import Lesson
from noaber.apps.practices.presenters.about import codes_by_list
from noaber.apps.records.kinds import kind_of


def initial_of_source(source: Any) -> dict[str, Any]:
    """The occasion, and of a lesson what it is about; nothing without a source."""
    if source is None:
        return {}
    if isinstance(source, Lesson):
        return {"occasion": source.occasion, "occasion_name": source.occasion_name} | codes_by_list(source)
    code = kind_of(source).code
    occasion = Occasion(code) if code in Occasion.values else Occasion.OTHER
    hazard = getattr(source, "hazard", "")
    return {
        "occasion": occasion,
        "occasion_name": kind_of(source).title(source)[:200],
        "hazards": [hazard] if hazard else [],
    }

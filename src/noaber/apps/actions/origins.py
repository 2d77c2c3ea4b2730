"""From what a recommendation or an action came."""

from __future__ import annotations

from django.db import models

from noaber.apps.actions.enums import Origin
from noaber.apps.records.kinds import kind_of


def origin_of(source: models.Model | None) -> Origin:
    """What the source is, as far as it is known."""
    if source is None:
        return Origin.UNKNOWN
    code = kind_of(source).code
    return Origin(code) if code in Origin.values else Origin.OTHER

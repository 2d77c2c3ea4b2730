"""What the mapping remembers beside the registry."""

from __future__ import annotations

from noaber.apps.mapping.models.questions import FieldQuestion
from noaber.apps.mapping.models.scenarios import Scenario

__all__ = ["FieldQuestion", "Scenario"]

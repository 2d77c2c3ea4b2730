"""What the mapping remembers beside the registry."""

from __future__ import annotations

from noaber.apps.mapping.models.questions import FieldQuestion

__all__ = ["FieldQuestion"]

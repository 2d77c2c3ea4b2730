"""What someone did to a record."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ChangeAction(TextChoices):
    """What someone did to a record."""

    ADDED = "added", _("added")
    CHANGED = "changed", _("changed")
    STATE = "state", _("state reported")
    IMPORTED = "imported", _("imported")
    BULK = "bulk", _("changed with others")
    UNDONE = "undone", _("taken back")
    WITHDRAWN = "withdrawn", _("withdrawn")
    VERIFIED = "verified", _("verified")
    CHECKED = "checked", _("checked against its source")
    LOADED = "loaded", _("loaded from the reference data")

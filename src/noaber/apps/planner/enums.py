"""The coded values of an incident."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Severity(TextChoices):
    """CAP 1.2 severity."""

    EXTREME = "Extreme", _("Extreme")
    SEVERE = "Severe", _("Severe")
    MODERATE = "Moderate", _("Moderate")
    MINOR = "Minor", _("Minor")
    UNKNOWN = "Unknown", _("Unknown")


class Priority(IntegerChoices):
    """How urgent a need is; the weights of a plan stand in contracts and `core/planning`."""

    LIFE = 1, _("1, lives at stake")
    SOON = 2, _("2, soon")
    LATER = 3, _("3, can wait")


class EventKind(TextChoices):
    """What is written in an incident's log; the sentence of each is in `presenters/incidents.py`."""

    OPENED = "opened"
    CHANGED = "changed"
    NEED_ADDED = "need-added"
    NEED_CHANGED = "need-changed"
    DEADLINE_MOVED = "deadline-moved"
    NEED_REMOVED = "need-removed"
    NEAR_MISS_ACCEPTED = "near-miss-accepted"
    PROPOSED = "proposed"
    LINE_REMOVED = "line-removed"
    LINE_RESTORED = "line-restored"
    LINE_PINNED = "line-pinned"
    LINE_UNPINNED = "line-unpinned"
    UNKNOWN_ALLOWED = "unknown-allowed"
    UNKNOWN_EXCLUDED = "unknown-excluded"
    DRAFTED = "drafted"
    ALERTED = "alerted"
    SHARED = "shared"
    GAP_ACCEPTED = "gap-accepted"
    CLOSED = "closed"
    REOPENED = "reopened"


class NoteKind(TextChoices):
    """What a line of an organisation's own log tells."""

    NOTE = "note", _("Note")
    PHONED = "phoned", _("Phoned")
    DECIDED = "decided", _("Decided")

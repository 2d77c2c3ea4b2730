"""The states of calls and placements, for whom a host place is, and the languages of work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from noaber.core.placements.market import Level


class CallState(TextChoices):
    PREPARED = "prepared", pgettext_lazy("a call", "in preparation")
    OPEN = "open", pgettext_lazy("a call", "open for applications")
    RANKING = "ranking", pgettext_lazy("a call", "hosts rank")
    MATCHED = "matched", pgettext_lazy("a call", "matched")


class StaffFunction(TextChoices):
    """The work of those who go, as host places ask for it."""

    DUTY = "duty", pgettext_lazy("work", "duty desk")
    PLANNING = "planning", pgettext_lazy("work", "planning and risk analysis")
    POLICY = "policy", pgettext_lazy("work", "policy")
    EXERCISES = "exercises", pgettext_lazy("work", "exercises and training")
    COMMUNICATION = "communication", pgettext_lazy("work", "crisis communication")
    FIELD = "field", pgettext_lazy("work", "operations in the field")


class PlacementState(TextChoices):
    PLANNED = "planned", pgettext_lazy("a placement", "planned")
    CONFIRMED = "confirmed", pgettext_lazy("a placement", "confirmed")
    DONE = "done", pgettext_lazy("a placement", "done")
    CANCELLED = "cancelled", pgettext_lazy("a placement", "called off")


class WorkLanguage(TextChoices):
    """In which people work at the hosts."""

    NL = "nl", _("Dutch")
    FR = "fr", _("French")
    DE = "de", _("German")
    EN = "en", _("English")
    SV = "sv", _("Swedish")
    DA = "da", _("Danish")
    NB = "nb", _("Norwegian")
    FI = "fi", _("Finnish")
    IS = "is", _("Icelandic")


LEVELS: Final = [(level.name, level.name) for level in Level]

CALL_STEPS: Final[Mapping[str, tuple[CallState, ...]]] = {
    CallState.PREPARED: (CallState.OPEN,),
    CallState.OPEN: (CallState.RANKING,),
    CallState.RANKING: (CallState.OPEN, CallState.MATCHED),
    CallState.MATCHED: (),
}
PLACEMENT_STEPS: Final[Mapping[str, tuple[PlacementState, ...]]] = {
    PlacementState.PLANNED: (PlacementState.CONFIRMED, PlacementState.CANCELLED),
    PlacementState.CONFIRMED: (PlacementState.DONE, PlacementState.CANCELLED),
    PlacementState.DONE: (),
    PlacementState.CANCELLED: (PlacementState.PLANNED,),
}

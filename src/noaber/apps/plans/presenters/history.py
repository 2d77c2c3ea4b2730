"""The names of what the history of a plan or an objective holds beside its fields."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOT_FIELDS: Final[dict[str, str | Promise]] = {
    "objectives": _("Objectives"),
    "indicators": _("Indicators"),
    "position": _("Place in the plan"),
    "weight": _("Weight"),
    "reminded": _("Reminded"),
}

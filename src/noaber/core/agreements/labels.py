"""How a plan says what a text leaves to it: who pays, in few words, and why a text cannot be used.

The sentences of the texts themselves belong to the pages of the mapping; names of roles and channels are data with
four languages of their own (`noaber.reference`).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from noaber.core.agreements.model import Absent, CostRule
from noaber.core.agreements.planning import Reason
from noaber.core.translatable import _

COST_LABELS: Final[Mapping[Enum, str]] = {
    CostRule.FREE: _("Free: the helper bears its own cost"),
    CostRule.REIMBURSED: _("Reimbursed by the requester"),
    CostRule.PARTLY: _("Partly reimbursed"),
    CostRule.BY_ARRANGEMENT: _("By arrangement"),
}

ABSENT_LABELS: Final[Mapping[Enum, str]] = {
    Absent.UNKNOWN: _("unknown"),
    Absent.NONE: _("none in this text"),
}

REASON_TEXTS: Final[Mapping[Enum, str]] = {
    Reason.NO_ASSUMPTION: _("Your organisation has no assumed approval time for this text or its level; enter one."),
    Reason.NOT_SEPARABLE: _("Others in the same territory are not covered; the proposal cannot tell them apart."),
}

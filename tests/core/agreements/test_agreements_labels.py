"""Every code that a plan says of a text has its English words."""

from __future__ import annotations

from enum import Enum

import pytest

from noaber.core.agreements import Absent, CostRule, labels
from noaber.core.agreements.planning import Reason


@pytest.mark.parametrize(
    ("table", "kind"),
    [(labels.COST_LABELS, CostRule), (labels.ABSENT_LABELS, Absent), (labels.REASON_TEXTS, Reason)],
)
def test_every_member_has_a_name(table, kind: type[Enum]):
    assert set(table) == set(kind)
    assert all(table.values())

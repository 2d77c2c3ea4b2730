"""Two texts side by side: what differs first, what is the same folded away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from noaber.apps.registry.presenters.agreements import Fact, Inventory
from noaber.apps.registry.presenters.fields import field_fact
from noaber.core.agreements import Agreement
from noaber.core.agreements.comparison import Compared, Difference, compare

_SIGNS: Final = {
    Difference.SAME: ("same", "yes", _("the same")),
    Difference.DIFFERENT: ("different", "warn", _("differs")),
    Difference.ONE_UNKNOWN: ("open", "unknown", _("not all is known")),
    Difference.BOTH_UNKNOWN: ("unknown", "unknown", _("unknown in both")),
}


@dataclass(frozen=True)
class ComparedRow:
    """One field of two texts: its sign says in a word and a shape how they compare."""

    kind: str
    icon: str
    words: str
    left: Fact
    right: Fact


@dataclass(frozen=True)
class Comparison:
    """Two texts: the fields that differ or may differ, those unknown in both, and those that are the same."""

    apart: list[ComparedRow]
    unknown: list[ComparedRow]
    same: list[ComparedRow]

    @property
    def different(self) -> int:
        return sum(row.kind == "different" for row in self.apart)


def compare_texts(one: Agreement, other: Agreement, inventory: Inventory) -> Comparison:
    """Every field of both, side by side."""
    found = list(compare(one, other))

    def rows(*differences: Difference) -> list[ComparedRow]:
        return list(_rows([line for line in found if line.difference in differences], one, other, inventory))

    return Comparison(
        apart=rows(Difference.DIFFERENT, Difference.ONE_UNKNOWN),
        unknown=rows(Difference.BOTH_UNKNOWN),
        same=rows(Difference.SAME),
    )


def _rows(found: Iterable[Compared], one: Agreement, other: Agreement, inventory: Inventory) -> Iterable[ComparedRow]:
    for line in found:
        kind, icon, words = _SIGNS[line.difference]
        left, right = (field_fact(text, line.field, inventory) for text in (one, other))
        yield ComparedRow(kind, icon, str(words), left, right)

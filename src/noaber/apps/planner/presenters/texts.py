"""What a text is called and who pays under it, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from noaber.core.agreements import Absent, CostRule
from noaber.core.agreements.labels import ABSENT_LABELS, COST_LABELS
from noaber.core.agreements.wording import Wording
from noaber.web.reader import reader_language

_COSTS: Final[Mapping[str, str]] = {rule.value: COST_LABELS[rule] for rule in CostRule} | {
    absent.value: ABSENT_LABELS[absent] for absent in Absent
}
_ABSENT: Final = frozenset(absent.value for absent in Absent)


def cost_words(code: str) -> tuple[str, bool]:
    """Who pays under a cost rule, by its code, and whether nobody has established it."""
    return _(_COSTS.get(code, ABSENT_LABELS[Absent.UNKNOWN])), code in _ABSENT or code not in _COSTS


def title_of(title: Mapping[str, str] | Wording) -> str:
    """The title of a text as the reader may read it."""
    wording = title if isinstance(title, Wording) else Wording(**dict(title))
    return wording.in_language(reader_language())

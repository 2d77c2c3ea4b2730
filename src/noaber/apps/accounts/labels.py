"""Which TLP label is stricter. Pure."""

from __future__ import annotations

from typing import Final

from noaber.apps.accounts.enums import TlpLabel

_STRICTNESS: Final = tuple(TlpLabel.values)
"""The labels of the standard from open to strict, as the enum lists them."""


def is_at_least(label: str, other: str) -> bool:
    """Whether a label is as strict as the other, or stricter."""
    return _STRICTNESS.index(label) >= _STRICTNESS.index(other)


def strictest(*labels: str, default: str = TlpLabel.CLEAR.value) -> str:
    """The label of what is put together from several; `default` for what is put together from nothing."""
    return max(labels, key=_STRICTNESS.index, default=default)

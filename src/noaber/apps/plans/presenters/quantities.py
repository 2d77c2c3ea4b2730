"""Measured values in words: as many decimals as were given, with their unit; unknown is said."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from noaber.web.wording import number


def quantity(value: Decimal | None, unit: str) -> str:
    if value is None:
        return _("unknown")
    exponent = value.normalize().as_tuple().exponent
    decimals = max(-exponent, 0) if isinstance(exponent, int) else 0
    return f"{number(float(value), decimals)} {unit}".strip()

"""Filters of the exchange's pages."""

from __future__ import annotations

from django import template

from noaber.apps.accounts.functions import read_function
from noaber.apps.registry.coded import counted_capability

register = template.Library()


register.filter("function_words", read_function)


@register.filter
def counted(capability: str, quantity: int) -> str:
    """`"HCP"|counted:2` as “2 pumping modules”."""
    return counted_capability(quantity, capability)

"""Filters of the exchange's pages."""

from __future__ import annotations

from django import template

from noaber.apps.accounts.functions import read_function
from noaber.apps.exchange import words
from noaber.apps.exchange.draft_lines import function_text
from noaber.apps.registry.coded import capability_name, counted_capability
from noaber.core.messages.model import Channel

register = template.Library()


register.filter("function_words", read_function)
register.filter(function_text)


@register.filter
def channel_words(channel: str) -> str:
    """“by phone” for the channel of a message or a sign-off."""
    return str(words.CHANNELS[Channel(channel)])


@register.filter
def capability_words(capability: str) -> str:
    """The name of a capability in the reader's language."""
    return capability_name(capability)


@register.filter
def counted(capability: str, quantity: int) -> str:
    """`"HCP"|counted:2` as “2 pumping modules”."""
    return counted_capability(quantity, capability)

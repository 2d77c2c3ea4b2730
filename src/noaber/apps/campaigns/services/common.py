"""What the services share: texts that are checked, who hears of a change, and the history."""

from __future__ import annotations

from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.services import announce
from noaber.apps.campaigns.items import keeper_of
from noaber.apps.campaigns.models import Ask
from noaber.apps.records.rows import lock_row
from noaber.core.plain_text import find_unfit
from noaber.core.problems import InvalidInput, Problem


def check_text(text: str, where: str) -> str:
    """The text without spaces around it.

    Raises
    ------
    InvalidInput
        Where a character stands in it that no file could carry.
    """
    words = text.strip()
    if character := find_unfit(words):
        raise InvalidInput([Problem("text.character", where, {"character": character})])
    return words


def lock_ask(ask: Ask) -> Ask:
    """The ask as it stands, locked until the transaction ends."""
    return lock_row(Ask.objects.select_related("organisation__parent", "owner", "campaign__owner"), ask.pk)


def those_of(ask: Ask) -> set[Organisation]:
    """Who sees an ask: who asks, who is asked, and who answers for that one."""
    return {ask.owner, ask.organisation, keeper_of(ask.organisation)}


def announce_ask(ask: Ask) -> None:
    """Wake the open pages of those who see it."""
    announce(those_of(ask))

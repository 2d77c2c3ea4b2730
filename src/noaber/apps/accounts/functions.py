"""Who did something, as messages and records say it: the function, then the person; each reader in their language."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from noaber.apps.accounts.enums import Role

OTHER_AUTHORS = (gettext_noop("exercise"), gettext_noop("reference data"))
"""What changed a record where nobody did."""
INVITED = "invited: "
"""Before the function of someone who has no account and came by an invitation."""


def write_function(role: str, name: str) -> str:
    """“duty officer, A. Lambert”: in English, as it goes into a message."""
    return f"{role.replace('-', ' ')}, {name}"


def write_invited(function: str, name: str) -> str:
    """“invited: head of operations, E. Example”: as it goes into the history."""
    return f"{INVITED}{function}, {name}"


def read_function(text: str) -> str:
    """What `write_function` wrote, in the reader's language; other words stay as they are."""
    if text.startswith(INVITED):
        return gettext("invited: %(who)s") % {"who": text.removeprefix(INVITED)}
    function, comma, person = text.partition(", ")
    known = _english_functions().get(function)
    return f"{gettext(known)}{comma}{person}" if known else text


@cache
def _english_functions() -> dict[str, str]:
    """The function in English, by its name in each language."""
    functions = [*(role.replace("-", " ") for role in Role.values), *OTHER_AUTHORS]
    names: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            names |= {gettext(function): function for function in functions}
    return names

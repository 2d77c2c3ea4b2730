"""Who answers for a territory: the law adds these to the readers of what happens there.

Territories are NUTS codes, and one lies in another where its code begins with the other's. Who answers for which is a
fact of the organisations and comes from outside.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

COUNTRY_LENGTH: Final = 2


def find_answered(territory: str, *, own: Collection[str], above: Collection[str]) -> str | None:
    """By which of its territories an organisation answers for what happens in `territory`.

    It answers for all that lies in its own. Of a place that is known no better than to a territory that holds one of
    its own, it answers too, so that nobody is left out because the place was written down roughly: unless that is a
    whole country, or an organisation above it answers for a part of it that holds its own.

    Parameters
    ----------
    territory
        The NUTS code of the place; empty where it is not known.
    own
        The codes that the organisation answers for.
    above
        The codes that the organisations answer for to which it answers.

    Returns
    -------
    str | None
        The code of `own` that says so, the widest; None where it does not answer for it.
    """
    if not territory:
        return None
    for code in sorted(own, key=lambda one: (len(one), one)):
        if territory.startswith(code) or _is_the_first_inside(code, territory, above):
            return code
    return None


def _is_the_first_inside(code: str, territory: str, above: Collection[str]) -> bool:
    """Whether `code` lies in `territory`, and nobody above answers for that or for a part of it that holds `code`."""
    if not code.startswith(territory) or len(territory) <= COUNTRY_LENGTH:
        return False
    return not any(code.startswith(other) and len(other) >= len(territory) for other in above)

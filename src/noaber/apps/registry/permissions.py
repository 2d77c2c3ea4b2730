"""Who may write what in the registry. Knows no database; the organisation that keeps a record is found by the query.

An organisation keeps its own records, and those of the parts below it that do not use Noaber themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.permissions import may


def can_state(
    roles: Iterable[str], *, owner: int, kept: frozenset[int], speaks_for: Collection[str], parties: Collection[str]
) -> bool:
    """Whether someone may write down what a text says: for its keeper, or for a party to it.

    `speaks_for` are the codes of the parties for which the organisation acts.
    """
    return may(roles, Permission.EDIT_AGREEMENTS) and (owner in kept or bool(set(speaks_for) & set(parties)))

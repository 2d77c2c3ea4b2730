"""The deadlines of needs: an app above, which knows incidents, tells by when each need of a case wants help now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from noaber.apps.accounts.models import Organisation
from noaber.core.deadlines import Deadline


@dataclass(frozen=True)
class NeedDeadline:
    """The deadline of a need, and the page on which it is moved."""

    deadline: Deadline
    url: str


FindDeadlines = Callable[[Organisation, str], Mapping[str, NeedDeadline]]
"""(owner, case) → its needs by their code; a case that is no incident of the owner has none."""

_find: list[FindDeadlines] = []


def add_deadlines(find: FindDeadlines) -> None:
    """Let an app above tell the deadlines."""
    _find.append(find)


def need_deadlines(owner: Organisation, case_id: str) -> dict[str, NeedDeadline]:
    """The needs of one case by their code."""
    found: dict[str, NeedDeadline] = {}
    for find in _find:
        found |= find(owner, case_id)
    return found

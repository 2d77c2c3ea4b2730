"""Documents that show a record done: whoever may say that it is done may add what shows it."""

from __future__ import annotations

from typing import Any

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.records.kinds import kind_of


def check_may_add(acting: Acting, source: Any) -> None:
    """Raise `NotAllowed` unless they may add a document about `source`, which they see; None where it stands alone."""
    if not brings_evidence(acting, source):
        acting.check_may(Permission.COOPERATE)


def brings_evidence(acting: Acting, source: Any) -> bool:
    """Whether they may say that `source` is done, in a role that need not work on the cooperation."""
    takes = kind_of(source).takes_evidence if source is not None else None
    return takes is not None and takes(acting, source)

"""Who may do what with presidencies and dossiers. Knows no database."""

from __future__ import annotations

from collections.abc import Iterable

from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.permissions import check_may, may
from noaber.apps.presidency.enums import DossierState
from noaber.core.problems import NotAllowed

__all__ = ["can_sign", "check_can_sign", "signer_of"]


def signer_of(state: str, *, giver: int, receiver: int) -> int | None:
    """Whose director signs next: first who gives, then who receives."""
    return {DossierState.READY.value: giver, DossierState.GIVEN.value: receiver}.get(state)


def can_sign(roles: Iterable[str], *, signer: int | None, kept: frozenset[int]) -> bool:
    return signer is not None and signer in kept and may(roles, Permission.SIGN_OFF)


def check_can_sign(roles: Iterable[str], *, signer: int | None, kept: frozenset[int]) -> None:
    """Raise `NotAllowed` with the reason unless `can_sign`."""
    check_may(roles, Permission.SIGN_OFF)
    if signer is None:
        raise NotAllowed("dossier.step-gone")
    if signer not in kept:
        raise NotAllowed("dossier.not-their-turn")

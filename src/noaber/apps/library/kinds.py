"""The kinds of record that can be linked and found again. Each app names its own, in `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.utils.functional import Promise

from noaber.apps.accounts.models import Organisation


@dataclass(frozen=True)
class Kind:
    """What links and search need to know of one kind of record.

    Parameters
    ----------
    code
        Its lasting name in the database, at most 20 characters: "decision".
    label, plural
        What it is called; lazy.
    icon
        One of `web.icons`.
    model
        Whose rows they are; each has `get_absolute_url`.
    visible
        The rows that an organisation may see: the sharing rule, in the query.
    title
        What a row is called, in the reader's language.
    """

    code: str
    label: str | Promise
    plural: str | Promise
    icon: str
    model: type[models.Model]
    visible: Callable[[Organisation], models.QuerySet[Any]]
    title: Callable[[Any], str]


_kinds: Final[dict[str, Kind]] = {}


def add_kind(kind: Kind) -> None:
    """Let records of this kind be linked."""
    _kinds[kind.code] = kind


def kinds() -> Iterator[Kind]:
    """All of them, in the order in which the apps named them."""
    yield from _kinds.values()


def find_kind(code: str) -> Kind | None:
    return _kinds.get(code)


def kind_of(record: models.Model) -> Kind:
    """The kind of a record; a record of no kind is a mistake of the programmer's."""
    return next(kind for kind in _kinds.values() if kind.model is type(record))

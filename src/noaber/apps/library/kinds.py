"""The kinds of record that can be linked and found again. Apps add theirs by `hooks.add_kind`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.utils.functional import Promise

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.sharing import SharedQuerySet
from noaber.apps.library.searched import Searched


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
    searched
        What search reads of a row, None for one that is not to be found; a kind without it is linked, not searched.
    related
        What `searched` and `title` follow from a row, to be read for many at once (`prefetch_related`).
    parts
        Other models whose rows `searched` reads, each with the field that leads to the row: "capacity".
    visible_of
        Where rows have a status: the rows of a status that an organisation may see.
    by_label
        Whether owner, label, groups and addressees alone say who sees what `searched` lets be found. It is so where
        `visible` is the `visible_to` of shared records; search is then quicker. Elsewhere `visible` is asked.
    takes_evidence
        Where a document shows a row done and is not only about it: who may say of a row that it is done.
    """

    code: str
    label: str | Promise
    plural: str | Promise
    icon: str
    model: type[models.Model]
    visible: Callable[[Organisation], models.QuerySet[Any]]
    title: Callable[[Any], str]
    searched: Callable[[Any], Searched | None] | None = None
    related: tuple[str, ...] = ()
    parts: tuple[tuple[type[models.Model], str], ...] = ()
    visible_of: Callable[[Organisation, str], models.QuerySet[Any]] | None = None

    by_label: bool = False
    takes_evidence: Callable[[Acting, Any], bool] | None = None

    @property
    def is_by_label(self) -> bool:
        """Whether the sharing rule, asked of the audience of a row, says who sees it."""
        return self.by_label or _is_the_rule(self.model, self.visible)

    def rows(self, reader: Organisation, status: str) -> models.QuerySet[Any]:
        """The rows that `reader` may see; of those with a status, the ones of that status."""
        return self.visible_of(reader, status) if self.visible_of else self.visible(reader)

    @property
    def has_text_keys(self) -> bool:
        """Whether its rows are named by a text and not by a number."""
        return isinstance(self.model._meta.pk, models.CharField)


def _is_the_rule(model: type[models.Model], visible: Callable[..., Any]) -> bool:
    """Whether `visible` is the sharing rule itself, as `Model.objects.visible_to`."""
    own = getattr(visible, "__self__", None) is model._default_manager
    rows = type(model._default_manager.all())
    return own and getattr(rows, "visible_to", None) is SharedQuerySet.visible_to and visible.__name__ == "visible_to"


KINDS: Final[dict[str, Kind]] = {}


def kinds() -> Iterator[Kind]:
    """All of them, in the order in which the apps named them."""
    yield from KINDS.values()


def find_kind(code: str) -> Kind | None:
    return KINDS.get(code)


def find_kind_of(model: type[models.Model]) -> Kind | None:
    """The kind whose rows a model holds."""
    return next((kind for kind in KINDS.values() if kind.model is model), None)


def kind_of(record: models.Model) -> Kind:
    """The kind of a record; a record of no kind is a mistake of the programmer's."""
    return next(kind for kind in KINDS.values() if kind.model is type(record))

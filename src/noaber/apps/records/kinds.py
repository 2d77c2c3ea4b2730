"""The kinds of record. Each app declares its own in its module `kinds`, which is read when the program starts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

from django.conf import settings
from django.db import models
from django.utils.functional import Promise

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.sharing import SharedQuerySet
from noaber.apps.records.desk import AheadSource, WaitingSource, add_ahead, add_waiting
from noaber.apps.records.index_document import IndexDocument
from noaber.web.navigation import cover_pages
from noaber.web.tabs import open_tab

Text = str | Promise


@dataclass(frozen=True)
class Pages:
    """Where the pages of a kind lie.

    Parameters
    ----------
    place
        Which of `web.navigation.PLACES`.
    listed
        Url name of the list.
    others
        Url names of the other pages.
    tab, rank
        The label of the list's tab and where the tab stands, the lowest first; without a label there is no tab.
    """

    place: str
    listed: str
    others: tuple[str, ...] = ()
    tab: Text = ""
    rank: int = 0


@dataclass(frozen=True)
class Start:
    """On the pages of other kinds of record, offer to begin one of this kind.

    Parameters
    ----------
    kinds
        Codes of those other kinds.
    url_name
        The page on which it is begun; it reads `?source=incident:7`.
    """

    kinds: tuple[str, ...]
    url_name: str
    label: Text


@dataclass(frozen=True)
class Kind:
    """All that the house needs to know of one kind of record.

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
    title
        What a row is called, in the reader's language.
    visible
        The rows that an organisation may see: the sharing rule, in the query. Without it, `visible_to` of the model.
    visible_of
        Where rows have a status: the rows of a status that an organisation may see.
    searched
        What search reads of a row; a kind without it is linked, not searched. A row that answers None is not found.
    related
        What `searched` and `title` follow from a row, to be read for many at once (`prefetch_related`).
    parts
        Other models whose rows `searched` reads, each with the field that leads to the row: "capacity".
    by_label
        Whether owner, label, groups and addressees alone say who sees what `searched` lets be found. It is so where
        the rule is that of all shared records; search is then quicker. Elsewhere the rule is asked.
    takes_evidence
        Where a document shows a row done and is not only about it: who may say of a row that it is done.
    pages
        Where its pages lie.
    starts
        From which other kinds one is begun.
    waiting, ahead
        Its rows at the desk: what waits for an organisation, and what comes.
    """

    code: str
    label: Text
    plural: Text
    icon: str
    model: type[models.Model]
    title: Callable[[Any], str]
    visible: Callable[[Organisation], models.QuerySet[Any]] | None = None
    visible_of: Callable[[Organisation, str], models.QuerySet[Any]] | None = None
    searched: Callable[[Any], IndexDocument | None] | None = None
    related: tuple[str, ...] = ()
    parts: tuple[tuple[type[models.Model], str], ...] = ()
    by_label: bool = False
    takes_evidence: Callable[[Acting, Any], bool] | None = None
    pages: Pages | None = None
    starts: tuple[Start, ...] = ()
    waiting: WaitingSource | None = None
    ahead: AheadSource | None = None

    def seen_by(self, reader: Organisation) -> models.QuerySet[Any]:
        """The rows that `reader` may see; of those with a status, the node's own."""
        if self.visible is not None:
            return self.visible(reader)
        if self.visible_of is not None:
            return self.visible_of(reader, settings.NOABER_STATUS)
        return _shared(self.model).visible_to(reader)

    def rows(self, reader: Organisation, status: str) -> models.QuerySet[Any]:
        """The rows that `reader` may see; of those with a status, the ones of that status."""
        return self.visible_of(reader, status) if self.visible_of else self.seen_by(reader)

    @property
    def is_by_label(self) -> bool:
        """Whether the sharing rule, asked of the audience of a row, says who sees it."""
        if self.by_label:
            return True
        has_own_rule = self.visible is not None or self.visible_of is not None
        return not has_own_rule and type(_shared(self.model)).visible_to is SharedQuerySet.visible_to

    @property
    def has_text_keys(self) -> bool:
        """Whether its rows are named by a text and not by a number."""
        return isinstance(self.model._meta.pk, models.CharField)


def _shared(model: type[models.Model]) -> SharedQuerySet[Any]:
    """The rows of a model of which owner and label say who sees them."""
    return cast("SharedQuerySet[Any]", model._default_manager.all())


_KINDS: Final[dict[str, Kind]] = {}
_BY_MODEL: Final[dict[type[models.Model], Kind]] = {}


def add_kind(kind: Kind) -> None:
    """Let there be records of this kind: linked, found, begun from others, listed under their tab, seen at the desk."""
    _KINDS[kind.code] = _BY_MODEL[kind.model] = kind
    if pages := kind.pages:
        covered = {pages.listed, *pages.others}
        cover_pages(pages.place, covered)
        if pages.tab:
            open_tab(pages.place, url_name=pages.listed, label=pages.tab, rank=pages.rank, covers=covered)
    if kind.waiting:
        add_waiting(kind.waiting)
    if kind.ahead:
        add_ahead(kind.ahead)


def kinds() -> Iterator[Kind]:
    """All of them, in the order in which the apps named them."""
    yield from _KINDS.values()


def find_kind(code: str) -> Kind | None:
    return _KINDS.get(code)


def kind_of(record: models.Model) -> Kind:
    """The kind of a record; a record of no kind is a mistake of the programmer's."""
    return _BY_MODEL[type(record)]

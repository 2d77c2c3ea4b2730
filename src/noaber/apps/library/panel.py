"""The links of a record for its page: `library/_links.html`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.library.kinds import kind_of
from noaber.apps.library.links import Linked, linked_with


@dataclass(frozen=True)
class LinkLine:
    """One linked record; `mine` where the reader may take the link away."""

    linked: Linked
    mine: bool


@dataclass(frozen=True)
class LinkGroup:
    """The records that stand in one relation to the record of the page."""

    how: str
    lines: list[LinkLine]


@dataclass(frozen=True)
class LinksPanel:
    kind: str
    pk: int
    groups: list[LinkGroup]
    may_link: bool

    @property
    def count(self) -> int:
        return sum(len(group.lines) for group in self.groups)


def links_panel(acting: Acting, record: models.Model) -> LinksPanel:
    """What `record`, which the reader sees, is linked with, by relation."""
    may_link = acting.may(Permission.COOPERATE)
    groups: dict[str, list[LinkLine]] = {}
    for linked in _by_kind(linked_with(acting.organisation, record)):
        mine = may_link and linked.link.organisation_id == acting.organisation.pk
        groups.setdefault(str(linked.how), []).append(LinkLine(linked, mine))
    return LinksPanel(
        kind_of(record).code, record.pk, [LinkGroup(how, lines) for how, lines in groups.items()], may_link
    )


def _by_kind(found: Iterable[Linked]) -> list[Linked]:
    return sorted(found, key=lambda linked: (linked.kind.code, linked.link.pk))

"""The links of a record for its page: `library/_links.html`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.library.evidence import brings_evidence
from noaber.apps.library.links import Linked, linked_with
from noaber.apps.records.kinds import kind_of, kinds

EVIDENCE: Final = "document-new"
"""The page of the documents, which are brought also by those who only report."""


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
class StartLink:
    """Something that can be begun from the record of the page."""

    label: str | Promise
    url: str


@dataclass(frozen=True)
class LinksPanel:
    kind: str
    pk: int
    groups: list[LinkGroup]
    may_link: bool
    starts: list[StartLink]

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
    kind = kind_of(record).code
    return LinksPanel(
        kind=kind,
        pk=record.pk,
        groups=[LinkGroup(how, lines) for how, lines in groups.items()],
        may_link=may_link,
        starts=[
            start
            for url_name, start in _starts_of(kind, record.pk)
            if may_link or (url_name == EVIDENCE and brings_evidence(acting, record))
        ],
    )


def _starts_of(code: str, pk: int) -> Iterator[tuple[str, StartLink]]:
    """What can be begun from a record of a kind, each with the name of its page."""
    for kind in kinds():
        for start in kind.starts:
            if code in start.kinds:
                yield start.url_name, StartLink(start.label, f"{reverse(start.url_name)}?source={code}:{pk}")


def _by_kind(found: Iterable[Linked]) -> list[Linked]:
    return sorted(found, key=lambda linked: (linked.kind.code, linked.link.pk))

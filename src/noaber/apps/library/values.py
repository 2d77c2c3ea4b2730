"""What someone says of a document: what the services take."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.library.enums import DocumentKind


@dataclass(frozen=True)
class DocumentData:
    """One document; `themes` are codes of the list of themes, `groups` those of the sharing groups that see it."""

    title: str
    language: str
    kind: DocumentKind
    description: str = ""
    dated: datetime.date | None = None
    tlp: TlpLabel = TlpLabel.AMBER
    groups: Sequence[str] = ()
    themes: Sequence[str] = ()
    illustrative: bool = False
    source: str = ""


@dataclass(frozen=True)
class VersionData:
    """One file as it came, and what is new in it."""

    name: str
    content: bytes
    language: str
    note: str = ""

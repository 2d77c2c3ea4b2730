"""The documents of the demo, each version on its own day. What is invented in them is marked so."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Final

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.demo.cast import acting_as
from noaber.apps.library.enums import DocumentKind
from noaber.apps.library.services.documents import add_document, add_version
from noaber.apps.library.values import DocumentData, VersionData
from noaber.reference.files import read_data_json
from noaber.web import clock

_FILE: Final = "demo/documents.json"
Told = Mapping[str, Any]


def load_documents() -> None:
    """Put the documents into the library, with all their versions."""
    for row in read_data_json(_FILE):
        _add(row)


def _add(row: Told) -> None:
    acting: Acting = acting_as(row["as"], row["organisation"])
    data = DocumentData(
        title=row["title"],
        language=row["language"],
        kind=DocumentKind(row["kind"]),
        description=row["description"],
        dated=datetime.date.fromisoformat(row["dated"]) if row["dated"] else None,
        tlp=TlpLabel(row["tlp"]),
        groups=row["groups"],
        themes=row["themes"],
        illustrative=True,
        source=row["source"],
    )
    first, *later = row["versions"]
    with clock.at(_morning(first["on"])):
        document = add_document(acting, data, _version(first))
    for version in later:
        with clock.at(_morning(version["on"])):
            add_version(acting, document, _version(version))


def _version(row: Told) -> VersionData:
    return VersionData(row["name"], row["text"].encode(), row["language"], row["note"])


def _morning(day: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"{day}T09:00:00+00:00")

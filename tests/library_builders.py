"""Documents with sensible defaults."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from noaber.apps.accounts.acting import Acting
from noaber.apps.library.enums import DocumentKind
from noaber.apps.library.models import Document
from noaber.apps.library.services.documents import add_document
from noaber.apps.library.values import DocumentData, VersionData

WORDS = "Les inondations de juillet ont montré que les évacuations se préparent ensemble."


def make_version(**fields: Any) -> VersionData:
    return VersionData(**{"name": "note.txt", "content": WORDS.encode(), "language": "fr"} | fields)


def make_document(acting: Acting, version: VersionData | None = None, **fields: Any) -> Document:
    """A French note that the group BENELUX sees, except for `fields`."""
    given: dict[str, Any] = {
        "title": "Leçons de juillet",
        "language": "fr",
        "kind": DocumentKind.REPORT,
        "groups": ["BENELUX"],
    }
    return add_document(acting, DocumentData(**given | fields), version or make_version())


def make_archive(**entries: str) -> bytes:
    """A zip with entries; `__` in a name stands for a slash, `_` before the suffix for a dot."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in entries.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return content.getvalue()

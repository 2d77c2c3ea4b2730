"""The texts of the files in the library, read again: what could not be read once may be read now."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from noaber.apps.library.file_types import text_of_file, type_of_file
from noaber.apps.library.models import DocumentFile, DocumentVersion
from noaber.core.plain_text import UNFIT


def read_text(content: bytes) -> str:
    """What is written in a file of the library, of signs that any database holds."""
    return UNFIT.sub(" ", text_of_file(content, type_of_file(content)))


def read_texts_again() -> int:
    """Read the newest files of each document anew; the answer is how many texts are others than before.

    The index does not follow by itself: `services.search.rebuild` does that afterwards.
    """
    alike = DocumentVersion.objects.filter(document=OuterRef("document"), language=OuterRef("language"))
    newer = alike.filter(number__gt=OuterRef("number"))
    versions = DocumentVersion.objects.filter(~Exists(newer)).order_by("pk")
    return sum(_read_again(pk) for pk in list(versions.values_list("pk", flat=True)))


def _read_again(version: int) -> int:
    """One at a time, each for itself: nobody who writes waits for a long file."""
    content = bytes(DocumentFile.objects.values_list("content", flat=True).get(pk=version))
    text = read_text(content)
    return DocumentVersion.objects.filter(pk=version).exclude(text=text).update(text=text)

"""Documents as links and search know them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.library.hooks import add_kind
from noaber.apps.library.kinds import Kind
from noaber.apps.library.models import Document, DocumentTheme, DocumentVersion
from noaber.apps.library.searched import Searched
from noaber.core.messages.model import FreeText


def add_document_kind() -> None:
    add_kind(
        Kind(
            code="document",
            label=_("document"),
            plural=_("documents"),
            icon="document",
            model=Document,
            visible=seen_documents,
            title=lambda row: row.title,
            searched=_searched,
            related=("owner", "versions", "codes"),
            parts=((DocumentVersion, "document"), (DocumentTheme, "document")),
            by_label=True,
        )
    )


def seen_documents(reader: Organisation) -> QuerySet[Document]:
    """The documents that `reader` may see, without those that were withdrawn."""
    return Document.objects.visible_to(reader).filter(withdrawn_at__isnull=True)


def _searched(row: Document) -> Searched | None:
    """By the newest version of each language: what an older one said is no longer what the document says."""
    if row.withdrawn_at is not None:
        return None
    current = row.current_versions()
    return Searched(
        title=(row.words,),
        texts=(row.more, *(FreeText(one.file_name, "") for one in current), *(_text(one) for one in current)),
        codes=tuple(str(theme) for theme in row.codes.all()),
        organisations=(row.owner,),
        owner=row.owner,
        on=row.dated or row.added_at.date(),
        languages=tuple(sorted(version.language for version in current)) or (row.language,),
    )


def _text(version: DocumentVersion) -> FreeText:
    return FreeText(version.text, version.language)

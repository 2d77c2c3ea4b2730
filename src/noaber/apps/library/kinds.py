"""Documents as links and search know them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from noaber.apps.library.models import Document, DocumentTheme, DocumentVersion
from noaber.apps.library.queries import seen_documents
from noaber.apps.records.index_document import IndexDocument
from noaber.apps.records.kinds import Kind, Pages, Start, add_kind
from noaber.core.messages.model import FreeText


def _searched(row: Document) -> IndexDocument | None:
    """By the newest version of each language: what an older one said is no longer what the document says."""
    if row.withdrawn_at is not None:
        return None
    current = row.current_versions()
    return IndexDocument(
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
        pages=Pages("library", "documents", ("document", "document-new", "document-edit", "document-version-new")),
        starts=(
            Start(
                ("meeting", "decision", "action", "plan", "event", "practice", "lesson", "exchange", "incident"),
                "document-new",
                _("Add a document"),
            ),
        ),
    )
)

"""Documents as lists and files show them."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from noaber.apps.library.models import Document
from noaber.apps.registry.coded import theme_name
from noaber.web.tables import Column


def languages_of(document: Document) -> list[str]:
    """The languages in which some version of it is written."""
    return sorted(version.language for version in document.current_versions())


def themes_of(document: Document) -> list[str]:
    """What the document is about, in the reader's language."""
    return [theme_name(row.code) for row in document.codes.all()]


def _languages(row: Any) -> str:
    return ", ".join(language.upper() for language in languages_of(row))


COLUMNS: Final = (
    Column("title", _("Title"), lambda row: row.title),
    Column("kind", _("Kind"), lambda row: str(row.get_kind_display())),
    Column("language", _("Languages"), _languages),
    Column("version", _("Version"), lambda row: row.version, numeric=True),
    Column("uploaded", _("Uploaded"), lambda row: row.version_at),
    Column("owner", _("Owner"), lambda row: row.owner.code),
    Column("tlp", "TLP", lambda row: row.tlp),
)
FILE_COLUMNS: Final = (
    *COLUMNS,
    Column("dated", _("Date of the document"), lambda row: row.dated),
    Column("themes", _("Themes"), lambda row: ", ".join(themes_of(row))),
    Column("description", _("What it is"), lambda row: row.description),
    Column("source", _("Source"), lambda row: row.source),
)

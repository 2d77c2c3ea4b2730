"""Documents as lists and files show them."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Case, CharField, Exists, Expression, OuterRef, Value, When
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import LANGUAGES
from noaber.apps.library.enums import DocumentKind
from noaber.apps.library.models import Document, DocumentVersion
from noaber.apps.registry.coded import theme_name
from noaber.web.ordering import by, by_label, by_text
from noaber.web.tables import Column


def languages_of(document: Document) -> list[str]:
    """The languages in which some version of it is written."""
    return sorted(version.language for version in document.current_versions())


def themes_of(document: Document) -> list[str]:
    """What the document is about, in the reader's language."""
    return [theme_name(row.code) for row in document.codes.all()]


def _languages(row: Any) -> str:
    return ", ".join(language.upper() for language in languages_of(row))


def _by_languages() -> Expression:
    versions = DocumentVersion.objects.filter(document=OuterRef("pk"))
    codes = sorted(code for code, _name in LANGUAGES)
    written_in = (When(Exists(versions.filter(language=code)), then=Value(code)) for code in codes)
    return Concat(*(Case(when, default=Value(""), output_field=CharField()) for when in written_in))


COLUMNS: Final = (
    Column("title", _("Title"), lambda row: row.title, by_text("title")),
    Column("kind", _("Kind"), lambda row: str(row.get_kind_display()), by_label("kind", DocumentKind.choices)),
    Column("language", _("Languages"), _languages, _by_languages),
    Column("version", _("Version"), lambda row: row.version, by("version"), numeric=True),
    Column("uploaded", _("Uploaded"), lambda row: row.version_at, by("version_at")),
    Column("owner", _("Owner"), lambda row: row.owner.code, by_text("owner__code")),
    Column("tlp", "TLP", lambda row: row.tlp, by_text("tlp")),
)
FILE_COLUMNS: Final = (
    *COLUMNS,
    Column("dated", _("Date of the document"), lambda row: row.dated),
    Column("themes", _("Themes"), lambda row: ", ".join(themes_of(row))),
    Column("description", _("What it is"), lambda row: row.description),
    Column("source", _("Source"), lambda row: row.source),
)

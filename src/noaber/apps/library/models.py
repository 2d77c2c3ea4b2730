"""Documents, links between records of any kind, and what search knows of each record."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import LANGUAGES, Organisation
from noaber.apps.accounts.sharing import SharedQuerySet, SharedRecord
from noaber.apps.library.enums import DocumentKind, Relation
from noaber.core.messages.model import FreeText

__all__ = [
    "Audience",
    "Document",
    "DocumentFile",
    "DocumentTheme",
    "DocumentVersion",
    "Link",
    "SearchEntry",
    "SearchText",
    "Shelf",
    "ShelfTag",
]


LONGEST_TITLE: Final = 200
MAX_FILE_BYTES: Final = 25 * 1024 * 1024


class Document(SharedRecord):
    """A document of the cooperation, in as many versions as it had. The newest of each language is what it says now."""

    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    language = models.CharField(_("written in"), max_length=2, choices=LANGUAGES)
    kind = models.CharField(_("kind"), max_length=10, choices=DocumentKind.choices)
    description = models.TextField(_("what it is"), blank=True)
    dated = models.DateField(_("date of the document"), null=True, blank=True)
    added_at = models.DateTimeField(_("added at"))
    illustrative = models.BooleanField(_("illustrative"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects: ClassVar[SharedQuerySet[Document]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ("-added_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=~models.Q(title=""), name="document_has_a_title"),
            models.CheckConstraint(condition=models.Q(kind__in=DocumentKind.values), name="document_kind"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.pk])

    @property
    def words(self) -> FreeText:
        return FreeText(self.title, self.language)

    @property
    def more(self) -> FreeText:
        return FreeText(self.description, self.language)

    def current_versions(self) -> list[DocumentVersion]:
        """What it says now: of each language the newest version, the newest of all first."""
        newest: dict[str, DocumentVersion] = {}
        for version in self.versions.all():
            newest.setdefault(version.language, version)
        return list(newest.values())


class DocumentTheme(models.Model):
    """One theme of a document, a code of the list that practices and lessons use too."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="codes")
    code = models.CharField(_("theme"), max_length=40)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("document", "code"), name="document_theme_once"),)
        indexes = (models.Index(fields=("code",), name="documents_with_theme"),)

    def __str__(self) -> str:
        return f"theme:{self.code}"


class DocumentVersion(models.Model):
    """One version: a file, and what changed with it. Only ever added."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    language = models.CharField(_("language of the file"), max_length=2, choices=LANGUAGES)
    note = models.CharField(_("what is new"), max_length=300, blank=True)
    file_name = models.CharField(_("file"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    digest = models.CharField("SHA-256", max_length=64)
    uploaded_at = models.DateTimeField(_("uploaded at"))
    uploaded_by = models.CharField(_("uploaded by"), max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("for"))
    text = models.TextField(blank=True)
    """What is written in the file, as far as it could be read: search finds it by that."""

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("document", "number"), name="one_version_of_a_number"),
            models.CheckConstraint(
                condition=models.Q(size__gt=0, size__lte=MAX_FILE_BYTES), name="version_has_a_file_of_some_size"
            ),
        )

    def __str__(self) -> str:
        return f"{self.document} {self.number}"


class DocumentFile(models.Model):
    """The bytes of a version, in the database that all application servers share; read only to be handed out."""

    version = models.OneToOneField(DocumentVersion, models.CASCADE, primary_key=True, related_name="file")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"file of {self.version_id}"


class Link(models.Model):
    """One record has to do with another. Seen by whoever sees both."""

    from_kind = models.CharField(max_length=20)
    from_id = models.BigIntegerField()
    relation = models.CharField(_("how"), max_length=10, choices=Relation.choices)
    to_kind = models.CharField(max_length=20)
    to_id = models.BigIntegerField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("for"))
    by = models.CharField(_("by"), max_length=200)
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("from_kind", "from_id", "relation", "to_kind", "to_id"), name="one_link_each"
            ),
            models.CheckConstraint(condition=models.Q(relation__in=Relation.values), name="link_relation"),
            models.CheckConstraint(
                condition=~models.Q(from_kind=models.F("to_kind"), from_id=models.F("to_id")),
                name="link_leads_elsewhere",
            ),
        )
        indexes = (models.Index(fields=("to_kind", "to_id"), name="link_backwards"),)

    def __str__(self) -> str:
        return f"{self.from_kind} {self.from_id} {self.relation} {self.to_kind} {self.to_id}"


class Audience(SharedRecord):
    """Everyone who sees certain records: an owner, a label, groups, addressees and the territory of what happens
    somewhere, once for all that have the same.

    The sharing rule is asked of these few rows, and holds for the many entries that lead to them.
    """

    digest = models.CharField(max_length=64, unique=True)
    territory = models.CharField(max_length=5, blank=True, default="")

    happens_in = "territory"

    objects: ClassVar[SharedQuerySet[Audience]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"{self.owner} {self.tlp} {self.digest[:8]}"


class Shelf(models.Model):
    """What certain records are counted and sorted by, once for all that have the same.

    The facets are counted of these few rows, not of the many entries that lead to them.
    """

    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=20)
    status = models.CharField(max_length=8, blank=True)
    owner = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    languages = models.PositiveSmallIntegerField(default=0)
    """One bit for each of the four languages."""

    def __str__(self) -> str:
        return f"{self.kind} {self.owner_id} {self.year}"


class ShelfTag(models.Model):
    """A hazard or theme of the records on a shelf, "hazard:flood"."""

    shelf = models.ForeignKey(Shelf, models.CASCADE, related_name="tags")
    tag = models.CharField(max_length=60)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("shelf", "tag"), name="one_tag_once"),)
        indexes = (models.Index(fields=("tag", "shelf"), name="shelves_with_tag"),)

    def __str__(self) -> str:
        return self.tag


class SearchEntry(models.Model):
    """Where one record stands. It holds no title: the record itself is read through its sharing rule."""

    kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField(default=0)
    record_key = models.CharField(max_length=300, blank=True, default="")
    """The key of a record that is named by a text; the other one is then 0."""
    audience = models.ForeignKey(Audience, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    """Who sees it, where the label alone says so; else its kind is asked."""
    shelf = models.ForeignKey(Shelf, models.CASCADE, related_name="+", db_index=False)
    """Without an index, as the audience: what is asked leads to most shelves, and reading straight on is quicker."""
    on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "record_id", "record_key"), name="one_entry_each"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.record_key or self.record_id}"


class SearchText(models.Model):
    """The words that a record is found by, as stems. Apart from the entry, which is read by the thousand."""

    entry = models.OneToOneField(SearchEntry, models.CASCADE, primary_key=True, related_name="text")
    title_words = models.TextField(blank=True)
    words = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"words of {self.entry_id}"

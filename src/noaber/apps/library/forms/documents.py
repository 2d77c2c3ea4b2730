"""The forms of documents: what is looked for, what a document is, the file of a version."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.library.enums import DocumentKind
from noaber.apps.library.file_types import SUFFIXES
from noaber.apps.library.models import LONGEST_TITLE, Document
from noaber.apps.library.queries import DocumentFilter
from noaber.apps.library.values import DocumentData, VersionData
from noaber.apps.records.forms import SharingForm
from noaber.apps.registry.coded import theme_choices
from noaber.web.forms import DayInput, check_text
from noaber.web.written_in import LanguageField, WrittenInField

LONGEST_TEXT: Final = 10_000
_ALL: Final = [("", _("all"))]


class DocumentFilterForm(forms.Form):
    """An address that asks for something odd gets the whole list."""

    q = forms.CharField(label=_("Text"), required=False, max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[*_ALL, *DocumentKind.choices])
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    language = LanguageField(label=_("Language"), unsaid=_("all"))
    tlp = forms.ChoiceField(label="TLP", required=False, choices=[*_ALL, *TlpLabel.choices])
    owner = forms.ChoiceField(label=_("Owner"), required=False)

    def __init__(self, *args: Any, owners: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = {"theme": theme_choices(), "owner": [(code, code) for code in owners]}
        for name, choices in listed.items():
            self.fields[name].choices = [*_ALL, *choices]  # type: ignore[attr-defined]

    def wanted(self) -> DocumentFilter:
        self.is_valid()
        found = self.cleaned_data
        return DocumentFilter(
            text=found.get("q", ""),
            kind=found.get("kind", ""),
            language=found.get("language", ""),
            tlp=found.get("tlp", ""),
            owner=found.get("owner", ""),
            theme=found.get("theme", ""),
        )


class VersionForm(forms.Form):
    """A file, its language, and what is new in it."""

    file = forms.FileField(
        label=_("File"),
        help_text=SUFFIXES,
        widget=forms.FileInput({"accept": SUFFIXES}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty. Choose another.")},
    )
    file_language = WrittenInField(label=_("Language of the file"))
    note = forms.CharField(label=_("What is new"), required=False, max_length=300, validators=[check_text])

    def version_for_service(self) -> VersionData:
        """Only after `is_valid()`."""
        found = self.cleaned_data
        return VersionData(
            name=found["file"].name,
            content=found["file"].read(),
            language=found["file_language"],
            note=found.get("note", ""),
        )


class DocumentForm(SharingForm):
    """What a document is and who sees it."""

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE, validators=[check_text])
    language = WrittenInField()
    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind.choices)
    dated = forms.DateField(label=_("Date of the document"), required=False, widget=DayInput)
    description = forms.CharField(
        label=_("What it is"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 3}),
        validators=[check_text],
    )
    themes = forms.MultipleChoiceField(
        label=_("Themes"),
        required=False,
        widget=forms.SelectMultiple({"size": 6}),
        help_text=_("It is found by their names in all four languages."),
    )
    field_order: tuple[str, ...] = ("title", "language", "kind", "dated", "description", "themes", "tlp", "groups")

    def __init__(self, *args: Any, record: Document | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record
        self.fields["themes"].choices = theme_choices()  # type: ignore[attr-defined]

    def data_for_service(self) -> DocumentData:
        """Only after `is_valid()`. What the form does not ask stays as the record has it."""
        found, record = self.cleaned_data, self.record
        return DocumentData(
            title=found["title"],
            language=found["language"],
            kind=DocumentKind(found["kind"]),
            description=found["description"],
            dated=found["dated"],
            tlp=TlpLabel(found["tlp"]),
            groups=found["groups"],
            themes=found["themes"],
            illustrative=record.illustrative if record else False,
            source=record.source if record else "",
        )


def initial_document(record: Document) -> dict[str, Any]:
    names = ("title", "language", "kind", "dated", "description", "tlp")
    return {name: getattr(record, name) for name in names} | {
        "themes": [row.code for row in record.codes.all()],
        "groups": [group.code for group in record.groups.all()],
    }


class NewDocumentForm(VersionForm, DocumentForm):
    """A document with its first file."""

    note = None  # type: ignore[assignment]
    field_order = (
        "title",
        "file",
        "language",
        "file_language",
        "kind",
        "dated",
        "description",
        "themes",
        "tlp",
        "groups",
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300, validators=[check_text])

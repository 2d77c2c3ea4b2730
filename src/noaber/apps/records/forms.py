"""The forms of records: who sees one, lines and longer texts, and why a step is taken."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import SharingGroup
from noaber.apps.records.words import LONGEST_TEXT
from noaber.web.forms import check_text
from noaber.web.written_in import WrittenInField


def line_field(label: Any, *, longest: int = 200, **kwargs: Any) -> forms.CharField:
    """A text of one line."""
    return forms.CharField(label=label, max_length=longest, validators=[check_text], **kwargs)


def words_field(label: Any, *, rows: int = 4, **kwargs: Any) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label, max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": rows}), validators=[check_text], **kwargs
    )


class SharingForm(forms.Form):
    """The label and the groups of a record."""

    tlp = forms.ChoiceField(label="TLP", choices=TlpLabel.choices, initial=TlpLabel.AMBER)
    groups = forms.MultipleChoiceField(label=_("Shared with"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, groups: QuerySet[SharingGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].choices = [(group.code, group.name) for group in groups]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = words_field(_("Why"), rows=2)
    language = WrittenInField()

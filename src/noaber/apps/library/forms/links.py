"""Linking a record with another one: of which kind, called what, and how the two have to do with each other."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from noaber.apps.library.enums import BACKWARDS, Relation
from noaber.apps.records.kinds import find_kind, kinds

_BACK: Final = "-back"


def relation_choices() -> list[tuple[str, str | Promise]]:
    """Every relation both ways, as read from the record of the page."""
    pairs = [[(one.value, one.label), (one.value + _BACK, BACKWARDS[one])] for one in Relation]
    return [choice for pair in pairs for choice in pair]


class FindForm(forms.Form):
    """What to link with."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    q = forms.CharField(label=_("Words in it"), required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.code, kind.plural) for kind in kinds() if not kind.has_text_keys]  # type: ignore[attr-defined]


class LinkForm(forms.Form):
    """How the record of the page has to do with the chosen one."""

    how = forms.ChoiceField(label=_("How"), choices=relation_choices)
    other = forms.CharField(max_length=40, error_messages={"required": _("Choose a record.")})

    def clean_other(self) -> tuple[str, int]:
        kind, _colon, key = self.cleaned_data["other"].partition(":")
        if find_kind(kind) is None or not key.isdecimal() or len(key) > 18:
            raise forms.ValidationError(_("Choose a record."))
        return kind, int(key)

    @property
    def relation(self) -> tuple[Relation, bool]:
        """The relation, and whether it leads from the chosen record to that of the page."""
        how: str = self.cleaned_data["how"]
        return Relation(how.removesuffix(_BACK)), how.endswith(_BACK)

"""The forms of records: a model's fields as controls, who sees a record, and why a step is taken."""

from __future__ import annotations

from typing import Any, ClassVar, Final, Generic, TypeVar

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import LANGUAGES, Organisation, SharingGroup
from noaber.apps.accounts.sharing import SharedRecord
from noaber.apps.accounts.status import offered_statuses
from noaber.apps.records.sharing import groups_of
from noaber.apps.records.words import LONGEST_TEXT
from noaber.web.forms import DayInput, Segments, check_text
from noaber.web.written_in import WrittenInField

Record = TypeVar("Record", bound=SharedRecord)
_CHECKED: Final[dict[str, Any]] = {"validators": [check_text]}


def line_field(label: Any, *, longest: int = 200, **kwargs: Any) -> forms.CharField:
    """A text of one line."""
    return forms.CharField(label=label, max_length=longest, validators=[check_text], **kwargs)


def words_field(label: Any, *, rows: int = 4, **kwargs: Any) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label, max_length=LONGEST_TEXT, widget=words_input(rows), validators=[check_text], **kwargs
    )


def words_input(rows: int = 4) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class SharingForm(forms.Form):
    """The label and the groups of a record."""

    tlp = forms.ChoiceField(label="TLP", choices=TlpLabel.choices, initial=TlpLabel.AMBER)
    groups = forms.MultipleChoiceField(label=_("Shared with"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, groups: QuerySet[SharingGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].choices = [(group.code, group.name) for group in groups]  # type: ignore[attr-defined]


class GroupsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's cannot be subscripted
    """The groups with which a record is shared; the form says among which one chooses."""

    def __init__(self, **kwargs: Any) -> None:
        own: dict[str, Any] = {"label": _("Shared with"), "required": False, "widget": forms.CheckboxSelectMultiple}
        super().__init__(**own, queryset=SharingGroup.objects.none(), **kwargs)

    def label_from_instance(self, obj: SharingGroup) -> str:
        return obj.name


class StatusField(forms.ChoiceField):
    """Of which kind a record is: Actual, Exercise or Test, of those that may be made here."""

    def __init__(self, **kwargs: Any) -> None:
        told = _("From birth, and never changed: an exercise never touches what is real.")
        own: dict[str, Any] = {"label": _("Status"), "choices": offered_statuses, "widget": Segments, "help_text": told}
        super().__init__(**own, **kwargs)


class OrganisationField(forms.ModelChoiceField):  # type: ignore[type-arg]  # as above
    """One of all organisations, by its code."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs |= {"queryset": Organisation.objects.all(), "to_field_name": "code", "empty_label": None}
        super().__init__(**kwargs)

    def label_from_instance(self, obj: Organisation) -> str:
        return f"{obj.code} · {obj.name}"


def control_of(field: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
    """The control by which a field of a record is asked: its label, its length and its choices are the model's."""
    if field.choices == LANGUAGES:
        return WrittenInField(**kwargs)
    if isinstance(field, models.ForeignKey) and field.related_model is Organisation:
        return field.formfield(form_class=OrganisationField, **kwargs)
    if isinstance(field, models.DateField):
        return field.formfield(**{"widget": DayInput, **kwargs})
    if isinstance(field, models.TextField):
        return field.formfield(**{"max_length": LONGEST_TEXT, "widget": words_input(), **kwargs}, **_CHECKED)
    if isinstance(field, models.CharField) and not field.choices:
        return field.formfield(**kwargs, **_CHECKED)
    return field.formfield(**kwargs)


class FieldsForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """What someone says of a row: the fields of its model that `Meta` names. A service writes them, not the form."""

    class Meta:
        formfield_callback = control_of

    def values(self) -> dict[str, Any]:
        """What was said, by field: what the service takes. Only after `is_valid()`."""
        return dict(self.cleaned_data)

    def _post_clean(self) -> None:
        """No row is filled."""


class RecordForm(SharingForm, FieldsForm, Generic[Record]):
    """What someone says of a record, and who sees it. A field named in `fixed` is asked of a new record only."""

    fixed: ClassVar[tuple[str, ...]] = ("made_on",)

    def __init__(self, *args: Any, acting: Acting, record: Record | None = None, **kwargs: Any) -> None:
        groups = groups_of(acting.organisation)
        if record is not None:
            groups |= groups_of(record.owner)
            kwargs["initial"] = self.initial_of(record)
        super().__init__(*args, groups=groups, **kwargs)
        self.record = record
        for name in self.fixed if record is not None else ():
            self.fields.pop(name, None)
        self.order_fields([name for name in self.fields if name not in SharingForm.base_fields])

    @classmethod
    def initial_of(cls, record: Record) -> dict[str, Any]:
        """What stands in the record, as its form shows it."""
        told = {name: getattr(record, name) for name in (*cls.Meta.fields, "tlp") if name not in cls.fixed}
        return told | {"groups": [group.code for group in record.groups.all()]}


class ReasonForm(forms.Form):
    reason = words_field(_("Why"), rows=2)
    language = WrittenInField()

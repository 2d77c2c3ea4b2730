"""The questions to the inventory: as of which day, cut by what, which two texts; and a field that is checked."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from noaber.apps.registry.agreement_records import MAX_DOCUMENT_BYTES
from noaber.apps.registry.document_types import SUFFIXES
from noaber.apps.registry.forms.agreement_facts import CONTROLS, WRITTEN_FIELDS, FactsForm, initial_of
from noaber.apps.registry.presenters.legal_words import CONFIDENCE, FIELDS, LEVELS, STANDINGS
from noaber.apps.registry.presenters.text_list import Wanted
from noaber.core.agreements import ESTABLISHED_FIELDS, Confidence, Level
from noaber.core.agreements.reading import STATED_FIELDS, Reading, is_unknown_value
from noaber.core.agreements.standing import Standing
from noaber.web.forms import DayInput, Segments
from noaber.web.written_in import PerhapsWrittenInField, WrittenInField

EVERY = ("", _("all"))


class AsOfForm(forms.Form):
    """The day that one looks at. Without one it is today."""

    on = forms.DateField(label=_("As of"), required=False, widget=DayInput)

    def __init__(self, query: Any, *, today: datetime.date) -> None:
        super().__init__({"on": query.get("on") or today.isoformat()})
        self.today = today

    @property
    def day(self) -> datetime.date:
        """The day asked for; today where it is none."""
        asked: datetime.date | None = self.cleaned_data.get("on") if self.is_valid() else None
        return asked or self.today

    @property
    def is_other_day(self) -> bool:
        return self.day != self.today


class ListForm(forms.Form):
    """An address that asks for something odd gets the whole list."""

    q = forms.CharField(label=_("Title, id or party"), required=False, max_length=80)
    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=[EVERY, *((level.value, LEVELS[level]) for level in Level)]
    )
    standing = forms.ChoiceField(
        label=_("On that day"), required=False, choices=[EVERY, *((one.value, STANDINGS[one]) for one in Standing)]
    )
    unknown = forms.ChoiceField(
        label=_("Where unknown is"),
        required=False,
        choices=[EVERY, *((name, FIELDS[name]) for name in ESTABLISHED_FIELDS)],
    )

    def wanted(self) -> Wanted:
        """What is asked for."""
        self.is_valid()
        found = self.cleaned_data
        return Wanted(
            text=found.get("q", ""),
            level=found.get("level", ""),
            standing=found.get("standing", ""),
            unknown=found.get("unknown", ""),
        )


AS_IT_STANDS: Final = "stands"
SAYS: Final = "says"


class FieldCheckForm(FactsForm):
    """“I checked this field”: it stands as written, or the text says something else."""

    finding = forms.ChoiceField(label=_("What you found"), widget=Segments(icons={AS_IT_STANDS: "yes", SAYS: "edit"}))
    language = WrittenInField()
    confidence = forms.ChoiceField(
        label=_("How sure"), choices=[(confidence.value, CONFIDENCE[confidence]) for confidence in Confidence]
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("The edition or page that you held it against: “Belgisch Staatsblad, 22 October 2013”."),
    )
    on = forms.DateField(label=_("Checked on"), widget=DayInput)
    note = forms.CharField(label=_("Note"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2}))

    def __init__(
        self, *args: Any, field: str, data_of: dict[str, Any], may_state: bool, today: datetime.date, **kwargs: Any
    ) -> None:
        language = kwargs.pop("language", "en")
        self.field, self.today, self.before = field, today, data_of.get(field)
        self.can_say = may_state and field in STATED_FIELDS
        begin = {
            "finding": SAYS if self.can_say and is_unknown_value(self.before) else AS_IT_STANDS,
            "confidence": Confidence.SOURCED.value,
            "on": today,
            "language": language,
        }
        super().__init__(*args, initial={**initial_of(data_of), **begin}, **kwargs)
        self._keep_only(CONTROLS.get(field, ()) if self.can_say else ())
        stands = _("Looked, and did not find it") if is_unknown_value(self.before) else _("It stands as written here")
        choices = [(AS_IT_STANDS, stands)]
        if self.can_say:
            choices.append((SAYS, _("The text says")))
        self.fields["finding"].choices = choices  # type: ignore[attr-defined]

    def _keep_only(self, controls: tuple[str, ...]) -> None:
        for name in [name for controls_ in CONTROLS.values() for name in controls_]:
            if name in self.fields and name not in controls:
                del self.fields[name]
        for name in controls:
            self.fields[name].required = False
        if self.field not in WRITTEN_FIELDS:
            del self.fields["language"]
        order = ("finding", *controls, "language", "source", "confidence", "on", "note")
        self.order_fields(order)

    @property
    def value_fields(self) -> list[Any]:
        """The controls that say what the text says."""
        if not self.can_say:
            return []
        names = CONTROLS[self.field]
        return [self[name] for name in (*names, "language") if name in self.fields]

    def clean_on(self) -> datetime.date:
        on: datetime.date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("A check lies in the past; choose today or an earlier day."))
        return on

    def clean(self) -> None:
        super().clean()
        if self.errors or self.cleaned_data["finding"] != SAYS:
            return
        if is_unknown_value(self.before) and is_unknown_value(self._value()):
            self.add_error(None, _("Say what the text says, or that you looked and did not find it."))

    def _value(self) -> Any:
        return self.value_of(self.field, self.cleaned_data.get("language") or "en")

    def reading(self) -> Reading:
        """What was read; only after `is_valid()`."""
        found = self.cleaned_data
        value = self._value() if found["finding"] == SAYS else None
        return Reading(self.field, Confidence(found["confidence"]), found["source"], value)


class DocumentForm(forms.Form):
    """The text itself as a file, or where it is published; or both."""

    title = forms.CharField(label=_("Title"), max_length=200)
    language = PerhapsWrittenInField(label=_("Language"))
    reference = forms.CharField(
        label=_("Published in"),
        max_length=200,
        required=False,
        help_text=_("Staatsblad, Moniteur, Mémorial, Bundesgesetzblatt, Journal officiel, with day and page."),
    )
    address = forms.URLField(label=_("Address"), max_length=500, required=False, assume_scheme="https")
    file = forms.FileField(
        label=_("File"), required=False, allow_empty_file=True, widget=forms.FileInput({"accept": SUFFIXES})
    )

    def clean_file(self) -> UploadedFile[bytes] | None:
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is not None and file.size and file.size > MAX_DOCUMENT_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(most)s MB. Name where the text is published instead."),
                params={"most": MAX_DOCUMENT_BYTES // 1024**2},
            )
        return file

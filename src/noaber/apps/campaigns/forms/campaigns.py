"""What those fill in who ask: a campaign, what it asks of whom, an invitation, a signature."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import LANGUAGES, Organisation, SharingGroup
from noaber.apps.campaigns.enums import Part
from noaber.apps.campaigns.items import FIELD_LABELS, USUAL_FIELDS
from noaber.apps.campaigns.models import Ask, Campaign
from noaber.apps.campaigns.services.campaigns import AskData, CampaignData
from noaber.apps.campaigns.services.invitations import InvitationData
from noaber.apps.records.forms import SharingForm
from noaber.apps.registry.fields import CODE_PATTERN
from noaber.web.forms import DayInput
from noaber.web.written_in import LanguageField, WrittenInField

LONGEST_TITLE = 120


class CampaignForm(SharingForm):
    """Title and purpose in the languages of those who are asked; one at least."""

    code = forms.CharField(label=_("Id"), max_length=40, help_text=_("Short and lasting: “MAPPING-2024”."))
    opens_on = forms.DateField(label=_("Opens on"), widget=DayInput)
    deadline_on = forms.DateField(label=_("To be answered by"), widget=DayInput)

    def __init__(self, *args: Any, groups: QuerySet[SharingGroup], is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, groups=groups, **kwargs)
        for code, name in LANGUAGES:
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Title, %(language)s") % {"language": name}, max_length=LONGEST_TITLE, required=False
            )
        for code, name in LANGUAGES:
            self.fields[f"purpose_{code}"] = forms.CharField(
                label=_("What it is for, %(language)s") % {"language": name},
                max_length=1000,
                required=False,
                widget=forms.Textarea({"rows": 2}),
            )
        if not is_new:
            del self.fields["code"]

    def rows(self) -> list[list[forms.BoundField]]:
        """The controls as the page shows them: what it is, its titles, what it is for, who sees it."""
        titles = [[f"{name}_{code}" for code, _name in LANGUAGES] for name in ("title", "purpose")]
        rows = [["code", "opens_on", "deadline_on"], *titles, ["tlp", "groups"]]
        return [[self[name] for name in row if name in self.fields] for row in rows]

    def history_names(self) -> dict[str, str]:
        """Under which names the history keeps the texts in their languages."""
        kept = (("title", "titles"), ("purpose", "purposes"))
        return {f"{name}_{code}": told for name, told in kept for code, _name in LANGUAGES}

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not CODE_PATTERN.fullmatch(code):
            raise forms.ValidationError(
                _("Use letters, digits, dots, hyphens or underscores, and begin with a letter or digit.")
            )
        return code

    def data_for_service(self, record: Campaign | None = None) -> CampaignData:
        """Only after `is_valid()`; what the form does not ask stays as it is in `record`."""
        found = self.cleaned_data
        return CampaignData(
            code=record.code if record else found["code"],
            titles={language: found[f"title_{language}"] for language, _name in LANGUAGES},
            purposes={language: found[f"purpose_{language}"] for language, _name in LANGUAGES},
            opens_on=found["opens_on"],
            deadline_on=found["deadline_on"],
            tlp=found["tlp"],
            groups=found["groups"],
            illustrative=record.illustrative if record else False,
        )


def campaign_initial(record: Campaign) -> dict[str, Any]:
    """What the form of a campaign that is there begins with."""
    return {
        **{f"title_{code}": text for code, text in record.titles.items()},
        **{f"purpose_{code}": text for code, text in record.purposes.items()},
        "opens_on": record.opens_on,
        "deadline_on": record.deadline_on,
        "tlp": record.tlp,
        "groups": [group.code for group in record.groups.all()],
    }


def _fields_of(part: Part) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=part.label,
        required=False,
        choices=list(FIELD_LABELS[part].items()),
        widget=forms.CheckboxSelectMultiple,
        initial=USUAL_FIELDS[part],
    )


class AskForm(forms.Form):
    """Whom to ask about which fields; what stays empty is not asked."""

    organisations = forms.MultipleChoiceField(label=_("Organisations"), widget=forms.SelectMultiple({"size": 8}))
    agreements = _fields_of(Part.AGREEMENTS)
    capacities = _fields_of(Part.CAPACITIES)
    contacts = _fields_of(Part.CONTACTS)
    note = forms.CharField(
        label=_("A word to them"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
    )
    language = WrittenInField()

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(row.code, f"{row.code} · {row.name}") for row in organisations]
        self.fields["organisations"].choices = listed  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and not any(found.get(part) for part in Part.values):
            self.add_error(None, _("Choose at least one field of one part."))
        return found

    def asks(self) -> list[AskData]:
        """One for each part; only after `is_valid()`."""
        found = self.cleaned_data
        return [
            AskData(part, found[part.value], note=found["note"], note_language=found["language"])
            for part in Part
            if found[part.value]
        ]


class AskEditForm(forms.Form):
    """Which fields and records of one part; no record chosen means all of them."""

    fields_asked = forms.MultipleChoiceField(label=_("Fields"), widget=forms.CheckboxSelectMultiple)
    records = forms.MultipleChoiceField(
        label=_("Only these"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them, those too that you do not see."),
    )
    note = forms.CharField(
        label=_("A word to them"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
    )
    language = WrittenInField()

    def __init__(self, *args: Any, ask: Ask, records: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask = ask
        listed = list(records)
        unseen = [(key, key) for key in ask.records if key not in dict(listed)]
        self.fields["fields_asked"].choices = list(FIELD_LABELS[ask.part].items())  # type: ignore[attr-defined]
        self.fields["records"].choices = [*listed, *unseen]  # type: ignore[attr-defined]

    def data_for_service(self) -> AskData:
        found = self.cleaned_data
        return AskData(
            Part(self.ask.part),
            found["fields_asked"],
            records=found["records"],
            note=found["note"],
            note_language=found["language"],
        )


class InvitationForm(forms.Form):
    """Someone without an account, by function and name."""

    name = forms.CharField(label=_("Name"), max_length=120)
    function = forms.CharField(label=_("Function"), max_length=160)
    mail = forms.EmailField(label=_("Mail"), required=False)
    language = LanguageField(label=_("Language"))
    until = forms.DateField(label=_("The link opens until"), widget=DayInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if not self.today < until <= self.today + timedelta(days=365):
            raise forms.ValidationError(_("Choose a day from tomorrow on, and at most a year ahead."))
        return until

    def data_for_service(self) -> InvitationData:
        return InvitationData(**self.cleaned_data)


class SignForm(forms.Form):
    """The signature of a director; `seen` is the digest of what they were shown."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    note = forms.CharField(label=_("Note"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2}))
    language = WrittenInField()

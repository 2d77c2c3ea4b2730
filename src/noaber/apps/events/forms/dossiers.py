"""The forms of a dossier: what is looked for, what the event is, how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import LANGUAGES, Organisation
from noaber.apps.events.enums import EventKind
from noaber.apps.events.models import LONGEST_CODE, LONGEST_TITLE, MOST_PUBLIC, EventDossier
from noaber.apps.events.values import EventData
from noaber.apps.records.forms import SharingForm, words_field
from noaber.web.forms import MomentField, QuantityInput, check_text
from noaber.web.written_in import WrittenInField

TITLES = {
    "nl": _("Title in Dutch"),
    "fr": _("Title in French"),
    "de": _("Title in German"),
    "en": _("Title in English"),
}


def organisation_choices(organisations: Iterable[Organisation]) -> list[tuple[str, str]]:
    return [(other.code, f"{other.code} · {other.name}") for other in organisations]


def public_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Expected public"),
        required=False,
        min_value=0,
        max_value=MOST_PUBLIC,
        widget=QuantityInput(maximum=MOST_PUBLIC),
        help_text=_("Persons; empty where nobody knows."),
    )


class EventFilterForm(forms.Form):
    """An address that asks for something odd gets the whole list."""

    q = forms.CharField(label=_("Title, code or place"), required=False, max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *EventKind.choices])
    organisation = forms.ChoiceField(label=_("Lead or partner"), required=False)

    def __init__(self, *args: Any, organisations: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [("", _("all")), *((code, code) for code in organisations)]
        self.fields["organisation"].choices = listed  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, str]:
        self.is_valid()
        found = self.cleaned_data
        return {
            "text": found.get("q", ""),
            "kind": found.get("kind", ""),
            "organisation": found.get("organisation", ""),
        }


class EventForm(SharingForm):
    code = forms.CharField(
        label=_("Code"), max_length=LONGEST_CODE, help_text=_("Short, as it stands in plans and calendars: EURO-2024.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=EventKind.choices)
    begins_at = MomentField(label=_("Begins"))
    ends_at = MomentField(label=_("Ends"))
    lead = forms.ChoiceField(label=_("Lead"), help_text=_("This organisation and the partners always see the event."))
    expected_public = public_field()
    summary = words_field(_("What it is"), required=False)
    language = WrittenInField()
    source = forms.CharField(label=_("Source"), required=False, max_length=300, validators=[check_text])
    field_order = (
        "code",
        "kind",
        *(f"title_{language}" for language, _name in LANGUAGES),
        "begins_at",
        "ends_at",
        "lead",
        "expected_public",
        "summary",
        "language",
        "source",
        "tlp",
        "groups",
    )

    def __init__(
        self, *args: Any, organisations: Iterable[Organisation], record: EventDossier | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.record = record
        self.organisations = {other.code: other for other in organisations}
        self.fields["lead"].choices = organisation_choices(self.organisations.values())  # type: ignore[attr-defined]
        for language, _name in LANGUAGES:
            self.fields[f"title_{language}"] = forms.CharField(
                label=TITLES[language],
                required=False,
                max_length=LONGEST_TITLE,
                validators=[check_text],
                widget=forms.TextInput({"lang": language}),
            )
        self.order_fields(self.field_order)

    def data_for_service(self) -> EventData:
        """Only after `is_valid()`. What the form does not ask stays as the record has it."""
        found, record = self.cleaned_data, self.record
        titles = {language: found[f"title_{language}"] for language, _name in LANGUAGES}
        return EventData(
            code=found["code"].strip().upper(),
            titles={language: title for language, title in titles.items() if title},
            kind=EventKind(found["kind"]),
            begins_at=found["begins_at"],
            ends_at=found["ends_at"],
            lead=self.organisations[found["lead"]],
            language=found["language"],
            summary=found["summary"],
            expected_public=found["expected_public"],
            tlp=TlpLabel(found["tlp"]),
            groups=found["groups"],
            illustrative=record.illustrative if record else False,
            source=found["source"],
        )


def initial_event(record: EventDossier) -> dict[str, Any]:
    names = ("code", "kind", "begins_at", "ends_at", "expected_public", "summary", "language", "source", "tlp")
    initial = {name: getattr(record, name) for name in names}
    initial |= {f"title_{language}": title for language, title in record.titles.items()}
    return initial | {"lead": record.lead.code, "groups": [group.code for group in record.groups.all()]}


class CloseForm(forms.Form):
    note = words_field(_("What went well, what did not, what is to be learned"), rows=8)
    language = WrittenInField()


class CallOffForm(forms.Form):
    note = words_field(_("Why"), rows=3)
    language = WrittenInField()


class ReopenForm(forms.Form):
    reason = words_field(_("Why"), rows=2)

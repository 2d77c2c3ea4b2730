"""Forms of a request that is being written, and of its sign-off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.functions import read_function
from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange import words
from noaber.apps.exchange.draft_lines import DraftLine, decode_lines
from noaber.apps.exchange.forms.common import SHORT_LENGTH, WordsField, minutes_field
from noaber.apps.exchange.models import RequestDraft
from noaber.apps.exchange.need_deadlines import NeedDeadline, need_deadlines
from noaber.apps.exchange.services import DraftData
from noaber.apps.registry.coded import grouped_capability_choices, hazard_choices
from noaber.apps.registry.forms.places import TerritoryField
from noaber.core.messages.model import Channel
from noaber.core.problems import Problem
from noaber.web import clock, wording
from noaber.web.forms import DeadlineField, MomentField, QuantityInput
from noaber.web.written_in import WrittenInField

PRIORITIES: Final = ((1, _("1: life")), (2, _("2: property, environment")), (3, _("3: relief")))
BLANK_LINES: Final = 3
SAID_ELSEWHERE: Final = [(item.value, words.CHANNELS[item]) for item in Channel if item is not Channel.NOABER]


class LineForm(forms.Form):
    """One line; without a capability it is blank and left out."""

    capability = forms.ChoiceField(label=_("What"), required=False)
    quantity = forms.IntegerField(
        label=_("Teams"), min_value=1, max_value=10_000, required=False, widget=QuantityInput(minimum=1)
    )
    needed_by = DeadlineField(label=_("Needed by"), required=False)
    useless_after = DeadlineField(label=_("Of no use after"), required=False)
    priority = forms.TypedChoiceField(label=_("Priority"), choices=PRIORITIES, coerce=int, initial=1, required=False)
    hours = forms.IntegerField(
        label=_("For how many hours"), min_value=1, max_value=2400, required=False, widget=QuantityInput(minimum=1)
    )
    function = forms.CharField(label=_("To do what"), max_length=SHORT_LENGTH, required=False)
    requirements = forms.CharField(label=_("Must have"), max_length=SHORT_LENGTH, required=False)

    def __init__(
        self, *args: Any, before: DraftLine | None = None, need: NeedDeadline | None = None, **kwargs: Any
    ) -> None:
        """`need` where the line belongs to one: its deadline stands there, and is moved at the need."""
        super().__init__(*args, **kwargs)
        self.before, self.need = before, need
        capability = self.fields["capability"]
        assert isinstance(capability, forms.ChoiceField)  # noqa: S101 - declared above
        capability.choices = [("", ""), *grouped_capability_choices()]
        if before is not None:
            for name in self.fields:
                value = getattr(before, name)
                self.fields[name].initial = round(value) if isinstance(value, float) else value
            if before.function_language:
                self.fields["function"].widget.attrs["lang"] = before.function_language
        if need is not None:
            for name in ("needed_by", "useless_after"):
                self.fields[name].initial, self.fields[name].disabled = getattr(need.deadline, name), True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("capability"):
            for name, text in (
                ("quantity", _("Enter how many teams.")),
                ("needed_by", _("Enter by when the teams are needed.")),
            ):
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, text)
            needed_by, useless_after = cleaned.get("needed_by"), cleaned.get("useless_after")
            if needed_by and useless_after and useless_after < needed_by:
                self.add_error("useless_after", wording.problem(Problem("deadline.useless-before")))
        return cleaned

    def read(self) -> DraftLine | None:
        cleaned = self.cleaned_data
        if not cleaned["capability"]:
            return None
        before = self.before
        same = before is not None and before.capability == cleaned["capability"]
        return DraftLine(
            capability=cleaned["capability"],
            quantity=cleaned["quantity"],
            needed_by=cleaned["needed_by"],
            useless_after=cleaned["useless_after"],
            priority=cleaned["priority"] or 1,
            hours=float(cleaned["hours"]) if cleaned["hours"] else None,
            need_id=before.need_id if before and same else "",
            function=cleaned["function"],
            function_language=before.function_language if before and before.function == cleaned["function"] else "",
            requirements=cleaned["requirements"],
            planned_units=before.planned_units if before and same else (),
        )


class DraftForm(forms.Form):
    """What a request says beside its lines."""

    case_id = forms.CharField(label=_("Case"), max_length=SHORT_LENGTH)
    incident_text = forms.CharField(label=_("What has happened, where"), max_length=SHORT_LENGTH)
    hazard = forms.ChoiceField(label=_("Hazard"))
    territory = TerritoryField(help_text=_("In which the help is needed. Type a name or a NUTS code, such as BE335."))
    reception_point = forms.CharField(
        label=_("Reception point"), max_length=SHORT_LENGTH, help_text=_("Where the teams report on arrival.")
    )
    lon = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180, required=False)
    lat = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90, required=False)
    tlp = forms.ChoiceField(label="TLP", choices=TlpLabel.choices, initial=TlpLabel.AMBER)
    contact = forms.CharField(label=_("Whom to speak to"), max_length=160, required=False)
    contact_phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    answer_within_minutes = minutes_field(label=_("Answer wanted within"), initial=20)
    note = WordsField(label=_("Note"), required=False)
    language = WrittenInField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hazard = self.fields["hazard"]
        assert isinstance(hazard, forms.ChoiceField)  # noqa: S101 - declared above
        hazard.choices = hazard_choices()
        if language := self.initial.get("incident_language"):
            self.fields["incident_text"].widget.attrs["lang"] = language

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("lon") is None) != (cleaned.get("lat") is None):
            self.add_error("lat", _("A position needs both longitude and latitude."))
        return cleaned

    def data_for(
        self, supplier: Organisation, *, status: str, lines: tuple[DraftLine, ...], agreement: str, replaces: str = ""
    ) -> DraftData:
        return DraftData(
            supplier=supplier,
            status=status,
            lines=lines,
            agreement=agreement,
            replaces=replaces,
            **self._said(),
        )

    def _said(self) -> dict[str, Any]:
        """What was typed; words that were left as they stood keep their language."""
        kept = "" if "incident_text" in self.changed_data else self.initial.get("incident_language", "")
        return {name: self.cleaned_data[name] for name in DraftForm.base_fields} | {"incident_language": kept}


class NewDraftForm(DraftForm):
    """A request by hand: to one or several organisations at once."""

    suppliers = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("Whom you ask"), widget=forms.CheckboxSelectMultiple
    )
    field_order = ("suppliers",)

    def __init__(self, *args: Any, owner: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suppliers = self.fields["suppliers"]
        assert isinstance(suppliers, forms.ModelMultipleChoiceField)  # noqa: S101 - declared above
        suppliers.queryset = Organisation.objects.exclude(pk=owner.pk).exclude(
            kind__in=("service", "observer", "secretariat")
        )
        suppliers.label_from_instance = _supplier_label  # type: ignore[assignment, method-assign]

    def data_for(self, supplier: Organisation, **kwargs: Any) -> DraftData:
        return DraftData(supplier=supplier, **self._said(), **kwargs)


def _supplier_label(organisation: Organisation) -> str:
    return f"{organisation.code} · {organisation.name}"


class AgreementForm(forms.Form):
    """The text that the request stands on."""

    agreement = forms.ChoiceField(label=_("Text"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agreement = self.fields["agreement"]
        assert isinstance(agreement, forms.ChoiceField)  # noqa: S101 - declared above
        agreement.choices = choices


class SignOffForm(forms.Form):
    """A sign-off that was given elsewhere."""

    director = forms.CharField(label=_("Who signed off"), max_length=160)
    at = MomentField(label=_("At"))
    channel = forms.ChoiceField(label=_("Said"), choices=SAID_ELSEWHERE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].initial = clock.now


def line_forms(data: Any, draft: RequestDraft | None = None) -> list[LineForm]:
    """A form for each line of the draft, and some blank ones."""
    before = decode_lines(draft.lines) if draft else ()
    stated = need_deadlines(draft.owner, draft.case_id) if draft else {}
    blank: tuple[None, ...] = (None,) * (1 if before else BLANK_LINES)
    return [
        LineForm(data, before=line, need=stated.get(line.need_id) if line else None, prefix=f"line-{index}")
        for index, line in enumerate([*before, *blank])
    ]


def initial_of(draft: RequestDraft) -> dict[str, Any]:
    """What is typed in the draft; who is spoken to in the reader's language."""
    typed = {name: getattr(draft, name) for name in (*DraftForm.base_fields, "incident_language")}
    return typed | {"contact": read_function(draft.contact)}

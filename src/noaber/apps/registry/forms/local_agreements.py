"""The form of a local arrangement: what a region writes down of a text of its own, as data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import LANGUAGES, Organisation, SharingGroup
from noaber.apps.registry.coded import grouped_capability_choices, hazard_choices, in_reader_language
from noaber.apps.registry.fields import CODE_PATTERN
from noaber.apps.registry.forms.capacities import SharingForm
from noaber.apps.registry.presenters.legal_words import CERTIFICATES, COST_RULES, KINDS, LEVELS, TRIGGERS
from noaber.core.agreements import Absent, Kind, Level
from noaber.reference.legal_texts import channel_names
from noaber.reference.territories import find_territory
from noaber.web.forms import DayInput

UNKNOWN = (Absent.UNKNOWN.value, _("unknown"))
NONE = (Absent.NONE.value, _("the text says nothing of it"))
LOCAL_KINDS = (Kind.ARRANGEMENT, Kind.DECISION, Kind.DECLARATION, Kind.PLAN, Kind.MEMORANDUM)
RULES = ("border_rule", "command_rule", "liability_rule", "claim_deadline")


def _choices(words: Any, *more: Any) -> list[Any]:
    return [UNKNOWN, *((key.value, text) for key, text in words.items()), *more]


class TerritoriesField(forms.CharField):
    """NUTS codes, with blanks or commas between them."""

    def clean(self, value: Any) -> list[str]:
        text: str = super().clean(value)
        codes = text.replace(",", " ").upper().split()
        for code in codes:
            if find_territory(code) is None:
                raise forms.ValidationError(
                    _("“%(code)s” is not a territory that Noaber knows."), params={"code": code}
                )
        return list(dict.fromkeys(codes))


class LocalAgreementForm(SharingForm):
    """Everything that is not known stays *unknown*: that is an answer too."""

    id = forms.CharField(label=_("Id"), max_length=60, help_text=_("Short and lasting: “NL-VR24-DE-HEINSBERG-2023”."))
    title = forms.CharField(label=_("Title"), max_length=300)
    language = forms.ChoiceField(label=_("You write in"), choices=LANGUAGES)
    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind.value, KINDS[kind]) for kind in LOCAL_KINDS])
    level = forms.ChoiceField(
        label=_("Level"), choices=[(level.value, LEVELS[level]) for level in (Level.LOCAL, Level.REGION, Level.STATE)]
    )
    parties = forms.MultipleChoiceField(label=_("Parties"), widget=forms.SelectMultiple({"size": 6}))
    providers = TerritoriesField(label=_("Help may come from"), help_text=_("NUTS codes: DEA29 NL423."))
    receivers = TerritoriesField(label=_("Help may go to"), help_text=_("NUTS codes: DEA29 NL423."))
    signed = forms.DateField(label=_("Signed on"), required=False, widget=DayInput)
    in_force = forms.DateField(label=_("In force since"), required=False, widget=DayInput)
    valid_until = forms.DateField(
        label=_("Valid until"), required=False, widget=DayInput, help_text=_("Empty: no end is known.")
    )
    supplements = forms.MultipleChoiceField(
        label=_("Rests on"),
        required=False,
        widget=forms.SelectMultiple({"size": 4}),
        help_text=_("Texts that this one carries out: what it does not say itself is taken from them."),
    )
    help_types = forms.MultipleChoiceField(
        label=_("Help"), required=False, widget=forms.SelectMultiple({"size": 6}), help_text=_("None chosen: unknown.")
    )
    any_help = forms.BooleanField(label=_("Every kind of help"), required=False)
    hazards = forms.MultipleChoiceField(
        label=_("Hazards"),
        required=False,
        widget=forms.SelectMultiple({"size": 6}),
        help_text=_("None chosen: unknown."),
    )
    any_hazard = forms.BooleanField(label=_("Every hazard"), required=False)
    channels = forms.MultipleChoiceField(
        label=_("Channel"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("None chosen: unknown.")
    )
    trigger = forms.ChoiceField(label=_("When"), choices=_choices(TRIGGERS, NONE))
    certificate_required = forms.ChoiceField(label=_("Certificate"), choices=_choices(CERTIFICATES, NONE))
    cost_rule = forms.ChoiceField(label=_("Who pays"), choices=_choices(COST_RULES, NONE))
    cost_exceptions = forms.CharField(
        label=_("Exceptions to the cost rule"), required=False, widget=forms.Textarea({"rows": 2}), max_length=1000
    )
    border_rule = forms.CharField(
        label=_("Border"), required=False, widget=forms.Textarea({"rows": 2}), max_length=1000
    )
    command_rule = forms.CharField(
        label=_("Command"), required=False, widget=forms.Textarea({"rows": 2}), max_length=1000
    )
    liability_rule = forms.CharField(
        label=_("Liability"), required=False, widget=forms.Textarea({"rows": 2}), max_length=1000
    )
    claim_deadline = forms.CharField(label=_("Claim by"), required=False, max_length=300)
    source = forms.CharField(label=_("Where the text can be read"), max_length=300)
    checked_on = forms.DateField(label=_("Checked on"), widget=DayInput)

    def __init__(
        self,
        *args: Any,
        organisations: Iterable[Organisation],
        texts: Iterable[tuple[str, str]],
        groups: QuerySet[SharingGroup],
        is_new: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, groups=groups, **kwargs)
        self._set("parties", [(row.code, f"{row.code} · {row.name}") for row in organisations])
        self._set("supplements", list(texts))
        self._set("help_types", grouped_capability_choices())
        self._set("hazards", hazard_choices())
        self._set("channels", [(code, in_reader_language(names)) for code, names in channel_names().items()])
        if not is_new:
            del self.fields["id"]

    def _set(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_id(self) -> str:
        code: str = self.cleaned_data["id"]
        if not CODE_PATTERN.fullmatch(code):
            raise forms.ValidationError(
                _("Use letters, digits, dots, hyphens or underscores, and begin with a letter or digit.")
            )
        return code

    def data_for(self, code: str, checked_by: str) -> dict[str, Any]:
        """The JSON value of the agreement; only after `is_valid()`."""
        found = self.cleaned_data
        language = found["language"]
        return {
            "id": code,
            "title": {language: found["title"]},
            "kind": found["kind"],
            "level": found["level"],
            "parties": found["parties"],
            "providers": found["providers"],
            "receivers": found["receivers"],
            "signed": _day(found["signed"]),
            "in_force": _day(found["in_force"]),
            "valid_until": _day(found["valid_until"]) if found["valid_until"] else Absent.NONE.value,
            "implements": found["supplements"],
            "channels": found["channels"] or Absent.UNKNOWN.value,
            "help_types": _scope(found["any_help"], found["help_types"]),
            "hazards": _scope(found["any_hazard"], found["hazards"]),
            "trigger": found["trigger"],
            "certificate_required": found["certificate_required"],
            "cost_rule": found["cost_rule"],
            "cost_exceptions": [{language: found["cost_exceptions"]}] if found["cost_exceptions"] else [],
            **{name: {language: found[name]} if found[name] else Absent.UNKNOWN.value for name in RULES},
            "sources": [{"number": 1, "address": found["source"]}],
            "confidence": "sourced",
            "checked": {"on": found["checked_on"].isoformat(), "by": checked_by},
        }


def _day(value: Any) -> str:
    return value.isoformat() if value else Absent.UNKNOWN.value


def _scope(everything: bool, codes: list[str]) -> Any:
    if everything:
        return "*"
    if not codes:
        return Absent.UNKNOWN.value
    return {"yes": codes, "no": [], "unknown": [], "otherwise": "no"}


def initial_from(data: dict[str, Any]) -> dict[str, Any]:
    """What the form of an arrangement that is there begins with."""
    language = next(iter(data["title"]))
    help_types, hazards = data["help_types"], data["hazards"]
    return {
        "title": data["title"][language],
        "language": language,
        **{name: data[name] for name in ("kind", "level", "parties", "trigger", "certificate_required", "cost_rule")},
        "providers": _codes_text(data["providers"]),
        "receivers": _codes_text(data["receivers"]),
        **{name: _known(data.get(name)) for name in ("signed", "in_force", "valid_until")},
        "supplements": data.get("implements", []),
        "channels": _known(data["channels"]) or [],
        "any_help": help_types == "*",
        "help_types": help_types["yes"] if isinstance(help_types, dict) else [],
        "any_hazard": hazards == "*",
        "hazards": hazards["yes"] if isinstance(hazards, dict) else [],
        "cost_exceptions": "\n".join(text for item in data.get("cost_exceptions", []) for text in item.values()),
        **{name: _text(data.get(name)) for name in RULES},
        "source": data["sources"][0]["address"] if data["sources"] else "",
        "checked_on": data["checked"]["on"],
    }


def _known(value: Any) -> Any:
    return None if value in (Absent.UNKNOWN.value, Absent.NONE.value) else value


def _codes_text(value: Any) -> str:
    codes = value["codes"] if isinstance(value, dict) else value
    return " ".join(codes)


def _text(value: Any) -> str:
    return next(iter(value.values())) if isinstance(value, dict) else ""

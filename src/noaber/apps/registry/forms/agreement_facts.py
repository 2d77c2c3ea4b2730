"""What a text says, field by field, as controls: for a whole local arrangement, and for one field that is checked.

Whatever is left empty is unknown. “The text says nothing of it” is something else, and has a box of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.registry.coded import grouped_capability_choices, hazard_choices, in_reader_language
from noaber.apps.registry.forms.authorities import AuthoritiesField, rows_of
from noaber.apps.registry.presenters.legal_words import CERTIFICATES, COST_RULES, TRIGGERS
from noaber.core.agreements import ANY, Absent
from noaber.reference.legal_texts import channel_names
from noaber.reference.territories import find_territory
from noaber.web.forms import DayInput

UNKNOWN = (Absent.UNKNOWN.value, _("unknown"))
NONE = (Absent.NONE.value, _("the text says nothing of it"))
RULES: Final = ("border_rule", "command_rule", "liability_rule", "claim_deadline")
WRITTEN_FIELDS: Final = (*RULES, "cost_exceptions")
"""The fields that hold sentences, each in a language."""
SILENT: Final = "_silent"


def _choices(words: Any, *more: Any) -> list[Any]:
    return [UNKNOWN, *((key.value, text) for key, text in words.items()), *more]


class TerritoriesField(forms.CharField):
    """NUTS codes, with blanks or commas between them."""

    def clean(self, value: Any) -> list[str]:
        text: str = super().clean(value)
        codes = text.replace(",", " ").upper().split()
        for code in codes:
            if code != ANY and find_territory(code) is None:
                raise forms.ValidationError(
                    _("“%(code)s” is not a territory that Noaber knows."), params={"code": code}
                )
        return list(dict.fromkeys(codes))


def _rule(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea({"rows": 2}), max_length=1000)


def _silent(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class FactsForm(forms.Form):
    """Every field of a text of which one can say what the text says."""

    providers = TerritoriesField(label=_("Help may come from"), required=False, help_text=_("NUTS codes: DEA29 NL423."))
    providers_within = TerritoriesField(
        label=_("Help may come from a part of"), required=False, help_text=_("Where which part is not established.")
    )
    receivers = TerritoriesField(label=_("Help may go to"), required=False, help_text=_("NUTS codes: DEA29 NL423."))
    receivers_within = TerritoriesField(
        label=_("Help may go to a part of"), required=False, help_text=_("Where which part is not established.")
    )
    signed = forms.DateField(label=_("Signed on"), required=False, widget=DayInput)
    in_force = forms.DateField(label=_("In force since"), required=False, widget=DayInput)
    valid_until = forms.DateField(
        label=_("Valid until"), required=False, widget=DayInput, help_text=_("Empty: no end is known.")
    )
    requester_roles = AuthoritiesField(label=_("Who asks"), required=False, help_text=_("No one named: unknown."))
    requester_roles_silent = _silent(_("Who asks: the text says nothing of it"))
    granter_roles = AuthoritiesField(label=_("Who grants"), required=False, help_text=_("No one named: unknown."))
    granter_roles_silent = _silent(_("Who grants: the text says nothing of it"))
    channels = forms.MultipleChoiceField(
        label=_("Channel"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("None chosen: unknown.")
    )
    channels_silent = _silent(_("Channel: the text says nothing of it"))
    help_types = forms.MultipleChoiceField(
        label=_("Help"), required=False, widget=forms.SelectMultiple({"size": 6}), help_text=_("None chosen: unknown.")
    )
    any_help = forms.BooleanField(label=_("Every kind of help"), required=False)
    no_help = forms.BooleanField(label=_("No help: it is about something else"), required=False)
    hazards = forms.MultipleChoiceField(
        label=_("Hazards"),
        required=False,
        widget=forms.SelectMultiple({"size": 6}),
        help_text=_("None chosen: unknown."),
    )
    any_hazard = forms.BooleanField(label=_("Every hazard"), required=False)
    trigger = forms.ChoiceField(label=_("When"), choices=_choices(TRIGGERS, NONE))
    certificate_required = forms.ChoiceField(label=_("Certificate"), choices=_choices(CERTIFICATES, NONE))
    cost_rule = forms.ChoiceField(label=_("Who pays"), choices=_choices(COST_RULES, NONE))
    cost_exceptions = forms.CharField(
        label=_("Exceptions to the cost rule"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        max_length=2000,
        help_text=_("One on each line."),
    )
    border_rule = _rule(_("Border"))
    border_rule_silent = _silent(_("Border: the text says nothing of it"))
    command_rule = _rule(_("Command"))
    command_rule_silent = _silent(_("Command: the text says nothing of it"))
    liability_rule = _rule(_("Liability"))
    liability_rule_silent = _silent(_("Liability: the text says nothing of it"))
    claim_deadline = _rule(_("Claim by"))
    claim_deadline_silent = _silent(_("Claim by: the text says nothing of it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_choices("help_types", grouped_capability_choices())
        self.set_choices("hazards", hazard_choices())
        self.set_choices("channels", [(code, in_reader_language(names)) for code, names in channel_names().items()])

    def set_choices(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> None:
        """What says that the text is silent, and then says something, is a slip."""
        super().clean()
        for name in SILENT_FIELDS:
            if self.cleaned_data.get(name + SILENT) and self.cleaned_data.get(name):
                self.add_error(name, _("Either the text says this, or it says nothing of it: leave one empty."))

    def value_of(self, name: str, language: str) -> Any:
        """The JSON value of a field; only after `is_valid()`."""
        return _VALUES[name](self.cleaned_data, name, language)


SILENT_FIELDS: Final = ("requester_roles", "granter_roles", "channels", *RULES)

CONTROLS: Final[Mapping[str, tuple[str, ...]]] = {
    **{name: (name,) for name in ("signed", "in_force", "valid_until", "trigger", "certificate_required")},
    **{name: (name,) for name in ("cost_rule", "cost_exceptions")},
    **{name: (name, name + SILENT) for name in SILENT_FIELDS},
    "providers": ("providers", "providers_within"),
    "receivers": ("receivers", "receivers_within"),
    "help_types": ("help_types", "any_help", "no_help"),
    "hazards": ("hazards", "any_hazard"),
}
"""Which controls say what one field of a text says."""

Value = Callable[[Mapping[str, Any], str, str], Any]


def _day(found: Mapping[str, Any], name: str, language: str) -> str:
    return found[name].isoformat() if found[name] else Absent.UNKNOWN.value


def _last_day(found: Mapping[str, Any], name: str, language: str) -> str:
    return found[name].isoformat() if found[name] else Absent.NONE.value


def _as_chosen(found: Mapping[str, Any], name: str, language: str) -> Any:
    return found[name]


def _listed(found: Mapping[str, Any], name: str, language: str) -> Any:
    return found[name] or _absent(found, name)


def _wording(found: Mapping[str, Any], name: str, language: str) -> Any:
    return {language: found[name]} if found[name] else _absent(found, name)


def _absent(found: Mapping[str, Any], name: str) -> str:
    return Absent.NONE.value if found[name + SILENT] else Absent.UNKNOWN.value


def _lines(found: Mapping[str, Any], name: str, language: str) -> list[dict[str, str]]:
    return [{language: line.strip()} for line in found[name].splitlines() if line.strip()]


def _territories(found: Mapping[str, Any], name: str, language: str) -> dict[str, list[str]]:
    return {"codes": found[name], "within": found[name + "_within"]}


def _help(found: Mapping[str, Any], name: str, language: str) -> Any:
    return [] if found["no_help"] else _scope(found["any_help"], found[name])


def _hazards(found: Mapping[str, Any], name: str, language: str) -> Any:
    return _scope(found["any_hazard"], found[name])


def _scope(everything: bool, codes: list[str]) -> Any:
    if everything:
        return ANY
    if not codes:
        return Absent.UNKNOWN.value
    return {"yes": codes, "no": [], "unknown": [], "otherwise": "no"}


_VALUES: Final[Mapping[str, Value]] = {
    "signed": _day,
    "in_force": _day,
    "valid_until": _last_day,
    **dict.fromkeys(("trigger", "certificate_required", "cost_rule"), _as_chosen),
    **dict.fromkeys(("requester_roles", "granter_roles", "channels"), _listed),
    **dict.fromkeys(RULES, _wording),
    "cost_exceptions": _lines,
    **dict.fromkeys(("providers", "receivers"), _territories),
    "help_types": _help,
    "hazards": _hazards,
}


def initial_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """What the controls begin with for a text that is there."""
    help_types, hazards = data.get("help_types"), data.get("hazards")
    return {
        **{name: data.get(name) for name in ("trigger", "certificate_required", "cost_rule")},
        **{name: _known(data.get(name)) for name in ("signed", "in_force", "valid_until")},
        **{name: rows_of(data.get(name)) for name in ("requester_roles", "granter_roles")},
        **{name: _text(data.get(name)) for name in RULES},
        **{name + SILENT: data.get(name) == Absent.NONE.value for name in SILENT_FIELDS},
        **_initial_territories(data),
        "channels": _known(data.get("channels")) or [],
        "any_help": help_types == ANY,
        "no_help": help_types == [],
        "help_types": _covered(help_types),
        "any_hazard": hazards == ANY,
        "hazards": _covered(hazards),
        "cost_exceptions": "\n".join(text for item in data.get("cost_exceptions", []) for text in item.values()),
    }


def _initial_territories(data: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("providers", "receivers"):
        value = data.get(name, [])
        parts = value if isinstance(value, dict) else {"codes": value}
        found[name] = " ".join(parts.get("codes", []))
        found[name + "_within"] = " ".join(parts.get("within", []))
    return found


def _known(value: Any) -> Any:
    return None if value in (Absent.UNKNOWN.value, Absent.NONE.value) else value


def _covered(value: Any) -> list[str]:
    if isinstance(value, dict):
        return list(value.get("yes", []))
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return next(iter(value.values())) if isinstance(value, dict) else ""

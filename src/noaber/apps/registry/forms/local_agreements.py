"""The form of a local arrangement: what a region writes down of a text of its own, as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import LANGUAGES, Organisation, SharingGroup
from noaber.apps.records.forms import SharingForm
from noaber.apps.registry.fields import CODE_PATTERN
from noaber.apps.registry.forms.agreement_facts import CONTROLS, FactsForm, initial_of
from noaber.apps.registry.models import AgreementRow
from noaber.apps.registry.presenters.legal_words import CONFIDENCE, KINDS, LEVELS
from noaber.core.agreements import Confidence, Kind, Level
from noaber.web.forms import DayInput
from noaber.web.written_in import WrittenInField

LOCAL_KINDS = (Kind.ARRANGEMENT, Kind.DECISION, Kind.DECLARATION, Kind.PLAN, Kind.MEMORANDUM)
RELATIONS: Final = ("replaces", "supplements", "implements")


PARTS: Final = (
    (_("The text"), ("id", "title", "language", "kind", "level", "parties", "signed", "in_force", "valid_until")),
    (_("Beside other texts"), RELATIONS),
    (
        _("Which help, where"),
        (
            *("providers", "receivers", "providers_within", "receivers_within"),
            *("help_types", "any_help", "no_help", "hazards", "any_hazard"),
        ),
    ),
    (
        _("How one asks"),
        (
            *("trigger", "requester_roles", "requester_roles_silent", "granter_roles", "granter_roles_silent"),
            *("channels", "channels_silent"),
        ),
    ),
    (
        _("What holds during and after the help"),
        (
            *("certificate_required", "cost_rule", "cost_exceptions", "border_rule", "border_rule_silent"),
            *("command_rule", "command_rule_silent", "liability_rule", "liability_rule_silent"),
            *("claim_deadline", "claim_deadline_silent", "notes"),
        ),
    ),
    (_("How well it is known, and who sees it"), ("source", "confidence", "checked_on", "tlp", "groups")),
)


HISTORY_NAMES: Final[Mapping[str, str]] = {
    **{control: name for name, controls in CONTROLS.items() for control in controls},
    **{"language": "title", "source": "sources", "checked_on": "checked"},
}
"""Under which names the history keeps the fields of the form."""


def _relation(label: Any, help_text: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.SelectMultiple({"size": 4}), help_text=help_text
    )


class LocalAgreementForm(SharingForm, FactsForm):
    """Everything that is not known stays *unknown*: that is an answer too."""

    id = forms.CharField(label=_("Id"), max_length=60, help_text=_("Short and lasting: “NL-VR24-DE-HEINSBERG-2023”."))
    title = forms.CharField(label=_("Title"), max_length=300)
    language = WrittenInField()
    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind.value, KINDS[kind]) for kind in LOCAL_KINDS])
    level = forms.ChoiceField(
        label=_("Level"), choices=[(level.value, LEVELS[level]) for level in (Level.LOCAL, Level.REGION, Level.STATE)]
    )
    parties = forms.MultipleChoiceField(label=_("Parties"), widget=forms.SelectMultiple({"size": 6}))
    replaces = _relation(_("Replaces"), _("Texts that no longer hold since this one does."))
    supplements = _relation(_("Supplements"), _("Texts to which this one adds something."))
    implements = _relation(
        _("Rests on"), _("Texts that this one carries out: what it does not say itself is taken from them.")
    )
    notes = forms.CharField(
        label=_("Notes"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        max_length=2000,
        help_text=_("One on each line."),
    )
    source = forms.CharField(label=_("Where the text can be read"), max_length=300)
    confidence = forms.ChoiceField(
        label=_("How sure"), choices=[(confidence.value, CONFIDENCE[confidence]) for confidence in Confidence]
    )
    checked_on = forms.DateField(label=_("Checked on"), widget=DayInput)
    together = (("title", "language"), *CONTROLS.values())

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
        self.set_choices("parties", [(row.code, f"{row.code} · {row.name}") for row in organisations])
        for name in RELATIONS:
            self.set_choices(name, list(texts))
        if not is_new:
            del self.fields["id"]

    def parts(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The controls under their headings."""
        return [(heading, [self[name] for name in names if name in self.fields]) for heading, names in PARTS]

    def clean_id(self) -> str:
        code: str = self.cleaned_data["id"]
        if not CODE_PATTERN.fullmatch(code):
            raise forms.ValidationError(
                _("Use letters, digits, dots, hyphens or underscores, and begin with a letter or digit.")
            )
        return code

    def data_for(self, code: str, checked_by: str, before: Mapping[str, Any]) -> dict[str, Any]:
        """The JSON value of the agreement; only after `is_valid()`.

        Parameters
        ----------
        before
            What is there already: of a field that still says the same, its wording in other languages, its remark and
            its source stay.
        """
        found = self.cleaned_data
        language = found["language"]
        said = {name: self.value_of(name, language) for name in CONTROLS}
        said["notes"] = [{language: line.strip()} for line in found["notes"].splitlines() if line.strip()]
        said["title"] = {language: found["title"]}
        said = {name: _kept(value, before.get(name)) for name, value in said.items()}
        remarks = {name: remark for name, remark in before.get("remarks", {}).items() if _stands(name, said, before)}
        return {
            "id": code,
            **{name: found[name] for name in ("kind", "level", "parties", *RELATIONS, "confidence")},
            **said,
            "sources": _sources(found["source"], before, remarks),
            "checked": {"on": found["checked_on"].isoformat(), "by": checked_by},
            **({"remarks": remarks} if remarks else {}),
        }


def _kept(value: Any, before: Any) -> Any:
    """What stood there, where the form could show no more of it and it was not changed."""
    return before if _shown(value) == _shown(before) else value


def _shown(value: Any) -> Any:
    """What the form shows of a wording or a list of them: the first language."""
    if isinstance(value, list):
        return [_shown(item) for item in value]
    if isinstance(value, dict) and set(value) <= {code for code, _name in LANGUAGES}:
        return next(iter(value.values()), "")
    return value


def _stands(name: str, said: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    return name not in said or said[name] == before.get(name)


def _sources(address: str, before: Mapping[str, Any], remarks: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The source of the text as the first; those on which a single field rests stay."""
    used = {number for remark in remarks.values() for number in remark.get("sources", [])}
    others = [source for source in before.get("sources", []) if source["number"] != 1 and source["number"] in used]
    return [{"number": 1, "address": address}, *others]


def agreement_initial(row: AgreementRow) -> dict[str, Any]:
    """What the form of an arrangement that is there begins with."""
    data = row.data
    language = next(iter(data["title"]))
    return {
        "tlp": row.tlp,
        "groups": [group.code for group in row.groups.all()],
        "title": data["title"][language],
        "language": language,
        **{name: data[name] for name in ("kind", "level", "parties", "confidence")},
        **{name: data.get(name, []) for name in RELATIONS},
        **initial_of(data),
        "notes": "\n".join(text for item in data.get("notes", []) for text in item.values()),
        "source": data["sources"][0]["address"] if data["sources"] else "",
        "checked_on": data["checked"]["on"],
    }

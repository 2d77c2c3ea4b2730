"""A presidency, a dossier, a note in it, and why it is taken back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import LANGUAGES, Organisation
from noaber.apps.presidency.enums import Basis
from noaber.apps.presidency.models import Presidency
from noaber.apps.presidency.values import DossierData, PresidencyData
from noaber.apps.records.forms import SharingForm, words_field
from noaber.web.forms import DayInput, QuantityInput, check_text
from noaber.web.written_in import WrittenInField

PRIORITIES: Final = tuple(f"priorities_{code}" for code, _name in LANGUAGES)
_YEARS: Final = (2017, 2100)


class PresidencyForm(SharingForm):
    """Who holds it in which year; priorities in the languages that one has."""

    year = forms.IntegerField(
        label=_("Year"),
        min_value=_YEARS[0],
        max_value=_YEARS[1],
        widget=QuantityInput(minimum=_YEARS[0], maximum=_YEARS[1]),
    )
    organisation = forms.ChoiceField(label=_("Held by"))
    basis = forms.ChoiceField(label=_("Known"), choices=Basis.choices)
    source = forms.CharField(label=_("Source"), required=False, max_length=300, validators=[check_text])

    def __init__(self, *args: Any, organisations: Iterable[Organisation], record: Presidency | None = None, **kw: Any):
        super().__init__(*args, **kw)
        self.record = record
        self.organisations = {organisation.code: organisation for organisation in organisations}
        listed = [(code, f"{code} · {one.name}") for code, one in self.organisations.items()]
        self.fields["organisation"].choices = listed  # type: ignore[attr-defined]
        for code, name in LANGUAGES:
            label = _("Priorities, %(language)s") % {"language": name}
            self.fields[f"priorities_{code}"] = words_field(label, required=False, rows=3)
        if record is not None:
            del self.fields["year"]
        self.order_fields(["year", "organisation", "basis", "source", *PRIORITIES, "tlp", "groups"])

    def data_for_service(self) -> PresidencyData:
        """Only after `is_valid()`."""
        found, record = self.cleaned_data, self.record
        return PresidencyData(
            organisation=self.organisations[found["organisation"]],
            year=record.first_on.year if record else found["year"],
            basis=Basis(found["basis"]),
            priorities={code: found[f"priorities_{code}"] for code, _name in LANGUAGES},
            source=found["source"],
            tlp=TlpLabel(found["tlp"]),
            groups=found["groups"],
            illustrative=record.illustrative if record else False,
        )


def initial_presidency(record: Presidency) -> dict[str, Any]:
    return {
        **{name: getattr(record, name) for name in ("basis", "source", "tlp")},
        **{f"priorities_{code}": record.priorities.get(code, "") for code, _name in LANGUAGES},
        "organisation": record.organisation.code,
        "groups": [group.code for group in record.groups.all()],
    }


class DossierForm(SharingForm):
    """Of which day a dossier is, and whom it reaches besides the receiver."""

    on = forms.DateField(
        label=_("As of"),
        widget=DayInput,
        help_text=_("What is overdue, done or still to come is told as of this day."),
    )
    field_order = ("on", "tlp", "groups")

    def data_for_service(self) -> DossierData:
        """Only after `is_valid()`."""
        found = self.cleaned_data
        return DossierData(on=found["on"], tlp=TlpLabel(found["tlp"]), groups=found["groups"])


class NoteForm(forms.Form):
    text = words_field(
        _("Note"),
        required=False,
        rows=6,
        help_text=_("Everyone who sees the dossier reads it. An empty note is taken away."),
    )
    language = WrittenInField()


class ReasonForm(forms.Form):
    reason = words_field(_("Why"), rows=2)

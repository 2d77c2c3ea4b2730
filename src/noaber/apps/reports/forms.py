"""What a report is asked for, and which two are compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.registry.coded import grouped_capability_choices, hazard_choices
from noaber.apps.reports.gather import Asked
from noaber.apps.reports.gather.whole import LOWEST
from noaber.apps.reports.models import Report
from noaber.web import wording

MOST: Final = 4
USUAL_HAZARD: Final = "flood"


class MakeForm(forms.Form):
    """The maps of a report, and its label where it is to be stricter than what is in it."""

    hazard = forms.ChoiceField(label=_("Hazard of the maps"), choices=hazard_choices)
    capabilities = forms.MultipleChoiceField(
        label=_("Help of which the minutes are told"),
        choices=grouped_capability_choices,
        widget=forms.SelectMultiple({"size": 12}),
        help_text=_("One to four. The matrix and the gaps are about every help at every hazard."),
    )
    tlp = forms.ChoiceField(
        label="TLP",
        choices=[(label.value, label.label) for label in TlpLabel if label is not TlpLabel.CLEAR],
        help_text=_("The report gets this label, or the strictest of anything in it."),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, usual: Sequence[str]) -> None:
        initial = {"hazard": USUAL_HAZARD, "capabilities": list(usual), "tlp": LOWEST.value}
        super().__init__(data, initial=initial)

    def clean_capabilities(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["capabilities"]
        if len(chosen) > MOST:
            raise forms.ValidationError(
                ngettext_lazy(
                    "Choose at most %(most)s kinds of help; %(count)s is chosen.",
                    "Choose at most %(most)s kinds of help; %(count)s are chosen.",
                    "count",
                )
                % {"most": MOST, "count": len(chosen)}
            )
        return chosen

    def asked(self) -> Asked:
        return Asked(self.cleaned_data["hazard"], tuple(self.cleaned_data["capabilities"]))


class CompareForm(forms.Form):
    """Two reports, by their addresses."""

    old = forms.ChoiceField(label=_("Before"))
    new = forms.ChoiceField(label=_("After"))

    def __init__(self, *args: Any, reports: Iterable[Report], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [
            (str(report.pk), f"{wording.moment_in_full(report.made_at)}, {report.owner.code}") for report in reports
        ]
        for name in ("old", "new"):
            self.fields[name].choices = listed  # type: ignore[attr-defined]

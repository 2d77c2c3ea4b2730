"""The papers for the border, as far as they are known: at the commitment, or afterwards."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.exchange.forms.common import SHORT_LENGTH, WordsField
from noaber.core.messages.model import BorderCertificate
from noaber.web.forms import QuantityInput


class CertificateForm(forms.Form):
    """What a leader shows at the border; nothing of it holds a commitment up."""

    kind_of_help = forms.CharField(label=_("Kind of help"), max_length=SHORT_LENGTH, required=False)
    kind_of_unit = forms.CharField(label=_("Kind of unit"), max_length=SHORT_LENGTH, required=False)
    head_count = forms.IntegerField(label=_("People"), min_value=1, required=False, widget=QuantityInput(minimum=1))
    leader = forms.CharField(
        label=_("Leader"), max_length=SHORT_LENGTH, required=False, help_text=_("The function and call sign will do.")
    )
    vehicles = WordsField(label=_("Vehicles"), required=False, help_text=_("One a line, with its plate."), rows=3)
    crossing_point = forms.CharField(label=_("Border crossing"), max_length=SHORT_LENGTH, required=False)
    route = forms.CharField(label=_("Route"), max_length=SHORT_LENGTH, required=False)
    goods = forms.CharField(
        label=_("Goods to declare"),
        max_length=SHORT_LENGTH,
        required=False,
        help_text=_("Fuel, medicines, dogs, radios."),
    )

    def certificate(self) -> BorderCertificate | None:
        """What was entered; None where nothing was."""
        cleaned = self.cleaned_data
        certificate = BorderCertificate(
            kind_of_help=cleaned["kind_of_help"],
            kind_of_unit=cleaned["kind_of_unit"],
            head_count=cleaned["head_count"],
            leader=cleaned["leader"],
            vehicles=tuple(line.strip() for line in cleaned["vehicles"].splitlines() if line.strip()),
            crossing_point=cleaned["crossing_point"],
            route=cleaned["route"],
            goods=cleaned["goods"],
        )
        return None if certificate == BorderCertificate() else certificate


def initial_of(certificate: BorderCertificate | None) -> dict[str, Any]:
    """The fields of the form as a certificate fills them."""
    if certificate is None:
        return {}
    return asdict(certificate) | {"vehicles": "\n".join(certificate.vehicles)}


class PapersForm(CertificateForm):
    """What was missing at the commitment, or has changed since."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.values()):
            raise forms.ValidationError(_("Enter what you know: people, leader or plates."))
        return cleaned

"""What a touch on the page of a control room sends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.fields import MAX_QUANTITY
from noaber.web.forms import MomentField, QuantityInput


class TouchForm(forms.Form):
    """A state, and if one likes until when and why. `state` is one of the codes, or “reduced:3”."""

    state = forms.RegexField(r"\A(available|committed|out-of-service|reduced(:[0-9]{1,7})?)\Z")
    seen = forms.IntegerField(min_value=0)
    left = forms.IntegerField(
        label=_("Teams left"),
        required=False,
        min_value=1,
        max_value=MAX_QUANTITY,
        widget=QuantityInput(minimum=1, maximum=MAX_QUANTITY),
    )
    until = MomentField(label=_("Until"), required=False)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        code, _colon, number = str(found.get("state", "")).partition(":")
        if code == CapacityState.REDUCED:
            found["left"] = int(number) if number else found.get("left")
            if not found["left"]:
                self.add_error("left", _("A reduced capacity needs the number of teams that are left."))
        else:
            found["left"] = None
        found["state"] = code
        return found

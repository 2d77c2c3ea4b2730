"""A place in a form: found by its name or by a click on the map, with the territory that the officer refines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.registry.coded import territory_name
from noaber.reference.territories import find_territory


class TerritoryField(forms.CharField):
    """A NUTS 2021 code that the reference data carry."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=kwargs.pop("label", _("Territory")),
            max_length=5,
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        code: str = super().clean(value).strip().upper()
        if code and find_territory(code) is None:
            raise forms.ValidationError(
                _("“%(code)s” is not a territory that Noaber knows; choose one of the list."), params={"code": code}
            )
        return code


class PlaceFields(forms.Form):
    """Name, territory and position. Without the script one types the territory; the position may then stay empty."""

    place = forms.CharField(
        label=_("Place"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    territory = TerritoryField(help_text=_("NUTS code, such as BE335."))
    lon = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180, required=False)
    lat = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90, required=False)

    @property
    def place_name(self) -> str:
        """What the place is called in the answer; only after `is_valid()`."""
        territory = self.cleaned_data["territory"]
        return str(self.cleaned_data["place"] or f"{territory_name(territory)} ({territory})")


class TerritoryOnlyFields(PlaceFields):
    """A place of which only the territory counts; the position goes along unseen where the script finds it."""

    lon = forms.FloatField(min_value=-180, max_value=180, required=False, widget=forms.HiddenInput)
    lat = forms.FloatField(min_value=-90, max_value=90, required=False, widget=forms.HiddenInput)

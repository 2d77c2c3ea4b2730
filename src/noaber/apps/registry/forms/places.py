"""A place in a form: found by its name or by a click on the map, with the territory that the officer refines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.registry.coded import territory_label, territory_name
from noaber.apps.registry.placing import district_at
from noaber.core.geo import Position
from noaber.reference.territories import find_territory, load_territories, read_territory


def territory_of_position(lon: float | None, lat: float | None) -> str:
    """The finest territory that is known of a position; empty where none is, or there is no position."""
    found = district_at(Position(lon, lat)) if lon is not None and lat is not None else None
    return found.territory if found else ""


class TerritoryInput(forms.TextInput):
    """A text with the list of all territories, each with its code and name, so that one finds it by either."""

    template_name = "registry/forms/territory.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}_list"
        context["widget"]["options"] = [territory_label(code) for code in load_territories()]
        return context


class TerritoryField(forms.CharField):
    """A NUTS 2021 territory: chosen from a list by its name, or typed as a name or code. The value is the code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=kwargs.pop("label", _("District")),
            max_length=160,
            help_text=kwargs.pop("help_text", _("The place proposes it. Type a name or a NUTS code, such as BE335.")),
            widget=TerritoryInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        """A code is shown with its name; what was typed, as it was typed."""
        return territory_label(value) if value and find_territory(str(value)) is not None else value

    def clean(self, value: Any) -> str:
        text: str = super().clean(value).strip()
        if not text:
            return ""
        found = read_territory(text)
        if found is None:
            raise forms.ValidationError(
                _("“%(code)s” is not a territory that Noaber knows; choose one of the list."), params={"code": text}
            )
        return found.code


class PlaceFields(forms.Form):
    """Name, district and position. Where the position is known, the district may stay empty: it is found."""

    place = forms.CharField(
        label=_("Place"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    territory = TerritoryField(required=False)
    lon = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180, required=False)
    lat = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "territory" not in self.errors and not cleaned.get("territory"):
            found = territory_of_position(cleaned.get("lon"), cleaned.get("lat"))
            if found:
                cleaned["territory"] = found
            else:
                self.add_error("territory", _("Choose the district: it is not known from the position."))
        return cleaned

    @property
    def place_name(self) -> str:
        """What the place is called in the answer; only after `is_valid()`."""
        territory = self.cleaned_data["territory"]
        return str(self.cleaned_data["place"] or f"{territory_name(territory)} ({territory})")


class TerritoryOnlyFields(PlaceFields):
    """A place of which only the territory counts; the position goes along unseen where the script finds it."""

    lon = forms.FloatField(min_value=-180, max_value=180, required=False, widget=forms.HiddenInput)
    lat = forms.FloatField(min_value=-90, max_value=90, required=False, widget=forms.HiddenInput)

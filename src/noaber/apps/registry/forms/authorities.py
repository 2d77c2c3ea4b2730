"""Who asks or grants under a text: some rows of function, side, organisation, and whether it only relays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from noaber.apps.registry.coded import in_reader_language
from noaber.core.agreements import ANY
from noaber.reference.legal_texts import role_names
from noaber.reference.organisations import load_organisations
from noaber.reference.territories import find_territory
from noaber.web.forms import RowsInput

_MOST: Final = 12
_SPARE: Final = 2
_LEAST: Final = 3
_PARTS: Final = ("role", "territory", "organisation", "relays")


class AuthoritiesInput(RowsInput):
    """The rows; two more than are filled."""

    template_name = "registry/forms/authorities.html"

    def __init__(self) -> None:
        super().__init__(_PARTS, most=_MOST)

    def row_in_words(self, row: Mapping[str, str]) -> str:
        names = role_names().get(row["role"])
        role = in_reader_language(names) if names else row["role"]
        relays = _("relays only") if row["relays"] else ""
        return ", ".join(filter(None, (role, row["territory"], row["organisation"], relays)))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        filled = list(value or [])
        blank = dict.fromkeys(_PARTS, "")
        count = min(max(len(filled) + _SPARE, _LEAST), _MOST)
        rows = [*filled, *[blank] * (count - len(filled))]
        context["widget"]["rows"] = [
            row
            | {
                "role_label": _("Function %(number)s") % {"number": number},
                "territory_label": _("Side of function %(number)s, a NUTS code; empty for both") % {"number": number},
                "organisation_label": _("Organisation of function %(number)s, its code") % {"number": number},
            }
            for number, row in enumerate(rows, start=1)
        ]
        context["widget"]["roles"] = [(code, in_reader_language(names)) for code, names in role_names().items()]
        return context


class AuthoritiesField(forms.Field):
    """The rows as the data hold them: a list of role, territory, organisation and `signs`."""

    widget = AuthoritiesInput

    def clean(self, value: Any) -> list[dict[str, Any]]:
        return [_read(row) for row in value or []]


def _read(row: Mapping[str, str]) -> dict[str, Any]:
    territory, organisation = row["territory"].upper(), row["organisation"].upper()
    if row["role"] not in role_names():
        raise forms.ValidationError(_("Choose a function in each row that says something."))
    if territory and territory != ANY and find_territory(territory) is None:
        raise forms.ValidationError(
            _("“%(code)s” is not a territory that Noaber knows.") % {"code": row["territory"]},
        )
    if organisation and organisation not in load_organisations():
        raise forms.ValidationError(_("There is no organisation “%(owner)s”.") % {"owner": row["organisation"]})
    authority: dict[str, Any] = {"role": row["role"], "territory": territory or ANY, "signs": not row["relays"]}
    return authority | ({"organisation": organisation} if organisation else {})


def rows_of(value: Any) -> list[dict[str, str]]:
    """The rows for the JSON value of a field."""
    if not isinstance(value, list):
        return []
    return [
        {
            "role": authority["role"],
            "territory": "" if authority.get("territory", ANY) == ANY else authority["territory"],
            "organisation": authority.get("organisation", ""),
            "relays": "" if authority.get("signs", True) else "on",
        }
        for authority in value
    ]

"""The form of an application: little of the person, their wishes in order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.placements.enums import StaffFunction
from noaber.apps.placements.forms.fields import LevelsForm, day_field, initial_levels, line_field
from noaber.apps.placements.models import ExchangeApplication, HostPlace
from noaber.apps.placements.values import ApplicationData
from noaber.apps.records.forms import words_field
from noaber.web.written_in import WrittenInField

MOST_WISHES: Final = 5


class ApplicationForm(LevelsForm):
    organisation = forms.ChoiceField(label=_("Organisation"))
    initials = line_field(_("Initials"), 8, help_text=_("No name: the organisation knows who it is."))
    function = line_field(_("Function"), 120)
    work = forms.ChoiceField(label=_("Work"), choices=StaffFunction.choices)
    free_from = day_field(_("Can go from"))
    free_until = day_field(_("Until"))
    motivation = words_field(_("Motivation"), required=False)
    language = WrittenInField()
    consent = forms.BooleanField(label=_("The superior agrees"), required=False)
    consent_by = line_field(_("Agreed by (function)"), 120, required=False)
    kept_until = day_field(
        _("Personal data are kept until"), help_text=_("Then initials, function and motivation are erased.")
    )

    def __init__(
        self,
        *args: Any,
        organisations: Iterable[Organisation],
        places: Iterable[HostPlace],
        record: ExchangeApplication | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {one.code: one for one in organisations}
        self.record = record
        listed = [(code, f"{code} · {one.name}") for code, one in self.organisations.items()]
        self.fields["organisation"].choices = listed  # type: ignore[attr-defined]
        if record is not None:
            del self.fields["organisation"]
        offered = [("", "–"), *((place.pk, f"{place.organisation.code} · {place.title}") for place in places)]
        for rank in range(1, min(MOST_WISHES, len(offered) - 1) + 1):
            self.fields[f"wish_{rank}"] = forms.ChoiceField(
                label=_("Wish %(rank)s") % {"rank": rank}, choices=offered, required=rank == 1
            )

    @property
    def together(self) -> tuple[tuple[str, ...], ...]:
        """The wishes: they are one order."""
        return (tuple(field.name for field in self.wish_fields),)

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        return [field for field in super().plain_fields if not field.name.startswith("wish_")]

    @property
    def wish_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name.startswith("wish_")]

    def data_for_service(self) -> ApplicationData:
        """Only after `is_valid()`."""
        found, record = self.cleaned_data, self.record
        wishes = [found[field.name] for field in self.wish_fields]
        names = ("initials", "function", "work", "free_from", "free_until", "motivation", "language", "consent")
        return ApplicationData(
            organisation=record.organisation if record else self.organisations[found["organisation"]],
            languages=self.levels(),
            wishes=[int(key) for key in wishes if key],
            consent_by=found["consent_by"],
            kept_until=found["kept_until"],
            **{name: found[name] for name in names},
        )


def initial_application(record: ExchangeApplication) -> dict[str, Any]:
    """What the form of an application that is there begins with."""
    names = (
        "initials", "function", "work", "free_from", "free_until", "motivation", "language",
        "consent", "consent_by", "kept_until",
    )  # fmt: skip
    initial = {name: getattr(record, name) for name in names} | initial_levels(record.languages)
    return initial | {f"wish_{wish.rank}": wish.place_id for wish in record.wishes.all()}

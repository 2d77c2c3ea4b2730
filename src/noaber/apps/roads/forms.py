"""The form that closes roads: drawn, pasted or from a file, it is GeoJSON that the server reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import SharingGroup
from noaber.apps.accounts.status import offered_statuses
from noaber.apps.roads.geometry import MOST_BYTES, ReadClosure, read_closures
from noaber.apps.roads.services import ClosureData
from noaber.core.problems import InvalidInput
from noaber.web.forms import MomentField, Segments
from noaber.web.wording import problem

MOST_PROBLEMS = 5


class GroupsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class ReasonField(forms.CharField):
    """Needed, and so not marked optional, unless the closures of a file each say their own: the form looks."""

    def validate(self, value: Any) -> None:
        """Empty may do."""


class ClosureForm(forms.Form):
    use_required_attribute = False

    reason = ReasonField(
        label=_("Where and why"),
        max_length=200,
        help_text=_(
            "“N61, bridge at Chaudfontaine: under water”. Leave it empty where a file says it of each closure; "
            "what the file says comes first."
        ),
    )
    geometry = forms.CharField(
        label=_("What is closed, as GeoJSON"),
        required=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 4, "class": "mono", "spellcheck": "false"}),
        help_text=_("Drawing on the map fills this in. A point closes every road within 50 m of it."),
    )
    file = forms.FileField(
        label=_("Or a GeoJSON file"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
        help_text=_("Its properties “reason”, “from” and “until” are read."),
    )
    begins_at = MomentField(label=_("From"))
    ends_at = MomentField(label=_("Until"), required=False, help_text=_("Left empty: until somebody opens it again."))
    tlp = forms.ChoiceField(label="TLP", choices=TlpLabel.choices, initial=TlpLabel.AMBER)
    groups = GroupsField(
        label=_("Shared with"),
        queryset=SharingGroup.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    status = forms.ChoiceField(
        label=_("Status"),
        choices=offered_statuses,
        widget=Segments,
        help_text=_("From birth, and never changed: an exercise never touches what is real."),
    )

    def __init__(self, acting: Acting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = SharingGroup.objects.filter(organisations=acting.organisation)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What was drawn, pasted or uploaded is read here; each closure needs a reason, and ends after it begins."""
        cleaned = super().clean() or {}
        if not self.errors:
            cleaned["closures"] = self._read(cleaned)
            self._check(cleaned)
        return cleaned

    def _read(self, cleaned: dict[str, Any]) -> list[ReadClosure]:
        uploaded = cast("UploadedFile[Any] | None", cleaned["file"])
        name = "file" if uploaded else "geometry"
        data = uploaded.read(MOST_BYTES + 1) if uploaded else cleaned["geometry"].encode()
        if not data.strip():
            self.add_error(name, gettext("Draw on the map what is closed, paste GeoJSON, or choose a file."))
            return []
        try:
            return read_closures(data)
        except InvalidInput as error:
            for found in error.problems[:MOST_PROBLEMS]:
                where = f"{found.where}: " if found.where else ""
                self.add_error(name, where + problem(found))
            return []

    def _check(self, cleaned: dict[str, Any]) -> None:
        silent = [one.name for one in cleaned["closures"] if not self._reason(cleaned, one)]
        if silent:
            self.add_error("reason", _said_silent(silent, len(cleaned["closures"])))
        for one in cleaned["closures"]:
            begins_at, ends_at = one.begins_at or cleaned["begins_at"], one.ends_at or cleaned["ends_at"]
            if ends_at is not None and ends_at <= begins_at:
                self.add_error("ends_at", gettext("The end of the closure lies before its beginning."))
                return

    @staticmethod
    def _reason(cleaned: dict[str, Any], closure: ReadClosure) -> str:
        return closure.reason or str(cleaned["reason"])

    def data_for_service(self) -> Iterator[ClosureData]:
        """What the service takes; only after `is_valid()`."""
        cleaned = self.cleaned_data
        for one in cleaned["closures"]:
            yield ClosureData(
                geometry=one.geometry,
                reason=self._reason(cleaned, one),
                begins_at=one.begins_at or cleaned["begins_at"],
                ends_at=one.ends_at or cleaned["ends_at"],
                tlp=TlpLabel(cleaned["tlp"]),
                groups=list(cleaned["groups"]),
            )


def _said_silent(names: list[str], count: int) -> str:
    """That a reason is missing: of the one closure there is, or of those of a file that are named."""
    if count == 1:
        return gettext("Say where, and why it is closed.")
    which = ", ".join(names[:MOST_PROBLEMS]) + (" …" if len(names) > MOST_PROBLEMS else "")
    words = ngettext(
        "Closure %(which)s does not say where and why. Say it here, or in its “reason”.",
        "Closures %(which)s do not say where and why. Say it here for all of them, or in the “reason” of each.",
        len(names),
    )
    return words % {"which": which}

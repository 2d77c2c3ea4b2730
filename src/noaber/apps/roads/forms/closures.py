"""The form that closes roads: drawn, pasted or from a file, it is GeoJSON that the server reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.records.forms import GroupsField, StatusField
from noaber.apps.records.sharing import groups_of
from noaber.apps.roads.network.geometry import MOST_BYTES, ReadClosure, read_closures
from noaber.apps.roads.network.named_roads import find_named_road
from noaber.apps.roads.services.closures import ClosureData
from noaber.core.problems import InvalidInput
from noaber.web.forms import MomentField, Segments
from noaber.web.wording import problem

MOST_PROBLEMS = 5
REASON_LENGTH = 200


class ReasonField(forms.CharField):
    """Needed, and so not marked optional, unless the closures of a file each say their own: the form looks."""

    def validate(self, value: Any) -> None:
        """Empty may do."""


class ClosureForm(forms.Form):
    use_required_attribute = False

    road = forms.CharField(
        label=_("Main road"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "roads-suggested", "autocomplete": "off"}),
        help_text=_("Its number and two places on it: “E25, Liège - Maastricht”."),
    )
    carriageway = forms.ChoiceField(
        label=_("Carriageway"),
        choices=[("both", _("Both directions")), ("one", _("Only from the first place to the second"))],
        initial="both",
        required=False,
        widget=Segments,
    )
    reason = ReasonField(
        label=_("Where and why"),
        max_length=REASON_LENGTH,
        help_text=_(
            "“N61, bridge at Chaudfontaine: under water”. Leave it empty where the name of the road says enough, "
            "or where a file says it of each closure; what the file says comes first."
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
    groups = GroupsField()
    status = StatusField()

    def __init__(self, acting: Acting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["road"].widget.attrs |= {
            "hx-get": reverse("closure-roads"),
            "hx-trigger": "input changed delay:200ms",
            "hx-sync": "this:replace",
            "hx-target": "#roads-suggested",
            "hx-swap": "innerHTML",
        }
        self.fields["groups"].queryset = groups_of(acting.organisation)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What was drawn, pasted or uploaded is read here; each closure needs a reason, and ends after it begins."""
        cleaned = super().clean() or {}
        if not self.errors:
            named = self._read_road(cleaned)
            cleaned["closures"] = named if named else [] if self.errors else self._read(cleaned)
            self._check(cleaned)
        return cleaned

    def _read_road(self, cleaned: dict[str, Any]) -> list[ReadClosure]:
        """What was named; nothing where nothing was, or where it is not understood."""
        if not cleaned["road"]:
            return []
        if cleaned["geometry"].strip() or cleaned["file"]:
            self.add_error("road", gettext("Either name the road, or draw what is closed: one closure at a time."))
            return []
        try:
            found = find_named_road(cleaned["road"], is_one_way=cleaned["carriageway"] == "one")
        except InvalidInput as error:
            self.add_error("road", problem(error.problems[0]))
            return []
        cleaned["parts"] = found.parts
        reason = cleaned["reason"] or found.name[:REASON_LENGTH]
        return [ReadClosure(found.name, found.geometry, reason, None, None)]

    def _read(self, cleaned: dict[str, Any]) -> list[ReadClosure]:
        uploaded = cast("UploadedFile[Any] | None", cleaned["file"])
        name = "file" if uploaded else "geometry"
        data = uploaded.read(MOST_BYTES + 1) if uploaded else cleaned["geometry"].encode()
        if not data.strip():
            self.add_error(
                name, gettext("Name the road, draw what is closed on the map, paste GeoJSON, or choose a file.")
            )
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
                parts=cleaned.get("parts", ()),
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

"""Two versions of a plan side by side, objective by objective."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from noaber.apps.plans.frozen import COMPARED
from noaber.core.messages.model import FreeText
from noaber.core.plans.versions import Compared, Difference, compare_objectives

DIFFERENCES: dict[Difference, tuple[str | Promise, str, str]] = {
    Difference.SAME: (pgettext_lazy("an objective", "as it was"), "", ""),
    Difference.CHANGED: (pgettext_lazy("an objective", "changed"), "tag--info", "edit"),
    Difference.ADDED: (pgettext_lazy("an objective", "added"), "tag--ok", "new"),
    Difference.REMOVED: (pgettext_lazy("an objective", "taken out"), "tag--bad", "minus"),
}
FIELD_WORDS = {
    "number": _("place"),
    "title": _("wording"),
    "text": _("explanation"),
    "responsible": _("who leads"),
    "years": _("years"),
}


@dataclass(frozen=True)
class SideView:
    """An objective as one version has it."""

    row: Mapping[str, Any]

    @property
    def words(self) -> FreeText:
        return FreeText(self.row["title"], self.row["language"])

    @property
    def more(self) -> FreeText:
        return FreeText(self.row["text"], self.row["language"])


@dataclass(frozen=True)
class ComparedView:
    compared: Compared

    @property
    def label(self) -> str | Promise:
        return DIFFERENCES[self.compared.difference][0]

    @property
    def css(self) -> str:
        return DIFFERENCES[self.compared.difference][1]

    @property
    def icon(self) -> str:
        return DIFFERENCES[self.compared.difference][2]

    @property
    def before(self) -> SideView | None:
        return SideView(self.compared.before) if self.compared.before else None

    @property
    def after(self) -> SideView | None:
        return SideView(self.compared.after) if self.compared.after else None

    @property
    def fields(self) -> list[str | Promise]:
        return [FIELD_WORDS[name] for name in self.compared.fields]


def compare_versions(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[ComparedView]:
    return [ComparedView(one) for one in compare_objectives(before["objectives"], after["objectives"], COMPARED)]

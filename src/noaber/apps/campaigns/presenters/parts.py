"""The page of one part: each thing as a card, and how far one is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from noaber.apps.campaigns.enums import FINDINGS
from noaber.apps.campaigns.forms.parts import UnknownForm
from noaber.apps.campaigns.items import Shown
from noaber.apps.campaigns.models import Answer
from noaber.apps.campaigns.progress import Asked
from noaber.core.campaigns import Finding, Tally, count_findings, minutes_for

LOOKS: Final[dict[str, tuple[str, str]]] = {
    Finding.CONFIRMED: ("tag--ok", "yes"),
    Finding.CORRECTED: ("tag--ok", "edit"),
    Finding.ADDED: ("tag--ok", "new"),
    Finding.UNKNOWN: ("tag--warn", "unknown"),
    Finding.NOT_OURS: ("", "no"),
}
"""Of each finding, the colour of its tag and its icon; the word says the same."""


@dataclass(frozen=True)
class FoundView:
    label: str
    css: str
    icon: str


def found_view(finding: str) -> FoundView:
    css, icon = LOOKS[Finding(finding)]
    return FoundView(str(dict(FINDINGS)[finding]), css, icon)


@dataclass(frozen=True)
class LookView:
    """One thing to look at. `form` is the correction where someone is making it; `unknown_form` is always there.

    `seen` names what is shown of it; `refusal` says why an answer was not taken.
    """

    key: str
    dom_id: str
    title: str
    detail: str
    shown: tuple[Shown, ...]
    is_unknown: bool
    answer: Answer | None
    found: FoundView | None
    form: Any
    unknown_form: UnknownForm
    seen: str
    refusal: str

    @property
    def is_single(self) -> bool:
        """Whether the title says already what its one line is about."""
        return len(self.shown) == 1


@dataclass(frozen=True)
class PartProgress:
    tally: Tally
    minutes: int

    @property
    def percent(self) -> float:
        return self.tally.share


def present_look(
    thing: Asked, *, form: Any = None, unknown_form: UnknownForm | None = None, refusal: str = ""
) -> LookView:
    item = thing.item
    dom_id = "look-" + re.sub(r"[^A-Za-z0-9]+", "-", item.key).strip("-")
    if form is not None:
        form.auto_id = f"id_{dom_id}_%s"
    unknown = unknown_form or UnknownForm(
        initial={"who": thing.answer.who_could_know, "note": thing.answer.note} if thing.answer else None
    )
    unknown.auto_id = f"id_{dom_id}_unknown_%s"
    return LookView(
        key=item.key,
        dom_id=dom_id,
        title=item.title,
        detail=item.detail,
        shown=item.shown,
        is_unknown=item.is_unknown,
        answer=thing.answer,
        found=found_view(thing.answer.finding) if thing.answer else None,
        form=form,
        unknown_form=unknown,
        seen=item.digest,
        refusal=refusal,
    )


def present_progress(things: Iterable[Asked]) -> PartProgress:
    tally = count_findings(thing.finding for thing in things)
    return PartProgress(tally, minutes_for(tally.open))

"""Two dossiers beside one another, of what their reader sees of each."""

from __future__ import annotations

from dataclasses import dataclass

from noaber.apps.accounts.models import Organisation
from noaber.apps.presidency.models import DossierVersion
from noaber.apps.presidency.presenters import DossierView, LineView, reads_whole, view_lines
from noaber.apps.presidency.queries import frozen_lines, lines_for
from noaber.core.presidency.dossier import compare


@dataclass(frozen=True)
class ChangedLine:
    """A line as it was and as it is."""

    before: LineView
    after: LineView


@dataclass(frozen=True)
class ComparisonView:
    new: list[LineView]
    gone: list[LineView]
    changed: list[ChangedLine]
    same: int


def present_comparison(reader: Organisation, before: DossierVersion, view: DossierView) -> ComparisonView:
    """What changed since `before`."""
    frozen = frozen_lines(before)
    old = frozen if reads_whole(reader, before.dossier) else lines_for(reader, frozen)
    found = compare(old, [one.line for one in view.lines])
    changed = zip(
        view_lines(reader, [was for was, _is in found.changed]),
        view_lines(reader, [line for _was, line in found.changed]),
        strict=True,
    )
    return ComparisonView(
        new=list(view_lines(reader, found.new)),
        gone=list(view_lines(reader, found.gone)),
        changed=[ChangedLine(was, line) for was, line in changed],
        same=found.same,
    )

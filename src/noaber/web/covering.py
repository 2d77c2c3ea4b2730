"""Coverage in words and as a bar: how much of what is asked for is in time, late or missing."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from noaber.core.coverage import Coverage
from noaber.web.parts import PERCENT_STEP, percent_class
from noaber.web.wording import number


@dataclass(frozen=True)
class CoveragePart:
    """One part of a coverage: its share of the bar ("" where it is none of it), and what it says."""

    css: str
    words: str
    width: str = ""


def coverage_parts(coverage: Coverage) -> list[CoveragePart]:
    """The parts in the order of the bar; the first always says how many of those asked for are in time."""
    asked = coverage.asked
    if not asked:
        return [CoveragePart("none", _done(coverage) or _("nothing asked for"))]
    in_time = _("%(count)s of %(asked)s in time") % {"count": number(coverage.in_time), "asked": number(asked)}
    parts = [CoveragePart("full" if coverage.is_complete else "in", in_time, _width(coverage.in_time, asked))]
    if coverage.late:
        words = npgettext("teams", "%(count)s late", "%(count)s late", coverage.late)
        parts.append(CoveragePart("late", words % {"count": number(coverage.late)}, _width(coverage.late, asked)))
    if coverage.unknown:
        words = ngettext("%(count)s, arrival unknown", "%(count)s, arrival unknown", coverage.unknown)
        filled = words % {"count": number(coverage.unknown)}
        parts.append(CoveragePart("unknown", filled, _width(coverage.unknown, asked)))
    if coverage.missing:
        words = npgettext("teams", "%(count)s missing", "%(count)s missing", coverage.missing)
        filled = words % {"count": number(coverage.missing)}
        parts.append(CoveragePart("missing", filled, _width(coverage.missing, asked)))
    return parts + [CoveragePart("beside", words) for words in _beside(coverage) if words]


def coverage_in_words(coverage: Coverage) -> str:
    """8 of 17 in time, 3 late, 6 missing: for files, titles and screen readers."""
    return ", ".join(part.words for part in coverage_parts(coverage))


def _beside(coverage: Coverage) -> tuple[str, str, str]:
    """What is known beside the bar: offers to decide, provisional answers, work that is done."""
    decide = ngettext("%(count)s to decide", "%(count)s to decide", coverage.to_decide)
    provisional = ngettext("%(count)s provisional", "%(count)s provisional", coverage.provisional)
    return (
        decide % {"count": number(coverage.to_decide)} if coverage.to_decide else "",
        provisional % {"count": number(coverage.provisional)} if coverage.provisional else "",
        _done(coverage),
    )


def _done(coverage: Coverage) -> str:
    if not coverage.done:
        return ""
    words = ngettext("%(count)s released after work", "%(count)s released after work", coverage.done)
    return words % {"count": number(coverage.done)}


def _width(count: int, asked: int) -> str:
    """The class of the share; the smallest one for what is there at all."""
    return percent_class(max(count / asked, PERCENT_STEP / 100) if count else 0)

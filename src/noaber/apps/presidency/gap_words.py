"""What the mapping lacks, in the reader's language: what is counted, how many, the worst by name, and the full list."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from noaber.apps.mapping.sides import neighbour_name
from noaber.apps.presidency.gather.mapped import WORST
from noaber.apps.registry.presenters.agreements import title_of
from noaber.apps.registry.queries import agreement_of
from noaber.core.presidency.dossier import End, Line, Topic
from noaber.web.wording import day, number

TITLES: Final[Mapping[Topic, str | Promise]] = {
    Topic.COUNTRIES: gettext_lazy("Neighbouring countries with help that no text below the Union mechanism covers"),
    Topic.REGIONS: gettext_lazy("Regions at a border with help that no text below the Union mechanism covers"),
    Topic.DISTRICTS: gettext_lazy("Districts at a border with help that no text below the Union mechanism covers"),
    Topic.UNKNOWNS: gettext_lazy("Facts of agreements that nobody has established"),
    Topic.FUNCTIONS: gettext_lazy("Functions without a verified contact point"),
    Topic.CERTIFICATES: gettext_lazy("Certificates that run out by the end of the next presidency"),
    Topic.ENDING: gettext_lazy("Agreements that end by the end of the next presidency"),
}
Names = Mapping[tuple[str, int], str]
"""By kind and key, what a record is called today, where its code says little."""


def names_of(line: Line, seen: Mapping[str, Mapping[int, Any]]) -> Names:
    """The titles of the agreements that `worst_in_words` names, of those that the reader sees."""
    rows = seen.get("agreement", {})
    shown = [end for end in line.ends[:WORST] if end.kind == "agreement" and end.key in rows]
    return {(end.kind, end.key): title_of(agreement_of(rows[end.key])) for end in shown}


def count_in_words(line: Line) -> str:
    """1 of 10, unknown for 2; 144 in 25 agreements."""
    match Topic(line.kind):
        case Topic.COUNTRIES | Topic.REGIONS | Topic.DISTRICTS:
            missing, unknown, asked = map(int, line.state.split("/"))
            more = _("unknown for %(count)s") % {"count": number(unknown)} if unknown else ""
            return _listed(_of(missing, asked), more)
        case Topic.UNKNOWNS:
            texts = len(line.ends)
            told = {"facts": number(sum(int(end.state) for end in line.ends)), "count": number(texts)}
            return ngettext("%(facts)s in %(count)s agreement", "%(facts)s in %(count)s agreements", texts) % told
        case Topic.FUNCTIONS:
            return _of(*map(int, line.state.split("/")))
        case Topic.CERTIFICATES:
            past = sum(end.state < line.on for end in line.ends)
            more = _("run out already: %(count)s") % {"count": number(past)} if past else ""
            return _listed(number(len(line.ends)), more)
        case Topic.ENDING:
            return number(len(line.ends))


def worst_in_words(line: Line, names: Names) -> str:
    """The first of the ends, each with its measure, and how many more there are."""
    say = _ENDS[Topic(line.kind)]
    shown = [say(end, names.get((end.kind, end.key), end.label)) for end in line.ends[:WORST]]
    more = _total(line) - len(shown)
    if shown and more > 0:
        shown.append(ngettext("and %(count)s more", "and %(count)s more", more) % {"count": number(more)})
    return " · ".join(shown)


def _total(line: Line) -> int:
    """How many ends there are in all; of functions the state counts something else than the organisations named."""
    match Topic(line.kind):
        case Topic.COUNTRIES | Topic.REGIONS | Topic.DISTRICTS:
            return int(line.state.split("/")[0])
        case _:
            return len(line.ends)


def _listed(*words: str) -> str:
    return ", ".join(word for word in words if word)


def _of(part: int, whole: int) -> str:
    return _("%(done)s of %(total)s") % {"done": number(part), "total": number(whole)}


def _pair(end: End, _name: str) -> str:
    """France – Netherlands: no text at all."""
    one, _space, other = end.label.partition(" ")
    missing, asked = map(int, end.state.split("/"))
    told = {"count": number(missing), "total": number(asked)}
    some = _("no text for %(count)s of %(total)s combinations of help, hazard and direction") % told
    lack = _("no text at all") if missing == asked else some
    return f"{neighbour_name(one)} – {neighbour_name(other)} ({lack})"


def _counted(end: End, name: str) -> str:
    return f"{name} ({number(int(end.state))})"


def _share(end: End, name: str) -> str:
    return f"{name} ({_of(*map(int, end.state.split('/')))})"


def _dated(end: End, name: str) -> str:
    return f"{name} ({day(datetime.date.fromisoformat(end.state))})"


_ENDS: Final[Mapping[Topic, Callable[[End, str], str]]] = {
    Topic.COUNTRIES: _pair,
    Topic.REGIONS: _pair,
    Topic.DISTRICTS: _pair,
    Topic.UNKNOWNS: _counted,
    Topic.FUNCTIONS: _share,
    Topic.CERTIFICATES: _dated,
    Topic.ENDING: _dated,
}


def list_url(line: Line) -> str:
    """The page with all of it, as its reader sees it."""
    match Topic(line.kind):
        case Topic.COUNTRIES | Topic.REGIONS | Topic.DISTRICTS as topic:
            return f"{reverse('gaps')}?{urlencode({'between': topic.value, 'on': line.on})}"
        case Topic.UNKNOWNS:
            return reverse("questions")
        case Topic.FUNCTIONS:
            return reverse("contact-gaps")
        case Topic.CERTIFICATES:
            return f"{reverse('capacities')}?certificates=soon"
        case Topic.ENDING:
            return reverse("agreements")

"""Sections of main roads in the reader's words: "E25/A25, Liège – Maastricht"."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import pgettext

from noaber.core.traveltime.sections import Part, Stretch, stretches_of
from noaber.reference.main_roads import load_road_table
from noaber.web.reader import reader_language


def section_words(parts: Iterable[Part]) -> tuple[str, ...]:
    """What some sections are called, those that follow each other as one; one that the table lacks is passed over."""
    return tuple(map(stretch_words, stretches_of(parts, load_road_table().by_id)))


def stretch_words(stretch: Stretch) -> str:
    """A stretch with the numbers that it bears and where it runs."""
    words = {
        "roads": "/".join(stretch.roads),
        "start": junction_name(stretch.start),
        "end": junction_name(stretch.end),
    }
    if stretch.is_one_way:
        return pgettext("one carriageway of a road", "%(roads)s, from %(start)s to %(end)s") % words
    return pgettext("a stretch of road", "%(roads)s, %(start)s – %(end)s") % words


def junction_name(key: str) -> str:
    """The town of a junction, in the reader's language."""
    return load_road_table().junctions[key].in_language(reader_language())

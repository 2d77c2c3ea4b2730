"""Lines of a mission-ready package in words, and what differs between two lists of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.apps.registry.coded import host_need_name, in_reader_language
from noaber.apps.registry.parts import Line
from noaber.reference.vocabulary import load_package_codes
from noaber.web import wording

PART_LABELS: Final[Mapping[str, Promise]] = {
    "team": gettext_lazy("Staff of a team"),
    "vehicles": gettext_lazy("Vehicles"),
    "kit": gettext_lazy("Kit"),
    "needs": gettext_lazy("Needs at destination"),
    "certificates": gettext_lazy("Certificates"),
    "exercises": gettext_lazy("Exercises"),
}

COLUMN_LABELS: Final[Mapping[str, Promise]] = {
    "function": gettext_lazy("Function"),
    "number": gettext_lazy("How many"),
    "shifts": gettext_lazy("Shifts"),
    "kind": gettext_lazy("Kind"),
    "length_m": gettext_lazy("Length, m"),
    "height_m": gettext_lazy("Height, m"),
    "weight_t": gettext_lazy("Weight, t"),
    "plates": gettext_lazy("Number plates"),
    "item": gettext_lazy("Item"),
    "unit": gettext_lazy("Unit"),
    "need": gettext_lazy("Need"),
    "note": gettext_lazy("Note"),
    "body": gettext_lazy("Issued by"),
    "valid_from": gettext_lazy("Valid from"),
    "valid_until": gettext_lazy("Valid until"),
    "rule_version": gettext_lazy("Rules followed"),
    "name": gettext_lazy("Name"),
    "held_on": gettext_lazy("Day"),
    "place": gettext_lazy("Place"),
    "result": gettext_lazy("Result"),
}
OWN_LABELS: Final[Mapping[tuple[str, str], Promise]] = {
    ("certificates", "number"): gettext_lazy("Certificate number"),
    ("vehicles", "kind"): gettext_lazy("Kind of vehicle"),
    ("exercises", "name"): gettext_lazy("Exercise"),
}


def column_label(part: str, column: str) -> str:
    return str(OWN_LABELS.get((part, column)) or COLUMN_LABELS[column])


def code_name(codes: str, code: str) -> str:
    """What a code of a package's list is called; the code itself for one that is no longer known."""
    if codes == "host_needs":
        return host_need_name(code)
    known = load_package_codes(codes).get(code)
    return in_reader_language(known.names) if known else code


def amount(value: float) -> str:
    """A number as the reader writes it, without zeros that say nothing."""
    return number_format(value, use_l10n=True, force_grouping=True)


def day_words(text: str) -> str:
    return wording.day(date.fromisoformat(text))


def line_words(part: str, line: Line) -> str:
    """One line in words."""
    parts = [words for words in (*_WORDS[part](line), line.get("note", "")) if words]
    return ", ".join(parts)


def _team(line: Line) -> list[str]:
    shifts = line.get("shifts")
    in_shifts = _("in %(number)s shifts") % {"number": shifts} if shifts else ""
    return [f"{amount(line['number'])} × {code_name('functions', line['function'])}", in_shifts]


def _vehicle(line: Line) -> list[str]:
    length, height, weight = line.get("length_m"), line.get("height_m"), line.get("weight_t")
    return [
        f"{amount(line['number'])} × {code_name('vehicles', line['kind'])}",
        _("%(metres)s m long") % {"metres": amount(length)} if length else "",
        _("%(metres)s m high") % {"metres": amount(height)} if height else "",
        f"{amount(weight)} t" if weight else "",
        line.get("plates", ""),
    ]


def _kit(line: Line) -> list[str]:
    return [f"{quantity_words(line)} {line['item']}"]


def _need(line: Line) -> list[str]:
    name = code_name("host_needs", line["need"])
    quantity = quantity_words(line)
    return [f"{wording.label(name)} {quantity}" if quantity else name]


def quantity_words(line: Line) -> str:
    """400 l a day; 3 × for pieces; nothing where no number is given."""
    number, unit = line.get("number"), line.get("unit")
    if number is None:
        return code_name("units", unit) if unit else ""
    if unit in (None, "piece"):
        return f"{amount(number)} ×"
    return f"{amount(number)} {code_name('units', unit)}"


def _certificate(line: Line) -> list[str]:
    until = line.get("valid_until")
    return [
        code_name("certificates", line["kind"]),
        line["body"],
        line.get("number", ""),
        _("valid until %(day)s") % {"day": day_words(until)} if until else _("without end"),
    ]


def _exercise(line: Line) -> list[str]:
    place = line.get("place", "")
    return [line["name"], day_words(line["held_on"]), place, code_name("results", line["result"])]


_WORDS: Final[Mapping[str, Callable[[Line], list[str]]]] = {
    "team": _team,
    "vehicles": _vehicle,
    "kit": _kit,
    "needs": _need,
    "certificates": _certificate,
    "exercises": _exercise,
}


def lines_words(part: str, lines: Iterable[Line], *, without: Iterable[Line] = ()) -> str:
    """Lines in words, those of `without` left out; a dash where nothing is left."""
    left_out = list(without)
    return "; ".join(line_words(part, line) for line in lines if line not in left_out) or "–"


def changed_lines(part: str, before: list[Any], after: list[Any]) -> tuple[str, str]:
    """What went and what came; all of it where only the order is another."""
    if sorted(map(str, before)) == sorted(map(str, after)):
        return lines_words(part, before), lines_words(part, after)
    return lines_words(part, before, without=after), lines_words(part, after, without=before)

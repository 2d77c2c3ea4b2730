"""The inventory for its pages: the matrix, the gaps, and the neighbours of one place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.coded import in_reader_language, territory_name
from noaber.apps.registry.forms.agreements import Chosen
from noaber.apps.registry.presenters.agreements import (
    Line,
    channel_lines,
    open_words,
    title_of,
)
from noaber.apps.registry.presenters.answer import ICONS, AnswerView, present_answer
from noaber.apps.registry.presenters.legal_words import FIELDS
from noaber.apps.registry.queries import assumptions_of
from noaber.apps.registry.who_may_help import SIDES, Between, Cell, Matrix, Side, make_matrix
from noaber.core.agreements import Agreement, Answer, Question, Verdict, may_help
from noaber.reference.boundaries import countries_geojson
from noaber.reference.organisations import load_organisations
from noaber.web.tables import with_query

COUNTRY: Final = 2
"""Signs of a territory that is a whole country."""
KINDS_SHOWN: Final = ("complete", "open", "unknown", "missing")


@dataclass(frozen=True)
class SideView:
    """A row or column: the short name that fits there, and the full one."""

    code: str
    short: str
    name: str


@dataclass(frozen=True)
class CellView:
    kind: str
    icon: str
    first: str
    second: str
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class MatrixView:
    """The matrix as the page shows it; `cell` is the chosen one."""

    matrix: Matrix
    chosen: Chosen
    sides: list[SideView]
    rows: list[tuple[SideView, list[CellView]]]
    counts: dict[str, int]
    cell: Cell | None


def present_matrix(chosen: Chosen, texts: tuple[Agreement, ...], query: QueryDict) -> MatrixView:
    """Every pair of the chosen sides."""
    known = load_organisations()
    sides = [Side(code, known[code].territory) for code in SIDES[chosen.between]]
    matrix = make_matrix(sides, texts, capability=chosen.capability, hazard=chosen.hazard, on=chosen.on)
    cell = _chosen_cell(matrix, chosen)
    views = [side_view(side) for side in sides]
    rows = [
        (view, [_cell_view(cell_, cell, query) for cell_ in row]) for view, row in zip(views, matrix.rows, strict=True)
    ]
    return MatrixView(matrix, chosen, views, rows, {kind: matrix.count(kind) for kind in KINDS_SHOWN}, cell)


def side_view(side: Side) -> SideView:
    """A state is called by its country, what acts for itself by its own code."""
    known = load_organisations()[side.code]
    speaks_for_all = side.code in SIDES[Between.STATES]
    return SideView(
        code=side.code,
        short=side.territory if len(side.territory) == COUNTRY else side.code,
        name=territory_name(side.territory) if speaks_for_all else known.short_name,
    )


def side_name(side: Side) -> str:
    """Belgium; North Rhine-Westphalia (DE-NW)."""
    if side.code in SIDES[Between.STATES]:
        name = territory_name(side.territory)
        return name if len(side.territory) == COUNTRY else f"{name} ({side.code})"
    return f"{in_reader_language(load_organisations()[side.code].names)} ({side.code})"


def _chosen_cell(matrix: Matrix, chosen: Chosen) -> Cell | None:
    for row in matrix.rows:
        for cell in row:
            if (cell.owner.code, cell.place.code) == (chosen.owner, chosen.place) and not cell.is_own:
                return cell
    return None


def _cell_view(cell: Cell, chosen: Cell | None, query: QueryDict) -> CellView:
    first, second = _cell_words(cell)
    return CellView(
        kind=cell.kind,
        icon=ICONS.get(cell.kind, ""),
        first=first,
        second=second,
        label=_("%(owner)s helps %(place)s: %(first)s, %(second)s")
        % {"owner": side_name(cell.owner), "place": side_name(cell.place), "first": first, "second": second},
        url=""
        if cell.kind in ("own", "home")
        else with_query(query, **{"from": cell.owner.code, "to": cell.place.code}),
        current=cell == chosen,
    )


def _cell_words(cell: Cell) -> tuple[str, str]:
    year = str(cell.year) if cell.year else _("undated")
    match cell.kind:
        case "own":
            return _("own"), ""
        case "home":
            return _("inland"), ""
        case "complete":
            return year, _("complete")
        case "open":
            return year, ngettext("%(count)s open", "%(count)s open", cell.open_facts) % {"count": cell.open_facts}
        case "unknown":
            return year, _("unclear")
        case _:
            return _("missing"), _("Union only") if cell.answer.union else _("nothing")


def present_answer_for(view: MatrixView, texts: Iterable[Agreement], organisation: Organisation) -> AnswerView | None:
    """The answer of the chosen cell."""
    if view.cell is None:
        return None
    return present_answer(
        view.cell.answer,
        owner=side_name(view.cell.owner),
        place=side_name(view.cell.place),
        inventory=texts,
        assumptions=assumptions_of(organisation),
        organisation=organisation.code,
    )


# gaps


@dataclass(frozen=True)
class Gap:
    """Something that is missing, and where one sees it."""

    what: str
    about: str
    url: str
    code: str = ""


def gaps_of(view: MatrixView, query: QueryDict) -> list[Gap]:
    """Pairs without a text, then the texts on which help rests of which most is open."""
    pairs = [
        Gap(
            _("No text between %(one)s and %(other)s") % {"one": side_name(cell.owner), "other": side_name(cell.place)},
            _("only by the Union mechanism") if cell.answer.union else _("no way at all"),
            with_query(query, **{"from": cell.owner.code, "to": cell.place.code}),
        )
        for cell in view.matrix.pairs_without_text
    ]
    return [*pairs, *_open_texts(view.matrix)]


def _open_texts(matrix: Matrix) -> list[Gap]:
    """Each text that some cell names first, with what is open of it."""
    found: dict[str, tuple[Agreement, tuple[str, ...]]] = {}
    for row in matrix.rows:
        for cell in row:
            best = cell.answer.best
            if best is not None and best.unknown:
                found[best.agreement.id] = (best.agreement, best.unknown)
    ordered = sorted(found.values(), key=lambda pair: (-len(pair[1]), pair[0].id))
    return [
        Gap(
            title_of(text),
            _("%(facts)s: %(names)s") % {"facts": open_words(len(names)), "names": _fields(names)},
            "",
            text.id,
        )
        for text, names in ordered
    ]


def _fields(names: Iterable[str]) -> str:
    return ", ".join(str(FIELDS[name]) for name in names)


# the map: who may help one place


@dataclass(frozen=True)
class Neighbour:
    """One that may, or may not, help the place of the map."""

    name: str
    kind: str
    icon: str
    words: str
    channels: tuple[Line, ...]
    url: str


def neighbours_of(view: MatrixView, query: QueryDict) -> tuple[SideView, list[Neighbour]]:
    """The column of the chosen place (else the first): everyone who might help it."""
    number = next((index for index, side in enumerate(view.sides) if side.code == view.chosen.place), 0)
    cells = [row[number] for row in view.matrix.rows]
    listed = [
        Neighbour(
            name=side_name(cell.owner),
            kind=cell.kind,
            icon=ICONS.get(cell.kind, ""),
            words=", ".join(part for part in _cell_words(cell) if part),
            channels=_channels(cell.answer),
            url=with_query(query, view=None, **{"from": cell.owner.code, "to": cell.place.code}),
        )
        for cell in cells
        if cell.kind not in ("own", "home")
    ]
    return view.sides[number], listed


def _channels(answer: Answer) -> tuple[Line, ...]:
    """The channel of the text that one names first, of the Union mechanism where it is the only way."""
    basis = answer.best or next(iter(answer.union), None)
    return channel_lines(basis) if basis else ()


MAP_BOUNDS: Final = [3.4, 49.2, 7.8, 52.8]
_ANSWERS = {Verdict.YES: "yes", Verdict.UNKNOWN: "unknown", Verdict.NO_TEXT: "no"}


def answer_map(view: MatrixView, texts: tuple[Agreement, ...], attribution: str) -> dict[str, Any]:
    """Countries by whether help from them may come to the chosen place; the table beside it says the same, finer."""
    place, _listed = neighbours_of(view, QueryDict())
    territory = next(side.territory for side in view.matrix.sides if side.code == place.code)
    features = []
    for feature in countries_geojson()["features"]:
        code = feature["properties"]["code"]
        if feature["properties"]["role"] != "region":
            continue
        question = Question(
            owner_territory=code,
            place_territory=territory,
            capability=view.chosen.capability,
            hazard=view.chosen.hazard,
        )
        answer = _ANSWERS.get(may_help(question, texts, view.chosen.on).verdict)
        if answer:
            properties = {"kind": "agreement", "answer": answer, "title": territory_name(code)}
            features.append({"type": "Feature", "geometry": feature["geometry"], "properties": properties})
    return {
        "features": {"type": "FeatureCollection", "features": features},
        "boundaries": reverse("boundaries"),
        "bounds": MAP_BOUNDS,
        "attribution": attribution,
    }

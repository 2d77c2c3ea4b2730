"""What a document consists of. Everything is plain text: no sign in it ever is a command of the typesetter."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Final, TypeAlias

from django.utils.functional import Promise

Words: TypeAlias = str | Promise


@dataclass(frozen=True)
class Run:
    """A stretch of text that looks different, links, or is in another language than the document."""

    text: Words
    bold: bool = False
    italic: bool = False
    mono: bool = False
    quiet: bool = False
    url: str = ""
    language: str = ""


Text: TypeAlias = Words | Run | Sequence[Run | Words]
"""Words, or several stretches after one another; a line break in them is kept."""


class NoteKind(StrEnum):
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"


CELL_KINDS: Final = ("", "yes", "unknown", "no", "own", "union", "none")
"""The grounds of a cell of a `Matrix`; each is told apart by its mark too, for grey paper."""


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3. The first of a document is of level 1, and no level is skipped."""

    kind: ClassVar[str] = "heading"
    text: Words
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    kind: ClassVar[str] = "paragraph"
    text: Text
    quiet: bool = False
    language: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list, with dots or numbers."""

    kind: ClassVar[str] = "bullets"
    items: Sequence[Text]
    numbered: bool = False


@dataclass(frozen=True)
class KeyValues:
    """Facts: what, and its value beside it."""

    kind: ClassVar[str] = "facts"
    rows: Sequence[tuple[Words, Text]]


@dataclass(frozen=True)
class Note:
    """A sentence in a frame."""

    kind: ClassVar[str] = "note"
    text: Text
    tone: NoteKind = NoteKind.INFO
    title: Words = ""


@dataclass(frozen=True)
class Column:
    """A column of a table: `width` is a share of the line (1.0), or "auto" for as wide as its widest cell."""

    label: Words
    width: float | str = 1.0
    numeric: bool = False


@dataclass(frozen=True)
class Row:
    """A row that is marked: the sum at the foot, or the head of a group (its first cell spans the table)."""

    cells: Sequence[Text]
    style: str = ""
    """Empty, `group` or `sum`."""


@dataclass(frozen=True)
class Table:
    """A table; its head is repeated on each page, its rows are not broken."""

    kind: ClassVar[str] = "table"
    columns: Sequence[Column]
    rows: Sequence[Row | Sequence[Text]]
    caption: Words = ""
    empty: Words = ""
    """What stands there instead where there are no rows."""


@dataclass(frozen=True)
class Cell:
    """A cell of a matrix: its mark (a sign or a few letters) on the ground of its kind."""

    mark: Words
    ground: str = ""


@dataclass(frozen=True)
class Matrix:
    """A dense table with upright heads. On more columns than a page has place for, put it in `Landscape`."""

    kind: ClassVar[str] = "matrix"
    corner: Words
    columns: Sequence[Words]
    rows: Sequence[tuple[Words, Sequence[Cell]]]
    caption: Words = ""
    legend: Sequence[tuple[Cell, Words]] = ()


@dataclass(frozen=True)
class Svg:
    """A drawing that we made ourselves (never one that someone sent), and what it says to one who does not see it."""

    kind: ClassVar[str] = "svg"
    svg: str
    alt: Words
    caption: Words = ""
    width: float = 1.0
    """Share of the line."""


@dataclass(frozen=True)
class Figures:
    """Drawings beside one another."""

    kind: ClassVar[str] = "figures"
    figures: Sequence[Svg]
    columns: int = 2


@dataclass(frozen=True)
class Signatures:
    """Places to sign: the name or function of each."""

    kind: ClassVar[str] = "signatures"
    who: Sequence[Words]


@dataclass(frozen=True)
class PageBreak:
    kind: ClassVar[str] = "break"


@dataclass(frozen=True)
class Landscape:
    """Blocks on pages turned sideways."""

    kind: ClassVar[str] = "landscape"
    blocks: Sequence[Block]


Block: TypeAlias = (
    Heading
    | Paragraph
    | Bullets
    | KeyValues
    | Note
    | Table
    | Matrix
    | Svg
    | Figures
    | Signatures
    | PageBreak
    | Landscape
)


@dataclass(frozen=True)
class Document:
    """A document of the house.

    Parameters
    ----------
    title, subtitle
        On the first page; the title also names the file to readers.
    organisation
        The name of the organisation as which it is made.
    status
        Actual, Exercise or Test.
    tlp
        The label without its prefix: CLEAR, GREEN, AMBER, AMBER+STRICT or RED.
    made_at
        When; its only instant, so the same content at the same instant gives the same bytes.
    blocks
        What it says.
    facts
        Below the title.
    status_note
        Beside the status, such as what exercise it is.
    digest
        What the foot shows for recognising the content; that of the blocks where it is empty.
    contents
        Whether there is a table of contents (levels 1 and 2).
    numbered
        Whether headings are numbered.
    language
        Of the document; the reader's where it is empty.
    """

    title: Words
    organisation: Words
    status: str
    tlp: str
    made_at: datetime.datetime
    blocks: Sequence[Block]
    subtitle: Words = ""
    facts: Sequence[tuple[Words, Text]] = ()
    status_note: Words = ""
    digest: str = ""
    contents: bool = False
    numbered: bool = False
    language: str = field(default="")

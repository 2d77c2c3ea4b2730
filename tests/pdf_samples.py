"""Documents with one of everything."""

from __future__ import annotations

import datetime

from noaber.web.pdf import (
    Bullets,
    Cell,
    Column,
    Document,
    Figures,
    Heading,
    KeyValues,
    Landscape,
    Matrix,
    Note,
    NoteKind,
    PageBreak,
    Paragraph,
    Row,
    Run,
    Signatures,
    Svg,
    Table,
)

MADE_AT = datetime.datetime(2021, 7, 14, 16, 34, tzinfo=datetime.UTC)
SQUARE = Svg(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 6"><rect width="10" height="6" fill="#4396a2"/></svg>',
    alt="A square",
    caption="What it shows",
)
HOSTILE = '#panic("x") *a* _b_ `c` $d$ <e> @f \\g [h] {i} // j /* k */ "l" = m - n + o ~ p #sys.inputs \u202f € \x00'


def make_document(
    *, status: str = "Exercise", tlp: str = "AMBER", language: str = "en", said: str = "Said"
) -> Document:
    wide = tuple(f"Column {number}" for number in range(30))
    marks = tuple(Cell("?" if number % 3 else "✓", "unknown" if number % 3 else "yes") for number in range(30))
    return Document(
        title="The mapping of mutual assistance",
        subtitle="As the Dutch centre sees it",
        organisation="Nationaal Crisiscentrum",
        status=status,
        status_note="flood of July 2021",
        tlp=tlp,
        made_at=MADE_AT,
        facts=(("Place", "Den Haag"), ("Chair", Run("LU-HCPN", bold=True))),
        contents=True,
        language=language,
        blocks=(
            Heading("Decisions"),
            Paragraph(said),
            Paragraph(
                ("First line\nsecond line, ", Run("bold", bold=True), " and ", Run("a link", url="https://x.example"))
            ),
            KeyValues((("Who pays", "The one who asks"), ("Channel", "National centre to national centre"))),
            Note("Checked against the text.", NoteKind.OK, title="Right"),
            Note("Nobody knows.", NoteKind.WARN),
            Heading("What follows", level=2),
            Table(
                columns=(Column("No", width="auto"), Column("What", width=3), Column("Minutes", numeric=True)),
                rows=(
                    Row(("The first group",), style="group"),
                    *(
                        (str(number), f"Something that is said at length, number {number}", "1 234")
                        for number in range(40)
                    ),
                    Row(("", "All", "49 360"), style="sum"),
                ),
                caption="Decisions of the day",
            ),
            Table(columns=(Column("No"),), rows=(), empty="Nothing was decided."),
            Bullets(("one", "two"), numbered=True),
            Bullets(("three", ("four ", Run("five", italic=True)))),
            Figures((SQUARE, SQUARE, SQUARE), columns=3),
            Landscape((Matrix("From, to", wide, (("Row", marks),), legend=((Cell("✓", "yes"), "by text"),)),)),
            SQUARE,
            PageBreak(),
            Signatures(("The director of the Dutch centre", "The director of the Belgian centre")),
        ),
    )

"""Documents on paper: the one look of every PDF that leaves the house.

A document is a `Document` of blocks (`blocks.py`), all plain text; `typeset` sets it with the template `house.typ` and
answers the bytes of a tagged PDF/UA-1 that is also PDF/A-2a; `pdf_response` answers a page. For example:

    from noaber.web.pdf import Bullets, Column, Document, Heading, KeyValues, Paragraph, Table, pdf_response

    document = Document(
        title=_("Minutes of the meeting"),
        subtitle=meeting.title,
        organisation=acting.organisation.name,
        status=meeting.status,          # Actual, Exercise or Test: the band at the head of each page
        tlp=meeting.tlp,                # the label at the head and foot of each page
        made_at=clock.now(),            # the same content at the same instant gives the same bytes
        facts=((_("Place"), "Den Haag"), (_("Chair"), "LU-HCPN")),
        blocks=(
            Heading(_("Decisions")),
            Paragraph("Whatever a user typed; no sign in it is a command.", language="nl"),
            Table(columns=(Column(_("No"), width="auto"), Column(_("What")), Column(_("Minutes"), numeric=True)),
                  rows=(("1", "…", "12"),), caption=_("Decisions of the day")),
            Bullets(("one", "two"), numbered=True),
        ),
    )
    return pdf_response(document, name="minutes")

The language is the reader's, else the one told (`language="fr"`): translate the texts under
`django.utils.translation.override` of the same language.
"""

from noaber.web.pdf.blocks import (
    Block,
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
    Text,
    Words,
)
from noaber.web.pdf.typeset import content_digest, pdf_response, typeset

__all__ = [
    "Block",
    "Bullets",
    "Cell",
    "Column",
    "Document",
    "Figures",
    "Heading",
    "KeyValues",
    "Landscape",
    "Matrix",
    "Note",
    "NoteKind",
    "PageBreak",
    "Paragraph",
    "Row",
    "Run",
    "Signatures",
    "Svg",
    "Table",
    "Text",
    "Words",
    "content_digest",
    "pdf_response",
    "typeset",
]

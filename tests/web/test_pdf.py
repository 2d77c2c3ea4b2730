"""The PDFs of the house: whatever is said stands there as it was said, in four languages, the same bytes each time."""

from __future__ import annotations

import dataclasses

import pypdfium2
import pytest
from django.utils import translation

from noaber.web.pdf import Column, Heading, Note, NoteKind, Table, pdf_response, typeset
from pdf_samples import HOSTILE, MADE_AT, make_document


def text_of(pdf: bytes) -> list[str]:
    """The text of each page, with single spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_no_sign_of_a_text_is_a_command() -> None:
    pages = text_of(typeset(make_document(said=HOSTILE)))

    assert '#panic("x") *a* _b_ `c` $d$ <e> @f \\g [h] {i} // j /* k */ "l" = m - n + o ~ p #sys.inputs' in pages[0]


def test_the_same_document_gives_the_same_bytes() -> None:
    assert typeset(make_document()) == typeset(make_document())
    assert typeset(make_document()) != typeset(make_document(said="Else"))


def test_each_page_says_status_label_number_and_who_made_it() -> None:
    pages = text_of(typeset(make_document(status="Exercise", tlp="AMBER+STRICT")))

    for number, page in enumerate(pages, start=1):
        assert "EXERCISE · flood of July 2021" in page
        assert page.count("TLP:AMBER+STRICT") == 2
        assert f"Page {number} of {len(pages)}" in page
        assert "Made on 14 July 2021" in page
        assert "as Nationaal Crisiscentrum sees it" in page


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "Pagina 1 van"), ("fr", "Page 1 sur"), ("de", "Seite 1 von"), ("en", "Page 1 of")]
)
def test_the_house_speaks_the_language_of_the_document(language: str, said: str) -> None:
    assert said in text_of(typeset(make_document(language=language)))[0]


def test_a_sign_without_a_letter_is_named_and_breaks_nothing() -> None:
    said = "fire \N{FIRE ENGINE}, hello \u4f60\u597d, of nobody \ue000"

    assert "fire [U+1F692], hello [U+4F60][U+597D], of nobody [U+E000]" in text_of(typeset(make_document(said=said)))[0]


def test_a_text_longer_than_a_page_loses_nothing() -> None:
    words = " ".join(f"word{number}." for number in range(2000))
    blocks = (
        Heading("All of it"),
        Table(columns=(Column("No", width="auto"), Column("What")), rows=(("1", words), ("2", "After it"))),
        Note(words.upper(), NoteKind.INFO),
    )
    text = "".join(text_of(typeset(dataclasses.replace(make_document(), contents=False, blocks=blocks))))

    assert [number for number in range(2000) if f"word{number}." not in text] == []
    assert [number for number in range(2000) if f"WORD{number}." not in text] == []
    assert "After it" in text


def test_tables_without_rows_say_of_what_and_stand_apart() -> None:
    blocks = tuple(
        Table(columns=(Column("No"),), rows=(), caption=f"Between {what}", empty="Nothing is missing.")
        for what in ("regions", "districts")
    )
    pdf = typeset(dataclasses.replace(make_document(), contents=False, blocks=blocks))

    with pypdfium2.PdfDocument(pdf) as document:
        lines = document[0].get_textpage().get_text_bounded().splitlines()
    told = [line.strip() for line in lines if line.startswith(("Between", "Nothing"))]
    assert told == ["Between regions", "Nothing is missing.", "Between districts", "Nothing is missing."]


def test_the_pdf_is_tagged_and_names_its_language() -> None:
    pdf = typeset(make_document(language="de"))

    with pypdfium2.PdfDocument(pdf) as document:
        assert document.is_tagged()
        assert document.get_metadata_value("Title") == "The mapping of mutual assistance"
    assert b"/Lang(de)" in pdf


def test_the_file_is_named_by_what_it_is_in_which_language_and_of_when() -> None:
    document = dataclasses.replace(make_document(), language="")
    with translation.override("fr"):
        response = pdf_response(document, name="Mapping report")

    assert response["Content-Type"] == "application/pdf"
    assert (
        response["Content-Disposition"] == f'attachment; filename="noaber-mapping-report-fr-{MADE_AT:%Y%m%d-%H%M}.pdf"'
    )

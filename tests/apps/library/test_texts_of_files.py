"""What is read of a file: the words of a PDF, an archive, a page of the web; and that no file can do harm."""

from __future__ import annotations

import io
import sys
import zipfile

import pytest
import typst

from actions_builders import make_centres
from library_builders import make_document, make_version
from noaber.apps.accounts.acting import Acting
from noaber.apps.library import pdf_text
from noaber.apps.library.file_types import MOST_TEXT, text_of_file, type_of_file
from noaber.apps.library.models import DocumentVersion
from noaber.apps.library.search import Wanted, search
from noaber.apps.library.services.search import rebuild
from noaber.apps.library.services.texts import read_texts_again
from noaber.core.problems import InvalidInput
from noaber.core.search.question import read_question

PARAGRAPHS = '<w:document xmlns:w="urn:w"><w:p><w:t>Hoog</w:t><w:t>water</w:t></w:p></w:document>'
LOCKED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R/ID[(a)(a)]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(" + b"o" * 32 + b")/U(" + b"u" * 32
    + b")>>>>\n%%EOF"
)  # fmt: skip


def make_pdf(*pages: str) -> bytes:
    return bytes(typst.compile("\n#pagebreak()\n".join(pages).encode()))


def read(content: bytes) -> str:
    return text_of_file(content, type_of_file(content))


def found_titles(acting: Acting, text: str) -> list[str]:
    return [hit.title for hit in search(acting.organisation, Wanted(read_question(text), "Exercise")).hits]


def test_the_pages_of_a_pdf_are_read_in_their_order() -> None:
    assert read(make_pdf("De Vesdre bij Pepinster", "Évacuations préventives")) == (
        "De Vesdre bij Pepinster\nÉvacuations préventives"
    )


def test_a_word_that_a_line_parts_is_whole_again() -> None:
    narrow = '#set page(width: 5cm)\n#set text(lang: "nl", hyphenate: true)\nover overstromingsverantwoordelijkheden'
    assert "overstromingsverantwoordelijkheden" in read(make_pdf(narrow))


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7 and nothing else", make_pdf("Half")[:900], LOCKED, make_pdf("#rect()")],
    ids=["nothing", "cut off", "locked", "a drawing"],
)
def test_a_pdf_that_cannot_be_read_has_no_words(content: bytes) -> None:
    assert read(content) == ""


def test_of_a_long_pdf_the_beginning_is_read() -> None:
    text = read(make_pdf("#for n in range(40) [Begin #lorem(1200)]"))
    assert len(text) == MOST_TEXT
    assert text.startswith("Begin")


def test_a_reader_that_breaks_down_leaves_what_it_had_read(monkeypatch: pytest.MonkeyPatch) -> None:
    breaks = "import os, sys; print('first page', flush=True); os.abort()"
    monkeypatch.setattr(pdf_text, "_READER", (sys.executable, "-c", breaks))
    assert pdf_text.text_of_pdf(b"%PDF-", most=100) == "first page"
    monkeypatch.setattr(pdf_text, "_READER", ("/nowhere/python",))
    assert pdf_text.text_of_pdf(b"%PDF-", most=100) == ""


def test_a_damaged_archive_has_no_words() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", PARAGRAPHS)
    whole = content.getvalue()
    assert read(whole) == "Hoogwater"
    at = whole.index(b"word/document.xml") + len("word/document.xml")
    for damage in (b"\xff" * 20, b"\x07\x00" * 10):
        assert read(whole[:at] + damage + whole[at + len(damage) :]) == ""


def test_an_archive_that_unpacks_to_far_too_much_is_left_alone() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", PARAGRAPHS.replace("water", " " * 40_000_000))
    assert len(content.getvalue()) < 100_000
    assert read(content.getvalue()) == ""


def test_a_page_of_the_web_is_found_by_what_it_shows() -> None:
    page = """<!DOCTYPE html><html><head><style>p { color: red }</style><title>Vesdre</title></head>
    <body><p>Op<b>per</b>vlak&shy;te &amp; d&eacute;bit<script>var geheim = 1</script><br>lijn</p></body></html>"""
    assert read(page.encode()) == "Vesdre\nOppervlakte & débit\nlijn"
    assert read(b"Over <html> en <p>") == "Over <html> en <p>"
    assert read(b"<html>") == ""


@pytest.mark.django_db
def test_a_pdf_is_found_by_its_words_and_a_broken_one_by_its_title() -> None:
    brussels, hague, _dusseldorf = make_centres()
    pdf = make_pdf("De stuwdam van Eupen liep over.")
    make_document(brussels, make_version(name="dam.pdf", content=pdf, language="nl"), title="Verslag")
    make_document(brussels, make_version(name="x.pdf", content=LOCKED), title="Vergrendeld")
    assert found_titles(hague, "stuwdammen") == ["Verslag"]
    assert found_titles(hague, "vergrendeld") == ["Vergrendeld"]


@pytest.mark.django_db
def test_a_marked_pdf_is_refused() -> None:
    with pytest.raises(InvalidInput) as error:
        make_document(make_centres()[0], make_version(name="a.pdf", content=make_pdf("NATO SECRET")))
    assert [problem.code for problem in error.value.problems] == ["library.classified"]


@pytest.mark.django_db
def test_files_are_read_again_and_the_index_follows() -> None:
    brussels = make_centres()[0]
    made = make_document(brussels, make_version(content=make_pdf("stuwdam"), language="nl"), title="Verslag")
    make_document(brussels, title="Al gelezen")
    DocumentVersion.objects.filter(document=made).update(text="")
    rebuild()
    assert found_titles(brussels, "stuwdam") == []
    assert read_texts_again() == 1
    assert read_texts_again() == 0
    rebuild()
    assert found_titles(brussels, "stuwdam") == ["Verslag"]

"""Documents: which files are taken, what a version keeps, who may do what."""

from __future__ import annotations

import dataclasses

import pytest

from actions_builders import make_centres
from library_builders import WORDS, make_archive, make_document, make_version
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role
from noaber.apps.library.enums import DocumentKind
from noaber.apps.library.file_types import text_of_file, type_of_file
from noaber.apps.library.models import Document, DocumentFile, DocumentVersion
from noaber.apps.library.queries import DocumentFilter, list_documents
from noaber.apps.library.search import Wanted, search
from noaber.apps.library.services.documents import add_version, change_document, withdraw_document
from noaber.apps.library.values import DocumentData
from noaber.apps.records.models import Change
from noaber.core.problems import InvalidInput, NotAllowed
from noaber.core.search.question import read_question
from registry_builders import make_acting

pytestmark = pytest.mark.django_db
Centres = tuple[Acting, Acting, Acting]
PARAGRAPHS = '<w:document xmlns:w="urn:w"><w:p><w:t>Hoog</w:t><w:t>water</w:t></w:p><w:p>Pompen</w:p></w:document>'


@pytest.fixture
def centres() -> Centres:
    return make_centres()


def codes_of(error: pytest.ExceptionInfo[InvalidInput]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def test_a_newer_version_keeps_the_older_one(centres: Centres) -> None:
    document = make_document(centres[0])
    second = add_version(centres[0], document, make_version(content=b"Nieuw", language="nl", note="vertaald"))
    assert (second.number, second.language) == (2, "nl")
    first = DocumentVersion.objects.get(document=document, number=1)
    assert bytes(first.file.content).decode() == WORDS
    assert first.text == WORDS
    assert first.digest != second.digest
    assert Change.objects.filter(subject="document", subject_id=document.pk).count() == 2


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"content": b""}, "library.file-empty"),
        ({"content": b"MZ\x90\x00\x03\x00"}, "library.file-type"),
        ({"content": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}, "library.file-type"),
        ({"content": make_archive(word__document_xml="", word__vbaProject_bin="x")}, "library.file-macros"),
        ({"content": b"GEHEIM\nhet plan"}, "library.classified"),
        ({"name": "NATO_SECRET_plan.txt"}, "library.classified"),
        ({"note": "RESTREINT UE"}, "library.classified"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_leaves_nothing(centres: Centres, fields: dict, code: str) -> None:
    with pytest.raises(InvalidInput) as error:
        make_document(centres[0], make_version(**fields))
    assert codes_of(error) == [code]
    assert not Document.objects.exists()
    assert not DocumentFile.objects.exists()


def test_the_newest_file_of_another_language_is_not_added_again(centres: Centres) -> None:
    document = make_document(centres[0])
    add_version(centres[0], document, make_version(content=b"Nieuw", language="nl"))
    with pytest.raises(InvalidInput) as refused:
        add_version(centres[0], document, make_version())
    assert codes_of(refused) == ["library.file-same"]
    assert [one.number for one in document.current_versions()] == [2, 1]


def test_a_marked_title_and_the_same_file_are_refused(centres: Centres) -> None:
    with pytest.raises(InvalidInput) as error:
        make_document(centres[0], title="Plan Vesdre, SECRET UE/EU SECRET")
    assert codes_of(error) == ["library.classified"]
    document = make_document(centres[0])
    with pytest.raises(InvalidInput) as error:
        add_version(centres[0], document, make_version())
    assert codes_of(error) == ["library.file-same"]


def test_types_are_told_by_content_and_texts_are_read() -> None:
    docx = make_archive(word__document_xml=PARAGRAPHS)
    assert type_of_file(docx).suffix == ".docx"
    assert text_of_file(docx, type_of_file(docx)) == "Hoogwater\nPompen"
    xlsx = make_archive(xl__workbook_xml="", xl__sharedStrings_xml="<sst><si><t>Boten</t></si></sst>")
    assert text_of_file(xlsx, type_of_file(xlsx)) == "Boten"
    broken = make_archive(word__document_xml="<a")
    assert text_of_file(broken, type_of_file(broken)) == ""
    entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a><p>&x;</p></a>'
    bomb = make_archive(word__document_xml=entity)
    assert "root" not in text_of_file(bomb, type_of_file(bomb))


def test_only_who_keeps_a_document_changes_it(centres: Centres) -> None:
    document = make_document(centres[0])
    data = DocumentData("Autre titre", "fr", DocumentKind.PLAN)
    officer = make_acting(centres[0].organisation, Role.DUTY_OFFICER)
    for other in (centres[1], officer):
        with pytest.raises(NotAllowed):
            change_document(other, document, data)
        with pytest.raises(NotAllowed):
            add_version(other, document, make_version(content=b"x"))
        with pytest.raises(NotAllowed):
            withdraw_document(other, document, reason="x")
    with pytest.raises(NotAllowed):
        make_document(officer)
    change_document(centres[0], document, dataclasses.replace(data, groups=()))
    document.refresh_from_db()
    assert (document.title, document.groups.count()) == ("Autre titre", 0)


def test_themes_are_of_the_list_and_their_changes_are_kept(centres: Centres) -> None:
    document = make_document(centres[0], themes=["evacuation", "liaison"])
    data = DocumentData("Leçons de juillet", "fr", DocumentKind.REPORT, themes=["liaison", "costs"])
    change_document(centres[0], document, data)
    assert [row.code for row in document.codes.all()] == ["liaison", "costs"]
    change = Change.objects.filter(subject="document", subject_id=document.pk).latest("pk")
    assert change.fields["themes"] == [["evacuation", "liaison"], ["costs", "liaison"]]
    with pytest.raises(InvalidInput) as error:
        change_document(centres[0], document, dataclasses.replace(data, themes=["nowhere"]))
    assert codes_of(error) == ["input.reference"]
    assert document.codes.count() == 2


def test_a_document_is_found_by_its_themes_in_any_language(centres: Centres) -> None:
    document = make_document(
        centres[0], make_version(content=b"x"), title="Notitie", language="nl", themes=["recovery"]
    )

    def found(text: str, **facets: str) -> list[str]:
        asked = Wanted(read_question(text), "Exercise", **facets)
        return [hit.title for hit in search(centres[1].organisation, asked).hits]

    for question in ("herstel", "rétablissement", "Wiederaufbau", "recovery"):
        assert found(question) == ["Notitie"], question
    assert found("notitie", theme="theme:recovery") == ["Notitie"]
    data = DocumentData("Notitie", "nl", DocumentKind.REPORT, groups=["BENELUX"])
    change_document(centres[0], document, data)
    assert found("recovery") == []
    assert found("notitie", theme="theme:recovery") == []


def test_a_list_is_filtered(centres: Centres) -> None:
    make_document(centres[0])
    make_document(centres[0], make_version(language="nl"), title="Plan", kind=DocumentKind.PLAN, themes=["costs"])
    reader = centres[1].organisation
    for wanted, titles in (
        (DocumentFilter(kind="plan"), ["Plan"]),
        (DocumentFilter(language="fr"), ["Leçons de juillet"]),
        (DocumentFilter(text="lecon"), ["Leçons de juillet"]),
        (DocumentFilter(owner="NL-NCC"), []),
        (DocumentFilter(theme="costs"), ["Plan"]),
        (DocumentFilter(theme="liaison"), []),
        (DocumentFilter(), ["Plan", "Leçons de juillet"]),
    ):
        assert [row.title for row in list_documents(reader, wanted)] == titles
    assert not list_documents(centres[2].organisation, DocumentFilter())

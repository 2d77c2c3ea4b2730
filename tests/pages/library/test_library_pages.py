"""The pages of the library and of the search: what they show, to whom, and what their forms do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from actions_builders import make_action
from library_builders import make_document, make_version
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role, TlpLabel
from noaber.apps.accounts.services import choose_language
from noaber.apps.library.enums import Relation
from noaber.apps.library.links import linked_with
from noaber.apps.library.models import Document
from noaber.apps.library.services.documents import add_version, withdraw_document
from registry_builders import make_acting

Centres = tuple[Acting, Acting, Acting]
ClientOf = Callable[[Acting], Client]
WORDS_OF_VERSIONS = {"évacuation": True, "dijken": False, "sluizen": True}
"""Whether search finds it once the Dutch version was replaced, and the French one was not."""
FORM = {"title": "Verslag", "language": "nl", "file_language": "nl", "kind": "minutes", "tlp": "AMBER"}


def file_named(name: str, content: bytes = b"Over de boten") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_a_document_is_added_followed_and_downloaded(centres: Centres, client_of: ClientOf) -> None:
    client = client_of(centres[0])
    sent = client.post(reverse("document-new"), FORM | {"groups": "BENELUX", "file": file_named("nota.html")})
    document = Document.objects.get()
    assert sent.url == document.get_absolute_url()
    later = {"file": file_named("nota.txt", b"Later"), "file_language": "fr", "note": "op orde"}
    assert client.post(reverse("document-version-new", args=[document.pk]), later).status_code == 302
    page = text_of(client_of(centres[1]).get(document.get_absolute_url()))
    assert "op orde" in page
    newest = client.get(document.get_absolute_url()).context["history"][0]
    assert newest.lines == [("Version", "1", "2")]
    first = client_of(centres[1]).get(reverse("document-file", args=[document.pk, 1]))
    assert first.content == b"Over de boten"
    assert first["Content-Disposition"] == 'attachment; filename="nota.txt"'
    assert first["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in first["Content-Security-Policy"]


def test_themes_are_chosen_shown_and_filtered(centres: Centres, client_of: ClientOf) -> None:
    client = client_of(centres[0])
    given = FORM | {"groups": "BENELUX", "themes": ["recovery", "costs"], "file": file_named("nota.txt")}
    address = client.post(reverse("document-new"), given).url
    assert "Recovery" in text_of(client.get(address))
    changed = client.post(f"{address}edit", FORM | {"groups": "BENELUX", "themes": ["costs"]})
    assert changed.url == address
    page = text_of(client.get(address))
    assert "Recovery" in page.partition('id="h-links"')[2], "in the history"
    reader = client_of(centres[1])
    assert address in text_of(reader.get(reverse("documents"), {"theme": "costs"}))
    assert address not in text_of(reader.get(reverse("documents"), {"theme": "recovery"}))
    assert "Themes" in text_of(reader.get(reverse("documents"), {"format": "csv"}))
    odd = client.post(reverse("document-new"), FORM | {"themes": "nowhere", "file": file_named("nota.txt")})
    assert odd.status_code == 422


def test_a_duty_officer_who_reports_an_action_brings_its_evidence_and_nothing_else(
    centres: Centres, client_of: ClientOf
) -> None:
    brussels, hague, _dusseldorf = centres
    ours = make_action(brussels, tlp=TlpLabel.AMBER, groups=["BENELUX"], responsible=hague.organisation)
    theirs = make_action(brussels, tlp=TlpLabel.AMBER, groups=["BENELUX"], responsible=brussels.organisation)
    client = client_of(make_acting(hague.organisation, Role.DUTY_OFFICER))
    address = f"{reverse('document-new')}?source=action:{ours.pk}"
    assert address in text_of(client.get(ours.get_absolute_url()))
    assert client.get(address).status_code == 200
    sent = client.post(address, FORM | {"groups": "BENELUX", "file": file_named("nota.txt")})
    assert sent.url == ours.get_absolute_url()
    assert [one.link.relation for one in linked_with(brussels.organisation, ours)] == [Relation.SHOWS]
    other = f"{reverse('document-new')}?source=action:{theirs.pk}"
    assert other not in text_of(client.get(theirs.get_absolute_url()))
    for refused in (other, reverse("document-new")):
        assert client.post(refused, FORM | {"groups": "BENELUX", "file": file_named("b.txt")}).status_code == 409
    observer = client_of(make_acting(hague.organisation, Role.OBSERVER))
    assert observer.post(address, FORM | {"groups": "BENELUX", "file": file_named("c.txt")}).status_code == 409
    assert Document.objects.count() == 1


def test_a_document_added_from_an_action_is_its_evidence(centres: Centres, client_of: ClientOf) -> None:
    brussels, hague, dusseldorf = centres
    action = make_action(brussels, tlp=TlpLabel.AMBER, groups=["BENELUX"])
    client = client_of(hague)
    address = f"{reverse('document-new')}?source=action:{action.pk}"
    assert address in text_of(client.get(reverse("links", args=["action", action.pk])))
    assert action.get_absolute_url() in text_of(client.get(address))
    sent = client.post(address, FORM | {"groups": "BENELUX", "file": file_named("nota.txt")})
    assert sent.url == action.get_absolute_url()
    shown = linked_with(brussels.organisation, action)
    assert [(one.record.title, one.link.relation) for one in shown] == [("Verslag", Relation.SHOWS)]
    assert client_of(dusseldorf).get(address).status_code == 404
    assert client_of(dusseldorf).post(address, FORM | {"file": file_named("nota.txt")}).status_code == 404
    assert Document.objects.count() == 1


def test_what_is_refused_stays_on_the_form_with_its_reason(centres: Centres, client_of: ClientOf) -> None:
    client = client_of(centres[0])
    marked = client.post(reverse("document-new"), FORM | {"title": "NATO SECRET", "file": file_named("a.txt")})
    assert marked.status_code == 422
    assert "NATO SECRET" in text_of(marked)
    program = client.post(reverse("document-new"), FORM | {"file": file_named("a.pdf", b"MZ\x90\x00")})
    assert program.status_code == 422
    assert not Document.objects.exists()


def test_what_one_may_not_see_is_not_there(centres: Centres, client_of: ClientOf) -> None:
    document = make_document(centres[0])
    addresses = [
        document.get_absolute_url(),
        reverse("document-file", args=[document.pk, 1]),
        reverse("document-edit", args=[document.pk]),
        reverse("document-version-new", args=[document.pk]),
        reverse("links", args=["document", document.pk]),
    ]
    outsider = client_of(centres[2])
    assert {outsider.get(address).status_code for address in addresses} == {404}
    for address in (reverse("documents"), f"{reverse('documents')}?format=csv", f"{reverse('search')}?q=juillet"):
        assert document.title not in text_of(outsider.get(address))
    assert document.title in text_of(client_of(centres[1]).get(reverse("documents"), {"format": "csv"}))


def test_a_withdrawn_document_is_seen_by_its_keeper_alone(centres: Centres, client_of: ClientOf) -> None:
    document = make_document(centres[0])
    withdraw_document(centres[0], document, reason="vervangen")
    assert client_of(centres[1]).get(document.get_absolute_url()).status_code == 404
    assert client_of(centres[1]).get(reverse("document-file", args=[document.pk, 1])).status_code == 404
    assert client_of(centres[0]).get(document.get_absolute_url()).status_code == 200
    assert document.title not in text_of(client_of(centres[0]).get(reverse("documents")))


def test_who_does_not_cooperate_reads_only(centres: Centres, client_of: ClientOf) -> None:
    document = make_document(centres[0])
    officer = client_of(make_acting(centres[0].organisation, Role.DUTY_OFFICER))
    assert reverse("document-new") not in text_of(officer.get(reverse("documents")))
    assert officer.get(reverse("document-new")).status_code == 409
    assert officer.get(reverse("document-edit", args=[document.pk])).status_code == 409


def test_search_shows_an_excerpt_and_facets(centres: Centres, client_of: ClientOf) -> None:
    document = make_document(centres[0])
    page = text_of(client_of(centres[1]).get(reverse("search"), {"q": "evacuation"}))
    assert document.get_absolute_url() in page
    assert "<mark>évacuations</mark>" in page
    assert "kind=document" in page
    narrowed = text_of(client_of(centres[1]).get(reverse("search"), {"q": "evacuation", "kind": "action"}))
    assert document.get_absolute_url() not in narrowed


def test_an_excerpt_never_comes_from_an_older_version(centres: Centres, client_of: ClientOf) -> None:
    document = make_document(centres[0])
    add_version(centres[0], document, make_version(content=b"Rien"))
    assert document.get_absolute_url() not in text_of(client_of(centres[0]).get(reverse("search"), {"q": "évacuation"}))


def test_a_translation_leaves_what_it_translates_as_it_is(centres: Centres, client_of: ClientOf) -> None:
    """Each language says by its newest version what the document says, and everyone is handed their own."""
    document = make_document(centres[0])
    add_version(centres[0], document, make_version(content=b"De dijken", language="nl"))
    add_version(centres[0], document, make_version(content=b"De sluizen", language="nl"))
    reader = client_of(centres[1])
    address = document.get_absolute_url()
    found = {word: address in text_of(reader.get(reverse("search"), {"q": word})) for word in WORDS_OF_VERSIONS}
    assert found == WORDS_OF_VERSIONS
    for language, number in (("fr", 1), ("nl", 3), ("de", 3)):
        choose_language(centres[1].person, language)
        page = text_of(reader.get(address))
        main = re.search(r'class="btn btn--main" href="([^"]+)"', page)
        assert main is not None
        assert main[1] == reverse("document-file", args=[document.pk, number]), language


def test_what_drops_down_while_typing(centres: Centres, client_of: ClientOf) -> None:
    document = make_document(centres[0])
    asked = {"q": "leco", "brief": "1"}
    brief = client_of(centres[1]).get(reverse("search"), asked, headers={"HX-Request": "true"})
    assert document.get_absolute_url() in text_of(brief)
    assert "<html" not in text_of(brief)
    outsider = client_of(centres[2]).get(reverse("search"), asked, headers={"HX-Request": "true"})
    assert document.title not in text_of(outsider)


@pytest.mark.parametrize(
    "odd", [{"year": "x"}, {"theme": "'"}, {"language": "xx"}, {"kind": "\x00"}, {"page": "99"}, {"status": "?"}]
)
def test_an_odd_address_is_answered(centres: Centres, client_of: ClientOf, odd: dict[str, str]) -> None:
    make_document(centres[0])
    assert client_of(centres[0]).get(reverse("search"), {"q": "juillet"} | odd).status_code == 200


def test_a_record_to_link_is_found_by_what_stands_in_it(centres: Centres, client_of: ClientOf) -> None:
    document, other = make_document(centres[0]), make_document(centres[0], title="Autre")
    address = reverse("link-new", args=["document", document.pk])
    found = text_of(client_of(centres[0]).get(address, {"kind": "document", "q": "evacuations"}))
    assert f"document:{other.pk}" in found
    nothing = text_of(client_of(centres[0]).get(address, {"kind": "document", "q": "Hochwasser"}))
    assert f"document:{other.pk}" not in nothing


def test_an_organisation_shows_what_is_linked_with_it_to_those_who_see_it(
    centres: Centres, client_of: ClientOf
) -> None:
    brussels, hague, dusseldorf = centres
    action = make_action(brussels, tlp=TlpLabel.AMBER, groups=["BENELUX"])
    about = hague.organisation
    sent = client_of(brussels).post(
        reverse("link-new", args=["action", action.pk]), {"how": Relation.ABOUT, "other": f"organisation:{about.pk}"}
    )
    assert sent.status_code == 302, text_of(sent)
    panel = reverse("links", args=["organisation", about.pk])
    assert panel in text_of(client_of(hague).get(about.get_absolute_url()))
    assert action.title in text_of(client_of(hague).get(panel))
    assert action.title not in text_of(client_of(dusseldorf).get(panel))

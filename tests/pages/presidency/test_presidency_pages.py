"""The pages of presidencies and dossiers: what they show to whom, what their forms do, and the PDF."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.test import Client

from actions_builders import make_action
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.presidency import services
from noaber.apps.presidency.models import HandoverDossier, Presidency
from noaber.web import clock
from presidency_builders import Handover, make_dossier, make_handover

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def december_2024(settings: Any) -> Iterator[None]:
    """An exercise on 19 December 2024."""
    settings.NOABER_STATUS = "Exercise"
    with clock.at(datetime.datetime(2024, 12, 19, 9, tzinfo=datetime.UTC)):
        yield


@pytest.fixture
def handover() -> Handover:
    return make_handover()


def client_of(acting: Acting) -> Client:
    client = Client()
    client.force_login(acting.person)
    return client


def test_years_that_nobody_put_down_follow_from_the_order(handover: Handover) -> None:
    client = client_of(handover.brussels)
    page = client.get("/presidency/").content.decode()
    assert "Stronger cooperation." in page
    assert 'href="/presidency/new?year=2026"' in page
    rows = client.get("/presidency/?format=csv").content.decode()
    assert "LU-HCPN" in rows
    client.post("/presidency/new", {"year": 2026, "organisation": "NL-NCC", "basis": "order", "tlp": "CLEAR"})
    assert Presidency.objects.get(first_on__year=2026).organisation == handover.hague.organisation


def test_from_a_presidency_to_a_signed_dossier(handover: Handover) -> None:
    action = make_action(handover.brussels, groups=["BENELUX"])
    make_action(handover.brussels, title="Between us", tlp=TlpLabel.RED)
    client = client_of(handover.brussels)
    client.post(f"/presidency/{handover.giver.pk}/handover", {"on": "2024-12-19", "tlp": "GREEN", "groups": "BENELUX"})
    dossier = HandoverDossier.objects.get()
    address = dossier.get_absolute_url()
    assert client_of(handover.hague).get(address).status_code == 404
    client.post(f"{address}notes/actions", {"text": "Ask in January.", "language": "en"})
    shown = client.get(address)
    page = shown.content.decode()
    assert action.number in page
    assert "Ask in January." in page
    assert shown.context["history"][0].lines == [("Note of the giver", "–", "Ask in January.")]
    assert "1 more is not handed over" in page
    client.post(f"{address}ready")
    received = client_of(handover.hague).get(address).content.decode()
    assert action.number in received
    assert "not handed over" not in received
    seen = dossier.versions.get().digest
    for acting in (handover.giving_director, handover.receiving_director):
        client_of(acting).post(f"{address}sign", {"seen": seen})
    dossier.refresh_from_db()
    assert dossier.state == "handed-over"


def test_another_version_is_not_signed_unseen(handover: Handover) -> None:
    dossier = make_dossier(handover)
    services.make_ready(handover.brussels, dossier)
    answer = client_of(handover.giving_director).post(f"{dossier.get_absolute_url()}sign", {"seen": "another"})
    assert answer.status_code == 409
    dossier.refresh_from_db()
    assert dossier.state == "ready"


def test_the_paper_holds_the_share_of_its_reader(handover: Handover) -> None:
    for_all = make_action(handover.brussels, groups=["BENELUX"], tlp=TlpLabel.GREEN)
    members = make_action(handover.brussels, groups=["BENELUX"], tlp=TlpLabel.AMBER)
    dossier = make_dossier(handover)
    services.make_ready(handover.brussels, dossier)
    shown = [client_of(one).get(dossier.get_absolute_url()) for one in (handover.hague, handover.dusseldorf)]
    assert [one.context["view"].tlp for one in shown] == ["AMBER", "GREEN"]
    assert "TLP:AMBER" in shown[0].content.decode().partition("</h1>")[2].partition("</header>")[0]
    address = f"{dossier.get_absolute_url()}dossier.pdf"
    theirs = text_of(client_of(handover.dusseldorf).get(f"{address}?language=de").content)
    assert for_all.number in theirs
    assert members.number not in theirs
    assert members.number in text_of(client_of(handover.hague).get(f"{address}?language=nl").content)
    assert client_of(handover.hague).get(f"{address}?language=xx").status_code == 404


def test_what_changed_since_the_version_before(handover: Handover) -> None:
    dossier = make_dossier(handover)
    services.make_ready(handover.brussels, dossier)
    services.take_back(handover.brussels, dossier, reason="Something came.")
    action = make_action(handover.brussels, groups=["BENELUX"])
    page = client_of(handover.brussels).get(f"{dossier.get_absolute_url()}compare").content.decode()
    assert action.number in page


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text

"""Two people of one organisation change the priorities of a presidency, a dossier, or a note in it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest

from edit_hands import Window, check_two_people, two_clients
from noaber.apps.presidency.models import DossierNote, HandoverDossier
from noaber.web import clock
from presidency_builders import make_dossier, make_handover

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def december_2024(settings: Any) -> Iterator[None]:
    """An exercise on 19 December 2024."""
    settings.NOABER_STATUS = "Exercise"
    with clock.at(datetime.datetime(2024, 12, 19, 9, tzinfo=datetime.UTC)):
        yield


def test_priorities() -> None:
    handover = make_handover()
    changes = ({"priorities_fr": "Coopérer davantage."}, {"source": "The directors, 24 June 2024"})
    address = f"/presidency/{handover.giver.pk}/edit"
    check_two_people(two_clients(handover.brussels), address, changes=changes, field="priorities_en")


def test_a_dossier() -> None:
    handover = make_handover()
    dossier = make_dossier(handover, groups=[])
    clients = two_clients(handover.brussels)
    one, other = (Window(client, f"/presidency/handovers/{dossier.pk}/edit") for client in clients)
    assert one.send({"on": "2024-12-20"}).status_code == 302
    assert other.send({"groups": ["BENELUX"]}).status_code == 302
    found = HandoverDossier.objects.get()
    assert found.on == datetime.date(2024, 12, 20)
    assert [group.code for group in found.groups.all()] == ["BENELUX"]


def test_a_note_that_both_begin() -> None:
    handover = make_handover()
    dossier = make_dossier(handover)
    address = f"/presidency/handovers/{dossier.pk}/notes/actions"
    one, other = (Window(client, address) for client in two_clients(handover.brussels))
    assert one.send({"text": "Theirs."}).status_code == 302
    refused = other.send({"text": "Mine."})
    assert refused.status_code == 409
    assert "BE-NCCN" in refused.content.decode()
    assert DossierNote.objects.get().text == "Theirs."
    assert other.send({"text": "Theirs. Mine."}, keep="mine:text").status_code == 302
    assert DossierNote.objects.get().text == "Theirs. Mine."

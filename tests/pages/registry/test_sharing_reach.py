"""A form says to whom its record goes, by the same rule that decides who sees it."""

from __future__ import annotations

from typing import Any

import pytest

from noaber.apps.accounts.enums import Role, TlpLabel
from noaber.apps.accounts.models import SharingGroup
from noaber.apps.accounts.sharing import readers_if, readers_of
from registry_builders import make_contact

pytestmark = pytest.mark.every_database


@pytest.mark.parametrize("label", TlpLabel.values)
@pytest.mark.parametrize("groups", [(), ("BENELUX",)])
def test_what_is_said_beforehand_is_what_happens(neighbours: Any, label: str, groups: tuple[str, ...]):
    contact = make_contact(neighbours.owner, tlp=label, groups=groups)
    foretold = readers_if(neighbours.owner, label, SharingGroup.objects.filter(code__in=groups))
    assert set(foretold) == set(readers_of(contact))


def test_the_form_says_whom_it_reaches_and_when_it_reaches_nobody(neighbours: Any, client_for: Any):
    client = client_for(neighbours.owner, Role.PLANNER)
    assert 'hx-get="/sharing/reach"' in client.get("/contacts/new").content.decode()

    def said(**given: str) -> str:
        return " ".join(client.get("/sharing/reach", given).content.decode().split())

    amber = said(tlp="AMBER", groups="BENELUX")
    assert "Reaches 2 organisations besides yours" in amber
    assert "BNL-SG" not in amber
    assert "Observers of a group do not see it." in amber
    assert "BNL-SG" in said(tlp="GREEN", groups=str(neighbours.group.pk))
    assert "Reaches nobody but NL-VR24." in said(tlp="AMBER")
    assert "whatever the groups" in said(tlp="RED", groups="BENELUX")
    assert "Every organisation" in said(tlp="CLEAR")
    assert "Reaches nobody but NL-VR24." in said(tlp="AMBER", owner="BE-NCCN")
    assert client.get("/sharing/reach?tlp=PINK").status_code == 404

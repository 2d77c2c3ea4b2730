"""Who is there in the tests of the registry: an owner, and one organisation for each way of being near to it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from noaber.apps.accounts.models import Organisation, SharingGroup
from registry_builders import make_group, make_organisation


@dataclass(frozen=True)
class Neighbours:
    """An owner with a group, and who sits where."""

    owner: Organisation
    member: Organisation
    partner: Organisation
    observer: Organisation
    outsider: Organisation
    group: SharingGroup


@pytest.fixture
def neighbours(db: None) -> Neighbours:
    owner, member, partner, observer, outsider = (
        make_organisation(code, territory=territory)
        for code, territory in [
            ("NL-VR24", "NL423"),
            ("BE-NCCN", "BE"),
            ("LU-HCPN", "LU"),
            ("BNL-SG", ""),
            ("SE-MCF", "SE"),
        ]
    )
    group = make_group("BENELUX", member=[owner, member], partner=[partner], observer=[observer])
    return Neighbours(owner, member, partner, observer, outsider, group)

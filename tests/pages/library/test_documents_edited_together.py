"""Two people of one organisation describe one document."""

from __future__ import annotations

from edit_hands import check_two_people, two_clients
from library_builders import make_document
from noaber.apps.accounts.acting import Acting

Centres = tuple[Acting, Acting, Acting]


def test_a_document(centres: Centres) -> None:
    record = make_document(centres[0])
    changes = ({"dated": "2024-06-24"}, {"groups": ["BENELUX"]})
    check_two_people(two_clients(centres[0]), f"/library/{record.pk}/edit", changes=changes, field="description")

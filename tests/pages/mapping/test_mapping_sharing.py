"""What an organisation may not see enters no answer, gap or count of the mapping."""

from __future__ import annotations

from typing import Any

import pytest

from noaber.apps.accounts.enums import Role
from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.enums import AgreementOrigin
from noaber.apps.registry.models import AgreementRow
from noaber.apps.registry.services import load_reference
from noaber.apps.registry.services.agreements import fill_row
from noaber.core.agreements.decode import decode_agreement
from noaber.core.agreements.encode import encode_agreement
from noaber.reference import agreements
from registry_builders import make_capacity, make_group, make_organisation

pytestmark = pytest.mark.every_database


def test_a_text_that_one_may_not_see_closes_no_gap(db: None, client_for: Any):
    load_reference(connect=True)
    keeper = Organisation.objects.get(code="NL-NCC")
    model = next(text for text in agreements() if text.id == "NL-DE-1988")
    data = encode_agreement(model) | {"id": "NL-FR-SECRET", "parties": ["NL", "FR"]}
    data |= {"providers": ["NL", "FR"], "receivers": ["NL", "FR"]}
    row = AgreementRow(owner=keeper, code="NL-FR-SECRET", origin=AgreementOrigin.LOCAL, tlp="RED")
    fill_row(row, decode_agreement(data), data)
    row.save()
    addresses = (
        "/mapping/matrix/?from=FR-COGIC&to=NL-NCC",
        "/mapping/matrix/map?to=NL-NCC",
        "/mapping/gaps/?show=all",
        "/mapping/what-if/?kind=ended",
    )
    for code, sees in (("NL-NCC", True), ("BE-NCCN", False)):
        client = client_for(code, Role.PLANNER)
        for url in addresses:
            assert ("NL-FR-SECRET" in client.get(url).content.decode()) is sees, url
        kinds = {row.key: row.kind for row in client.get("/mapping/gaps/?show=all").context["rows"]}
        assert kinds["FR NL"] == ("complete" if sees else "missing")


def test_teams_are_counted_as_one_may_see_them(db: None, client_for: Any):
    owner, member, outsider = (
        make_organisation(code, territory=territory)
        for code, territory in [("NL-VR24", "NL423"), ("BE-NCCN", "BE"), ("SE-MCF", "SE")]
    )
    make_group("BENELUX", member=[owner, member])
    make_capacity(owner, "PUMPS", quantity=7, share_up_to=2, groups=("BENELUX",))
    make_capacity(owner, "HIDDEN", quantity=5, tlp="RED")

    def teams(organisation: Organisation) -> dict[str, int]:
        rows = client_for(organisation).get("/mapping/matrix/capabilities?to=BE-NCCN").context["offered"].rows
        return {row.code: row.total for row in rows}

    assert teams(owner) == {"HCP": 12}
    assert teams(member) == {"HCP": 2}
    assert teams(outsider) == {}

"""Every operation, for each way of being near: whoever may not see a thing gets an empty list, or 404."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from api_world import Neighbourhood, Reader
from noaber.apps.api.api import api

pytestmark = pytest.mark.every_database

AGREEMENTS = ("BNL-2006", "EU-UCPM-2013", "NL-BE-1984")
"""The texts that everyone sees."""

OPERATIONS: dict[str, dict[str, Any]] = {
    "/vocabulary": {"be": 200, "nl": 200, "lu": 200, "se": 200},
    "/organisations": {"be": 6, "nl": 6, "lu": 6, "se": 6},
    "/organisations/{code}": {"be": 200, "nl": 200, "lu": 200, "se": 200},
    "/agreements": {"be": 4, "nl": 3, "lu": 3, "se": 3},
    "/agreements/BE-LU-2015": {"be": 200, "nl": 404, "lu": 404, "se": 404},
    "/capacities": {"be": 3, "nl": 2, "lu": 2, "se": 0},
    "/capacities/BE-NCCN/LIEGE": {"be": 200, "nl": 200, "lu": 200, "se": 404},
    "/capacities/BE-NCCN/HIDDEN": {"be": 200, "nl": 404, "lu": 404, "se": 404},
    "/contacts": {"be": 1, "nl": 1, "lu": 1, "se": 0},
    "/incidents": {"be": 1, "nl": 1, "lu": 1, "se": 0},
    "/incidents/{number}": {"be": 200, "nl": 200, "lu": 200, "se": 404},
    "/requests": {"be": 1, "nl": 1, "lu": 0, "se": 0},
    "/requests/{message_id}": {"be": 200, "nl": 200, "lu": 404, "se": 404},
    "/deployments": {"be": 1, "nl": 1, "lu": 0, "se": 0},
    "/deployments/{deployment_id}": {"be": 200, "nl": 200, "lu": 404, "se": 404},
    "/waiting": {"be": 0, "nl": 1, "lu": 0, "se": 0},
    "/journal": {"be": 5, "nl": 5, "lu": 0, "se": 0},
    "/messages/edxl/{message_id}": {"be": 200, "nl": 200, "lu": 404, "se": 404},
    "/messages/json/{message_id}": {"be": 200, "nl": 200, "lu": 404, "se": 404},
}
"""What each reader gets of an address: so many items of a list, or the status of one thing."""


def description() -> dict[str, Any]:
    described: dict[str, Any] = Client().get("/api/v1/openapi.json").json()
    return described


def described_path(address: str) -> str:
    """The path of the description that an address of the table belongs to."""
    path = address.replace("BE-LU-2015", "{code}")
    for code in ("LIEGE", "HIDDEN"):
        path = path.replace(f"BE-NCCN/{code}", "{owner}/{code}")
    return f"/api/v1{path}"


@pytest.mark.parametrize("who", ["be", "nl", "lu", "se"])
def test_a_reader_sees_what_is_shared_with_it(neighbourhood: Neighbourhood, who: str) -> None:
    reader = Reader(neighbourhood.acting(who))
    seen = {}
    for address in OPERATIONS:
        answer = reader.get(address.format(**neighbourhood.ids))
        is_list = answer.status_code == 200 and address.count("/") == 1 and address != "/vocabulary"
        seen[address] = answer.json()["count"] if is_list else answer.status_code
    assert seen == {address: expected[who] for address, expected in OPERATIONS.items()}


def test_without_a_name_nothing_is_told(neighbourhood: Neighbourhood) -> None:
    for address in OPERATIONS:
        answer = Client().get("/api/v1" + address.format(**neighbourhood.ids))
        assert answer.status_code == 401
        assert answer["Content-Type"] == "application/problem+json"
        assert answer["WWW-Authenticate"].startswith("Bearer")


def test_the_table_above_knows_every_operation() -> None:
    described = {(path, method) for path, operations in description()["paths"].items() for method in operations}
    assert described == {(described_path(address), "get") for address in OPERATIONS}


def test_the_description_is_a_valid_openapi_3_1() -> None:
    described = description()
    validate(described)
    assert described["openapi"].startswith("3.1")
    assert described["info"]["version"] == api.version


def test_answers_are_as_they_are_described(neighbourhood: Neighbourhood) -> None:
    described = description()
    reader = Reader(neighbourhood.acting("be"))
    for address in OPERATIONS:
        answer = reader.get(address.format(**neighbourhood.ids))
        (media_type, content), *_ = described["paths"][described_path(address)]["get"]["responses"]["200"][
            "content"
        ].items()
        assert answer["Content-Type"].split(";")[0] == media_type
        if "schema" in content:
            OAS31Validator({**content["schema"], "components": described["components"]}).validate(answer.json())

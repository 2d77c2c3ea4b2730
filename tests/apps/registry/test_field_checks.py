"""What someone read of a field lasts: through a new version of the product, and beside who may not write it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from noaber.apps.accounts.enums import Role
from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.models import AgreementRow, FieldCheck
from noaber.apps.registry.queries import agreement_of, inventory
from noaber.apps.registry.services import load_reference
from noaber.apps.registry.services import reference as loading
from noaber.apps.registry.services.field_checks import check_field, may_state
from noaber.core.agreements import UNKNOWN, Confidence, CostRule
from noaber.core.agreements.reading import Reading
from noaber.core.problems import InvalidInput, NotAllowed
from noaber.reference.legal_texts import agreements
from registry_builders import make_acting

NOW = datetime.datetime(2021, 7, 14, 16, 0, tzinfo=datetime.UTC)
DAY = datetime.date(2021, 7, 14)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def texts() -> None:
    load_reference(connect=True)


def acting(code: str, role: Role = Role.PLANNER) -> Any:
    return make_acting(Organisation.objects.get(code=code), role)


def read(who: Any, code: str, field: str, value: Any = None) -> FieldCheck:
    row = AgreementRow.objects.get(code=code)
    reading = Reading(field, Confidence.SOURCED, "Staatsblad", value)
    return check_field(who, row, reading, inventory(who.organisation), on=DAY, note="", now=NOW)


def text_of(code: str) -> Any:
    return agreement_of(AgreementRow.objects.get(code=code))


def load_version(monkeypatch: pytest.MonkeyPatch, **changed: Any) -> None:
    """A new version of the product, in which BE-DE-1980 says something else."""
    other = [replace(text, **changed) if text.id == "BE-DE-1980" else text for text in agreements()]
    monkeypatch.setattr(loading, "agreements", lambda: tuple(other))
    load_reference()


def test_a_new_version_takes_no_answer_away(monkeypatch: pytest.MonkeyPatch):
    read(acting("BE-NCCN"), "BE-DE-1980", "cost_rule", "reimbursed")
    load_version(monkeypatch, signed=datetime.date(1980, 11, 7))
    text = text_of("BE-DE-1980")

    assert text.signed == datetime.date(1980, 11, 7)
    assert text.cost_rule is CostRule.REIMBURSED
    assert [s.address for s in text.sources if s.number in text.remarks["cost_rule"].sources] == ["Staatsblad"]


def test_a_new_version_that_was_checked_later_and_says_it_itself_counts(monkeypatch: pytest.MonkeyPatch):
    read(acting("BE-NCCN"), "BE-DE-1980", "cost_rule", "reimbursed")
    load_version(monkeypatch, cost_rule=CostRule.FREE)

    assert text_of("BE-DE-1980").cost_rule is CostRule.FREE


@pytest.mark.parametrize(
    ("code", "role", "may"),
    [
        ("BNL-SG", Role.POLICY_OFFICER, True),
        ("BE-NCCN", Role.PLANNER, True),
        ("BE-NCCN", Role.DUTY_OFFICER, False),
        ("DE-GMLZ", Role.PLANNER, True),
        ("DE-NW", Role.PLANNER, False),
        ("LU-HCPN", Role.PLANNER, False),
        ("BE-P-LG", Role.PLANNER, False),
    ],
)
def test_who_may_write_down_what_a_text_says(code: str, role: Role, may: bool):
    assert may_state(acting(code, role), AgreementRow.objects.get(code="BE-DE-1980")) is may


def test_what_is_not_allowed_or_not_sound_writes_nothing():
    before = AgreementRow.objects.get(code="BE-DE-1980").data
    with pytest.raises(NotAllowed):
        read(acting("LU-HCPN"), "BE-DE-1980", "cost_rule", "free")
    with pytest.raises(NotAllowed):
        read(acting("BE-NCCN", Role.DUTY_OFFICER), "BE-DE-1980", "trigger")
    with pytest.raises(InvalidInput) as refused:
        read(acting("BE-NCCN"), "BE-DE-1980", "in_force", "1970-01-01")

    assert refused.value.problems[0].where.endswith("/in_force")
    assert AgreementRow.objects.get(code="BE-DE-1980").data == before
    assert not FieldCheck.objects.exists()


def test_a_fact_that_was_wrong_becomes_unknown_again():
    read(acting("BE-NCCN"), "BE-FR-1981", "cost_rule", "unknown")

    assert text_of("BE-FR-1981").cost_rule is UNKNOWN

"""Every code that a user may see has its English sentence or name."""

from __future__ import annotations

from enum import Enum

import pytest

from noaber.core.agreements import (
    ESTABLISHED_FIELDS,
    Absent,
    Aspect,
    CertificateRule,
    Confidence,
    CostRule,
    Finding,
    Kind,
    Level,
    Match,
    Trigger,
    Verdict,
    labels,
)
from noaber.core.agreements.force import ForceFinding, match_of_force
from noaber.core.agreements.planning import Reason


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        (labels.VERDICT_LABELS, Verdict),
        (labels.LEVEL_LABELS, Level),
        (labels.KIND_LABELS, Kind),
        (labels.COST_LABELS, CostRule),
        (labels.CERTIFICATE_LABELS, CertificateRule),
        (labels.TRIGGER_LABELS, Trigger),
        (labels.CONFIDENCE_LABELS, Confidence),
        (labels.ABSENT_LABELS, Absent),
        (labels.REASON_TEXTS, Reason),
    ],
)
def test_every_member_has_a_name(table, kind: type[Enum]):
    assert set(table) == set(kind)
    assert all(table.values())


def test_every_field_that_may_be_unknown_has_a_name():
    assert tuple(labels.FIELD_LABELS) == ESTABLISHED_FIELDS


@pytest.mark.parametrize("aspect", [aspect for aspect in Aspect if aspect is not Aspect.FORCE])
@pytest.mark.parametrize("match", [Match.NO, Match.UNKNOWN])
def test_every_reason_of_doubt_has_a_sentence(aspect, match):
    assert labels.finding_text(Finding(aspect, match)).endswith(".")


@pytest.mark.parametrize("force", [force for force in ForceFinding if force is not ForceFinding.IN_FORCE])
def test_every_finding_of_force_has_its_own_sentence(force):
    text = labels.finding_text(Finding(Aspect.FORCE, match_of_force(force), force.value))

    assert text.endswith(".")


def test_a_finer_territory_is_said_differently_from_an_unknown_extent():
    finer = Finding(Aspect.RECEIVER, Match.UNKNOWN, "finer-territory")
    unknown = Finding(Aspect.RECEIVER, Match.UNKNOWN, "extent-not-established")

    assert labels.finding_text(finer) != labels.finding_text(unknown)


def test_a_plain_yes_needs_no_sentence():
    assert labels.finding_text(Finding(Aspect.HELP, Match.YES)) == ""

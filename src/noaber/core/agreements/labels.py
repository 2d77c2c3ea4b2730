"""How the codes of this package are said to a user: English sentences and names, extracted for translation.

One table per kind of code. Sentences end with a full stop, names do not. Names of roles and channels are data with
four languages of their own (`noaber.reference`).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from noaber.core.agreements.answer import Verdict
from noaber.core.agreements.basis import Aspect, Finding
from noaber.core.agreements.force import ForceFinding
from noaber.core.agreements.model import Absent, CertificateRule, Confidence, CostRule, Kind, Level, Trigger
from noaber.core.agreements.planning import Reason
from noaber.core.agreements.scope import Match


def _(text: str) -> str:
    """Mark a text for extraction; the core itself translates nothing."""
    return text


VERDICT_LABELS: Final[Mapping[Enum, str]] = {
    Verdict.HOME: _("Inside one country: no text needed"),
    Verdict.YES: _("Yes"),
    Verdict.UNKNOWN: _("Unknown"),
    Verdict.NO_TEXT: _("No text"),
}

LEVEL_LABELS: Final[Mapping[Enum, str]] = {
    Level.LOCAL: _("Local"),
    Level.REGION: _("Region"),
    Level.STATE: _("State"),
    Level.UNION: _("Union mechanism"),
}

KIND_LABELS: Final[Mapping[Enum, str]] = {
    Kind.TREATY: _("Treaty"),
    Kind.MEMORANDUM: _("Memorandum of understanding"),
    Kind.ARRANGEMENT: _("Arrangement"),
    Kind.DECISION: _("Decision"),
    Kind.DECLARATION: _("Declaration"),
    Kind.PLAN: _("Plan"),
    Kind.UNION_LAW: _("Law of the Union"),
}

COST_LABELS: Final[Mapping[Enum, str]] = {
    CostRule.FREE: _("Free: the helper bears its own cost"),
    CostRule.REIMBURSED: _("Reimbursed by the requester"),
    CostRule.PARTLY: _("Partly reimbursed"),
    CostRule.BY_ARRANGEMENT: _("By arrangement"),
}

CERTIFICATE_LABELS: Final[Mapping[Enum, str]] = {
    CertificateRule.REQUIRED: _("The leader carries a certificate"),
    CertificateRule.NOT_REQUIRED: _("No certificate needed"),
}

TRIGGER_LABELS: Final[Mapping[Enum, str]] = {
    Trigger.OWN_MEANS_INSUFFICIENT: _("When the own means fall short"),
    Trigger.ON_REQUEST: _("Only on request"),
}

CONFIDENCE_LABELS: Final[Mapping[Enum, str]] = {
    Confidence.SOURCED: _("From the source"),
    Confidence.DERIVED: _("Follows from the source"),
    Confidence.GENERAL_KNOWLEDGE: _("General knowledge, not looked up"),
    Confidence.OURS: _("Our reading"),
    Confidence.UNSURE: _("Unsure: verify before relying on it"),
}

ABSENT_LABELS: Final[Mapping[Enum, str]] = {
    Absent.UNKNOWN: _("unknown"),
    Absent.NONE: _("none in this text"),
}

REASON_TEXTS: Final[Mapping[Enum, str]] = {
    Reason.NO_ASSUMPTION: _("Your organisation has no assumed approval time for this text or its level; enter one."),
    Reason.NOT_SEPARABLE: _("Others in the same territory are not covered; the proposal cannot tell them apart."),
}

FIELD_LABELS: Final[Mapping[str, str]] = {
    "signed": _("Signed"),
    "in_force": _("In force"),
    "valid_until": _("Valid until"),
    "providers": _("Help from"),
    "receivers": _("Help to"),
    "requester_roles": _("Who asks"),
    "granter_roles": _("Who grants"),
    "channels": _("Channel"),
    "help_types": _("Help"),
    "hazards": _("Hazards"),
    "trigger": _("When"),
    "border_rule": _("Border"),
    "certificate_required": _("Certificate"),
    "command_rule": _("Command"),
    "cost_rule": _("Who pays"),
    "liability_rule": _("Liability"),
    "claim_deadline": _("Deadline for claims"),
}
"""By field of `Agreement`, for every field that may be unknown."""

_FINDING_TEXTS: Final[Mapping[tuple[Aspect, Match], str]] = {
    (Aspect.PROVIDER, Match.NO): _("The owner’s territory is not covered."),
    (Aspect.PROVIDER, Match.UNKNOWN): _("Which part of the owner’s side is covered is not established."),
    (Aspect.RECEIVER, Match.NO): _("The place is not covered."),
    (Aspect.RECEIVER, Match.UNKNOWN): _("Which part of the receiving side is covered is not established."),
    (Aspect.OWNER, Match.NO): _("The text names who helps, and not this organisation."),
    (Aspect.OWNER, Match.UNKNOWN): _("The text names who helps; the owner is not known."),
    (Aspect.HELP, Match.NO): _("The text does not cover this help."),
    (Aspect.HELP, Match.UNKNOWN): _("Whether the text covers this help is not established."),
    (Aspect.HAZARD, Match.NO): _("The text does not cover this hazard."),
    (Aspect.HAZARD, Match.UNKNOWN): _("Whether the text covers this hazard is not established."),
}

_DETAIL_TEXTS: Final[Mapping[tuple[Aspect, str], str]] = {
    (Aspect.PROVIDER, "finer-territory"): _("The text covers only a part of the owner’s territory as it is known."),
    (Aspect.RECEIVER, "finer-territory"): _("The text covers only a part of the territory that is known of the place."),
    (Aspect.FORCE, ForceFinding.NOT_SIGNED_YET): _("The text was not signed yet on that day."),
    (Aspect.FORCE, ForceFinding.NOT_IN_FORCE_YET): _("The text was not in force yet on that day."),
    (Aspect.FORCE, ForceFinding.FORCE_NOT_ESTABLISHED): _(
        "Whether the text was in force on that day is not established."
    ),
    (Aspect.FORCE, ForceFinding.ENDED): _("The text had ended by that day."),
    (Aspect.FORCE, ForceFinding.REPLACED): _("Another text has replaced this one."),
    (Aspect.FORCE, ForceFinding.REPLACEMENT_NOT_ESTABLISHED): _(
        "Whether another text had already replaced this one is not established."
    ),
}


def finding_text(finding: Finding) -> str:
    """The sentence that says why a text does not surely cover a question; empty for a plain yes."""
    if finding.match is Match.YES:
        return ""
    detailed = _DETAIL_TEXTS.get((finding.aspect, finding.detail))
    return detailed or _FINDING_TEXTS[finding.aspect, finding.match]

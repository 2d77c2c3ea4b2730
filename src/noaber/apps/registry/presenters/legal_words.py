"""The words for what stands in an agreement: levels, kinds, rules, fields, and why something is doubtful."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from noaber.core.agreements import Aspect, CertificateRule, Confidence, CostRule, Kind, Level, Trigger, Verdict
from noaber.core.agreements.force import ForceFinding
from noaber.core.agreements.standing import Standing

Words = Mapping[str, Promise]

LEVELS: Final[Words] = {
    Level.LOCAL: _("local"),
    Level.REGION: _("region, province or district"),
    Level.STATE: pgettext_lazy("a country", "state"),
    Level.UNION: _("European Union"),
}

KINDS: Final[Words] = {
    Kind.TREATY: _("treaty"),
    Kind.MEMORANDUM: _("memorandum of understanding"),
    Kind.ARRANGEMENT: _("arrangement"),
    Kind.DECISION: _("decision"),
    Kind.DECLARATION: _("declaration"),
    Kind.PLAN: _("plan"),
    Kind.UNION_LAW: _("law of the Union"),
}

COST_RULES: Final[Words] = {
    CostRule.FREE: _("Free of charge: each side bears its own cost."),
    CostRule.REIMBURSED: _("The side that asked reimburses the cost."),
    CostRule.PARTLY: _("Reimbursed in part."),
    CostRule.BY_ARRANGEMENT: _("By arrangement in each case."),
}

TRIGGERS: Final[Words] = {
    Trigger.OWN_MEANS_INSUFFICIENT: _("When one’s own means fall short."),
    Trigger.ON_REQUEST: _("On request only."),
}

CERTIFICATES: Final[Words] = {
    CertificateRule.REQUIRED: _("The leader carries a certificate: kind of help, kind of unit, head count."),
    CertificateRule.NOT_REQUIRED: _("No certificate is needed."),
}

CONFIDENCE: Final[Words] = {
    Confidence.SOURCED: _("read in the source named"),
    Confidence.DERIVED: _("follows from a source"),
    Confidence.GENERAL_KNOWLEDGE: _("general knowledge, not looked up"),
    Confidence.OURS: _("our own reading"),
    Confidence.UNSURE: _("unsure, to be verified"),
}

VERDICTS: Final[Words] = {
    Verdict.HOME: _("Inside one country: no text is needed."),
    Verdict.YES: _("Yes"),
    Verdict.UNKNOWN: _("Unknown: a text may cover it"),
    Verdict.NO_TEXT: _("No text"),
}

FIELDS: Final[Words] = {
    "kind": _("Kind"),
    "level": _("Level"),
    "parties": _("Parties"),
    "signed": _("Signed"),
    "in_force": _("In force"),
    "valid_until": _("Valid until"),
    "providers": _("Help may come from"),
    "receivers": _("Help may go to"),
    "requester_roles": _("Who asks"),
    "granter_roles": _("Who grants"),
    "channels": _("Channel"),
    "help_types": _("Help"),
    "hazards": _("Hazards"),
    "themes": _("Themes"),
    "trigger": _("When"),
    "border_rule": _("Border"),
    "certificate_required": _("Certificate"),
    "command_rule": _("Command"),
    "cost_rule": _("Who pays"),
    "cost_exceptions": _("Exceptions to the cost rule"),
    "liability_rule": _("Liability"),
    "claim_deadline": _("Claim by"),
    "replaces": _("Replaces"),
    "supplements": _("Supplements"),
    "implements": _("Carries out"),
    "notes": _("Notes"),
}

STANDINGS: Final[Words] = {
    Standing.IN_FORCE: _("in force"),
    Standing.COUNTED: _("in force, day unknown"),
    Standing.SIGNED: _("signed, not in force yet"),
    Standing.NOT_YET: _("not in force yet"),
    Standing.NOT_SIGNED: _("not signed yet"),
    Standing.ENDED: _("ended"),
    Standing.REPLACED: _("replaced"),
    Standing.PERHAPS_REPLACED: _("perhaps replaced"),
    Standing.UNKNOWN: _("force unknown"),
}

ASPECT_DOUBTS: Final[Words] = {
    Aspect.PROVIDER: _("Whether the helper’s area is covered is not established."),
    Aspect.OWNER: _("Whether this organisation helps under it is not established."),
    Aspect.RECEIVER: _("Whether the place is covered is not established."),
    Aspect.HELP: _("Whether this kind of help is covered is not established."),
    Aspect.HAZARD: _("Whether this hazard is covered is not established."),
    Aspect.FORCE: _("Whether it is in force is not established."),
}

ASPECT_REFUSALS: Final[Words] = {
    Aspect.PROVIDER: _("It does not cover the helper’s area."),
    Aspect.OWNER: _("This organisation does not help under it."),
    Aspect.RECEIVER: _("It does not cover the place."),
    Aspect.HELP: _("It does not cover this kind of help."),
    Aspect.HAZARD: _("It does not cover this hazard."),
    Aspect.FORCE: _("It is not in force on this day."),
}

DETAILS: Final[Words] = {
    "finer-territory": _("The text covers only a part of the area, which is known here more coarsely."),
    "extent-not-established": _("How far its area reaches is not established."),
    ForceFinding.NOT_SIGNED_YET: _("It was not signed yet."),
    ForceFinding.NOT_IN_FORCE_YET: _("It was not in force yet."),
    ForceFinding.FORCE_NOT_ESTABLISHED: _("The day on which it came into force is not established."),
    ForceFinding.ENDED: _("It has ended."),
    ForceFinding.REPLACED: _("Another text has replaced it."),
    ForceFinding.REPLACEMENT_NOT_ESTABLISHED: _("Another text may have replaced it."),
}

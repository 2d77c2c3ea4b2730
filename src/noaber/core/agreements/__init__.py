"""Agreements: who may help whom, with what, by which channel, at whose cost, by which text."""

from noaber.core.agreements.answer import Answer, Question, Verdict, may_help
from noaber.core.agreements.basis import Aspect, Basis, Finding, Stated
from noaber.core.agreements.matrix import HelpMatrix, Place, help_matrix
from noaber.core.agreements.model import (
    ESTABLISHED_FIELDS,
    NONE,
    UNKNOWN,
    Absent,
    Agreement,
    Authority,
    CertificateRule,
    Checked,
    Confidence,
    CostRule,
    Kind,
    Level,
    Remark,
    Source,
    Trigger,
    unknown_fields,
)
from noaber.core.agreements.scope import ANY, EVERYTHING, NOT_ESTABLISHED, NOTHING, Match, Scope, Territories
from noaber.core.agreements.wording import LANGUAGES, Wording

__all__ = [
    "ANY",
    "ESTABLISHED_FIELDS",
    "EVERYTHING",
    "LANGUAGES",
    "NONE",
    "NOTHING",
    "NOT_ESTABLISHED",
    "UNKNOWN",
    "Absent",
    "Agreement",
    "Answer",
    "Aspect",
    "Authority",
    "Basis",
    "CertificateRule",
    "Checked",
    "Confidence",
    "CostRule",
    "Finding",
    "HelpMatrix",
    "Kind",
    "Level",
    "Match",
    "Place",
    "Question",
    "Remark",
    "Scope",
    "Source",
    "Stated",
    "Territories",
    "Trigger",
    "Verdict",
    "Wording",
    "help_matrix",
    "may_help",
    "unknown_fields",
]

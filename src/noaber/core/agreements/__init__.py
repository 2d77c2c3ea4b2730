"""Agreements: who may help whom, with what, by which channel, at whose cost, by which text.

Here are the names that others use. The matrix of many pairs (`matrix.py`, with numpy), the codecs (`decode.py`,
`encode.py`), the checks of a whole set (`checks.py`) and the planning entries (`planning.py`) are imported by name.
"""

from noaber.core.agreements.answer import Answer, Question, Verdict, may_help
from noaber.core.agreements.basis import Aspect, Basis, Finding, Stated
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
from noaber.core.agreements.problem_texts import PROBLEM_TEXTS
from noaber.core.agreements.scope import ANY, EVERYTHING, NOT_ESTABLISHED, NOTHING, Match, Scope, Territories
from noaber.core.agreements.wording import LANGUAGES, Wording
from noaber.core.problems import add_problem_texts

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
    "Kind",
    "Level",
    "Match",
    "Question",
    "Remark",
    "Scope",
    "Source",
    "Stated",
    "Territories",
    "Trigger",
    "Verdict",
    "Wording",
    "may_help",
    "unknown_fields",
]

add_problem_texts(PROBLEM_TEXTS)

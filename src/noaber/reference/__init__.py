"""Reference data of the field, with the loaders that read it: vocabulary, organisations, places, texts.

Data that ships with the product and is the same everywhere. No Django and no database: the apps copy from here
what their users may then change.
"""

from noaber.core.problems import add_problem_texts
from noaber.reference.legal_texts import agreements, channel_names, role_names, source_addresses
from noaber.reference.problem_texts import PROBLEM_TEXTS

__all__ = ["agreements", "channel_names", "role_names", "source_addresses"]

add_problem_texts(PROBLEM_TEXTS)

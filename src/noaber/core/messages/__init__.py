"""The messages that cross a border: their model, their rules, and their XML."""

from noaber.core.messages.problem_texts import PROBLEM_TEXTS
from noaber.core.messages.refusal_texts import REFUSAL_TEXTS
from noaber.core.problems import add_problem_texts

add_problem_texts(PROBLEM_TEXTS)
add_problem_texts(REFUSAL_TEXTS)

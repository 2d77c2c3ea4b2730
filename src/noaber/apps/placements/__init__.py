"""Exchange programmes: calls, host places, applications, matching, placements and what was learned."""

from noaber.apps.placements.problem_texts import PROBLEM_TEXTS
from noaber.core.problems import add_problem_texts

add_problem_texts(PROBLEM_TEXTS)

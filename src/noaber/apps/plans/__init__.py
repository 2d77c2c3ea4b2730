"""Annual plans and multi-year programmes: objectives, actions, evidence; progress that is derived."""

from noaber.apps.plans.problem_texts import PROBLEM_TEXTS
from noaber.core.problems import add_problem_texts

add_problem_texts(PROBLEM_TEXTS)

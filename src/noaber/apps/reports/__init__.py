"""The mapping report, as pages and as PDF."""

from noaber.apps.reports.problem_texts import PROBLEM_TEXTS
from noaber.core.problems import add_problem_texts

add_problem_texts(PROBLEM_TEXTS)

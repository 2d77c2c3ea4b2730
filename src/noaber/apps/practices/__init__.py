"""Practices and lessons: what was learned where, found again, reused, checked."""

from noaber.apps.practices.problem_texts import PROBLEM_TEXTS
from noaber.core.problems import add_problem_texts

add_problem_texts(PROBLEM_TEXTS)

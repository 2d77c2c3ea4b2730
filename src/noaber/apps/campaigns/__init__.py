"""Campaigns of the mapping: what is asked of whom, until when, and what was signed off."""

from noaber.apps.campaigns.problem_texts import PROBLEM_TEXTS
from noaber.core.problems import add_problem_texts

add_problem_texts(PROBLEM_TEXTS)

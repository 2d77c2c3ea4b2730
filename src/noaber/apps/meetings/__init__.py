"""Meetings and workshops: agenda, minutes written together, decisions with a number that lasts."""

from noaber.apps.meetings.problem_texts import PROBLEM_TEXTS
from noaber.core.problems import add_problem_texts

add_problem_texts(PROBLEM_TEXTS)

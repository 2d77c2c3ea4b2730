"""Reach: for every place and capability, when the first, third, fifth team is there, and under which text.

`docs/algorithms/traveltime.md` says what is guaranteed and how it is computed.
"""

from noaber.core.problems import add_problem_texts
from noaber.core.reach.problem_texts import PROBLEM_TEXTS

add_problem_texts(PROBLEM_TEXTS)

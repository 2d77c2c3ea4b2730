"""Travel times on roads: reading extracts, the stored network, closures, and all minutes at once.

`docs/algorithms/traveltime.md` says what is guaranteed and how it is computed.
"""

from noaber.core.problems import add_problem_texts
from noaber.core.traveltime.problem_texts import PROBLEM_TEXTS

add_problem_texts(PROBLEM_TEXTS)

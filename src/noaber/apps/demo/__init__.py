"""The exercise “Juli 2021” on this node: bringing it in, and playing its story on.

It stands above the apps that people work on, because it does what people do: every step goes through the services
that the pages call. What the exercise consists of is data (`noaber.reference.demo`).
"""

from noaber.apps.demo.problem_texts import PROBLEM_TEXTS
from noaber.core.problems import add_problem_texts

add_problem_texts(PROBLEM_TEXTS)

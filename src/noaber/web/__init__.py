"""What every page shares: the frame, its parts, forms, tables, scripts. It knows no app: the apps come to it."""

from noaber.core.problems import add_problem_texts
from noaber.web.problem_texts import PROBLEM_TEXTS

add_problem_texts(PROBLEM_TEXTS)

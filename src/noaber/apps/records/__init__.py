from noaber.apps.records.problem_texts import PROBLEM_TEXTS
from noaber.core.problems import add_problem_texts

add_problem_texts(PROBLEM_TEXTS)

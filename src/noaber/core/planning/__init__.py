"""Planning: who goes where, proven best, and why.

    problem.py    what is asked            decode.py   ... from a file
    options.py    who may come, how fast   travel.py   minutes
    model.py      columns                  constraints.py   rows
    program.py    the solver               objective.py, stages.py, burden.py, optimise.py   the five objectives
    ties.py, lines.py   teams per unit     unmet.py, notices.py, explain.py   reasons
    solve.py      problem in, plan out     plan.py, encode.py   the plan, as JSON

Import from the modules; this file imports texts only, so that reading a problem does not load the solver.
"""

from noaber.core.planning.problem_texts import PROBLEM_TEXTS
from noaber.core.problems import add_problem_texts

add_problem_texts(PROBLEM_TEXTS)

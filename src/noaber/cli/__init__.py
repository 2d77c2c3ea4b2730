"""The command line: one module per command, each with `add_parser` and `run`."""

from noaber.cli.problem_texts import PROBLEM_TEXTS
from noaber.core.problems import add_problem_texts

add_problem_texts(PROBLEM_TEXTS)

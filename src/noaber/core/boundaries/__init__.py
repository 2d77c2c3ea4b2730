"""Boundaries of municipalities and regions that an operator brings: GeoJSON in, areas with codes and names out."""

from noaber.core.boundaries.problem_texts import PROBLEM_TEXTS
from noaber.core.problems import add_problem_texts

add_problem_texts(PROBLEM_TEXTS)

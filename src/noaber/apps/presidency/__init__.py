"""Who holds the presidency when, and the handover dossier that writes itself."""

from noaber.apps.presidency.problem_texts import PROBLEM_TEXTS
from noaber.core.problems import add_problem_texts

add_problem_texts(PROBLEM_TEXTS)

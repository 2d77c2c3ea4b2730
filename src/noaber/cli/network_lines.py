"""The building of a network as another process follows it: each step, and what stopped it, as a line of JSON.

Whoever follows holds the standard input open; where that ends, the follower is gone, and so is the building.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable

from noaber.core.problems import InvalidInput, Problem
from noaber.core.traveltime.progress import Step, disk_problem, encode_problem, encode_step


def tell_step(step: Step) -> None:
    """Write a step for who follows."""
    print(encode_step(step), flush=True)


def followed(work: Callable[[], object]) -> int:
    """Do the work; what stops it is the last line, and 2 the exit code."""
    threading.Thread(target=_end_with_follower, daemon=True).start()
    try:
        work()
        return 0
    except InvalidInput as error:
        first = error.problems[0]
        problem = Problem(first.code, first.where or error.source, first.params)
    except MemoryError:
        problem = Problem("network.no-memory")
    except OSError as error:
        problem = disk_problem(error)
    print(encode_problem(problem), flush=True)
    return 2


def _end_with_follower() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os._exit(1)

"""Several people at the same moment, each in a thread; only PostgreSQL lets threads wait for each other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context

from django.db import connections

from noaber.core.problems import NotAllowed


def at_once(*works: Callable[[], object]) -> list[object]:
    """Start all together, at the moment of the site's clock; what each gave back, or the code of what refused it."""
    gate = threading.Barrier(len(works))
    results: list[object] = [None] * len(works)

    def run(index: int, work: Callable[[], object]) -> None:
        gate.wait()
        try:
            results[index] = work()
        except NotAllowed as error:
            results[index] = error.problem.code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=copy_context().run, args=(run, index, work)) for index, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results

"""Reach on a Dask cluster, where one machine is too small: its workers answer the parts of a question.

The package `distributed` (`noaber[cluster]`) is imported only where the setting names a scheduler. Workers need Noaber
of the same version, and the network in a folder of the same name.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from itertools import pairwise
from typing import Any, Final

from noaber.core.problems import InvalidInput, Problem, add_problem_texts
from noaber.core.reach.answer import CapabilityReach
from noaber.core.reach.mixed import OnRoads
from noaber.core.reach.parts import RoadsElsewhere, answer_mixed_part, answer_part, joined, part_edges
from noaber.core.reach.question import Question
from noaber.core.translatable import _
from noaber.core.traveltime.network import RoadNetwork

add_problem_texts(
    {
        "cluster.no-package": _("A cluster needs the package “distributed”: install noaber[cluster]."),
        "cluster.unreachable": _("No Dask scheduler answers at %(address)s: %(reason)s."),
        "cluster.no-workers": _("The Dask scheduler at %(address)s has no workers; start some."),
        "cluster.failed": _("The Dask cluster at %(address)s did not answer the question: %(reason)s."),
    }
)

SETTING: Final = "NOABER_DASK_SCHEDULER"
PATIENCE_SECONDS: Final = 10.0
"""How long a scheduler may take to answer a call."""
_PARTS_PER_THREAD: Final = 2


def find_scheduler() -> str | None:
    """The address of the scheduler that is set; None where the machine itself computes."""
    return os.environ.get(SETTING, "").strip() or None


def reach_on_cluster(
    scheduler: str, questions: Sequence[Question], where: RoadsElsewhere | None
) -> list[dict[str, CapabilityReach]]:
    """The reach of every capability, as this machine would find it, for each question about the same units and places.

    Parameters
    ----------
    scheduler
        Its address, such as `tcp://10.0.0.5:8786`.
    where
        The roads that all are joined to; None for the estimate.

    Raises
    ------
    InvalidInput
        Where the cluster cannot be reached or used, or a worker has not the same network.
    """
    return _ask(scheduler, questions, answer_part, (where,), PATIENCE_SECONDS)


def mixed_reach_on_cluster(
    scheduler: str,
    questions: Sequence[Question],
    layers: Sequence[tuple[RoadsElsewhere, OnRoads]],
    *,
    main_roads: Callable[[], RoadNetwork],
    patience_seconds: float,
) -> list[dict[str, CapabilityReach]]:
    """The same on layers of roads, the best first.

    Parameters
    ----------
    main_roads
        By which each worker makes the network of main roads for itself.
    patience_seconds
        How long the scheduler may take to answer the call.
    """
    return _ask(scheduler, questions, answer_mixed_part, (tuple(layers), main_roads), patience_seconds)


def _ask(
    scheduler: str,
    questions: Sequence[Question],
    answer: Callable[..., dict[str, CapabilityReach]],
    about: tuple[Any, ...],
    patience_seconds: float,
) -> list[dict[str, CapabilityReach]]:
    """Have `answer` called with a question, from which place to which, and what it is `about`."""
    try:
        import distributed
    except ImportError as error:
        raise _unusable("cluster.no-package") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is said in one line, below
    _reach_out(scheduler, patience_seconds)
    try:
        with distributed.Client(scheduler, timeout=patience_seconds, set_as_default=False) as client:
            n_threads = sum(client.nthreads().values())
            if not n_threads:
                raise _unusable("cluster.no-workers", address=scheduler)
            edges = part_edges(len(questions[0].places), n_threads * _PARTS_PER_THREAD)
            *sent, first = client.scatter([*questions, about[0]], broadcast=True)  # held until all have answered
            parts = [
                [client.submit(answer, one, low, high, first, *about[1:], pure=False) for low, high in pairwise(edges)]
                for one in sent
            ]
            return [joined(found) for found in client.gather(parts)]
    except (OSError, ImportError, AttributeError, CancelledError, distributed.KilledWorker) as error:
        raise _unusable("cluster.failed", address=scheduler, reason=_reason(error)) from error


def _reach_out(scheduler: str, patience_seconds: float) -> None:
    """Connect and part again: a client that never connected would complain on standard error when it is thrown away."""
    from distributed.comm.core import connect

    async def connect_once() -> None:
        await (await connect(scheduler, timeout=patience_seconds)).close()

    try:
        asyncio.run(connect_once())
    except (OSError, ValueError) as error:
        raise _unusable("cluster.unreachable", address=scheduler, reason=_reason(error)) from error


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".")


def _unusable(code: str, **params: object) -> InvalidInput:
    return InvalidInput([Problem(code, params=params)], SETTING)

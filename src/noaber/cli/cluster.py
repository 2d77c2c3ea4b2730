"""Reach on a Dask cluster, where one machine is too small: its workers answer the parts of a question.

The package `distributed` (`noaber[cluster]`) is imported only where the setting names a scheduler. Workers need Noaber
of the same version, and the network in a folder of the same name.
"""

from __future__ import annotations

import asyncio
import logging
import os
from itertools import pairwise
from typing import Final

from noaber.core.problems import InvalidInput, Problem
from noaber.core.reach.answer import CapabilityReach
from noaber.core.reach.parts import RoadsElsewhere, answer_part, joined, part_edges
from noaber.core.reach.question import Question

SETTING: Final = "NOABER_DASK_SCHEDULER"
PATIENCE_SECONDS: Final = 10
"""How long a scheduler may take to answer."""
_PARTS_PER_THREAD: Final = 2


def find_scheduler() -> str | None:
    """The address of the scheduler that is set; None where the machine itself computes."""
    return os.environ.get(SETTING, "").strip() or None


def reach_on_cluster(scheduler: str, question: Question, where: RoadsElsewhere | None) -> dict[str, CapabilityReach]:
    """The reach of every capability, as this machine would find it.

    Parameters
    ----------
    scheduler
        Its address, such as `tcp://10.0.0.5:8786`.
    where
        The roads; None for the estimate.

    Raises
    ------
    InvalidInput
        Where the cluster cannot be reached or used, or a worker has not the same network.
    """
    try:
        import distributed
    except ImportError as error:
        raise _unusable("cluster.no-package") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is said in one line, below
    _reach_out(scheduler)
    try:
        with distributed.Client(scheduler, timeout=PATIENCE_SECONDS, set_as_default=False) as client:
            n_threads = sum(client.nthreads().values())
            if not n_threads:
                raise _unusable("cluster.no-workers", address=scheduler)
            edges = part_edges(len(question.places), n_threads * _PARTS_PER_THREAD)
            shared = client.scatter(question, broadcast=True)
            parts = [client.submit(answer_part, shared, where, low, high, pure=False) for low, high in pairwise(edges)]
            return joined(client.gather(parts))
    except (OSError, ImportError, AttributeError, distributed.KilledWorker) as error:
        raise _unusable("cluster.failed", address=scheduler, reason=_reason(error)) from error


def _reach_out(scheduler: str) -> None:
    """Connect and part again: a client that never connected would complain on standard error when it is thrown away."""
    from distributed.comm.core import connect

    async def connect_once() -> None:
        await (await connect(scheduler, timeout=PATIENCE_SECONDS)).close()

    try:
        asyncio.run(connect_once())
    except (OSError, ValueError) as error:
        raise _unusable("cluster.unreachable", address=scheduler, reason=_reason(error)) from error


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".")


def _unusable(code: str, **params: object) -> InvalidInput:
    return InvalidInput([Problem(code, params=params)], SETTING)

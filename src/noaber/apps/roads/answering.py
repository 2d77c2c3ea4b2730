"""Who computes a reach of the site: the Dask cluster where one is set, else this process. The minutes are the same."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from django.conf import settings

from noaber.apps.roads.state import RoadsNow, covers
from noaber.cluster import find_scheduler, reach_on_cluster
from noaber.core.planning.problem import Unit
from noaber.core.problems import InvalidInput
from noaber.core.reach.answer import CapabilityReach, reach
from noaber.core.reach.mixed import Bools, MixedNearest, OnRoads
from noaber.core.reach.nearest import degrees
from noaber.core.reach.parts import describe_roads
from noaber.core.reach.question import Place, Question

logger = logging.getLogger(__name__)

_PATIENCE_SECONDS: Final = 2.0
"""How long a page waits for a scheduler to answer its call."""
_PAUSE_SECONDS: Final = 60.0
"""How long a cluster that failed is not asked again."""


class _Pause:
    """Since when the cluster is left alone, by the monotonic clock."""

    until = 0.0


def on_roads(roads: RoadsNow | None, units: tuple[Unit, ...], places: tuple[Place, ...]) -> OnRoads:
    """Which units and places lie on the network."""
    return OnRoads(_covered(roads, units), _covered(roads, places))


def answers(questions: Sequence[Question], roads: RoadsNow | None, on: OnRoads) -> list[dict[str, CapabilityReach]]:
    """The reach of every capability, for questions about the same units and places.

    Parameters
    ----------
    roads
        None where no network is installed.
    """
    scheduler = find_scheduler()
    if scheduler is not None and time.monotonic() >= _Pause.until:
        where = None if roads is None else describe_roads(roads.roads, Path(settings.NOABER_NETWORK))
        try:
            return reach_on_cluster(scheduler, questions, where, on, patience_seconds=_PATIENCE_SECONDS)
        except InvalidInput as error:
            _Pause.until = time.monotonic() + _PAUSE_SECONDS
            logger.warning("Reach is computed on this machine for the next minute: %s", error)
    driven = None if roads is None else roads.roads
    nearest = MixedNearest(driven, questions[0].units, questions[0].places, on)
    return [reach(question, nearest) for question in questions]


def _covered(roads: RoadsNow | None, placed: tuple[Unit, ...] | tuple[Place, ...]) -> Bools:
    if roads is None or not placed:
        return np.zeros(len(placed), dtype=np.bool_)
    return covers(roads.network, degrees(placed))

"""Who computes a reach of the site: the Dask cluster where one is set, else this process. The minutes are the same."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from django.conf import settings

from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.network.roads_now import RoadLayer, RoadsNow
from noaber.cluster import find_scheduler, mixed_reach_on_cluster
from noaber.core.planning.problem import Unit
from noaber.core.problems import InvalidInput
from noaber.core.reach.answer import CapabilityReach, reach
from noaber.core.reach.mixed import Bools, Layer, MixedNearest, OnRoads
from noaber.core.reach.nearest import degrees
from noaber.core.reach.parts import describe_roads
from noaber.core.reach.question import Place, Question
from noaber.reference.main_roads import main_road_network

logger = logging.getLogger(__name__)

_PATIENCE_SECONDS: Final = 2.0
"""How long a page waits for a scheduler to answer its call."""
_PAUSE_SECONDS: Final = 60.0
"""How long a cluster that failed is not asked again."""


class _Pause:
    """Since when the cluster is left alone, by the monotonic clock."""

    until = 0.0


def on_roads(roads: RoadsNow, units: tuple[Unit, ...], places: tuple[Place, ...]) -> tuple[OnRoads, ...]:
    """Which units and places lie on each layer of roads."""
    return tuple(OnRoads(_covered(layer, units), _covered(layer, places)) for layer in roads.layers)


def answers(
    questions: Sequence[Question], roads: RoadsNow, on: tuple[OnRoads, ...]
) -> list[dict[str, CapabilityReach]]:
    """The reach of every capability, for questions about the same units and places."""
    scheduler = find_scheduler()
    if scheduler is not None and time.monotonic() >= _Pause.until:
        layers = [
            (describe_roads(layer.roads, _folder(layer)), who) for layer, who in zip(roads.layers, on, strict=True)
        ]
        try:
            return mixed_reach_on_cluster(
                scheduler, questions, layers, main_roads=main_road_network, patience_seconds=_PATIENCE_SECONDS
            )
        except InvalidInput as error:
            _Pause.until = time.monotonic() + _PAUSE_SECONDS
            logger.warning("Reach is computed on this machine for the next minute: %s", error)
    driven = [Layer(layer.roads, who) for layer, who in zip(roads.layers, on, strict=True)]
    nearest = MixedNearest(driven, questions[0].units, questions[0].places)
    return [reach(question, nearest) for question in questions]


def _folder(layer: RoadLayer) -> Path | None:
    """Where another process finds these roads; None for the main roads."""
    return Path(settings.NOABER_NETWORK) if layer.kind is MinutesKind.ROUTED else None


def _covered(layer: RoadLayer, placed: tuple[Unit, ...] | tuple[Place, ...]) -> Bools:
    return layer.covers(degrees(placed)) if placed else np.zeros(0, dtype=np.bool_)

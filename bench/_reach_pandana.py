"""pandana's nearest, where it is installed: an AGPL package with some forty more behind it, so it is not among ours.

It finds the nearest points of interest from each place along the roads. Help drives the other way, so it gets every
road turned round. It knows no start times: it answers the 5 nearest by driving alone, an easier question than ours.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from bench._reach_contestants import K, Outcome
from bench._reach_task import Task

FARTHEST_MS = 1e9


def pandana_nearest(task: Task) -> Outcome:
    import pandana
    import pandas as pd

    outcome, graph = Outcome(), task.graph
    lon, lat = pd.Series(graph.lon), pd.Series(graph.lat)

    def build() -> Any:
        turned = (pd.Series(task.heads), pd.Series(task.tails), pd.DataFrame({"ms": task.ms.astype(float)}))
        return pandana.Network(lon, lat, *turned, twoway=False)

    network = outcome.measure("build", build)
    units = np.unique(task.of_capability(0)[0])
    network.set_pois("units", FARTHEST_MS, K, lon.iloc[units], lat.iloc[units])
    outcome.measure(
        "5 nearest", lambda: network.nearest_pois(FARTHEST_MS, "units", num_pois=K, include_poi_ids=True), repeat=3
    )
    return outcome.finished()

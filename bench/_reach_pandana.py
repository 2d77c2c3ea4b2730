"""pandana's nearest: contraction hierarchies with the nearest points of interest from each node.

Help drives the other way, so it gets every road turned round. It knows no start times: it answers the 5 nearest by
driving alone, an easier question than ours, which ours answers beside for the comparison. It counts in thousandths of
what it is given, in 32 bits, so it is given seconds: in milliseconds an hour would overflow, and its searches not end.
It answers for all nodes or none, so its time is counted down to the places.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandana
import pandas as pd

from bench._reach_contestants import K, Outcome
from bench._reach_task import Task

FARTHEST_S = 1e6
MOST_NODES = 2_000_000
"""Its time grows with the square of the nodes: at a million it needs minutes, at four it would need most of an hour."""


def pandana_nearest(task: Task) -> Outcome:
    """`Network.nearest_pois` of one capability."""
    outcome, graph = Outcome(), task.graph
    if graph.n_nodes > MOST_NODES:
        return outcome.finished()
    lon, lat = pd.Series(graph.lon), pd.Series(graph.lat)

    def build() -> Any:
        turned = (pd.Series(task.heads), pd.Series(task.tails), pd.DataFrame({"seconds": task.ms / 1000}))
        return pandana.Network(lon, lat, *turned, twoway=False)

    network = outcome.measure("build", build)
    units = np.unique(task.of_capability(0)[0])
    network.set_pois("units", FARTHEST_S, K, lon.iloc[units], lat.iloc[units])
    seconds = outcome.measure(
        "5 nearest",
        lambda: network.nearest_pois(FARTHEST_S, "units", num_pois=K, include_poi_ids=True),
        times=len(task.places) / graph.n_nodes,
    )
    outcome.answers["driving alone"] = seconds.to_numpy()[task.places, :K].astype(float) * 1000
    return outcome.finished()

"""The roads as they are now: a network with some of its segments closed.

A value: closing or opening gives another one, the network stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from noaber.core.traveltime.customise import Metric, beside, recustomise
from noaber.core.traveltime.kernels import NEVER, Int64s, Milliseconds
from noaber.core.traveltime.network import RoadNetwork, rounded_ms, whole_chain_ms


@dataclass(frozen=True)
class Roads:
    """A network and its closures.

    Parameters
    ----------
    closed
        (s,) int64: the places of the closed segments (see `Chains`), ascending, each once.
    metric
        The hierarchy's times with these segments closed.
    """

    network: RoadNetwork
    closed: Int64s
    metric: Metric


def open_roads(network: RoadNetwork) -> Roads:
    """The network without closures."""
    return Roads(network, np.empty(0, np.int64), network.metric)


def close_roads(roads: Roads, closed: Int64s) -> Roads:
    """The network with exactly these segments closed, whatever was closed before.

    Parameters
    ----------
    closed
        (s,) int64: places of segments, in any order.
    """
    closed = np.unique(closed)
    network, hierarchy = roads.network, roads.network.hierarchy
    before, after = barred_chains(network, roads.closed), barred_chains(network, closed)
    chains = beside(hierarchy, np.setxor1d(before, after))
    along, against = whole_chain_ms(network.chains, network.profile.times, chains)
    along[np.isin(chains, after)] = against[np.isin(chains, after)] = NEVER
    return Roads(network, closed, recustomise(hierarchy, roads.metric, chains, along, against))


def barred_chains(network: RoadNetwork, closed: Int64s) -> Int64s:
    """(c,) int64: the chains in which segments are closed, ascending; `closed` as in `Roads`."""
    chains: Int64s = np.unique(np.searchsorted(network.chains.starts, closed, side="right") - 1)
    return chains


def between_ms(roads: Roads, from_places: Int64s, to_places: Int64s) -> Milliseconds:
    """Along one chain from place to place, of any equal shape; `NEVER` where a segment on the way is barred."""
    low, high = np.minimum(from_places, to_places), np.maximum(from_places, to_places)
    times = roads.network.profile.times
    closed = np.searchsorted(roads.closed, high) - np.searchsorted(roads.closed, low)
    along = rounded_ms(
        times.along_ms[high] - times.along_ms[low], times.along_barred[high] - times.along_barred[low] + closed
    )
    against = rounded_ms(
        times.against_ms[high] - times.against_ms[low],
        times.against_barred[high] - times.against_barred[low] + closed,
    )
    return np.where(from_places <= to_places, along, against)

"""The English sentences of the problems that this package raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    # road networks
    "network.far": _(
        "“%(id)s” is far from every road; it joins the network %(km)s km away, and its minutes count that way as a "
        "straight line."
    ),
    # a cluster that computes
    "cluster.other-network": _(
        "A worker has another road network in this folder, built %(here)s instead of %(there)s; copy the network to it."
    ),
}

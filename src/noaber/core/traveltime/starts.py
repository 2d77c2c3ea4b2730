"""Who starts where, after how long, and in which layer: a capability of an owner, or a base on its own."""

from __future__ import annotations

from dataclasses import dataclass

from noaber.core.traveltime.kernels import Int32s, Int64s


@dataclass(frozen=True)
class Starts:
    """Starts of several layers; a source of the survey may start in many.

    Parameters
    ----------
    sources
        (n,) int32: which source of the survey starts.
    ms
        (n,) int64, milliseconds that pass before it starts from its node.
    layers
        (n,) int32: the layer it belongs to, from 0.
    """

    sources: Int32s
    ms: Int64s
    layers: Int32s

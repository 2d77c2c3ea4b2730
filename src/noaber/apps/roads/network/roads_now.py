"""The roads as they are for a reader at a moment, with the closures that the reader sees.

They come in layers, the best first: the network that is installed, where there is one, and the main roads that come
with the product.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Final

from django.conf import settings

from noaber.apps.accounts.models import Organisation
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.models import Closure
from noaber.apps.roads.network.installed import find_network
from noaber.apps.roads.network.surveys import ExtractSurvey, MainRoadsSurvey, NetworkSurvey
from noaber.apps.roads.queries.closures import closures_at
from noaber.core.traveltime.sections import Part
from noaber.core.traveltime.vehicles import Vehicle
from noaber.reference.main_roads import load_main_roads

if TYPE_CHECKING:
    from noaber.core.traveltime.kernels import Bools, Floats
    from noaber.core.traveltime.network import RoadNetwork
    from noaber.core.traveltime.roads import Roads


@dataclass(frozen=True)
class RoadLayer:
    """Roads of one kind, with what is closed on them."""

    kind: MinutesKind
    roads: Roads

    @property
    def network(self) -> RoadNetwork:
        return self.roads.network

    def covers(self, where: Floats) -> Bools:
        """(n,) bool: which points, (n, 2) degrees, lie on these roads; one that is far from all of them does not."""
        return _survey(self.kind, self.network).covers(where)


@dataclass(frozen=True)
class RoadsNow:
    """The layers, and the number of closures that hold; without any layer, minutes are estimated."""

    layers: tuple[RoadLayer, ...]
    closures: int

    @property
    def surveyed(self) -> RoadLayer | None:
        """The installed network."""
        return next((layer for layer in self.layers if layer.kind is MinutesKind.ROUTED), None)


@dataclass(frozen=True)
class Shut:
    """What a closure closes.

    Parameters
    ----------
    stretches
        Of the installed network; None where none is installed.
    parts
        Sections of main roads.
    """

    stretches: int | None
    parts: tuple[Part, ...]

    @property
    def is_idle(self) -> bool:
        """Whether no minutes change by it."""
        return not self.stretches and not self.parts


def roads_now(reader: Organisation, status: str, at: datetime, vehicle: Vehicle = Vehicle.CAR) -> RoadsNow:
    """The roads as `reader` knows them at the moment `at`, as `vehicle` drives them."""
    if not has_roads():
        return RoadsNow((), 0)
    return roads_with(closures_at(reader, status, at).order_by("digest").values_list("digest", flat=True), vehicle)


def roads_with(digests: Iterable[str], vehicle: Vehicle = Vehicle.CAR) -> RoadsNow:
    """The roads with exactly the closures of these digests."""
    digests, networks = list(digests), _networks()
    layers = (
        RoadLayer(kind, _survey(kind, network.driven_by(vehicle)).roads_without(digests))
        for kind, network in networks.items()
    )
    return RoadsNow(tuple(layers), len(digests))


def closed_by(closures: Iterable[Closure]) -> dict[str, Shut]:
    """What each closure closes, by its digest; nothing where minutes are estimated."""
    digests = {closure.digest for closure in closures}
    found = {kind: _survey(kind, network).closed_by(digests) for kind, network in _networks().items()}
    if not found:
        return {}
    surveyed, main = found.get(MinutesKind.ROUTED), found.get(MinutesKind.COARSE)
    return {
        digest: Shut(
            None if surveyed is None else len(surveyed[digest]),
            () if main is None else load_main_roads().parts(main[digest]),
        )
        for digest in digests
    }


def has_roads() -> bool:
    """Whether anything is driven on here: else minutes are estimated, for any vehicle alike."""
    return bool(settings.NOABER_MAIN_ROADS) or find_network() is not None


def prepare_roads(where: Floats) -> None:
    """Open what can be driven on, and look up once who of these points, (n, 2) degrees, lies on it."""
    for kind, network in _networks().items():
        _survey(kind, network).covers(where)


def _networks() -> dict[MinutesKind, RoadNetwork]:
    """What can be driven on here, the best first."""
    installed = find_network()
    networks = {} if installed is None else {MinutesKind.ROUTED: installed}
    if settings.NOABER_MAIN_ROADS:
        networks[MinutesKind.COARSE] = load_main_roads().network
    return networks


_surveys: Final[dict[tuple[MinutesKind, Vehicle], NetworkSurvey]] = {}
_grounds_lock: Final = Lock()


def _survey(kind: MinutesKind, network: RoadNetwork) -> NetworkSurvey:
    """What is kept for a network, by its vehicle; that of a network that was replaced is let go."""
    with _grounds_lock:
        for key in [
            key for key, one in _surveys.items() if key[0] is kind and one.network.hierarchy is not network.hierarchy
        ]:
            del _surveys[key]
        key = kind, network.vehicle
        if key not in _surveys:
            _surveys[key] = (
                ExtractSurvey(network)
                if kind is MinutesKind.ROUTED
                else MainRoadsSurvey(network, main_roads=load_main_roads())
            )
        return _surveys[key]

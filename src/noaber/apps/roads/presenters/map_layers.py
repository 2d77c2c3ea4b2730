"""What other apps draw on the map of minutes: incidents lie above this app, and bring their own signs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from noaber.apps.accounts.models import Organisation

Feature = dict[str, Any]
Layer = Callable[[Organisation, str], Iterable[Feature]]

_layers: Final[list[Layer]] = []


def add_layer(layer: Layer) -> None:
    """Draw what `layer` answers for an organisation and a status, as far as that organisation may see it."""
    if layer not in _layers:
        _layers.append(layer)


def layer_features(reader: Organisation, status: str) -> Iterator[Feature]:
    """The features of all layers."""
    for layer in _layers:
        yield from layer(reader, status)

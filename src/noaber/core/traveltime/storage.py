"""A network as a folder: one `.npy` file for each array, and `network.json` with its sources and dates.

Opening maps the files into memory: nothing is read before it is used, and several processes share it. A folder is
written beside its final place and then moved there, so that nobody opens half of one.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from noaber.core.problems import InvalidInput, Problem
from noaber.core.traveltime.contract import Chains, ChainTimes
from noaber.core.traveltime.customise import Metric
from noaber.core.traveltime.folder import MANIFEST, check_folder, put_in_place
from noaber.core.traveltime.hierarchy import Hierarchy
from noaber.core.traveltime.nearest_node import NodeTree
from noaber.core.traveltime.network import Profile, RoadNetwork
from noaber.core.traveltime.osm import Source
from noaber.core.traveltime.vehicles import Vehicle

FORMAT: Final = 2
"""Raised when the meaning of a file changes; older folders are then refused, and have to be built anew."""

_OWN: Final = ("node_ids", "lon", "lat", "chain_boxes")
_PARTS: Final[Mapping[str, type]] = {"chains": Chains, "hierarchy": Hierarchy}
_PROFILE_PARTS: Final[Mapping[str, type]] = {"times": ChainTimes, "metric": Metric, "tree": NodeTree}

Array = npt.NDArray[Any]


def save_network(network: RoadNetwork, folder: Path) -> None:
    """Write a network; an older one in the same folder is replaced as a whole.

    Raises
    ------
    InvalidInput
        See `check_folder`.
    OSError
        Where the folder cannot be written.
    """
    check_folder(folder)
    place = Path(os.path.realpath(folder))
    place.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}."))
    try:
        new = work / "new"
        new.mkdir()
        _write(network, new)
        put_in_place(new, place)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def open_network(folder: Path) -> RoadNetwork:
    """A stored network, mapped into memory.

    Raises
    ------
    InvalidInput
        Where there is none, it was written by another version, or a file of it is damaged.
    """
    manifest = _read_manifest(folder)
    try:
        kinds, built_at = manifest["arrays"], datetime.fromisoformat(manifest["built_at"])
        sources = tuple(Source(**source) for source in manifest["sources"])
        kept: dict[str, Any] = {name: _map(folder, name, kinds[name]) for name in _OWN}
        kept |= {part: _map_part(folder, part, of, kinds) for part, of in _PARTS.items()}
        for vehicle in Vehicle:
            parts = {part: _map_part(folder, f"{vehicle}.{part}", of, kinds) for part, of in _PROFILE_PARTS.items()}
            kept[vehicle] = Profile(**parts)
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(folder, MANIFEST) from error
    return RoadNetwork(**kept, sources=sources, built_at=built_at)


def _arrays(network: RoadNetwork) -> dict[str, Array]:
    """Every array of a network, by the name of its file."""
    arrays = {name: getattr(network, name) for name in _OWN}
    for part in _PARTS:
        arrays |= _arrays_of(part, getattr(network, part))
    for vehicle in Vehicle:
        for part in _PROFILE_PARTS:
            arrays |= _arrays_of(f"{vehicle}.{part}", getattr(getattr(network, vehicle), part))
    return arrays


def _arrays_of(name: str, part: Any) -> dict[str, Array]:
    return {f"{name}.{field.name}": getattr(part, field.name) for field in fields(part)}


def _write(network: RoadNetwork, folder: Path) -> None:
    arrays = _arrays(network)
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
    manifest = {
        "format": FORMAT,
        "built_at": network.built_at.isoformat(),
        "sources": [asdict(source) for source in network.sources],
        "arrays": {name: [str(array.dtype), list(array.shape)] for name, array in arrays.items()},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False), encoding="utf-8")


def _read_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InvalidInput([Problem("network.none")], str(folder)) from error
    except ValueError as error:
        raise _damaged(folder, MANIFEST) from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise InvalidInput([Problem("network.other-version")], str(folder))
    return manifest


def _map_part(folder: Path, part: str, of: type, kinds: Mapping[str, Any]) -> Any:
    """A value that consists of arrays."""
    names = [field.name for field in fields(of)]
    return of(**{name: _map(folder, f"{part}.{name}", kinds[f"{part}.{name}"]) for name in names})


def _map(folder: Path, name: str, kind: Any) -> Array:
    """One array; writing to it would change this process's copy only."""
    try:
        mapped = np.load(folder / f"{name}.npy", mmap_mode="c", allow_pickle=False)
    except (ValueError, EOFError, FileNotFoundError) as error:
        raise _damaged(folder, f"{name}.npy") from error
    if [str(mapped.dtype), list(mapped.shape)] != kind:
        raise _damaged(folder, f"{name}.npy")
    return np.asarray(mapped)


def _damaged(folder: Path, file: str) -> InvalidInput:
    return InvalidInput([Problem("network.damaged", params={"file": file})], str(folder))

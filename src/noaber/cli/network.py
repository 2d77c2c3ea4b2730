"""`noaber network build FILE.osm.pbf… [-o DIR]`, `noaber network info [DIR]`. No database is read.

Without a folder it is that of the site, which then routes its minutes on it.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from noaber.cli.site import add_data_option

if TYPE_CHECKING:
    from noaber.core.traveltime.network import RoadNetwork

SITE_FOLDER = "else $NOABER_NETWORK, else that of the site: <data>/network"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `network` and its two steps."""
    parser = commands.add_parser("network", help="build a road network from OpenStreetMap extracts")
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    build = steps.add_parser("build", help="read OpenStreetMap extracts and prepare their roads")
    build.add_argument("files", type=Path, nargs="+", metavar="FILE.osm.pbf")
    build.add_argument("-o", "--output", type=Path, metavar="DIR", help=f"the folder to make ({SITE_FOLDER})")
    add_data_option(build)
    build.set_defaults(run=run_build)
    info = steps.add_parser("info", help="say from what and when a network was built, and how large it is")
    info.add_argument("network", type=Path, nargs="?", metavar="DIR", help=f"its folder ({SITE_FOLDER})")
    add_data_option(info)
    info.set_defaults(run=run_info)


def run_build(arguments: argparse.Namespace) -> int:
    """Read, prepare, write; the steps are told on a terminal."""
    from noaber.core.traveltime.network import build_network
    from noaber.core.traveltime.storage import check_folder, save_network

    output = arguments.output or _site_folder(arguments)
    check_folder(output)
    progress = _progress()
    # A network is built at the real time, also on the node of an exercise.
    network = build_network(arguments.files, datetime.now(UTC), progress)
    progress(f"Writing {output} ...")
    save_network(network, output)
    _print_size(network)
    return 0


def run_info(arguments: argparse.Namespace) -> int:
    """Open and describe."""
    from noaber.core.traveltime.storage import open_network

    network = open_network(arguments.network or _site_folder(arguments))
    print(f"built     {network.built_at.isoformat(timespec='seconds')}")
    for source in network.sources:
        print(f"source    {source.name}, {source.size_bytes:,} bytes, data of {source.data_at or 'an unknown date'}")
    _print_size(network)
    return 0


def _site_folder(arguments: argparse.Namespace) -> Path:
    """Where the site looks for its network; see `NOABER_NETWORK` in docs/settings.md."""
    data = Path(arguments.data or os.environ.get("NOABER_DATA") or ".noaber")
    return Path(os.environ.get("NOABER_NETWORK") or data / "network").expanduser().absolute()


def _progress() -> Callable[[str], None]:
    """Tells each step with the seconds since the beginning, where somebody is watching."""
    if not sys.stderr.isatty():
        return lambda text: None
    started = time.monotonic()

    def tell(text: str) -> None:
        print(f"{time.monotonic() - started:7.1f} s  {text}", file=sys.stderr)

    return tell


def _print_size(network: RoadNetwork) -> None:
    chains, hierarchy = network.chains, network.hierarchy
    print(f"roads     {network.n_nodes:,} nodes, {network.n_segments:,} segments")
    _print_vehicles(network)
    print(f"hierarchy {chains.n_junctions:,} junctions, {chains.n_chains:,} chains, {hierarchy.n_arcs:,} arcs")
    west, south = network.lon.min(), network.lat.min()
    east, north = network.lon.max(), network.lat.max()
    print(f"extent    {west:.4f} {south:.4f} {east:.4f} {north:.4f} (west, south, east, north)")


def _print_vehicles(network: RoadNetwork) -> None:
    from noaber.core.traveltime.heavy import HEAVY
    from noaber.core.traveltime.vehicles import Vehicle

    print(f"car       drives {network.driven_by(Vehicle.CAR).n_driven:,} segments")
    size = f"{HEAVY.height_m:g} m high, {HEAVY.width_m:g} m wide, {HEAVY.length_m:g} m long, {HEAVY.weight_t:g} t"
    driven = network.driven_by(Vehicle.HEAVY).n_driven
    print(f"heavy     drives {driven:,} segments ({size}, at most {HEAVY.top_km_h:g} km/h)")

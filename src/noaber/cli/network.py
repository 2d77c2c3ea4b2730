"""`noaber network build FILE.osm.pbf… [-o DIR]`, `fetch NAME… [-o DIR]`, `info [DIR]`. No database is read.

Without a folder it is that of the site, which then routes its minutes on it. `noaber network carry-out` is what the
page of the network starts: it follows such a build, and tells the database. `fetch` brings the extracts to build from
(`noaber.mirror`) into the folder that the site's page lists too.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from noaber.cli.roads import warn
from noaber.cli.site import add_data_option
from noaber.core.problems import Problem, Severity

if TYPE_CHECKING:
    from noaber.core.traveltime.network import RoadNetwork
    from noaber.core.traveltime.osm import Source
    from noaber.core.traveltime.progress import Progress, Step

SITE_FOLDER = "else $NOABER_NETWORK, else that of the site: <data>/network"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `network` and its two steps."""
    parser = commands.add_parser("network", help="build a road network from OpenStreetMap extracts")
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    build = steps.add_parser("build", help="read OpenStreetMap extracts and prepare their roads")
    build.add_argument("files", type=Path, nargs="+", metavar="FILE.osm.pbf")
    build.add_argument("-o", "--output", type=Path, metavar="DIR", help=f"the folder to make ({SITE_FOLDER})")
    build.add_argument(
        "--progress-lines", action="store_true", help="tell each step as a line of JSON, for another program"
    )
    add_data_option(build)
    build.set_defaults(run=run_build)
    fetch = steps.add_parser("fetch", help="bring extracts from a mirror, resumed and checked, and build from them")
    fetch.add_argument("names", nargs="+", metavar="NAME", help="benelux, a country or a region; a wrong one lists all")
    fetch.add_argument("-o", "--output", type=Path, metavar="DIR", help=f"the folder of the network ({SITE_FOLDER})")
    fetch.add_argument("--no-build", action="store_true", help="bring the extracts, and build nothing")
    fetch.add_argument("--sizes", action="store_true", help="say what would be fetched, and fetch nothing")
    add_data_option(fetch)
    fetch.set_defaults(run=run_fetch)
    info = steps.add_parser("info", help="say from what and when a network was built, and how large it is")
    info.add_argument("network", type=Path, nargs="?", metavar="DIR", help=f"its folder ({SITE_FOLDER})")
    add_data_option(info)
    info.set_defaults(run=run_info)
    worker = steps.add_parser("carry-out", help="carry out a build that was asked for on the site's page")
    worker.add_argument("number", type=int, metavar="NUMBER")
    add_data_option(worker)
    worker.set_defaults(run=run_carry_out)


def run_build(arguments: argparse.Namespace) -> int:
    """Read, prepare, write; the steps are told on a terminal, or to the program that follows."""
    if arguments.progress_lines:
        from noaber.cli.network_lines import followed, tell_step

        return followed(lambda: _build(arguments, tell_step))
    network = _build(arguments, _progress())
    for source in network.sources:
        if not source.is_joined:
            warn(source.name, [Problem("network.left-out", severity=Severity.WARNING)])
    _print_size(network)
    return 0


def run_fetch(arguments: argparse.Namespace) -> int:
    """Tell the sizes, bring what is missing, and build the network from all that was named."""
    from noaber.cli.network_fetch import bring

    arguments.files = bring(arguments.names, _data(arguments) / "extracts", only_sizes=arguments.sizes)
    if arguments.sizes or arguments.no_build:
        return 0
    arguments.progress_lines = False
    return run_build(arguments)


def _build(arguments: argparse.Namespace, progress: Progress) -> RoadNetwork:
    from noaber.core.traveltime.folder import check_folder
    from noaber.core.traveltime.network import build_network
    from noaber.core.traveltime.progress import Phase, Step
    from noaber.core.traveltime.storage import save_network

    output = arguments.output or _site_folder(arguments)
    check_folder(output)
    # A network is built at the real time, also on the node of an exercise.
    network = build_network(arguments.files, datetime.now(UTC), progress)
    progress(Step(Phase.WRITING, f"Writing {output} ..."))
    save_network(network, output)
    return network


def run_info(arguments: argparse.Namespace) -> int:
    """Open and describe."""
    from noaber.core.traveltime.storage import open_network

    network = open_network(arguments.network or _site_folder(arguments))
    print(f"built     {network.built_at.isoformat(timespec='seconds')}")
    for source in network.sources:
        day = source.data_at or "an unknown date"
        print(f"source    {source.name}, {source.size_bytes:,} bytes, data of {day}{_said_left_out(source)}")
    _print_size(network)
    return 0


def run_carry_out(arguments: argparse.Namespace) -> int:
    """Follow a build of the site to its end."""
    from noaber.cli import site

    site.start_django(arguments.data)
    from noaber.apps.roads.services.build_worker import run_build as work

    work(arguments.number)
    return 0


def _site_folder(arguments: argparse.Namespace) -> Path:
    """Where the site looks for its network; see `NOABER_NETWORK` in docs/settings.md."""
    return Path(os.environ.get("NOABER_NETWORK") or _data(arguments) / "network").expanduser().absolute()


def _data(arguments: argparse.Namespace) -> Path:
    return Path(arguments.data or os.environ.get("NOABER_DATA") or ".noaber").expanduser().absolute()


def _said_left_out(source: Source) -> str:
    return "" if source.is_joined else "; left out, for no road leads there and back"


def _progress() -> Progress:
    """Tells each step with the seconds since the beginning, where somebody is watching."""
    if not sys.stderr.isatty():
        return lambda step: None
    started = time.monotonic()

    def tell(step: Step) -> None:
        if step.text:
            print(f"{time.monotonic() - started:7.1f} s  {step.text}", file=sys.stderr)

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

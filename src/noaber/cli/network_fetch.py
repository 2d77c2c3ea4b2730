"""`noaber network fetch`: which extracts, how large they are, and how far each is."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from noaber.mirror import Transfer, as_megabytes, check_room, fetch, look, mirror_address
from noaber.reference.osm_extracts import find_extracts

EVERY_SECONDS = 1.0
"""How often a terminal is told; elsewhere a line says each tenth."""
TENTH = 10


def bring(names: Sequence[str], folder: Path, *, only_sizes: bool = False) -> list[Path]:
    """Tell what is to come, then bring it; the answer is where the extracts lie."""
    extracts = find_extracts(names)
    folder.mkdir(parents=True, exist_ok=True)
    transfers = look([extract.path for extract in extracts], folder, mirror_address())
    for transfer in transfers:
        print(_said(transfer), file=sys.stderr)
    left = sum(one.size_bytes - one.here_bytes for one in transfers)
    print(f"{as_megabytes(left)} to fetch into {folder}", file=sys.stderr)
    if only_sizes:
        return []
    check_room(transfers, folder)
    return [_bring(transfer) for transfer in transfers]


def _said(transfer: Transfer) -> str:
    name = f"{transfer.target.name:<42} {as_megabytes(transfer.size_bytes):>10}"
    if transfer.is_here:
        return f"{name}  is here already"
    return f"{name}  {as_megabytes(transfer.here_bytes)} of it here" if transfer.here_bytes else name


def _bring(transfer: Transfer) -> Path:
    if transfer.is_here:
        return transfer.target
    return fetch(transfer, _Progress(transfer.here_bytes).tell)


class _Progress:
    """Says how far a transfer is: a line that changes on a terminal, else a line for each tenth."""

    def __init__(self, begun_with: int) -> None:
        self.begun_with = begun_with
        self.started = time.monotonic()
        self.told_at = 0.0
        self.tenth = -1

    def tell(self, transfer: Transfer, here: int) -> None:
        is_whole = here >= transfer.size_bytes
        if sys.stderr.isatty():
            if is_whole or time.monotonic() - self.told_at >= EVERY_SECONDS:
                self.told_at = time.monotonic()
                print(f"\r{self._line(transfer, here):<100}", end="\n" if is_whole else "", file=sys.stderr, flush=True)
            return
        tenth = here * TENTH // max(1, transfer.size_bytes)
        if tenth != self.tenth:
            self.tenth = tenth
            print(self._line(transfer, here), file=sys.stderr, flush=True)

    def _line(self, transfer: Transfer, here: int) -> str:
        share = 100 * here // max(1, transfer.size_bytes)
        speed = max(0, here - self.begun_with) / max(0.001, time.monotonic() - self.started)
        left = f", {_clock((transfer.size_bytes - here) / speed)} left" if speed and here < transfer.size_bytes else ""
        how_far = f"{as_megabytes(here)} of {as_megabytes(transfer.size_bytes)}, {share} %"
        return f"{transfer.target.name}  {how_far}, {speed / 1e6:.1f} MB/s{left}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"

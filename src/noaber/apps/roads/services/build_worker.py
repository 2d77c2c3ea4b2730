"""Carrying out a build that was asked for: a process of its own, which follows the one that computes."""

from __future__ import annotations

import queue
import shutil
import signal
import subprocess
import threading
from pathlib import Path
from typing import IO, Final

from noaber.apps.roads.models import NetworkBuild
from noaber.apps.roads.services.builds import Ended, fail_build, finish_build, network_folder, note_alive, work_folder
from noaber.apps.roads.services.extracts import find_extracts
from noaber.apps.roads.services.processes import start_building
from noaber.core.problems import InvalidInput, NotAllowed, Problem
from noaber.core.traveltime.folder import check_folder
from noaber.core.traveltime.progress import Told, decode_told, disk_problem

BEAT_S: Final = 1.0
"""So often it gives a sign of life, and looks whether it was cancelled."""


def run_build(pk: int) -> None:
    """Build the network, and put it in place; or say why not. What was written on the way is removed."""
    work = work_folder(pk)
    try:
        problem = _try(pk, work)
        if problem is not None:
            fail_build(pk, problem)
    except Ended:
        pass
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _try(pk: int, work: Path) -> Problem | None:
    """What stopped it; None where the new network is in place."""
    build = NetworkBuild.objects.get(pk=pk)
    try:
        check_folder(network_folder())
        extracts = find_extracts(build.sources)
        work.mkdir(parents=True, exist_ok=True)
        with start_building(extracts, work / "network") as process:
            try:
                problem = _follow(pk, process)
            finally:
                process.kill()
        if problem is None:
            finish_build(pk, work / "network")
        return problem
    except InvalidInput as error:
        return error.problems[0]
    except NotAllowed as error:
        return error.problem
    except OSError as error:
        return disk_problem(error)


def _follow(pk: int, process: subprocess.Popen[str]) -> Problem | None:
    """Tell the database how far it is, until it ends; what stopped it, where something did."""
    lines: queue.Queue[str | None] = queue.Queue()
    threading.Thread(target=_read, args=(process.stdout, lines), daemon=True).start()
    told = Told()
    note_alive(pk, told)
    while True:
        try:
            line = lines.get(timeout=BEAT_S)
        except queue.Empty:
            note_alive(pk, told)
            continue
        if line is None:
            break
        told = decode_told(line)
        if told.problem is not None:
            return told.problem
        note_alive(pk, told)
    match process.wait():
        case 0:
            return None
        case code if code == -signal.SIGKILL:
            return Problem("network.no-memory")  # nobody else kills it: the system does, for want of memory
        case _:
            return Problem("network.ended")


def _read(output: IO[str] | None, lines: queue.Queue[str | None]) -> None:
    for line in output or ():
        lines.put(line)
    lines.put(None)

"""The data of the demo, brought in once for all workers of a run, and copied for each site that begins with it."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

from serving import Site

OF_A_SERVER = shutil.ignore_patterns("server.log", "server.lock")


class DemoData:
    """Data folders that the workers share; who asks first makes them, the others wait."""

    def __init__(self, shared: Path) -> None:
        self.shared = shared

    def start(self, site: Site, *, until: str = "") -> None:
        """Start the site on the exercise as it begins, or as it is at a time of day."""
        shutil.copytree(self._made(until), site.data, ignore=OF_A_SERVER, dirs_exist_ok=True)
        site.start()

    def _made(self, until: str) -> Path:
        data = self.shared / f"demo-{until.replace(':', '') or 'begin'}"
        with data.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not data.exists():
                self._make(data.with_suffix(".making"), until).rename(data)
        return data

    def _make(self, data: Path, until: str) -> Path:
        site = Site(data)
        if until:
            self.start(site)
            played = site.noaber("story", "until", until)
            assert played.returncode == 0, played.stderr
        else:
            site.start()
        site.stop()
        assert "Traceback" not in site.log.read_text(errors="replace"), site.log.read_text(errors="replace")[-6000:]
        return data


def shared_folder(basetemp: Path) -> Path:
    """The temporary folder of the whole run; that of a worker is inside it."""
    return basetemp.parent if "PYTEST_XDIST_WORKER" in os.environ else basetemp

"""The data of the demo, brought in once for the source as it stands, and copied for each site that begins with it."""

from __future__ import annotations

import shutil
from pathlib import Path

from serving import Site
from shared import made_once

OF_A_SERVER = shutil.ignore_patterns("server.log", "server.lock")


class DemoData:
    """Data folders that the workers share; who asks first makes them, the others wait."""

    def start(self, site: Site, *, until: str = "") -> None:
        """Start the site on the exercise as it begins, or as it is at a time of day."""
        shutil.copytree(self._made(until), site.data, ignore=OF_A_SERVER, dirs_exist_ok=True)
        site.start()

    def _made(self, until: str) -> Path:
        name = f"demo-{until.replace(':', '') or 'begin'}"
        return made_once(name, lambda making: self._make(making, until))

    def _make(self, data: Path, until: str) -> None:
        site = Site(data)
        if until:
            self.start(site)
            played = site.noaber("story", "until", until)
            assert played.returncode == 0, played.stderr
        else:
            site.start()
        site.stop()
        assert "Traceback" not in site.log.read_text(errors="replace"), site.log.read_text(errors="replace")[-6000:]

"""Starts the real server, in a process and a data directory of its own, on the database that this run tests."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

PASSWORD = "noaber-demo-2021"
START_S = 600
"""A server that ends is seen at once; this is for one that hangs."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def own_database(url: str) -> str:
    """A new, empty database on the PostgreSQL of `url`; the answer is its own URL."""
    import psycopg

    name = f"site_{secrets.token_hex(6)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@dataclass
class Site:
    """A server that runs, can be killed, and starts again on the same data."""

    data: Path
    command: str = "demo"
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.environment = {**os.environ, **self.environment}
        self.environment.pop("DJANGO_SETTINGS_MODULE", None)
        self.environment.pop("NOABER_SECRET_KEY", None)
        if url := os.environ.get("NOABER_DATABASE_URL"):
            self.environment["NOABER_DATABASE_URL"] = own_database(url)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    def start(self) -> None:
        """Start the server, and wait until it can serve."""
        self.data.mkdir(parents=True, exist_ok=True)
        arguments = [self.command, "--port", str(self.port), "--data", str(self.data)]
        if self.command == "demo":
            arguments.append("--no-browser")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "noaber.cli.main", *arguments],
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait()

    def noaber(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run another command on the same data."""
        return subprocess.run(
            [sys.executable, "-m", "noaber.cli.main", *arguments, "--data", str(self.data)],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def kill(self) -> None:
        """As a power cut would: no time to finish anything."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    def _wait(self) -> None:
        assert self.process is not None
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        self.stop()
        raise AssertionError(f"the server did not start:\n{self.log.read_text(errors='replace')[-4000:]}")

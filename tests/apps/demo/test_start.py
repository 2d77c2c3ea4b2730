"""What `noaber demo` says where it cannot start: one line, exit 2, and nothing else is touched."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from noaber.config.environment import database, kept_secret, node_status
from serving import free_port

"""Each try has a data directory of its own, and its database in it."""
NOBODY = "postgresql://noaber:open-sesame@127.0.0.1:1/noaber"


NOABER = (sys.executable, "-m", "noaber.cli.main")


def without_settings() -> dict[str, str]:
    """The environment of this run, but for what chooses a node: each try has a database of its own."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("NOABER_", "DJANGO_"))}


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {**without_settings(), **environment}
    return subprocess.run([*NOABER, *arguments], env=settings, capture_output=True, text=True, check=False)


def demo(data: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run("demo", "--no-browser", "--data", str(data), *options, **environment)


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def assert_refused(tried: subprocess.CompletedProcess[str], *words: str) -> None:
    assert tried.returncode == 2
    assert len(tried.stderr.splitlines()) == 1
    for word in words:
        assert word in tried.stderr


def test_a_port_that_another_program_has(tmp_path: Path, taken_port: int) -> None:
    data = tmp_path / "data"
    assert_refused(demo(data, "--port", str(taken_port)), str(taken_port), "--port")
    assert not data.exists()


@pytest.mark.parametrize("port", ["0", "65536", "-1", "eight"])
def test_no_port_at_all(tmp_path: Path, port: str) -> None:
    assert_refused(demo(tmp_path, f"--port={port}"), f"“{port}”", "1 to 65535")


def test_a_data_directory_that_is_a_file(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.write_text("mine")
    assert_refused(demo(data), str(data))
    assert data.read_text() == "mine"


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff", b'{"shows": 3, "at": null}', b'{"shows": "2021-07-14T18:00:00", "at": null}']
)
def test_a_clock_that_is_none(tmp_path: Path, content: bytes) -> None:
    clock = tmp_path / "clock.json"
    clock.write_bytes(content)
    assert_refused(demo(tmp_path), str(clock), "docs/settings.md")
    assert clock.read_bytes() == content


def test_a_directory_with_a_clock_is_an_exercise_until_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NOABER_STATUS", raising=False)
    assert node_status(tmp_path) == "Actual"
    (tmp_path / "clock.json").touch()
    assert node_status(tmp_path) == "Exercise"
    monkeypatch.setenv("NOABER_STATUS", "Test")
    assert node_status(tmp_path) == "Test"


def test_a_database_file_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "noaber.sqlite3").write_text("A letter to the neighbours.")
    assert_refused(demo(tmp_path), "not a database")


def test_a_postgresql_that_does_not_answer_is_said_at_once(tmp_path: Path) -> None:
    tried = demo(tmp_path, NOABER_DATABASE_URL=NOBODY)
    assert_refused(tried, "cannot be reached", "port 1")
    assert "open-sesame" not in tried.stderr


@pytest.mark.parametrize(
    "url", ["mysql://noaber:open-sesame@db/noaber", "postgresql://noaber:open-sesame@db:five/noaber"]
)
def test_an_odd_database_is_refused_without_its_password(tmp_path: Path, url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="NOABER_DATABASE_URL") as refusal:
        database(url, tmp_path)
    assert "open-sesame" not in str(refusal.value)


def test_a_background_of_the_maps_that_cannot_be_used_stops_the_start(tmp_path: Path) -> None:
    tried = demo(tmp_path, NOABER_MAP_BACKGROUND=str(tmp_path / "none.pmtiles"))
    assert_refused(tried, "NOABER_MAP_BACKGROUND", "none.pmtiles cannot be read")


def test_the_policy_allows_the_one_server_of_the_background_and_no_other(tmp_path: Path) -> None:
    told = run(
        *("manage", "shell", "--no-imports", "-c"),
        "import json; from django.conf import settings; "
        "print(json.dumps(settings.CONTENT_SECURITY_POLICY['DIRECTIVES']))",
        NOABER_DATA=str(tmp_path),
        NOABER_MAP_BACKGROUND="https://tiles.example.org:8443/{z}/{x}/{y}.png",
        NOABER_MAP_ATTRIBUTION="© Mapmaker",
    )
    directives = json.loads(told.stdout)
    allowing = {name for name, sources in directives.items() if any("example.org" in one for one in sources)}
    assert allowing == {"img-src", "connect-src"}
    assert directives["img-src"][-1] == directives["connect-src"][-1] == "https://tiles.example.org:8443"


def test_processes_that_make_the_secret_at_once_agree_on_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret.key"
    with ThreadPoolExecutor(4) as pool:
        secrets = set(pool.map(lambda _: kept_secret(path), range(16)))
    assert secrets == {path.read_text()}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret.key"]


def test_an_empty_secret_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    path.touch()
    with pytest.raises(ImproperlyConfigured, match="is empty"):
        kept_secret(path)


def listen_to_ctrl_c() -> None:
    """Also where this run stands in the background, which ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_while_the_exercise_comes_in_leaves_nothing_half_done(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*NOABER, "demo", "--no-browser", "--data", str(tmp_path), "--port", str(free_port())],
        env=without_settings(),
        preexec_fn=listen_to_ctrl_c,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        assert started.stdout is not None
        assert "Bringing in" in started.stdout.readline()
        started.send_signal(signal.SIGINT)
        _said, complaint = started.communicate()
    assert (started.returncode, complaint) == (130, "Stopped.\n")
    assert_refused(run("story", "list", "--data", str(tmp_path)), "not here")

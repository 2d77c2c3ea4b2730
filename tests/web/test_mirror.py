"""`noaber network fetch` against a mirror of its own: sizes told, resumed, checked, and built from."""

from __future__ import annotations

import hashlib
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.traveltime.road_files import town, write_roads
from noaber import mirror
from noaber.cli.main import main
from noaber.core.problems import InvalidInput, NotAllowed
from noaber.reference.osm_extracts import find_extracts, load_extracts

NAME = "luxembourg-latest.osm.pbf"


class Mirror(http.server.ThreadingHTTPServer):
    """Serves one extract, and breaks off as often as it is told to."""

    def __init__(self, content: bytes) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.content = content
        self.published = hashlib.md5(content, usedforsecurity=False).hexdigest()
        self.tag = '"one"'
        self.breaks_after: list[int] = []
        self.ranges: list[str | None] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(http.server.BaseHTTPRequestHandler):
    server: Mirror

    def do_HEAD(self) -> None:
        self._head(200, len(self.server.content))

    def do_GET(self) -> None:
        if self.path.endswith(f"{NAME}.md5"):
            self.server_line(f"{self.server.published}  {NAME}\n".encode())
        elif self.path.endswith(NAME):
            self._send_extract()
        else:
            self.send_error(404)

    def server_line(self, text: bytes) -> None:
        self._head(200, len(text))
        self.wfile.write(text)

    def _send_extract(self) -> None:
        asked = self.headers.get("Range")
        self.server.ranges.append(asked)
        start = 0
        if asked and self.headers.get("If-Range") == self.server.tag:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
        rest = self.server.content[start:]
        self._head(206 if start else 200, len(rest))
        if self.server.breaks_after:
            self.wfile.write(rest[: self.server.breaks_after.pop(0)])
            self.close_connection = True
        else:
            self.wfile.write(rest)

    def _head(self, status: int, length: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        self.send_header("ETag", self.server.tag)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is said of what goes well."""


@pytest.fixture(scope="module")
def roads(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_roads(tmp_path_factory.mktemp("pbf") / NAME, "\n".join(town(12, seed=3))).read_bytes()


@pytest.fixture
def running(roads: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirror]:
    server = Mirror(roads)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    monkeypatch.setenv(mirror.SETTING, server.address)
    monkeypatch.setattr(mirror, "WAIT_SECONDS", 0.0)
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def fetch(data: Path, *options: str) -> int:
    return main(["network", "fetch", "luxembourg", "--data", str(data), *options])


def test_it_is_fetched_checked_and_built_from(
    running: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("NOABER_NETWORK", raising=False)
    assert fetch(tmp_path) == 0
    assert (tmp_path / "extracts" / NAME).read_bytes() == running.content
    told = capsys.readouterr()
    assert "MB to fetch into" in told.err.splitlines()[1], "the size is told before anything comes"
    assert "100 %" in told.err
    assert "roads " in told.out
    assert main(["network", "info", "--data", str(tmp_path)]) == 0
    assert NAME in capsys.readouterr().out

    running.ranges.clear()
    assert fetch(tmp_path, "--no-build") == 0
    assert running.ranges == [], "what is here already is not fetched again"
    assert "is here already" in capsys.readouterr().err


def test_what_breaks_off_is_gone_on_with(running: Mirror, tmp_path: Path) -> None:
    running.breaks_after = [1000, 500]
    assert fetch(tmp_path, "--no-build") == 0
    assert running.ranges == [None, "bytes=1000-", "bytes=1500-"]
    assert (tmp_path / "extracts" / NAME).read_bytes() == running.content


def test_a_later_command_goes_on_where_the_former_gave_up(
    running: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(mirror, "TRIES", 1)
    running.breaks_after = [1000]
    assert fetch(tmp_path, "--no-build") == 1
    assert "goes on from there" in capsys.readouterr().err
    assert not (tmp_path / "extracts" / NAME).exists(), "half a file never has the name of a whole one"
    assert fetch(tmp_path, "--no-build") == 0
    assert running.ranges == [None, "bytes=1000-"]


def test_another_version_is_taken_from_its_beginning(
    running: Mirror, roads: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mirror, "TRIES", 1)
    running.breaks_after = [1000]
    assert fetch(tmp_path, "--no-build") == 1
    running.content, running.tag = roads[::-1], '"two"'
    running.published = hashlib.md5(running.content, usedforsecurity=False).hexdigest()
    assert fetch(tmp_path, "--no-build") == 0
    assert (tmp_path / "extracts" / NAME).read_bytes() == running.content


def test_what_has_another_checksum_is_removed(
    running: Mirror, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    running.published = "0" * 32
    assert fetch(tmp_path) == 1
    assert "checksum" in capsys.readouterr().err
    assert list((tmp_path / "extracts").iterdir()) == []


def test_sizes_alone_fetch_nothing(running: Mirror, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetch(tmp_path, "--sizes") == 0
    assert "MB to fetch" in capsys.readouterr().err
    assert running.ranges == []


def test_too_small_a_disk_is_told_before(
    running: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    usage = type("Usage", (), {"free": 10})
    monkeypatch.setattr(mirror.shutil, "disk_usage", lambda folder: usage)
    assert fetch(tmp_path) == 1
    assert "free on the disk" in capsys.readouterr().err
    assert running.ranges == []


@pytest.mark.parametrize(("name", "code"), [("belgium", 1), ("atlantis", 2)])
def test_what_is_not_there_is_one_line(
    running: Mirror, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, code: int
) -> None:
    assert main(["network", "fetch", name, "--data", str(tmp_path)]) == code
    (line,) = capsys.readouterr().err.splitlines()
    assert name in line


def test_a_mirror_that_is_silent_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(mirror.SETTING, "http://127.0.0.1:1")
    with pytest.raises(NotAllowed, match="does not answer"):
        mirror.look(["europe/luxembourg"], tmp_path, mirror.mirror_address())
    monkeypatch.setenv(mirror.SETTING, "ftp://example.org")
    with pytest.raises(InvalidInput, match="no address of a mirror"):
        mirror.mirror_address()


def test_groups_and_codes_name_the_extracts_that_fit() -> None:
    def codes(*names: str) -> list[str]:
        return [extract.code for extract in find_extracts(names)]

    assert codes("benelux") == ["NL", "BE", "LU"]
    assert codes("BE", "belgium", "Benelux") == ["NL", "BE", "LU"], "each once"
    assert codes("DEA") == codes("nordrhein-westfalen") == ["DEA"]
    assert "DEA" in codes("germany")
    with pytest.raises(InvalidInput, match=r"atlantis.*benelux"):
        find_extracts(["atlantis"])
    assert len({extract.path for extract in load_extracts()}) == len(load_extracts())

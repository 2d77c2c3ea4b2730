"""`noaber demo` as people run it: the first start, one server at a time, a clean stop, and the next start."""

from __future__ import annotations

import json
import re
import signal
import threading
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import pytest

from serving import PASSWORD, Site, free_port

pytestmark = pytest.mark.every_database


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    running = Site(tmp_path_factory.mktemp("demo"))
    running.start()
    yield running
    running.stop()


def signed_in(site: Site, username: str) -> urllib.request.OpenerDirector:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    address = f"{site.url}/accounts/login/"
    with opener.open(address) as answer:
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', answer.read().decode())
    assert token is not None
    form = {"login": username, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
    with opener.open(address, urlencode(form).encode()) as answer:
        assert answer.url == f"{site.url}/"
    return opener


def follow(opener: urllib.request.OpenerDirector, site: Site, opened: threading.Event) -> threading.Thread:
    """An open page: reads the live updates until the server ends them."""

    def read() -> None:
        with opener.open(f"{site.url}/feed") as stream:
            for _ in stream:
                opened.set()

    thread = threading.Thread(target=read)
    thread.start()
    return thread


def test_it_serves_and_says_where_and_to_whom(site: Site) -> None:
    with urllib.request.urlopen(f"{site.url}/healthz") as answer:
        assert json.load(answer)["status"] == "ok"
    said = site.log.read_text()
    assert f"Noaber is at http://localhost:{site.port}/" in said
    assert PASSWORD in said
    for username in ("be-nccn", "nl-ncc", "lu-hcpn", "de-nw", "bnl-sg"):
        assert username in said


def test_a_second_server_on_the_same_data_is_refused(site: Site) -> None:
    tried = site.noaber("demo", "--no-browser", "--port", str(free_port()))
    assert tried.returncode == 2
    assert tried.stderr.splitlines() == [
        f"{site.data} is served already. Stop that server, or choose another directory with --data."
    ]


def test_it_stops_cleanly_under_open_pages_and_goes_on_where_it_stood(site: Site) -> None:
    opener = signed_in(site, "be-nccn")
    opened = [threading.Event() for _ in range(3)]
    pages = [follow(opener, site, event) for event in opened]
    for event in opened:
        event.wait()
    assert "signs off" in site.noaber("story", "next").stdout

    assert site.process is not None
    site.process.send_signal(signal.SIGINT)
    assert site.process.wait() in (0, 130, -signal.SIGINT)
    for page in pages:
        page.join()
    assert "Traceback" not in site.log.read_text()
    assert json.loads((site.data / "clock.json").read_text())["at"] is None

    played = site.noaber("story", "list").stdout
    site.start()
    assert site.noaber("story", "list").stdout.splitlines()[:-1] == played.splitlines()[:-1]
    assert site.log.read_text().count("Bringing in the exercise") == 1

"""Extracts of OpenStreetMap from a mirror: told beforehand, resumed where broken off, checked by their checksum.

A file on its way is `NAME.part`, with the mirror's tag of that version beside it (`NAME.part.tag`): it is gone on with
only while the mirror still holds that version. It gets its own name once its checksum is right.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from noaber.core.problems import InvalidInput, NotAllowed, Problem, add_problem_texts
from noaber.core.translatable import _

add_problem_texts(
    {
        "mirror.address": _("“%(address)s” is no address of a mirror; expected https://… or http://…."),
        "mirror.not-there": _("The mirror answers %(status)s for %(url)s."),
        "mirror.silent": _("The mirror does not answer for %(url)s: %(reason)s."),
        "mirror.no-checksum": _("The mirror publishes no checksum for %(name)s that can be read."),
        "mirror.no-room": _("%(wanted)s are to be fetched, and only %(free)s are free on the disk."),
        "mirror.broken-off": _(
            "The mirror broke off %(name)s again and again (%(reason)s); give the command again, it goes on from there."
        ),
        "mirror.checksum": _(
            "What came as %(name)s does not have the checksum that the mirror publishes, and was removed; "
            "fetch it again."
        ),
    }
)

SETTING: Final = "NOABER_OSM_MIRROR"
USUAL_MIRROR: Final = "https://download.geofabrik.de"
PATIENCE_SECONDS: Final = 30.0
"""How long the mirror may be silent."""
TRIES: Final = 6
"""How often a transfer that breaks off is gone on with before the command gives up."""
WAIT_SECONDS: Final = 2.0
_CHUNK: Final = 1 << 18
_MD5_LENGTH: Final = 32

Told = Callable[["Transfer", int], None]
"""Is told of a transfer how many bytes are there."""


@dataclass(frozen=True)
class Transfer:
    """One file to fetch: how large it is, how much of it lies here already."""

    url: str
    target: Path
    size_bytes: int
    here_bytes: int
    checksum: str
    """MD5, as the mirror publishes it beside the file."""

    @property
    def is_here(self) -> bool:
        """Nothing is to be fetched: the file of the mirror lies here."""
        return self.here_bytes == self.size_bytes and self.target.exists()

    @property
    def part(self) -> Path:
        return self.target.with_name(self.target.name + ".part")

    @property
    def tag(self) -> Path:
        return self.target.with_name(self.target.name + ".part.tag")


def mirror_address() -> str:
    """The mirror of `NOABER_OSM_MIRROR`, else the usual one.

    Raises
    ------
    InvalidInput
        Where the setting is no address of the web.
    """
    address = os.environ.get(SETTING, "").strip().rstrip("/") or USUAL_MIRROR
    if not address.startswith(("https://", "http://")):
        raise InvalidInput([Problem("mirror.address", params={"address": address})], source=SETTING)
    return address


def look(paths: Iterable[str], folder: Path, mirror: str) -> list[Transfer]:
    """What fetching would take, before anything is fetched: sizes and checksums are asked of the mirror.

    Parameters
    ----------
    paths
        Of the extracts on the mirror, without `-latest.osm.pbf`.
    folder
        Where they are to lie.

    Raises
    ------
    NotAllowed
        Where the mirror does not answer, or has not one of them.
    """
    return [_look_at(f"{mirror}/{path}-latest.osm.pbf", folder) for path in paths]


def _look_at(url: str, folder: Path) -> Transfer:
    target = folder / url.rsplit("/", 1)[1]
    with _asked(url + ".md5") as answer:
        checksum = answer.read(1024).decode("ascii", "replace").split(" ")[0].strip().lower()
    if len(checksum) != _MD5_LENGTH:
        raise NotAllowed("mirror.no-checksum", name=target.name)
    with _asked(url, method="HEAD") as answer:
        size, tag = int(answer.headers.get("Content-Length") or 0), _tag_of(answer)
    fresh = Transfer(url, target, size, 0, checksum)
    if target.exists() and target.stat().st_size == size and _md5_of(target) == checksum:
        return Transfer(url, target, size, size, checksum)
    return Transfer(url, target, size, _resumable(fresh, tag), checksum)


def _resumable(transfer: Transfer, tag: str) -> int:
    """How many bytes of this version of the file lie here; what is of another version is not counted."""
    if not (tag and transfer.part.exists() and transfer.tag.exists()):
        return 0
    if transfer.tag.read_text(encoding="utf-8") != tag:
        return 0
    return min(transfer.part.stat().st_size, transfer.size_bytes)


def check_room(transfers: Iterable[Transfer], folder: Path) -> None:
    """Refuse to begin where the disk cannot take what is still to come.

    Raises
    ------
    NotAllowed
        Where there is too little room.
    """
    wanted = sum(one.size_bytes - one.here_bytes for one in transfers)
    free = shutil.disk_usage(folder).free
    if wanted > free:
        raise NotAllowed("mirror.no-room", wanted=as_megabytes(wanted), free=as_megabytes(free))


def fetch(transfer: Transfer, told: Told) -> Path:
    """Fetch the file, going on where it was broken off, and check it; the answer is where it lies.

    Raises
    ------
    NotAllowed
        Where the mirror keeps breaking off, or what came is not what it publishes the checksum of.
    """
    if transfer.is_here:
        told(transfer, transfer.size_bytes)
        return transfer.target
    for number in range(TRIES):
        if number:
            time.sleep(WAIT_SECONDS)
        try:
            _fetch_rest(transfer, told)
        except (OSError, http.client.HTTPException) as error:
            reason = error
            continue
        return _checked(transfer)
    raise NotAllowed("mirror.broken-off", name=transfer.target.name, reason=_reason(reason)) from reason


def _fetch_rest(transfer: Transfer, told: Told) -> None:
    """Ask for what is missing; a mirror that begins again is taken from the beginning."""
    tag = transfer.tag.read_text(encoding="utf-8") if transfer.tag.exists() else ""
    have = transfer.part.stat().st_size if tag and transfer.part.exists() else 0
    if have and have == transfer.size_bytes:
        return
    wanted = {"Range": f"bytes={have}-", "If-Range": tag} if have else {}
    with _open(transfer.url, headers=wanted) as answer:
        goes_on = answer.status == http.HTTPStatus.PARTIAL_CONTENT
        transfer.tag.write_text(_tag_of(answer), encoding="utf-8")
        with transfer.part.open("ab" if goes_on else "wb") as file:
            have = have if goes_on else 0
            while chunk := answer.read(_CHUNK):
                file.write(chunk)
                have += len(chunk)
                told(transfer, have)
    if have < transfer.size_bytes:
        raise http.client.IncompleteRead(b"", transfer.size_bytes - have)


def _checked(transfer: Transfer) -> Path:
    """Give the file its name if its checksum is the published one; else remove it, so that nothing builds on it."""
    transfer.tag.unlink(missing_ok=True)
    if _md5_of(transfer.part) != transfer.checksum:
        transfer.part.unlink()
        raise NotAllowed("mirror.checksum", name=transfer.target.name)
    transfer.part.replace(transfer.target)
    return transfer.target


def _asked(url: str, *, method: str = "GET") -> http.client.HTTPResponse:
    """The mirror's answer to a small question."""
    try:
        return _open(url, method=method)
    except urllib.error.HTTPError as error:
        error.close()
        raise NotAllowed("mirror.not-there", url=url, status=error.code) from error
    except (OSError, http.client.HTTPException) as error:
        raise NotAllowed("mirror.silent", url=url, reason=_reason(error)) from error


def _open(url: str, *, method: str = "GET", headers: Mapping[str, str] | None = None) -> http.client.HTTPResponse:
    """The answer of the web: `mirror_address` has seen to it that `url` is of no other kind."""
    request = urllib.request.Request(url, method=method, headers=dict(headers or {}))  # noqa: S310
    answer: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=PATIENCE_SECONDS)  # noqa: S310
    return answer


def _tag_of(answer: http.client.HTTPResponse) -> str:
    """What names the version of the file; a weak tag cannot be gone on with."""
    tag = answer.headers.get("ETag") or ""
    return "" if tag.startswith("W/") else tag or answer.headers.get("Last-Modified") or ""


def _reason(error: BaseException) -> str:
    return str(getattr(error, "reason", "") or error) or type(error).__name__


def _md5_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def as_megabytes(size_bytes: int) -> str:
    """A size for people: 1,310 MB."""
    return f"{max(1, round(size_bytes / 1e6)):,} MB" if size_bytes else "0 MB"

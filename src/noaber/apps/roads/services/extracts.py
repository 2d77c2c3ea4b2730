"""The folder of extracts that a network is built from: what lies there, and taking in what is uploaded.

Django writes an upload to a file of the same disk before a view sees it (`FILE_UPLOAD_TEMP_DIR`); one that was broken
off never becomes a file there. What is complete is moved under its own name, in one step.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from noaber.apps.accounts.acting import Acting
from noaber.apps.roads.enums import BuildState
from noaber.apps.roads.models import NetworkBuild
from noaber.apps.roads.permissions import check_install
from noaber.core.problems import InvalidInput, NotAllowed, Problem
from noaber.core.traveltime.pbf import check_pbf

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.osm\.pbf")
_FORGOTTEN_S: Final = 24 * 3600
"""So old is an upload that no process works on any more: its server was killed."""


@dataclass(frozen=True)
class ExtractFile:
    """An extract that lies in the folder."""

    name: str
    size_bytes: int
    changed_at: datetime


def extracts_folder() -> Path:
    """Where extracts lie; made when it is first asked for."""
    folder: Path = settings.DATA / "extracts"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def list_extracts() -> list[ExtractFile]:
    """Every extract in the folder, by name; what has another name is passed over."""
    found = []
    for entry in sorted(extracts_folder().iterdir()):
        if _NAME.fullmatch(entry.name) and entry.is_file():
            stat = entry.stat()
            found.append(ExtractFile(entry.name, stat.st_size, datetime.fromtimestamp(stat.st_mtime, UTC)))
    return found


def find_extracts(names: list[str]) -> list[Path]:
    """The files of these names.

    Raises
    ------
    NotAllowed
        Where one does not lie in the folder.
    """
    there = {extract.name for extract in list_extracts()}
    for name in names:
        if name not in there:
            raise NotAllowed("extract.gone", name=name)
    return [extracts_folder() / name for name in names]


def take_in(acting: Acting, uploaded: UploadedFile[Any]) -> str:
    """Put an upload into the folder, under the name that it came with; the answer is that name.

    Raises
    ------
    InvalidInput
        Where it has no name of an extract, is none, or is not complete.
    NotAllowed
        For whoever may not, and while the file that it would replace is being read.
    """
    check_install(acting.roles, is_served=acting.organisation.connected)
    _sweep()
    name = os.path.basename((uploaded.name or "").replace("\\", "/"))
    if not _NAME.fullmatch(name):
        raise InvalidInput([Problem("extract.name", params={"name": name})])
    _check_unread(name)
    path = _as_file(uploaded)
    try:
        check_pbf(path)
        path.chmod(0o644)
        path.replace(extracts_folder() / name)
    finally:
        path.unlink(missing_ok=True)
    return name


def remove_extract(acting: Acting, name: str) -> None:
    """Delete an extract; the network that was built from it stays as it is."""
    check_install(acting.roles, is_served=acting.organisation.connected)
    (path,) = find_extracts([name])
    _check_unread(name)
    path.unlink(missing_ok=True)


def _check_unread(name: str) -> None:
    running = NetworkBuild.objects.filter(state=BuildState.RUNNING).first()
    if running is not None and name in running.sources:
        raise NotAllowed("extract.read", name=name)


def _as_file(uploaded: UploadedFile[Any]) -> Path:
    """The file that the upload lies in; a small one lies in memory, and is written to one."""
    if hasattr(uploaded, "temporary_file_path"):
        return Path(uploaded.temporary_file_path())
    handle, path = tempfile.mkstemp(dir=settings.FILE_UPLOAD_TEMP_DIR, suffix=".upload")
    with os.fdopen(handle, "wb") as file:
        for chunk in uploaded.chunks():
            file.write(chunk)
    return Path(path)


def _sweep() -> None:
    """Remove the uploads of servers that were killed."""
    for path in Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*.upload*"):
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < time.time() - _FORGOTTEN_S:
                path.unlink()

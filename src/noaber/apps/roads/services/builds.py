"""The only writer of network builds: asked for, followed, cancelled, ended.

One builds at a time, which the database holds. A step from `running` to any other state is one conditional update, so
of those who would end a build (its process, a person, the next who looks) exactly one does.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.services import announce
from noaber.apps.roads.enums import BuildState
from noaber.apps.roads.models import NetworkBuild
from noaber.apps.roads.permissions import check_install
from noaber.apps.roads.services.extracts import find_extracts
from noaber.apps.roads.services.processes import start_follower
from noaber.core.problems import NotAllowed, Problem
from noaber.core.traveltime.folder import put_in_place
from noaber.core.traveltime.progress import Told

SILENT_AFTER: Final = timedelta(seconds=30)
"""A process that gives no sign of life for so long is gone."""


class Ended(Exception):
    """The build is not running any more: somebody cancelled it, or took it for dead."""


def ask_build(acting: Acting, names: Iterable[str]) -> NetworkBuild:
    """Have a network built from these extracts; its process starts when the transaction is done.

    Raises
    ------
    NotAllowed
        For whoever may not, without an extract, and while another is being built.
    """
    check_install(acting.roles, is_served=acting.organisation.connected)
    chosen = sorted(set(names))
    if not chosen:
        raise NotAllowed("build.no-extract")
    find_extracts(chosen)
    end_silent()
    moment = timezone.now()
    build = NetworkBuild(
        organisation=acting.organisation, asked_by=acting.person, asked_at=moment, alive_at=moment, sources=chosen
    )
    try:
        with transaction.atomic():
            build.save()
            _tell()
    except IntegrityError as error:
        raise NotAllowed("build.runs") from error
    clear_left()
    transaction.on_commit(lambda: _start(build))
    return build


def _start(build: NetworkBuild) -> None:
    try:
        start_follower(build.pk)
    except OSError as error:
        problem = Problem("network.not-started", params={"reason": error.strerror or str(error)})
        fail_build(build.pk, problem)


def cancel_build(acting: Acting, pk: int) -> None:
    """Stop a build; its process notices within a second, and removes what it has written."""
    check_install(acting.roles, is_served=acting.organisation.connected)
    with transaction.atomic():
        try:
            _end(pk, BuildState.CANCELLED, cancelled_by=acting.person)
        except Ended as error:
            raise NotAllowed("build.over") from error


def note_alive(pk: int, told: Told) -> None:
    """Write down how far it is.

    Raises
    ------
    Ended
        Where it is not running any more.
    """
    running = NetworkBuild.objects.filter(pk=pk, state=BuildState.RUNNING)
    if not running.update(alive_at=timezone.now(), phase=told.phase or "", share=told.share):
        raise Ended


def finish_build(pk: int, new: Path) -> None:
    """Put the new network in the place of the old one. Whoever asks meanwhile is answered from the old one.

    Raises
    ------
    Ended
        Where it is not running any more; the old network stays.
    OSError
        Where the disk does not allow it; the build still runs then.
    """
    with transaction.atomic():
        _end(pk, BuildState.DONE, share=1.0)
        put_in_place(new, network_folder())


def fail_build(pk: int, problem: Problem) -> None:
    """Say why there is no new network."""
    said = {"code": problem.code, "where": problem.where, "params": dict(problem.params)}
    with transaction.atomic():
        _end(pk, BuildState.FAILED, problem=said)


def end_silent() -> None:
    """Recognise a build whose process is gone, and remove what it left."""
    for build in NetworkBuild.objects.filter(state=BuildState.RUNNING, alive_at__lt=timezone.now() - SILENT_AFTER):
        try:
            with transaction.atomic():
                _end(build.pk, BuildState.DIED)
        except Ended:
            continue
        clear_left()


def _end(pk: int, state: BuildState, **more: Any) -> None:
    running = NetworkBuild.objects.filter(pk=pk, state=BuildState.RUNNING)
    if not running.update(state=state, ended_at=timezone.now(), **more):
        raise Ended
    _tell()


def _tell() -> None:
    """Wake the open pages of all whom this node serves: their minutes may change."""
    announce(Organisation.objects.filter(connected=True))


def network_folder() -> Path:
    """Where the network lies that the site uses."""
    return Path(os.path.realpath(settings.NOABER_NETWORK))


def work_folder(pk: int) -> Path:
    """Where a build writes, on the disk of the network."""
    place = network_folder()
    return place.with_name(f".{place.name}.build-{pk}")


def clear_left() -> None:
    """Remove what builds have left that run no longer: their process was killed before it could."""
    place = network_folder()
    running = {
        work_folder(pk) for pk in NetworkBuild.objects.filter(state=BuildState.RUNNING).values_list("pk", flat=True)
    }
    for left in place.parent.glob(f".{place.name}.build-*"):
        if left not in running:
            shutil.rmtree(left, ignore_errors=True)

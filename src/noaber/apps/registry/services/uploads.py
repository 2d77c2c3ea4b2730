"""An uploaded file on its way: kept, checked, looked at, written. Each step may take long and runs in the background.

What the check finds is kept with the file, so that a page can be left and opened again; confirming looks once more,
and writes all of it or nothing.
"""

from __future__ import annotations

import json
import secrets
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction

from noaber.apps.accounts.models import Organisation, Person
from noaber.apps.records.history import Author
from noaber.apps.registry.enums import UploadPhase
from noaber.apps.registry.models import CapacityUpload
from noaber.apps.registry.services.imports import (
    ImportCounts,
    ImportPlan,
    PlannedRow,
    RowAction,
    Sharing,
    Tell,
    import_capacities,
    plan_import,
    silent,
)
from noaber.core.problems import InvalidInput, NotAllowed, Problem, Severity

KEPT_FOR: Final = timedelta(hours=12)
"""How long an uploaded file waits to be confirmed."""
MOST_SHOWN: Final = 200
"""Problems and rows that the report carries; the counts are of all, and all problems are kept beside it."""


def store_upload(
    person: Person,
    owner: Organisation,
    status: str,
    *,
    file_name: str,
    data: bytes,
    sharing: Sharing,
    now: datetime,
) -> CapacityUpload:
    """Keep a file until it is checked and confirmed."""
    CapacityUpload.objects.filter(uploaded_at__lt=now - KEPT_FOR).delete()
    return CapacityUpload.objects.create(
        token=secrets.token_urlsafe(32),
        owner=owner,
        person=person,
        status=status,
        file_name=file_name[:200],
        content=data,
        default_tlp=sharing.tlp,
        default_groups=list(sharing.groups),
        uploaded_at=now,
        phase=UploadPhase.WAITING,
        phase_at=now,
    )


def find_upload(person: Person, token: str, status: str, *, now: datetime) -> CapacityUpload | None:
    """The file that this person uploaded, while it is kept."""
    return (
        CapacityUpload.objects.filter(token=token, person=person, status=status, uploaded_at__gte=now - KEPT_FOR)
        .select_related("owner")
        .first()
    )


def claim(upload: CapacityUpload, *phases: UploadPhase, for_: UploadPhase, now: datetime) -> bool:
    """Take the next step with a file, if nobody else takes it: of two at the same moment one does."""
    rows = CapacityUpload.objects.filter(pk=upload.pk, phase__in=phases)
    return rows.update(phase=for_, phase_at=now) == 1


def plan_upload(upload: CapacityUpload, *, now: datetime, tell: Tell = silent) -> ImportPlan:
    """What the uploaded file would do now."""
    sharing = Sharing(upload.default_tlp, tuple(upload.default_groups))
    return plan_import(bytes(upload.content), upload.owner, upload.status, sharing=sharing, now=now, tell=tell)


def check_upload(upload: CapacityUpload, *, now: datetime, tell: Tell = silent) -> ImportPlan:
    """Read the file against what is there, and keep what was found; nothing of it is written."""
    plan = plan_upload(upload, now=now, tell=tell)
    found = {"report": _report(plan), "faults": _pack(plan.problems), "phase_at": now}
    CapacityUpload.objects.filter(pk=upload.pk, phase=UploadPhase.CHECKING).update(phase=UploadPhase.CHECKED, **found)
    upload.refresh_from_db()
    return plan


def confirm_upload(
    author: Author, upload: CapacityUpload, shown: str, *, now: datetime, tell: Tell = silent
) -> ImportCounts:
    """Import exactly what was previewed; `shown` is the fingerprint of the plan that someone looked at.

    Raises
    ------
    NotAllowed
        Where the registry has changed since, so that it would do something else: one looks at it again.
    """
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=upload.owner_id)
        plan = plan_upload(upload, now=now, tell=tell)
        if plan.fingerprint != shown:
            raise NotAllowed("registry.changed-meanwhile")
        reason = upload.file_name
        counts = import_capacities(author, plan, upload.owner, upload.status, now=now, reason=reason, tell=tell)
        upload.content, upload.phase, upload.phase_at = b"", UploadPhase.DONE, now
        upload.save(update_fields=["content", "phase", "phase_at"])
    return counts


def write_upload(author: Author, upload: CapacityUpload, shown: str, *, now: datetime, tell: Tell = silent) -> None:
    """Import a file that was claimed for writing.

    One that the registry has overtaken is checked again at once, and says so; whatever else hinders it is told as
    “not imported”.
    """
    try:
        confirm_upload(author, upload, shown, now=now, tell=tell)
    except (NotAllowed, InvalidInput):
        claim(upload, UploadPhase.WRITING, for_=UploadPhase.CHECKING, now=now)
        check_upload(upload, now=now, tell=tell)
        upload.report["overtaken"] = True
        upload.save(update_fields=["report"])
    except Exception:
        claim(upload, UploadPhase.WRITING, for_=UploadPhase.FAILED, now=now)
        raise


def faults_of(upload: CapacityUpload) -> Iterator[Problem]:
    """Every problem of the file, in its order."""
    yield from _problems(json.loads(zlib.decompress(bytes(upload.faults))) if upload.faults else [])


def shown_problems(upload: CapacityUpload) -> list[Problem]:
    """The first problems of the file."""
    return list(_problems(upload.report.get("problems", [])))


def _problems(kept: Iterable[Any]) -> Iterator[Problem]:
    for code, where, params, severity in kept:
        yield Problem(code, where, params, Severity(severity))


def _pack(problems: Iterable[Problem]) -> bytes:
    return zlib.compress(json.dumps([_kept(problem) for problem in problems]).encode())


def _kept(problem: Problem) -> list[Any]:
    params = {name: value if isinstance(value, int) else str(value) for name, value in problem.params.items()}
    return [problem.code, problem.where, params, problem.severity.value]


def _report(plan: ImportPlan) -> dict[str, Any]:
    acting = [row for row in plan.rows if row.action is not RowAction.UNCHANGED]
    return {
        "fingerprint": plan.fingerprint,
        "counts": {action.value: plan.count(action) for action in RowAction},
        "columns": list(plan.file.columns),
        "parts": list(plan.file.parts),
        "errors": len(plan.errors),
        "warnings": len(plan.problems) - len(plan.errors),
        "problems": [_kept(problem) for problem in plan.problems[:MOST_SHOWN]],
        "rows": [_row(row) for row in acting[:MOST_SHOWN]],
        "absent": list(plan.absent[:MOST_SHOWN]),
        "absent_count": len(plan.absent),
    }


def _row(row: PlannedRow) -> dict[str, Any]:
    return {
        "row": row.row,
        "code": row.code,
        "name": row.after["name"],
        "capabilities": list(row.after["capabilities"]),
        "base": row.after["base"],
        "action": row.action.value,
        "changes": {name: list(pair) for name, pair in row.changes.items()},
    }

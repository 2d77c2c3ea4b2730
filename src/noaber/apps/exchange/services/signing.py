"""Several drafts signed off in one step, each as it was read: all of them, or none."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.exchange.models import DraftState, RequestDraft
from noaber.apps.exchange.services.drafts import authorise_draft
from noaber.core.journal import digest_of
from noaber.core.problems import InvalidInput, NotAllowed, NotFound, Problem

_READ: Final = (
    "supplier_id",
    "status",
    "tlp",
    "case_id",
    "incident_text",
    "incident_language",
    "hazard",
    "agreement",
    "cost_rule",
    "lines",
    "reception_point",
    "lon",
    "lat",
    "territory",
    "note",
    "language",
    "contact",
    "contact_phone",
    "answer_within_minutes",
    "replaces",
)
"""What a draft says, and what was shown of its costs; who signed it is not part of that."""


def digest_of_draft(draft: RequestDraft) -> str:
    """SHA-256 of what the draft says, hexadecimal: whoever signs names with it what they read."""
    said: dict[str, Any] = {name: getattr(draft, name) for name in _READ}
    return digest_of(json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode())


def place_of_draft(pk: int) -> str:
    """Where a problem of one of several drafts lies."""
    return f"/drafts/{pk}"


@transaction.atomic
def authorise_together(acting: Acting, read: Mapping[int, str]) -> list[RequestDraft]:
    """Sign several drafts off here, as someone who may: all of them, or none.

    Parameters
    ----------
    read
        What was read of each draft (`digest_of_draft`), by its key. One that says something else now is not signed.

    Raises
    ------
    NotFound
        Where one is not the organisation's.
    InvalidInput
        Where none was chosen; with a sentence for every draft that cannot be signed, at its place (`place_of_draft`).
    """
    acting.check_may(Permission.SIGN_OFF)
    if not read:
        raise InvalidInput([Problem("draft.none-chosen", "/drafts")])
    drafts = list(
        RequestDraft.objects.select_for_update(of=("self",))
        .filter(owner=acting.organisation, pk__in=list(read))
        .order_by("pk")
    )
    if len(drafts) != len(read):
        raise NotFound
    problems = [problem for draft in drafts for problem in _sign_as_read(acting, draft, read[draft.pk])]
    if problems:
        raise InvalidInput(problems)
    return drafts


def _sign_as_read(acting: Acting, draft: RequestDraft, read: str) -> Iterator[Problem]:
    """Sign it, or say why not; the caller holds its lock, and takes everything back where one is not signed."""
    where = place_of_draft(draft.pk)
    if draft.state == DraftState.DRAFT and digest_of_draft(draft) != read:
        yield Problem("draft.changed-since", where)
        return
    try:
        authorise_draft(acting, draft)
    except NotAllowed as refused:
        yield Problem(refused.problem.code, where, refused.problem.params)
    except InvalidInput as refused:
        yield from (Problem(one.code, where, one.params) for one in refused.problems)

"""Consultations: a draft is laid before partners, they comment, each comment is answered, and the trail stays."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.services import announce
from noaber.apps.plans.enums import Outcome, PlanState, VersionKind
from noaber.apps.plans.frozen import freeze_text
from noaber.apps.plans.models import Comment, Consultation, Consulted, Objective, Plan
from noaber.apps.plans.permissions import check_can_comment
from noaber.apps.plans.queries import objectives_of
from noaber.apps.plans.services.common import check_not_withdrawn, check_optional, keep_version, lock_plan, step, tell
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, keep_history
from noaber.apps.records.words import check_words
from noaber.core.problems import InvalidInput, NotAllowed, NotFound, Problem
from noaber.web.clock import now


def open_consultation(
    acting: Acting,
    plan: Plan,
    organisations: Sequence[Organisation],
    *,
    until: datetime.date,
    text: str = "",
    language: str = "",
) -> Consultation:
    """Lay a draft before organisations until a day. They see the plan from now on; its text is kept as it stands.

    Raises
    ------
    InvalidInput
        Where nobody is asked, or the day has passed.
    NotAllowed
        Where the plan is no draft, or the year's part of a programme.
    """
    if not organisations:
        raise InvalidInput([Problem("plan.nobody-consulted", "organisations")])
    if until < acting.today:
        raise InvalidInput([Problem("plan.until-past", "until")])
    with transaction.atomic():
        locked = lock_plan(acting, plan)
        if locked.programme_id is not None:
            raise NotAllowed("plan.is-a-part")
        step(acting, locked, PlanState.CONSULTATION)
        consultation = Consultation.objects.create(
            plan=locked,
            opened_at=now(),
            until=until,
            text=check_optional(text, "text"),
            language=language if text.strip() else "",
            by=Author.of(acting).by,
        )
        asked = [Consulted(consultation=consultation, organisation=organisation) for organisation in organisations]
        Consulted.objects.bulk_create(asked)
        locked.addressees.add(*organisations)
        content = freeze_text(locked, objectives_of(acting.organisation, locked))
        keep_version(acting, locked, VersionKind.DRAFT, content)
        codes = ", ".join(organisation.code for organisation in organisations)
        keep_history(acting, locked, ChangeAction.CHANGED, {"addressees": ("", codes)})
        tell(locked)
        return consultation


def comment_on(
    acting: Acting,
    consultation: Consultation,
    text: str,
    *,
    language: str,
    objective: Objective | None = None,
    shared: bool = False,
) -> Comment:
    """Comment for the organisation that is consulted; without `objective`, on the plan as a whole."""
    words = check_words(text, "text")
    with transaction.atomic():
        current = _lock_for_comment(acting, consultation)
        if objective is not None and objective.plan_id != current.plan_id:
            raise NotFound
        comment = Comment.objects.create(
            consultation=current,
            objective=objective,
            about=str(objective) if objective else "",
            organisation=acting.organisation,
            by=Author.of(acting).by,
            at=now(),
            text=words,
            language=language,
            shared=shared,
        )
        _tell_parties(current, acting.organisation, everyone=shared)
        return comment


def finish_commenting(acting: Acting, consultation: Consultation) -> None:
    """Say that the organisation has no further comments; one who comments afterwards is heard all the same."""
    with transaction.atomic():
        current = _lock_for_comment(acting, consultation)
        current.consulted.filter(organisation=acting.organisation, done_at__isnull=True).update(done_at=now())
        _tell_parties(current, acting.organisation)


def answer_comment(acting: Acting, comment: Comment, outcome: Outcome, why: str, *, language: str) -> None:
    """Say what became of a comment, and why. A later answer takes the place of the first, which the history keeps.

    Who says again what was answered already leaves the answer with who gave it.
    """
    words = check_words(why, "why")
    with transaction.atomic():
        plan = lock_plan(acting, comment.consultation.plan)
        locked = Comment.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=comment.pk)
        before = (locked.outcome, locked.answer)
        if (*before, locked.answer_language) == (outcome.value, words, language):
            return
        locked.outcome, locked.answer, locked.answer_language = outcome, words, language
        locked.answered_by, locked.answered_at = Author.of(acting).by, now()
        locked.save()
        changed = {"outcome": (before[0], outcome.value), "answer": (before[1], words)}
        keep_history(acting, locked, ChangeAction.CHANGED, changed)
        _tell_parties(locked.consultation, locked.organisation, everyone=locked.shared)
        tell(plan)


def close_consultation(acting: Acting, consultation: Consultation) -> None:
    """End a consultation; the plan is a draft again, comments and answers stay."""
    with transaction.atomic():
        locked = lock_plan(acting, consultation.plan)
        current = Consultation.objects.select_for_update().get(pk=consultation.pk)
        if current.closed_at is not None:
            raise NotAllowed("plan.consultation-over")
        current.closed_at = now()
        current.save()
        step(acting, locked, PlanState.DRAFT)
        tell(locked)


def _lock_for_comment(acting: Acting, consultation: Consultation) -> Consultation:
    current = Consultation.objects.select_for_update(of=("self",)).select_related("plan").get(pk=consultation.pk)
    check_not_withdrawn(current.plan)
    check_can_comment(
        acting.roles,
        organisation=acting.organisation.pk,
        consulted=current.consulted.values_list("organisation", flat=True),
        takes_comments=current.takes_comments(acting.today),
    )
    return current


def _tell_parties(consultation: Consultation, organisation: Organisation, *, everyone: bool = False) -> None:
    """Wake the pages of the keeper and of the one that commented; of all who see the plan where it is shared."""
    if everyone:
        tell(consultation.plan)
        return
    announce([consultation.plan.owner, organisation])

"""Recommendations: made, changed, accepted, declined, carried out."""

from __future__ import annotations

from typing import Any, Final

from django.db import models, transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.actions.enums import RECOMMENDATION_STEPS, RecommendationState
from noaber.apps.actions.models import Recommendation
from noaber.apps.actions.permissions import check_can_change
from noaber.apps.actions.services.common import check_words, origin_of, save_numbered
from noaber.apps.actions.subjects import encode_subject
from noaber.apps.actions.values import RecommendationData
from noaber.apps.library.enums import Relation
from noaber.apps.library.services.links import check_seen, link
from noaber.apps.registry.enums import ChangeAction
from noaber.apps.registry.services.author import Author, Changed, announce_readers, append_changes
from noaber.apps.registry.services.capacities import group_keys
from noaber.core.problems import NotAllowed
from noaber.web.clock import now

_FIELDS: Final = ("text", "language", "made_by", "tlp", "illustrative", "source")


def add_recommendation(
    acting: Acting, data: RecommendationData, *, source: models.Model | None = None
) -> Recommendation:
    """Write a recommendation down; it belongs to the organisation that does, and `source` led to it.

    Raises
    ------
    NotAllowed
        Where the role does not work on the cooperation.
    InvalidInput
        Where nothing is written.
    NotFound
        Where the organisation does not see `source`.
    """
    acting.check_may(Permission.COOPERATE)
    text = check_words(data.text, "text")
    with transaction.atomic():
        record = Recommendation(
            owner=acting.organisation,
            made_on=data.made_on,
            origin=origin_of(data.origin, source),
            about=encode_subject(data.about),
            **_values(data, text),
        )
        save_numbered(record, "R")
        record.groups.set(group_keys(data.groups).values())
        if source is not None:
            check_seen(acting.organisation, source)
            link(Author.of(acting), source, Relation.LED_TO, record, now=now())
        _append(acting, record, ChangeAction.ADDED, {})
        announce_readers(record)
        return record


def change_recommendation(acting: Acting, record: Recommendation, data: RecommendationData) -> None:
    """Change what is written; its number, day and what it is about stay."""
    text = check_words(data.text, "text")
    with transaction.atomic():
        locked = _lock(acting, record)
        saw = list(readers_of(locked))
        after: dict[str, Any] = _values(data, text) | {"origin": data.origin or locked.origin}
        changes = {name: (getattr(locked, name), new) for name, new in after.items() if getattr(locked, name) != new}
        for name, value in after.items():
            setattr(locked, name, value)
        locked.save()
        locked.groups.set(group_keys(data.groups).values())
        _append(acting, locked, ChangeAction.CHANGED, changes)
        announce_readers(locked, *saw)


def accept_recommendation(acting: Acting, record: Recommendation) -> None:
    """The cooperation takes it up; also what it once declined, or took for carried out too soon."""
    _step(acting, record, RecommendationState.ACCEPTED)


def decline_recommendation(acting: Acting, record: Recommendation, *, reason: str, language: str) -> None:
    """The cooperation does not take it up; why is kept with it."""
    _step(acting, record, RecommendationState.DECLINED, reason=check_words(reason, "reason"), language=language)


def carry_out_recommendation(acting: Acting, record: Recommendation) -> None:
    """What was recommended has been done."""
    _step(acting, record, RecommendationState.CARRIED_OUT)


def _step(
    acting: Acting, record: Recommendation, state: RecommendationState, *, reason: str = "", language: str = ""
) -> None:
    with transaction.atomic():
        locked = _lock(acting, record)
        if state not in RECOMMENDATION_STEPS[locked.state]:
            raise NotAllowed("action.step-gone")
        before, locked.state = locked.state, state
        locked.state_reason, locked.state_language = reason, language
        locked.save(update_fields=["state", "state_reason", "state_language"])
        _append(acting, locked, ChangeAction.STATE, {"state": (before, state.value)}, reason)
        announce_readers(locked)


def _lock(acting: Acting, record: Recommendation) -> Recommendation:
    locked = Recommendation.objects.select_for_update().get(pk=record.pk)
    check_can_change(acting.roles, owner=locked.owner_id, kept=keeps(acting.organisation))
    return locked


def _values(data: RecommendationData, text: str) -> dict[str, Any]:
    return {name: getattr(data, name) for name in _FIELDS} | {"text": text}


def _append(
    acting: Acting, record: Recommendation, action: ChangeAction, changes: dict[str, tuple[Any, Any]], reason: str = ""
) -> None:
    changed = Changed(record.pk, action, changes)
    append_changes(Author.of(acting), Recommendation, [changed], at=now(), reason=reason)

"""Recommendations: made, changed, accepted, declined, carried out."""

from __future__ import annotations

from typing import Any, Final

from django.db import models, transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.actions.enums import RECOMMENDATION_STEPS, RecommendationState
from noaber.apps.actions.models import Recommendation
from noaber.apps.actions.services.common import origin_of
from noaber.apps.actions.subjects import encode_subject
from noaber.apps.actions.values import RecommendationData
from noaber.apps.library.services.links import lead_on
from noaber.apps.records.words import check_words
from noaber.apps.records.writing import add, write

_FIELDS: Final = ("language", "made_by", "illustrative", "source")


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
    record = Recommendation(
        owner=acting.organisation,
        made_on=data.made_on,
        origin=origin_of(data.origin, source),
        about=encode_subject(data.about),
        tlp=data.tlp,
        **_values(data),
    )
    with transaction.atomic():
        add(acting, record, "R", groups=data.groups)
        lead_on(acting, source, record)
        return record


def change_recommendation(acting: Acting, record: Recommendation, data: RecommendationData) -> None:
    """Change what is written; its number, day and what it is about stay."""
    values = _values(data)
    with write(acting, record) as writing:
        writing.set(values | {"origin": data.origin or writing.record.origin})
        writing.share(tlp=data.tlp, groups=data.groups)


def accept_recommendation(acting: Acting, record: Recommendation) -> None:
    """The cooperation takes it up; also what it once declined, or took for carried out too soon."""
    with write(acting, record) as writing:
        writing.step(RECOMMENDATION_STEPS, RecommendationState.ACCEPTED)


def decline_recommendation(acting: Acting, record: Recommendation, *, reason: str, language: str) -> None:
    """The cooperation does not take it up; why is kept with it."""
    words = check_words(reason, "reason")
    with write(acting, record) as writing:
        writing.step(RECOMMENDATION_STEPS, RecommendationState.DECLINED, reason=words, language=language)


def carry_out_recommendation(acting: Acting, record: Recommendation) -> None:
    """What was recommended has been done."""
    with write(acting, record) as writing:
        writing.step(RECOMMENDATION_STEPS, RecommendationState.CARRIED_OUT)


def _values(data: RecommendationData) -> dict[str, Any]:
    return {name: getattr(data, name) for name in _FIELDS} | {"text": check_words(data.text, "text")}

"""Recommendations: made, changed, accepted, declined, carried out."""

from __future__ import annotations

from django.db import models, transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.actions.enums import RECOMMENDATION_STEPS, RecommendationState
from noaber.apps.actions.models import Recommendation
from noaber.apps.actions.origins import origin_of
from noaber.apps.actions.subjects import GapSubject, encode_subject
from noaber.apps.library.services.links import lead_on
from noaber.apps.records.words import Values, check_words
from noaber.apps.records.writing import add, write


def add_recommendation(
    acting: Acting, values: Values, *, about: GapSubject | None = None, source: models.Model | None = None
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
    with transaction.atomic():
        said = {"origin": origin_of(source), "about": encode_subject(about), **values}
        record = add(acting, Recommendation, said)
        lead_on(acting, source, record)
        return record


def change_recommendation(acting: Acting, record: Recommendation, values: Values) -> None:
    """Change what is written; its number, day and what it is about stay."""
    with write(acting, record) as writing:
        writing.set(values)


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

"""Reads for the pages of recommendations and actions; each begins with the sharing rule."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet

from noaber.apps.accounts.models import Organisation
from noaber.apps.actions.enums import UNDER_WAY, ActionState
from noaber.apps.actions.models import Action, Recommendation

UNDER_WAY_ASKED: Final = "under-way"
OVERDUE_ASKED: Final = "overdue"
SOON: Final = datetime.timedelta(days=14)


@dataclass(frozen=True)
class ActionFilter:
    """What the list is asked for; empty is all. `state` is one of the states, `under-way` or `overdue`."""

    organisation: str = ""
    state: str = ""
    origin: str = ""
    text: str = ""


@dataclass(frozen=True)
class OrganisationCount:
    """How much one organisation has to do, of what the reader sees."""

    code: str
    under_way: int
    overdue: int
    done: int


def overdue_on(today: datetime.date) -> Q:
    """The actions whose day has passed with the work not done."""
    return Q(state__in=UNDER_WAY, due_on__lt=today)


def list_actions(reader: Organisation, asked: ActionFilter, today: datetime.date) -> QuerySet[Action]:
    """The actions that fit, of those that `reader` sees."""
    rows = Action.objects.visible_to(reader).prefetch_related("responsible", "owner")  # few of them, with large names
    if asked.organisation:
        rows = rows.filter(responsible__code=asked.organisation)
    if asked.origin:
        rows = rows.filter(origin=asked.origin)
    if asked.state == OVERDUE_ASKED:
        rows = rows.filter(overdue_on(today))
    elif asked.state == UNDER_WAY_ASKED:
        rows = rows.filter(state__in=UNDER_WAY)
    elif asked.state:
        rows = rows.filter(state=asked.state)
    for word in asked.text.split():
        rows = rows.filter(
            Q(number__icontains=word)
            | Q(title__icontains=word)
            | Q(description__icontains=word)
            | Q(responsible__code__icontains=word)
        )
    return rows


def count_by_organisation(reader: Organisation, today: datetime.date) -> list[OrganisationCount]:
    """Of each organisation that is to do something, how much: the one with most overdue first."""
    seen = Action.objects.visible_to(reader).order_by().values("responsible__code")
    counted = seen.annotate(
        under_way=Count("pk", filter=Q(state__in=UNDER_WAY)),
        overdue=Count("pk", filter=overdue_on(today)),
        done=Count("pk", filter=Q(state=ActionState.DONE)),
    )
    rows = [
        OrganisationCount(row["responsible__code"], row["under_way"], row["overdue"], row["done"]) for row in counted
    ]
    return sorted(rows, key=lambda row: (-row.overdue, -row.under_way, row.code))


def pressing_actions(reader: Organisation, doers: Iterable[int], today: datetime.date) -> QuerySet[Action]:
    """What those organisations are to do within two weeks, and what they are late with."""
    rows = Action.objects.visible_to(reader).filter(
        responsible__in=list(doers), state__in=UNDER_WAY, due_on__lte=today + SOON
    )
    return rows.select_related("responsible", "owner").order_by("due_on", "number")


def list_recommendations(reader: Organisation, *, state: str, origin: str, text: str) -> QuerySet[Recommendation]:
    """The recommendations that fit, of those that `reader` sees."""
    rows = Recommendation.objects.visible_to(reader).select_related("owner")
    if state:
        rows = rows.filter(state=state)
    if origin:
        rows = rows.filter(origin=origin)
    for word in text.split():
        rows = rows.filter(Q(number__icontains=word) | Q(text__icontains=word) | Q(made_by__icontains=word))
    return rows


def get_action(reader: Organisation, number: str) -> Action:
    """The action, or `NotFound`."""
    return Action.objects.select_related("responsible", "owner").get_visible(reader, number=number)


def get_recommendation(reader: Organisation, number: str) -> Recommendation:
    """The recommendation, or `NotFound`."""
    return Recommendation.objects.select_related("owner").get_visible(reader, number=number)

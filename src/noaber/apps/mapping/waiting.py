"""The questions asked of an organisation that press, as rows of the desk. The list has the others."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.mapping.models import FieldQuestion
from noaber.apps.mapping.models.questions import QuestionState
from noaber.apps.records.desk import DeskRow, end_of
from noaber.apps.registry.models import AgreementRow
from noaber.apps.registry.presenters.legal_words import FIELDS

SOON: Final = datetime.timedelta(days=14)
MOST_AT_THE_DESK: Final = 5


def waiting_questions(acting: Acting, _status: str, at: datetime.datetime) -> Iterator[DeskRow]:
    """A row for each question that is due within two weeks or late, for those who write down what texts say."""
    if not acting.may(Permission.EDIT_AGREEMENTS):
        return
    seen = AgreementRow.objects.visible_to(acting.organisation).values("pk")
    pressing = FieldQuestion.objects.filter(
        organisation=acting.organisation,
        state=QuestionState.ASSIGNED,
        agreement__in=seen,
        due_on__lte=at.astimezone(acting.zone).date() + SOON,
    )
    for question in pressing.select_related("agreement", "asker").order_by("due_on", "pk")[:MOST_AT_THE_DESK]:
        yield _row(question, acting)


def _row(question: FieldQuestion, acting: Acting) -> DeskRow:
    code = question.agreement.code
    return DeskRow(
        key=f"question-{question.pk}",
        text=_("Open question: %(field)s of %(text)s") % {"field": str(FIELDS[question.field]), "text": code},
        detail=question.function,
        other=question.asker.code,
        other_detail=_("asks you"),
        url=reverse("question", args=[code, question.field]),
        action=pgettext("to do", "Answer"),
        due_at=end_of(question.due_on, acting.zone),
        since=question.asked_at,
    )

"""The report of a plan as a document: how far it is, objective by objective, what is late and why, who said what."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from noaber.apps.accounts.models import Organisation
from noaber.apps.plans.models import Plan
from noaber.apps.plans.presenters.consultations import ConsultationView
from noaber.apps.plans.presenters.quantities import quantity
from noaber.apps.plans.presenters.snapshots import FrozenPlan
from noaber.apps.plans.presenters.tables import STANDING_WORDS, comment_about
from noaber.apps.plans.reminders import LateLine
from noaber.apps.plans.standing import ActionLine, IndicatorLine, ObjectiveView, PlanView
from noaber.core.messages.model import FreeText
from noaber.core.plans.progress import Progress
from noaber.web.pdf import (
    Block,
    Column,
    Document,
    Heading,
    KeyValues,
    Note,
    Paragraph,
    Row,
    Run,
    Table,
    Text,
)
from noaber.web.wording import day, number


def report_document(
    reader: Organisation,
    view: PlanView,
    *,
    programme: Plan | None,
    late: Sequence[LateLine],
    consultations: Sequence[ConsultationView],
    snapshots: Sequence[FrozenPlan],
    language: str,
    made_at: datetime.datetime,
) -> Document:
    """The report that `reader` gets; it holds nothing that they do not see on the pages."""
    plan = view.plan
    adopted: Text = _("not adopted")
    if plan.adopted_on:
        adopted = f"{day(plan.adopted_on)}, {plan.adopted_by}"
    facts: list[tuple[str, Text]] = [
        (_("Kind"), f"{plan.get_kind_display()}, {plan.years}"),
        *([(_("Part of"), f"{programme.number} {programme.title}")] if programme else []),
        (_("State"), str(plan.get_state_display())),
        (_("Adopted"), adopted),
        (_("Kept by"), f"{plan.owner.code}, {plan.owner.name}"),
        (_("As of"), day(view.today)),
    ]
    return Document(
        title=plan.title,
        subtitle=_("Report on the plan"),
        organisation=reader.name,
        status=settings.NOABER_STATUS,
        tlp=plan.tlp,
        made_at=made_at,
        facts=facts,
        blocks=tuple(_blocks(view, late, consultations, snapshots)),
        contents=True,
        language=language,
    )


def _blocks(
    view: PlanView,
    late: Sequence[LateLine],
    consultations: Sequence[ConsultationView],
    snapshots: Sequence[FrozenPlan],
) -> Iterator[Block]:
    plan = view.plan
    if plan.illustrative or plan.source:
        illustrative = _("Illustrative.") + " " if plan.illustrative else ""
        yield Note(illustrative + plan.source, title=_("Source"))
    yield Heading(_("How far it is"))
    if plan.text:
        yield Paragraph(plan.text, language=plan.language)
    yield KeyValues(_figures(view))
    yield Paragraph(_("Progress is derived from the actions and their evidence; nobody types it."), quiet=True)
    yield _overview(view)
    yield Heading(_("What is late, and why"))
    yield _late(late)
    yield Heading(_("Objectives"))
    for one in view.objectives:
        yield from _objective(one)
    if snapshots:
        yield Heading(_("Quarter by quarter"))
        yield _quarters(snapshots)
    if consultations:
        yield Heading(_("Consultation of partners"))
        for consultation in consultations:
            yield from _consultation(consultation)


def _figures(view: PlanView) -> list[tuple[str, Text]]:
    progress = view.progress
    return [
        (_("Actions done, with evidence"), counted(progress)),
        (_("In progress"), number(progress.running)),
        (_("Late"), number(progress.late)),
        (_("To do"), number(progress.open)),
        (_("Dropped"), number(progress.dropped)),
        (_("Time that has passed"), _("%(percent)s %%") % {"percent": view.elapsed_percent}),
    ]


def counted(progress: Progress) -> str:
    """2 of 6 done."""
    if not progress.total:
        return _("no actions yet")
    told = {"done": number(progress.done), "total": number(progress.total)}
    return ngettext("%(done)s of %(total)s done", "%(done)s of %(total)s done", progress.done) % told


def _overview(view: PlanView) -> Table:
    return Table(
        columns=(
            Column(_("No"), width="auto"),
            Column(_("Objective"), width=3.0),
            Column(_("Led by"), width=1.0),
            Column(pgettext("of the cooperation", "Actions"), width=1.2),
            Column(_("Late"), width="auto", numeric=True),
        ),
        rows=[
            (
                one.objective.number,
                _free(one.objective.words),
                one.objective.responsible.code if one.objective.responsible else _("not said"),
                counted(one.progress),
                number(one.progress.late),
            )
            for one in view.objectives
        ],
        empty=_("No objectives yet."),
    )


def _late(late: Sequence[LateLine]) -> Table:
    return Table(
        columns=(
            Column(_("Action"), width=2.4),
            Column(_("Done by"), width=0.9),
            Column(_("Due on"), width="auto"),
            Column(_("Days late"), width="auto", numeric=True),
            Column(_("Why"), width=2.0),
        ),
        rows=[
            (
                [Run(f"{one.line.action.number} ", quiet=True), _free(one.line.action.words)],
                one.line.action.responsible.code,
                day(one.line.action.due_on) if one.line.action.due_on else "",
                number(one.line.days_late),
                _why(one),
            )
            for one in late
        ],
        empty=_("Nothing is late."),
    )


def _why(one: LateLine) -> Text:
    why: list[Run | str] = [_free(one.line.why) if one.line.why else _("not said")]
    if one.reminded_at:
        why.append(Run("\n" + _("Reminded on %(day)s") % {"day": day(one.reminded_at)}, quiet=True))
    return why


def _objective(view: ObjectiveView) -> Iterator[Block]:
    objective = view.objective
    yield Heading(f"{objective.number} {objective.title}", level=2)
    if objective.text:
        yield Paragraph(objective.text, language=objective.language)
    yield Table(
        columns=(
            Column(_("Action"), width=2.4),
            Column(_("Done by"), width=0.9),
            Column(_("Due on"), width="auto"),
            Column(_("State"), width=0.9),
            Column(_("Evidence"), width=2.0),
        ),
        rows=list(_rows(view)),
        empty=_("No actions serve this objective yet."),
    )
    indicators = [line for one in view.every for line in one.indicators]
    if indicators:
        yield _indicators(indicators)


def _rows(view: ObjectiveView) -> Iterator[Row | tuple[Text, ...]]:
    for one in view.every:
        if one.objective.parent_id:
            yield Row((f"{one.objective.number} {one.objective.title}",), style="group")
        for line in one.lines:
            yield _action(line)


def _action(line: ActionLine) -> tuple[Text, ...]:
    action = line.action
    return (
        [Run(f"{action.number} ", quiet=True), _free(action.words)],
        action.responsible.code,
        day(action.due_on) if action.due_on else _("no day"),
        str(STANDING_WORDS[line.standing]),
        _evidence(line),
    )


def _evidence(line: ActionLine) -> Text:
    """What shows it: words, linked records, or what was last said of it."""
    shown: list[Run | str] = []
    if line.action.evidence:
        shown.append(_free(line.action.proof))
    for linked in line.evidence:
        shown.append(("\n" if shown else "") + linked.title)
    if not shown and line.why:
        shown.append(_free(line.why))
    return shown or ""


def _indicators(lines: Sequence[IndicatorLine]) -> Table:
    return Table(
        columns=(
            Column(_("Indicator"), width=2.4),
            Column(_("At the beginning"), width=1.0, numeric=True),
            Column(_("Measured"), width=1.0, numeric=True),
            Column(_("Target"), width=1.0, numeric=True),
            Column(_("Source"), width=2.0),
        ),
        rows=[
            (
                _free(line.indicator.words),
                quantity(line.indicator.baseline, line.indicator.unit),
                quantity(line.value, line.indicator.unit),
                quantity(line.indicator.target, line.indicator.unit),
                f"{line.last.source}, {day(line.last.on)}" if line.last else "",
            )
            for line in lines
        ],
    )


def _quarters(snapshots: Sequence[FrozenPlan]) -> Table:
    return Table(
        columns=(
            Column(_("Quarter until"), width=1.2),
            Column(pgettext("of the cooperation", "Actions"), width=1.4),
            Column(_("In progress"), numeric=True),
            Column(_("Late"), numeric=True),
            Column(_("To do"), numeric=True),
        ),
        rows=[
            (
                day(one.snapshot.on),
                counted(one.progress),
                number(one.progress.running),
                number(one.progress.late),
                number(one.progress.open),
            )
            for one in reversed(snapshots)
        ],
    )


def _consultation(view: ConsultationView) -> Iterator[Block]:
    asked = ", ".join(party.consulted.organisation.code for party in view.parties)
    told = {"organisations": asked, "day": day(view.consultation.until)}
    yield Paragraph(_("%(organisations)s were asked, until %(day)s.") % told)
    yield Table(
        columns=(
            Column(_("By"), width=0.9),
            Column(_("About"), width=1.4),
            Column(_("Comment"), width=2.4),
            Column(_("What became of it"), width=2.4),
        ),
        rows=[
            (
                comment.organisation.code,
                comment_about(comment),
                _free(comment.words),
                [Run(str(comment.get_outcome_display()), bold=True), "\n", _free(comment.reason)]
                if comment.outcome
                else _("not answered yet"),
            )
            for comment in view.comments
        ],
        empty=_("You see no comments."),
    )


def _free(text: FreeText) -> Run:
    return Run(text.text, language=text.language)

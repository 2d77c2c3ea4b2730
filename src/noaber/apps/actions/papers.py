"""Registers on paper: what the lists of actions and recommendations show.

Actions stand organisation by organisation, with what is overdue first; recommendations by what became of them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.labels import strictest
from noaber.apps.actions.enums import RecommendationState
from noaber.apps.actions.presenters import ActionRow, RecommendationRow
from noaber.apps.actions.queries import OrganisationCount
from noaber.core.messages.model import FreeText
from noaber.web.pdf import Block, Column, Document, Heading, Paragraph, Run, Table, Text
from noaber.web.wording import day, label, number

Facts = Sequence[tuple[str, str]]


def register(
    acting: Acting, rows: Sequence[ActionRow], counts: Sequence[OrganisationCount], asked: Facts, at: datetime.datetime
) -> Document:
    """The actions of `rows` in the reader's language, what they say as it was written.

    Parameters
    ----------
    counts
        How much each organisation has to do, of all that the reader sees.
    asked
        What the list was asked for, in words.
    """
    facts = (*asked, (_("Listed"), number(len(rows))), (_("Of these overdue"), number(_overdue(rows))))
    labels = (row.action.tlp for row in rows)
    return _register(acting, _("Register of actions"), labels, facts, _blocks(rows, counts), at)


def _overdue(rows: Sequence[ActionRow]) -> int:
    return sum(row.overdue for row in rows)


def _blocks(rows: Sequence[ActionRow], counts: Sequence[OrganisationCount]) -> Iterator[Block]:
    yield Heading(_("By organisation"))
    yield Paragraph(_("Counted over all actions that the reader sees."), quiet=True)
    yield _summary(counts)
    ordered = sorted(rows, key=lambda row: (row.action.responsible.code, row.action.due_on or datetime.date.max))
    for code, of_one in groupby(ordered, key=lambda row: row.action.responsible.code):
        yield from _organisation(code, list(of_one))


def _summary(counts: Sequence[OrganisationCount]) -> Table:
    return Table(
        columns=(
            Column(_("Done by"), width=2.0),
            Column(pgettext("column", "To do"), numeric=True),
            Column(_("Overdue"), numeric=True),
            Column(pgettext("column", "Done"), numeric=True),
        ),
        rows=[(one.code, number(one.under_way), number(one.overdue), number(one.done)) for one in counts],
        empty=_("No action fits"),
    )


def _organisation(code: str, rows: Sequence[ActionRow]) -> Iterator[Block]:
    """One organisation, the longest due first."""
    late = _overdue(rows)
    words = ngettext("%(count)s overdue", "%(count)s overdue", late) % {"count": number(late)}
    yield Heading(f"{code}, {words}" if late else code)
    yield Table(
        columns=(Column(_("What"), width=3.2), Column(_("Due on"), width=1.1), Column(_("State"), width=1.1)),
        rows=[(_what(row), _due(row), row.state.label) for row in rows],
    )


def _what(row: ActionRow) -> Text:
    action = row.action
    shown: list[Run | str] = [Run(f"{action.number} ", quiet=True), _free(action.words)]
    if action.responsible_function:
        shown.append(Run(f"\n{action.responsible_function}", quiet=True))
    if action.evidence:
        shown += [Run("\n" + label(_("Evidence")) + " ", quiet=True), _free(action.proof)]
    return shown


def _due(row: ActionRow) -> Text:
    action = row.action
    if action.done_on:
        return [Run(_("done on") + " ", quiet=True), day(action.done_on)]
    if action.due_on is None:
        return _("no day")
    if not row.overdue:
        return day(action.due_on)
    late = ngettext("%(days)s day late", "%(days)s days late", row.days_late) % {"days": row.days_late}
    return [day(action.due_on), Run(f"\n{late}", bold=True)]


def _free(words: FreeText) -> Run:
    return Run(words.text, language=words.language)


def recommendation_register(
    acting: Acting, rows: Sequence[RecommendationRow], asked: Facts, at: datetime.datetime
) -> Document:
    """The recommendations of `rows` in the reader's language, state by state, what they say as it was written.

    `asked` is what the list was asked for, in words.
    """
    facts = (*asked, (_("Listed"), number(len(rows))))
    labels = (row.recommendation.tlp for row in rows)
    return _register(acting, _("Register of recommendations"), labels, facts, _states(rows), at)


def _register(
    acting: Acting, title: str, labels: Iterable[str], facts: Facts, blocks: Iterable[Block], at: datetime.datetime
) -> Document:
    """Labelled as the strictest of what it lists."""
    return Document(
        title=title,
        subtitle=_("As %(organisation)s sees it, %(day)s") % {"organisation": acting.organisation.code, "day": day(at)},
        organisation=acting.organisation.name,
        status=settings.NOABER_STATUS,
        status_note=str(settings.NOABER_STATUS_NOTE),
        tlp=strictest(*labels, default=TlpLabel.GREEN.value),
        made_at=at,
        facts=facts,
        blocks=tuple(blocks),
    )


def _states(rows: Sequence[RecommendationRow]) -> Iterator[Block]:
    """Each state in its order, its recommendations in the order of the list."""
    if not rows:
        yield Paragraph(_("No recommendation fits"), quiet=True)
    for state in RecommendationState:
        of_one = [row for row in rows if row.recommendation.state == state]
        if of_one:
            yield Heading(f"{capfirst(state.label)}, {number(len(of_one))}")
            yield Table(
                columns=(
                    Column(_("Recommendation"), width=3.2),
                    Column(_("Made on"), width=1.1),
                    Column(_("Came from"), width=1.1),
                ),
                rows=[(_recommended(row), _made(row), row.recommendation.get_origin_display()) for row in of_one],
            )


def _recommended(row: RecommendationRow) -> Text:
    record = row.recommendation
    shown: list[Run | str] = [Run(f"{record.number} ", quiet=True), _free(record.words)]
    if row.about:
        shown.append(Run(f"\n{row.about}", quiet=True))
    if record.state_reason:
        shown += [Run("\n" + label(_("Why")) + " ", quiet=True), _free(record.reason)]
    return shown


def _made(row: RecommendationRow) -> Text:
    record = row.recommendation
    return [day(record.made_on), Run(f"\n{record.made_by}", quiet=True)] if record.made_by else day(record.made_on)

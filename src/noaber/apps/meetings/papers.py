"""The convocation and the minutes of a meeting on paper, in the language asked for, as the reader sees the meeting."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.labels import strictest
from noaber.apps.actions.models import Action, Recommendation
from noaber.apps.library.links import Linked
from noaber.apps.meetings.before import look_back
from noaber.apps.meetings.enums import Answer
from noaber.apps.meetings.models import Decision, Meeting, Participant
from noaber.apps.meetings.presenters import ItemView, days_of, hours_of, present_items
from noaber.apps.meetings.queries import (
    actions_of,
    decisions_of,
    documents_of,
    recommendations_of,
    why_called_off,
)
from noaber.core.merging import lines_of
from noaber.web import wording
from noaber.web.pdf import Block, Bullets, Column, Document, Heading, Note, NoteKind, Paragraph, Run, Table, Words


def convocation(acting: Acting, meeting: Meeting, at: datetime.datetime) -> Document:
    """What, when, where, who, with which papers; and what is still to be done from the meetings before."""
    items = present_items(acting.organisation, meeting, at)
    documents = documents_of(acting.organisation, meeting)
    before = look_back(acting.organisation, meeting.series, meeting.starts_on, without=meeting.pk)
    still_open = [*before.actions, *before.older_actions] if before else []
    blocks: list[Block] = [Heading(_("Agenda")), _agenda(items)]
    blocks += [Heading(_("Participants")), _people(meeting)]
    blocks += [Heading(_("Documents")), *_documents(documents)]
    if still_open:
        blocks += [Heading(_("Still to be done from earlier meetings")), _actions(still_open)]
    return _document(acting, meeting, _("Convocation"), blocks, at, [*_labels(items), *(one.tlp for one in still_open)])


def minutes(acting: Acting, meeting: Meeting, at: datetime.datetime) -> Document:
    """Point by point what was said, what was decided, who does what, and the annexes."""
    items = present_items(acting.organisation, meeting, at)
    decisions = decisions_of(acting.organisation, [meeting])
    actions = actions_of(acting.organisation, [meeting])
    recommendations = recommendations_of(acting.organisation, meeting)
    documents = documents_of(acting.organisation, meeting)
    blocks: list[Block] = [Heading(_("Participants")), _people(meeting), Heading(pgettext("of a meeting", "Minutes"))]
    if not items:
        blocks.append(Paragraph(_("The agenda is empty."), quiet=True))
    for view in items:
        blocks += _item(view)
    blocks += [Heading(_("Decisions")), _decisions(decisions)]
    if recommendations:
        blocks += [Heading(_("Recommendations")), _recommendations(recommendations)]
    blocks += [Heading(pgettext("of the cooperation", "Actions")), _actions(actions)]
    blocks += [Heading(_("Annexes")), *_documents(documents)]
    labels = [*_labels(items), *(one.tlp for one in (*decisions, *recommendations, *actions))]
    return _document(acting, meeting, pgettext("of a meeting", "Minutes"), blocks, at, labels)


def _document(
    acting: Acting, meeting: Meeting, title: str, blocks: list[Block], at: datetime.datetime, labels: Iterable[str]
) -> Document:
    return Document(
        title=title,
        subtitle=meeting.title,
        organisation=acting.organisation.name,
        status=settings.NOABER_STATUS,
        tlp=strictest(meeting.tlp, *labels),
        made_at=at,
        facts=tuple(_facts(acting, meeting)),
        blocks=tuple(blocks),
    )


def _facts(acting: Acting, meeting: Meeting) -> Iterator[tuple[Words, Words]]:
    series = meeting.series
    if series is not None and type(series).objects.visible_to(acting.organisation).filter(pk=series.pk).exists():
        yield _("Series"), series.name
    yield _("When"), ", ".join(part for part in (days_of(meeting), hours_of(meeting)) if part)
    yield _("Place"), meeting.place or _("unknown")
    if meeting.video_link:
        yield _("Video link"), meeting.video_link
    if meeting.host:
        yield _("Host"), f"{meeting.host.code} {meeting.host.name}"
    yield _("State"), str(meeting.get_state_display())
    if reason := why_called_off(meeting):
        yield _("Why it was called off"), reason
    if meeting.source:
        yield _("Source"), meeting.source


def _agenda(items: list[ItemView]) -> Table:
    columns = (
        Column(pgettext("number", "No"), width="auto", numeric=True),
        Column(_("Point"), width=3.0),
        Column(_("Purpose"), width="auto"),
        Column(_("Presented by"), width="auto"),
        Column(_("Minutes"), width="auto", numeric=True),
    )
    return Table(columns, [_agenda_row(view) for view in items], empty=_("The agenda is empty."))


def _agenda_row(view: ItemView) -> tuple[Words | list[Run | Words] | Run, ...]:
    item = view.item
    point: list[Run | Words] = [Run(item.title, language=item.language)]
    if view.came_from is not None:
        point.append(Run("\n" + _("carried over from %(day)s") % {"day": _day_of(view)}, quiet=True))
    if item.members_only:
        point.append(Run("\n" + _("members only"), quiet=True))
    allotted = wording.number(item.minutes_allotted) if item.minutes_allotted else ""
    presenter = item.presenter.code if item.presenter else ""
    return wording.number(view.number), point, str(item.get_purpose_display()), presenter, allotted


def _day_of(view: ItemView) -> str:
    return wording.day(view.came_from.meeting.starts_on) if view.came_from else ""


def _people(meeting: Meeting) -> Table:
    columns = (Column(_("Who"), width=3.0), Column(_("Takes part as")), Column(_("Answer")))
    order = {"member": 0, "observer": 1, "guest": 2}
    people = sorted(meeting.participants.select_related("organisation"), key=lambda one: (order[one.capacity], one.pk))
    return Table(columns, [_person(one) for one in people], empty=_("Nobody is on the list yet."))


def _person(somebody: Participant) -> tuple[str, str, str]:
    organisation = somebody.organisation
    name = f"{organisation.code} {organisation.name}" if organisation else ""
    who = ", ".join(part for part in (name, somebody.function_read) if part)
    answer = "" if somebody.answer == Answer.INVITED else str(somebody.get_answer_display())
    return who, str(somebody.get_capacity_display()), answer


def _item(view: ItemView) -> Iterator[Block]:
    yield Heading(f"{view.number}. {view.item.title}", level=2)
    head = view.head
    if view.item.members_only:
        yield Paragraph(_("members only"), quiet=True)
    if head is None or not head.text:
        yield Paragraph(_("Nothing was written down."), quiet=True)
    else:
        for line in lines_of(head.text):
            if line:
                yield Paragraph(line, language=head.language)
    for _aside in view.conflicts:
        yield Note(_("Another version of these minutes stands beside this one and is not settled."), NoteKind.WARN)
    for decision in view.decisions:
        yield Note(Run(decision.text, language=decision.language), NoteKind.OK, title=decision.number)


def _decisions(decisions: Iterable[Decision]) -> Table:
    columns = (Column(_("Number"), width="auto"), Column(_("Decision")))
    rows = [(one.number, Run(one.text, language=one.language)) for one in decisions]
    return Table(columns, rows, empty=_("Nothing was decided."))


def _recommendations(recommendations: Iterable[Recommendation]) -> Table:
    columns = (Column(_("Number"), width="auto"), Column(_("Recommendation")), Column(_("State"), width="auto"))
    return Table(
        columns,
        [(one.number, Run(one.text, language=one.language), str(one.get_state_display())) for one in recommendations],
    )


def _actions(actions: Iterable[Action]) -> Table:
    columns = (
        Column(_("Number"), width="auto"),
        Column(_("What")),
        Column(_("Done by"), width="auto"),
        Column(_("Due on"), width="auto"),
        Column(_("State"), width="auto"),
    )
    rows = [
        (
            one.number,
            Run(one.title, language=one.language),
            one.responsible.code,
            wording.day(one.due_on) if one.due_on else "",
            str(one.get_state_display()),
        )
        for one in actions
    ]
    return Table(columns, rows, empty=_("No action came of it."))


def _documents(documents: list[Linked]) -> Iterator[Block]:
    if documents:
        yield Bullets([f"{one.title} ({one.kind.label})" for one in documents])
    else:
        yield Paragraph(_("None."), quiet=True)


def _labels(items: Iterable[ItemView]) -> list[str]:
    return [view.item.tlp for view in items]

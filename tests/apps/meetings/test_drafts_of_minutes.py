"""What is being written and not saved yet: kept for each open form, and dropped only once it stands in the minutes."""

from __future__ import annotations

import datetime

import pytest

from meetings_builders import Table, make_item, make_table
from noaber.apps.accounts.acting import Acting
from noaber.apps.meetings import services
from noaber.apps.meetings.models import AgendaItem, MinutesDraft
from noaber.apps.meetings.queries import WRITING_FOR, open_conflicts
from noaber.apps.meetings.services import Outcome
from noaber.core.problems import NotAllowed
from noaber.web.clock import now

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


@pytest.fixture
def table() -> Table:
    return make_table()


@pytest.fixture
def item(table: Table) -> AgendaItem:
    return make_item(table.brussels, table.meeting)


def keep(acting: Acting, item: AgendaItem, text: str, writing: str, *, base: int | None = None, goes_on: str = ""):
    return services.keep_draft(acting, item, text, language="en", base=base, writing=writing, goes_on=goes_on)


def save(acting: Acting, item: AgendaItem, text: str, writing: str, *, base: int | None = None) -> Outcome:
    return services.save_minutes(acting, item, text, language="en", base=base, writing=writing)[0]


def drafts() -> dict[str, str]:
    return dict(MinutesDraft.objects.values_list("writing", "text"))


def stands(item: AgendaItem) -> str:
    head = AgendaItem.objects.get(pk=item.pk).head
    return head.text if head else ""


def test_two_windows_of_one_person_keep_a_draft_each(table: Table, item: AgendaItem):
    keep(table.hague, item, "in the one", "first")
    keep(table.hague, item, "in the other", "second")
    assert drafts() == {"first": "in the one", "second": "in the other"}
    save(table.hague, item, "in the one", "first")
    assert drafts() == {"second": "in the other"}
    services.leave_draft(table.hague, item, writing="second")
    assert drafts() == {}


def test_a_form_that_takes_a_draft_up_replaces_it(table: Table, item: AgendaItem):
    left = keep(table.hague, item, "half a sen", "before the reload")
    keep(table.hague, item, "half a sentence", "after it", goes_on=left.mark)
    assert drafts() == {"after it": "half a sentence"}


def test_a_draft_that_was_written_on_meanwhile_stays(table: Table, item: AgendaItem):
    left = keep(table.hague, item, "half a sen", "one window")
    keep(table.hague, item, "half a sentence of its own", "one window")
    keep(table.hague, item, "half a sen", "another", goes_on=left.mark)
    assert drafts() == {"one window": "half a sentence of its own", "another": "half a sen"}


def test_a_draft_whose_paragraphs_all_stand_is_dropped_when_its_author_saves(table: Table, item: AgendaItem):
    keep(table.hague, item, "one", "first")
    keep(table.brussels, item, "one", "of somebody else")
    save(table.hague, item, "one\ntwo", "second")
    assert drafts() == {"of somebody else": "one"}


def test_a_draft_whose_sentences_stand_in_other_paragraphs_is_dropped_as_well(table: Table, item: AgendaItem):
    keep(table.hague, item, "One. Two.", "first")
    keep(table.hague, item, "One. Three.", "other")
    save(table.hague, item, "One.\nBetween. Two.", "second")
    assert drafts() == {"other": "One. Three."}


def test_who_got_no_answer_goes_on_from_what_was_saved(table: Table, item: AgendaItem):
    """The form still says that it began from nothing; its own words are no conflict, and nobody else's are lost."""
    assert save(table.hague, item, "one", "form") is Outcome.SAVED
    head = AgendaItem.objects.get(pk=item.pk).head_id
    save(table.brussels, item, "zero\none", "another form", base=head)
    assert save(table.hague, item, "one\ntwo", "form") is Outcome.MERGED
    assert stands(item) == "zero\none\ntwo"
    assert open_conflicts([item]) == []


def test_another_form_of_the_same_person_is_another_beginning(table: Table, item: AgendaItem):
    save(table.hague, item, "one", "form")
    assert save(table.hague, item, "two", "another form") is Outcome.MERGED
    assert stands(item) == "one\ntwo"


def test_minutes_are_not_closed_while_somebody_writes(table: Table, item: AgendaItem):
    services.hold(table.brussels, table.meeting)
    keep(table.hague, item, "", "opened and nothing written")
    draft = keep(table.hague, item, "half a sentence", "form")
    with pytest.raises(NotAllowed, match="has not saved yet"):
        services.close(table.brussels, table.meeting)
    MinutesDraft.objects.filter(pk=draft.pk).update(at=now() - WRITING_FOR - datetime.timedelta(seconds=1))
    services.close(table.brussels, table.meeting)
    assert "form" in drafts()


def test_a_form_that_was_only_opened_keeps_no_point_on_the_agenda(table: Table, item: AgendaItem):
    other = make_item(table.brussels, table.meeting, "Events")
    keep(table.hague, item, "", "opened")
    keep(table.hague, other, "words", "written")
    services.remove_item(table.brussels, item)
    with pytest.raises(NotAllowed):
        services.remove_item(table.brussels, other)

"""Minutes that several people write at once: nothing is lost, whoever saves when."""

from __future__ import annotations

import random

import pytest

from meetings_builders import Table, make_item, make_table
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role
from noaber.apps.meetings import services
from noaber.apps.meetings.models import AgendaItem, MinutesDraft, MinutesRevision
from noaber.apps.meetings.queries import open_conflicts
from noaber.apps.meetings.services import Outcome
from noaber.apps.meetings.settling import compare, pieces_of, settled_text
from noaber.apps.records.models import AppendOnlyError
from noaber.core.problems import NotAllowed, NotFound
from registry_builders import make_acting

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


def save(acting: Acting, item: AgendaItem, text: str, base: MinutesRevision | None, **more: int) -> tuple[Outcome, str]:
    outcome, _made = services.save_minutes(acting, item, text, language="en", base=base.pk if base else None, **more)
    return outcome, head_of(item).text


def head_of(item: AgendaItem) -> MinutesRevision:
    head = AgendaItem.objects.get(pk=item.pk).head
    assert head is not None
    return head


@pytest.fixture
def begun() -> tuple[Table, AgendaItem, MinutesRevision]:
    """A point with three paragraphs."""
    table = make_table()
    item = make_item(table.brussels, table.meeting)
    save(table.brussels, item, "one\ntwo\nthree", None)
    return table, item, head_of(item)


def test_paragraphs_apart_are_put_together(begun: tuple[Table, AgendaItem, MinutesRevision]):
    table, item, base = begun
    assert save(table.brussels, item, "ONE\ntwo\nthree", base) == (Outcome.SAVED, "ONE\ntwo\nthree")
    assert save(table.hague, item, "one\ntwo\nthree\nfour", base) == (Outcome.MERGED, "ONE\ntwo\nthree\nfour")


def test_two_who_write_at_the_end_need_not_choose(begun: tuple[Table, AgendaItem, MinutesRevision]):
    table, item, base = begun
    save(table.brussels, item, "one\ntwo\nthree\nof Brussels", base)
    outcome, stands = save(table.hague, item, "one\ntwo\nthree\nof The Hague", base)
    assert (outcome, stands) == (Outcome.MERGED, "one\ntwo\nthree\nof Brussels\nof The Hague")


def test_one_paragraph_changed_twice_is_kept_aside_until_somebody_settles_it(
    begun: tuple[Table, AgendaItem, MinutesRevision],
):
    table, item, base = begun
    save(table.brussels, item, "one\ntwo of Brussels\nthree", base)
    outcome, stands = save(table.hague, item, "one\ntwo of The Hague\nthree", base)
    assert (outcome, stands) == (Outcome.ASIDE, "one\ntwo of Brussels\nthree")
    (aside,) = open_conflicts([item])
    assert aside.text == "one\ntwo of The Hague\nthree"
    both = settled_text(pieces_of(aside, head_of(item)), {"choice-1": "both"})
    save(table.brussels, item, both, head_of(item), settles=aside.pk)
    assert head_of(item).text == "one\ntwo of Brussels\ntwo of The Hague\nthree"
    assert open_conflicts([item]) == []


def test_who_keeps_both_reads_once_what_both_say(begun: tuple[Table, AgendaItem, MinutesRevision]):
    table, item, base = begun
    save(table.brussels, item, "one\nAll came. Brussels spoke.\nthree", base)
    save(table.hague, item, "one\nAll came. The Hague spoke.\nthree", base)
    (aside,) = open_conflicts([item])
    both = settled_text(pieces_of(aside, head_of(item)), {"choice-1": "both"})
    assert both == "one\nAll came. Brussels spoke. The Hague spoke.\nthree"


def test_a_paragraph_that_two_windows_hold_and_one_wrote_on_in_stands_once():
    table = make_table()
    item = make_item(table.brussels, table.meeting)
    save(table.brussels, item, "All came. Brussels spoke.", None)
    assert save(table.brussels, item, "All came.", None) == (Outcome.SAME, "All came. Brussels spoke.")
    outcome, stands = save(table.brussels, item, "All came. The Hague spoke.", None)
    assert (outcome, stands) == (Outcome.MERGED, "All came. Brussels spoke. The Hague spoke.")


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("We met in Liège today.", "We met in Esch today.", "We met in [Liège ]today."),
        ("All came. Late.", "All came.", "All came. [Late.]"),
        ("Adopted.", "Postponed.", "Adopted."),
        ("", "Postponed.", ""),
    ],
)
def test_the_words_in_which_two_versions_differ(one: str, other: str, told: str):
    stands, _aside = compare(one, other)
    assert "".join(f"[{words.text}]" if words.differ else words.text for words in stands) == told


@pytest.mark.parametrize(
    ("choice", "text", "settled"),
    [
        ("theirs", "", "a\nstands"),
        ("ours", "", "a\naside"),
        ("edit", "new\r\nwords", "a\nnew\nwords"),
        ("", "", "a\nstands\naside"),
    ],
)
def test_what_can_be_chosen(choice: str, text: str, settled: str):
    table = make_table()
    item = make_item(table.brussels, table.meeting)
    save(table.brussels, item, "a\nb", None)
    base = head_of(item)
    save(table.brussels, item, "a\nstands", base)
    save(table.hague, item, "a\naside", base)
    chosen = {"choice-1": choice, "text-1": text} if choice else {}
    assert settled_text(pieces_of(open_conflicts([item])[0], head_of(item)), chosen) == settled


def test_a_meeting_is_not_closed_over_two_versions(begun: tuple[Table, AgendaItem, MinutesRevision]):
    table, item, base = begun
    services.hold(table.brussels, table.meeting)
    save(table.brussels, item, "x\ntwo\nthree", base)
    save(table.hague, item, "y\ntwo\nthree", base)
    with pytest.raises(NotAllowed, match="side by side"):
        services.close(table.brussels, table.meeting)
    save(table.hague, item, "x\ny\ntwo\nthree", head_of(item), settles=open_conflicts([item])[0].pk)
    services.close(table.brussels, table.meeting)
    with pytest.raises(NotAllowed, match="closed"):
        save(table.hague, item, "late", head_of(item))


def test_two_sessions_of_a_hundred_random_edits_lose_no_sentence():
    """Each types at random places, also into what the other is changing, and saves only now and then."""
    table = make_table()
    item = make_item(table.brussels, table.meeting)
    chance = random.Random(24)
    people = [table.brussels, table.hague]
    seen: list[tuple[list[str], MinutesRevision | None]] = [([], None), ([], None)]
    typed: list[str] = []
    for number in range(100):
        who = chance.randrange(2)
        lines, base = seen[who]
        typed.append(f"Sentence {number} of {who}.")
        at = chance.randint(0, len(lines))
        if at < len(lines) and chance.random() < 0.3:
            lines = [*lines[:at], f"{lines[at]} {typed[-1]}", *lines[at + 1 :]]
        else:
            lines = [*lines[:at], typed[-1], *lines[at:]]
        seen[who] = (lines, base)
        if chance.random() < 0.4 or number > 97:
            save(people[who], item, "\n".join(lines), base)
            head = head_of(item)
            seen[who] = (head.text.split("\n"), head)
    for who in (0, 1):
        save(people[who], item, "\n".join(seen[who][0]), seen[who][1])
    waiting = "\n".join(one.text for one in open_conflicts([item]))
    kept = head_of(item).text + waiting
    assert [sentence for sentence in typed if sentence not in kept] == []
    assert item.revisions.filter(aside=True).exists()
    assert item.revisions.filter(merged=True).exists()


def test_versions_are_only_ever_added(begun: tuple[Table, AgendaItem, MinutesRevision]):
    _table, _item, base = begun
    base.text = "other words"
    with pytest.raises(AppendOnlyError):
        base.save()
    with pytest.raises(AppendOnlyError):
        base.delete()


def test_a_draft_is_ones_own_and_goes_when_one_saves(begun: tuple[Table, AgendaItem, MinutesRevision]):
    table, item, base = begun
    services.keep_draft(table.hague, item, "one\nhalf a sen", language="en", base=base.pk)
    assert [draft.text for draft in MinutesDraft.objects.all()] == ["one\nhalf a sen"]
    save(table.hague, item, "one\na sentence", base)
    assert not MinutesDraft.objects.exists()


def test_who_writes(begun: tuple[Table, AgendaItem, MinutesRevision]):
    table, item, base = begun
    with pytest.raises(NotAllowed):
        save(table.dusseldorf, item, "an observer", base)
    with pytest.raises(NotAllowed):
        save(make_acting(table.hague.organisation, Role.DUTY_OFFICER), item, "on duty", base)
    other = make_item(table.brussels, table.meeting, "Events")
    with pytest.raises(NotFound):
        save(table.hague, other, "words", base)

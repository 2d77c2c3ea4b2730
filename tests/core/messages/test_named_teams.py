"""Of an exchange between others one sees what is about the own teams, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import Exchange, request
from noaber.core.messages.factories import Ask
from noaber.core.messages.model import ResponseType
from noaber.core.messages.named_teams import NamedTeam, named_teams, part_about
from noaber.core.messages.thread import Thread

ASKS = (
    Ask("SRBOAT", 4, element_id="boats", planned_units=("NL-VR24:SRB", "NL-VR24:SRB", "NL-VR23:SRB")),
    Ask("HCP", 2, element_id="pumps", planned_units=("NL-VR20:HCP",)),
)


@pytest.fixture(scope="module")
def thread() -> Thread:
    asked = Exchange(request(asks=ASKS)).acknowledge()
    answered = asked.answer(ResponseType.ACCEPT, 2, line_id="boats").thread
    offers = tuple(replace(offer, owner="NL-VR22", team_id="SRB") for offer in answered.offers)
    return replace(answered, offers=offers)


def test_teams_are_named_by_a_line_or_by_an_offer_each_once(thread: Thread) -> None:
    assert named_teams(thread) == [
        NamedTeam("NL-VR24", "NL-VR24:SRB", "boats"),
        NamedTeam("NL-VR23", "NL-VR23:SRB", "boats"),
        NamedTeam("NL-VR20", "NL-VR20:HCP", "pumps"),
        NamedTeam("NL-VR22", "NL-VR22:SRB", "boats", "offer"),
    ]


def test_who_is_asked_by_name_sees_the_line_and_not_what_others_offered_to_it(thread: Thread) -> None:
    part = part_about(thread, {"boats"})
    assert [line.element_id for line in part.request.lines] == ["boats"]
    assert part.request.lines[0].offered == 2
    assert part.offers == ()
    assert [entry.message.message_id for entry in part.history] == [thread.thread_id]


def test_who_was_offered_sees_the_offer_and_its_line(thread: Thread) -> None:
    part = part_about(thread, {"boats", "offer"})
    assert [offer.id for offer in part.offers] == ["offer"]
    assert {wait.subject_id for wait in part.waits} == {"offer"}


@given(subjects=st.sets(st.sampled_from(["boats", "pumps", "offer", "request"])))
def test_a_part_holds_nothing_that_is_not_about_its_subjects(thread: Thread, subjects: set[str]) -> None:
    part = part_about(thread, subjects)
    shown = {line.element_id for line in part.request.lines} | {offer.id for offer in part.offers}
    assert shown <= subjects
    assert {wait.subject_id for wait in part.waits} <= subjects
    assert part_about(part, subjects) == part

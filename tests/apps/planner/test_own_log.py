"""A log of one's own: one line, with the clock, read by whoever wrote it, and struck, never changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from noaber.apps.accounts.enums import Role
from noaber.apps.planner.enums import NoteKind
from noaber.apps.planner.models import Incident, LogNote
from noaber.apps.planner.presenters.log import log_rows
from noaber.apps.planner.services.log_notes import NoteData, strike_note, write_note
from noaber.core.messages.model import FreeText
from noaber.core.problems import NotFound
from noaber.web import clock
from planner_builders import EVENING, Evening, refused
from registry_builders import make_acting

pytestmark = pytest.mark.every_database


@pytest.fixture
def incident(evening: Evening) -> Incident:
    return evening.incident()


def line(text: str = "phoned Liège, they send nobody", **more: object) -> NoteData:
    return NoteData(text=text, language="en", **more)  # type: ignore[arg-type]


def written(evening: Evening, incident: Incident) -> list[str]:
    rows = log_rows(evening.brussels, incident)
    return [row.written.text for row in rows if row.written]


def test_a_line_is_now_and_in_the_language_of_its_writer(evening: Evening, incident: Incident) -> None:
    note = write_note(
        evening.brussels, incident, NoteData("Barrage  d’Eupen :\tdéborde", "fr", NoteKind.PHONED, "M. Lemaire")
    )
    assert (note.at, note.written_at, note.language) == (EVENING, EVENING, "fr")
    assert (note.text, note.kind, note.spoke_with) == ("Barrage d’Eupen : déborde", "phoned", "M. Lemaire")


@pytest.mark.parametrize(
    ("data", "minutes"),
    [(line("17:42 phoned Liège"), 18), (line(clock_time="17.42"), 18), (line("18:30 of yesterday"), 23 * 60 + 30)],
)
def test_a_line_happened_when_its_writer_says(
    evening: Evening, incident: Incident, data: NoteData, minutes: int
) -> None:
    note = write_note(evening.brussels, incident, data)
    assert note.at == EVENING - timedelta(minutes=minutes)
    assert not note.text.startswith("1")
    assert log_rows(evening.brussels, incident)[-1].written_at == EVENING


def test_lines_stand_among_what_the_product_saw_by_when_they_happened(evening: Evening, incident: Incident) -> None:
    with clock.at(EVENING + timedelta(minutes=9)):
        write_note(evening.brussels, incident, line("second"))
        write_note(evening.brussels, incident, line("17:50 first"))
        rows = log_rows(evening.brussels, incident)
    assert [row.written.text if row.written else row.told for row in rows] == [
        "second",
        "opens the incident",
        "first",
    ]


def test_only_the_writers_organisation_reads_it_unless_it_is_shared(evening: Evening, incident: Incident) -> None:
    write_note(evening.brussels, incident, line("ours"))
    write_note(evening.brussels, incident, line("for all", is_shared=True))
    write_note(evening.hague, incident, line("theirs"))
    assert written(evening, incident) == ["for all", "ours"]
    theirs = [row.written.text for row in log_rows(evening.hague, incident) if row.written]
    assert sorted(theirs) == ["for all", "theirs"]


def test_a_struck_line_stays_with_who_and_why(evening: Evening, incident: Incident) -> None:
    note = write_note(evening.brussels, incident, line("three boats"))
    strike_note(evening.brussels, incident, note.pk, reason="it was two", language="en")
    (row,) = [row for row in log_rows(evening.brussels, incident) if row.written]
    assert (row.written, row.struck) == (FreeText("three boats", "en"), FreeText("it was two", "en"))
    assert (row.struck_by, row.strike_pk) == (evening.brussels.person.display_name, 0)
    with refused("incident.note-struck"):
        strike_note(evening.brussels, incident, note.pk, reason="again", language="en")


def test_nobody_strikes_the_line_of_another(evening: Evening, incident: Incident) -> None:
    hidden = write_note(evening.brussels, incident, line())
    shared = write_note(evening.brussels, incident, line(is_shared=True))
    with pytest.raises(NotFound):
        strike_note(evening.hague, incident, hidden.pk, reason="x", language="en")
    with refused("incident.note-others"):
        strike_note(evening.hague, incident, shared.pk, reason="x", language="en")
    with refused("incident.reason-missing"):
        strike_note(evening.brussels, incident, hidden.pk, reason="  ", language="en")
    assert LogNote.objects.filter(struck_at__isnull=False).count() == 0


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (line("   "), "incident.note-empty"),
        (line("x" * 501), "incident.note-long"),
        (line(spoke_with="x" * 121), "incident.note-long"),
        (line(clock_time="soon"), "incident.note-time"),
        (line("a\0b"), "text.character"),
    ],
)
def test_what_cannot_be_kept_is_refused(evening: Evening, incident: Incident, data: NoteData, code: str) -> None:
    with refused(code):
        write_note(evening.brussels, incident, data)
    assert not LogNote.objects.exists()


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.DUTY_OFFICER, True),
        (Role.PLANNER, True),
        (Role.DIRECTOR, True),
        (Role.POLICY_OFFICER, False),
        (Role.ADMINISTRATOR, False),
        (Role.OBSERVER, False),
    ],
)
def test_who_keeps_the_log(evening: Evening, incident: Incident, role: Role, may: bool) -> None:
    acting = make_acting(evening.be, role)
    if may:
        assert write_note(acting, incident, line()).by == acting.person
        return
    with refused("accounts.role.keep-log"):
        write_note(acting, incident, line())


def test_the_database_keeps_no_line_that_is_struck_without_why(evening: Evening, incident: Incident) -> None:
    note = write_note(evening.brussels, incident, line())
    with pytest.raises(IntegrityError), transaction.atomic():
        LogNote.objects.filter(pk=note.pk).update(struck_at=EVENING)

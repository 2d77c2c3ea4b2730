"""Practices and lessons of the cooperation, told through the services, each on its own day.

What was seen has a source; what is invented beside it is said in the record, which is marked illustrative.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Final

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.actions.services import finish_action
from noaber.apps.demo.cast import acting_as
from noaber.apps.events.models import EventDossier
from noaber.apps.library.enums import Relation
from noaber.apps.library.services.links import link
from noaber.apps.practices import services
from noaber.apps.practices.enums import Occasion, ReuseResult
from noaber.apps.practices.models import Lesson, Practice
from noaber.apps.records.history import Author
from noaber.apps.records.words import Values
from noaber.reference.files import read_data_json
from noaber.web import clock

_FILE: Final = "demo/practices.json"
_WORDS: Final = ("language", "title", "summary", "description", "place", "audience")
Told = Mapping[str, Any]


def load_practices() -> None:
    """Bring in the practices of the demo, who reuses them, the lessons and what became of each."""
    told = read_data_json(_FILE)
    known = {row["key"]: _tell_practice(row) for row in told["practices"]}
    for row in told["lessons"]:
        _tell_lesson(row, known.get(row.get("practice", "")))


def _tell_practice(row: Told) -> Practice:
    data = {
        **_words(row),
        "made_on": _day(row["made_on"]),
        "contact_function": row["contact_function"],
        "tlp": TlpLabel(row["tlp"]),
        **_shared(row),
    }
    with clock.at(_morning(row["made_on"])):
        practice = services.add_practice(_acting(row), data, source=_event_of(row))
    for translated in row.get("translations", ()):
        with clock.at(_morning(translated["on"])):
            services.translate_practice(_acting(translated), practice, _words(translated))
    for reused in row["reuses"]:
        reuse = {
            "place": reused["place"],
            "since": _day(reused["since"]),
            "language": reused["language"],
            "result": ReuseResult(reused["result"]),
            "note": reused["note"],
        }
        with clock.at(_morning(reused["since"])):
            services.reuse_practice(_acting(reused), practice, reuse)
    return practice


def _tell_lesson(row: Told, practice: Practice | None) -> None:
    data = {
        **{name: row[name] for name in ("title", "language", "observation", "change", "kept_by_function")},
        "cause": row.get("cause", ""),
        "made_on": _day(row["made_on"]),
        **_shared(row),
    }
    acting = _acting(row)
    with clock.at(_morning(row["made_on"])):
        lesson = services.add_lesson(acting, data, source=_event_of(row))
        if practice is not None:
            link(Author.of(acting), lesson, Relation.LED_TO, practice, now=clock.now())
    if agreed := row.get("action"):
        _act(acting, lesson, agreed, row)
    if check := row.get("check"):
        found = {name: check[name] for name in ("checked_by", "effective", "note", "language")}
        with clock.at(_morning(check["on"])):
            services.check_lesson(acting, lesson, checked_on=_day(check["on"]), **found)
    if left := row.get("left"):
        with clock.at(_morning(left["on"])):
            services.leave_lesson(acting, lesson, reason=left["reason"], language=left["language"])


def _event_of(row: Told) -> EventDossier | None:
    """The event from which something was learned, where the demo names one."""
    return EventDossier.objects.get(code=row["event"]) if "event" in row else None


def _act(acting: Acting, lesson: Lesson, agreed: Told, row: Told) -> None:
    data = {
        "title": agreed["title"],
        "language": agreed["language"],
        "responsible": Organisation.objects.get(code=agreed["responsible"]),
        "made_on": _day(agreed["made_on"]),
        "due_on": _day(agreed["due_on"]),
        "groups": row["groups"],
        "illustrative": True,
        "source": row["source"],
    }
    with clock.at(_morning(agreed["made_on"])):
        action = services.act_on_lesson(acting, lesson, data)
    if done := agreed.get("done"):
        with clock.at(_morning(done["on"])):
            finish_action(
                acting, action, done_on=_day(done["on"]), evidence=done["evidence"], language=done["language"]
            )


def _shared(row: Told) -> dict[str, Any]:
    """What practices and lessons say alike."""
    return {
        "occasion": Occasion(row["occasion"]),
        "occasion_name": row.get("occasion_name", ""),
        "themes": row["themes"],
        "hazards": row.get("hazards", ()),
        "capabilities": row.get("capabilities", ()),
        "groups": row["groups"],
        "illustrative": True,
        "source": row["source"],
    }


def _words(row: Told) -> Values:
    return {name: row[name] for name in _WORDS}


def _acting(row: Told) -> Acting:
    return acting_as(row["by"], row["organisation"])


def _day(day: str) -> datetime.date:
    return datetime.date.fromisoformat(day)


def _morning(day: str) -> datetime.datetime:
    """Nine o’clock, UTC."""
    return datetime.datetime.combine(_day(day), datetime.time(9), datetime.UTC)

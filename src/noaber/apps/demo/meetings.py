"""The meetings of the cooperation from 2016 to 2024, told through the services, each on its own day.

That they took place and what they were about has a source; whatever is invented is marked so.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Final

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation
from noaber.apps.actions.models import Action, Recommendation
from noaber.apps.demo.cast import acting_as
from noaber.apps.library.enums import Relation
from noaber.apps.library.services.links import link
from noaber.apps.meetings import services
from noaber.apps.meetings.enums import Answer, Capacity, MeetingKind, MeetingState, Purpose
from noaber.apps.meetings.models import AgendaItem, Meeting, Series
from noaber.apps.meetings.values import DecisionData, ItemData, MeetingData, ParticipantData, SeriesData
from noaber.apps.plans.models import Plan
from noaber.apps.records.history import Author
from noaber.reference.files import read_data_json
from noaber.web import clock

_FILE: Final = "demo/meetings.json"
Told = Mapping[str, Any]
Items = dict[str, AgendaItem]


def load_meetings() -> None:
    """Bring in the series, and the meetings in the order of their days; the actions are there already."""
    told = read_data_json(_FILE)
    series = {row["key"]: _name_series(row) for row in told["series"]}
    items: Items = {}
    for row in told["meetings"]:
        with clock.at(_morning(row.get("convened_on", row["starts_on"]))):
            _tell(row, series[row["series"]], items)


def _name_series(row: Told) -> Series:
    with clock.at(_morning(row["on"])):
        return services.add_series(_acting(row), SeriesData(names=row["names"], groups=row["groups"]))


def _tell(row: Told, series: Series, items: Items) -> None:
    acting = _acting(row)
    carried = {key: items[key] for key in row.get("carried", ())}
    meeting = services.add_meeting(acting, _meeting(row, series), carried=carried.values())
    for person in row["people"]:
        _invite(acting, meeting, person, row["state"])
    if row["state"] == MeetingState.CONVENED:
        services.convene(acting, meeting)
    for key, item in zip(carried, meeting.items.order_by("position"), strict=False):
        items[f"12:{key}"] = item
        _write(acting, item, row.get("carried_minutes", {}).get(key))
    for told in row["items"]:
        items[told["key"]] = _add_item(acting, meeting, told)
    for told in row["decisions"]:
        data = DecisionData(
            text=told["text"], language=told["language"], made_on=meeting.starts_on, source=told["source"]
        )
        decision = services.add_decision(acting, meeting, data, item=items[told["item"]])
        if "led_to" in told:
            link(Author.of(acting), decision, Relation.LED_TO, _numbered(told["led_to"]), now=clock.now())
    _link(acting, meeting, row.get("led_to"))
    if row["state"] in (MeetingState.HELD, MeetingState.CLOSED):
        services.hold(acting, meeting)
    if row["state"] == MeetingState.CLOSED:
        services.close(acting, meeting)


def _meeting(row: Told, series: Series) -> MeetingData:
    return MeetingData(
        title=row["title"],
        language=row["language"],
        starts_on=datetime.date.fromisoformat(row["starts_on"]),
        ends_on=_day(row.get("ends_on")),
        starts_time=_time(row.get("starts_time")),
        ends_time=_time(row.get("ends_time")),
        kind=MeetingKind(row["kind"]),
        series=series,
        place=row.get("place", ""),
        host=_organisation(row.get("host")),
        groups=row["groups"],
        illustrative=row.get("illustrative", False),
        source=row["source"],
    )


def _invite(acting: Acting, meeting: Meeting, row: Told, state: str) -> None:
    past = Answer.INVITED if state == MeetingState.CONVENED else Answer.PRESENT
    data = ParticipantData(
        organisation=_organisation(row.get("organisation")),
        function=row.get("function", ""),
        capacity=Capacity(row.get("capacity", Capacity.MEMBER)),
        answer=Answer(row.get("answer", past)),
    )
    services.invite(acting, meeting, data)


def _add_item(acting: Acting, meeting: Meeting, row: Told) -> AgendaItem:
    data = ItemData(
        title=row["title"],
        language=row["language"],
        purpose=Purpose(row["purpose"]),
        presenter=_organisation(row.get("presenter")),
        minutes_allotted=row.get("minutes_allotted"),
        members_only=row.get("members_only", False),
        is_finished=row.get("finished", False),
        illustrative=row.get("illustrative", False),
    )
    item = services.add_item(acting, meeting, data)
    if "minutes" in row:
        _write(acting, item, {"text": row["minutes"], "language": row["minutes_language"]})
    return item


def _write(acting: Acting, item: AgendaItem, told: Told | None) -> None:
    if told is None:
        return
    services.save_minutes(acting, item, told["text"], language=told["language"], base=None)
    if told.get("finished"):
        services.finish_item(acting, item, finished=True)


def _link(acting: Acting, meeting: Meeting, told: Told | None) -> None:
    """Link the meeting with the recommendations and actions of its day, as far as its keeper sees them."""
    if told is None:
        return
    wanted = {"made_on": told["on"], "origin__in": told["origins"]}
    seen = [model.objects.visible_to(acting.organisation).filter(**wanted) for model in (Recommendation, Action)]
    for record in (one for rows in seen for one in rows):
        link(Author.of(acting), meeting, Relation.LED_TO, record, now=clock.now())


def _numbered(name: str) -> Action | Plan:
    """The action or the plan of "action:A-2024-001"."""
    kind, _colon, number = name.partition(":")
    models: dict[str, type[Action] | type[Plan]] = {"action": Action, "plan": Plan}
    return models[kind].objects.get(number=number)


def _acting(row: Told) -> Acting:
    return acting_as(row["by"], row["organisation"])


def _organisation(code: str | None) -> Organisation | None:
    return Organisation.objects.get(code=code) if code else None


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _time(text: str | None) -> datetime.time | None:
    return datetime.time.fromisoformat(text) if text else None


def _morning(day: str) -> datetime.datetime:
    """Nine o’clock, UTC."""
    return datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(9), datetime.UTC)

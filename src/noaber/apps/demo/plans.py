"""The plans around the meetings of 2024, told through the services, in the order of their days.

That a programme for 2025-2028 was adopted on 19 December 2024 has a source; its text was not found. What the plans say
is illustrative, and marked so.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any, Final

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.actions import services as action_services
from noaber.apps.actions.enums import Origin
from noaber.apps.actions.models import Action
from noaber.apps.demo.cast import acting_as
from noaber.apps.plans import services
from noaber.apps.plans.enums import Outcome, PlanKind
from noaber.apps.plans.models import Comment, Consultation, Indicator, Objective, Plan
from noaber.apps.plans.values import IndicatorData, ObjectiveData, PlanData
from noaber.apps.records.words import Values
from noaber.reference.files import read_data_json
from noaber.web import clock

_FILE: Final = "demo/plans.json"
_INVENTED: Final = "Invented."
Told = Mapping[str, Any]
Event = tuple[str, Callable[[], object]]


def load_plans() -> None:
    """Bring in the plans of the demo. Actions of `load_actions` are linked, so it comes after that."""
    plans: dict[str, Plan] = {}
    for told in read_data_json(_FILE):
        plans[told["key"]] = _Teller(told, plans.get(told.get("programme", ""))).tell()


@dataclass
class _Teller:
    """Tells one plan: begun with its objectives on one day, then what happened, in the order of the days."""

    told: Told
    programme: Plan | None
    keyed: dict[str, Objective] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    def tell(self) -> Plan:
        with clock.at(_morning(self.told["begun_on"])):
            self.plan = services.add_plan(_acting(self.told), self._data())
            for row in self.told["objectives"]:
                self._objective(row, None)
        self.events += self._steps()
        for day, happen in sorted(self.events, key=lambda event: event[0]):
            with clock.at(_morning(day)):
                happen()
        return self.plan

    def _data(self) -> PlanData:
        told = self.told
        return PlanData(
            kind=PlanKind(told["kind"]),
            titles=told["titles"],
            first_year=told["first_year"],
            last_year=told["last_year"],
            programme=self.programme,
            text=told.get("text", ""),
            language=told.get("language", ""),
            tlp=TlpLabel(told["tlp"]),
            groups=told["groups"],
            illustrative=True,
            source=told["source"],
        )

    def _objective(self, row: Told, parent: Objective | None) -> Objective:
        acting = _acting(self.told)
        made = services.add_objective(acting, self.plan, self._wording(row), parent=parent)
        if "key" in row:
            self.keyed[row["key"]] = made
        for one in row.get("indicators", ()):
            self._indicator(made, one)
        for action in row.get("actions", ()):
            self.events += self._action(made, action)
        for title in row.get("existing", ()):
            self.events.append((self.told["existing_on"], partial(self._serve, made, title)))
        for part in row.get("parts", ()):
            self._objective(part, made)
        return made

    def _wording(self, row: Told) -> ObjectiveData:
        first, last = row.get("years", (self.told["first_year"], self.told["last_year"]))
        return ObjectiveData(
            title=row["title"],
            language=row["language"],
            first_year=first,
            last_year=last,
            text=row.get("text", ""),
            responsible=_organisation(row["responsible"]),
        )

    def _indicator(self, objective: Objective, row: Told) -> None:
        numbers = {name: Decimal(row[name]) for name in ("baseline", "target")}
        data = IndicatorData(name=row["name"], language=row["language"], unit=row["unit"], **numbers)
        indicator = services.add_indicator(_acting(self.told), objective, data)
        self.events += [(one["on"], partial(_measure, indicator, one)) for one in row["measured"]]

    def _action(self, objective: Objective, row: Told) -> Iterator[Event]:
        made: list[Action] = []

        def agree() -> None:
            made.append(services.add_action_for(_acting(self.told), objective, self._action_data(row)))
            if "weight" in row:
                services.weigh_action(_acting(self.told), objective, made[0], row["weight"])

        yield row["made_on"], agree
        for note in row.get("notes", ()):
            yield note["on"], partial(_report, made, note)
        if done := row.get("done"):
            yield done["on"], partial(_finish, made, done)

    def _action_data(self, row: Told) -> Values:
        return {
            "title": row["title"],
            "language": row["language"],
            "responsible": _organisation(row["responsible"]),
            "made_on": datetime.date.fromisoformat(row["made_on"]),
            "due_on": datetime.date.fromisoformat(row["due_on"]),
            "origin": Origin.PLAN,
            "tlp": TlpLabel(self.told["tlp"]),
            "groups": self.told["groups"],
            "illustrative": True,
            "source": _INVENTED,
        }

    def _serve(self, objective: Objective, title: str) -> None:
        services.serve_objective(_acting(self.told), objective, Action.objects.get(title=title))

    def _steps(self) -> Iterator[Event]:
        if consulted := self.told.get("consultation"):
            yield from self._consult(consulted)
        if adopted := self.told.get("adopted"):
            yield adopted["on"], partial(self._adopt, adopted)
        for day in self.told.get("kept", ()):
            yield day, self._keep

    def _adopt(self, row: Told) -> None:
        director = acting_as(row["director"], self.told["organisation"])
        day = datetime.date.fromisoformat(row["on"])
        services.adopt_plan(director, self.plan, adopted_on=day, adopted_by=row["by"])

    def _consult(self, row: Told) -> Iterator[Event]:
        yield row["opened_on"], partial(self._open, row)
        for comment in row["comments"]:
            made: list[Comment] = []
            yield comment["on"], partial(self._comment, comment, made)
            answer = comment["answer"]
            yield answer["on"], partial(self._answer, made, answer)
        for done in row["done"]:
            yield done["on"], partial(self._end_comments, done)
        for changed in row["reworded"]:
            yield changed["on"], partial(self._reword, changed)
        for added in row["added"]:
            wording = {name: value for name, value in added.items() if name != "actions"}
            yield added["on"], partial(self._add_part, wording)
            for action in added.get("actions", ()):
                yield from self._late_action(added["title"], action)

    def _late_action(self, title: str, row: Told) -> Iterator[Event]:
        def agree() -> None:
            objective = Objective.objects.get(plan=self.plan, title=title)
            services.add_action_for(_acting(self.told), objective, self._action_data(row))

        yield row["made_on"], agree

    def _open(self, row: Told) -> None:
        services.open_consultation(
            _acting(self.told),
            self.plan,
            [_organisation(code) for code in row["organisations"]],
            until=datetime.date.fromisoformat(row["until"]),
            text=row["text"],
            language=row["language"],
        )

    def _current(self) -> Consultation:
        return self.plan.consultations.get()

    def _comment(self, row: Told, made: list[Comment]) -> None:
        comment = services.comment_on(
            _acting(row),
            self._current(),
            row["text"],
            language=row["language"],
            objective=self.keyed[row["about"]],
            shared=row["shared"],
        )
        made.append(comment)

    def _end_comments(self, row: Told) -> None:
        services.finish_commenting(_acting(row), self._current())

    def _add_part(self, row: Told) -> None:
        self._objective(row, self.keyed[row["under"]])

    def _keep(self) -> None:
        services.freeze_plan(_acting(self.told), self.plan)

    def _answer(self, made: list[Comment], row: Told) -> None:
        acting = _acting(self.told)
        [comment] = made
        services.answer_comment(acting, comment, Outcome(row["outcome"]), row["why"], language=row["language"])

    def _reword(self, row: Told) -> None:
        services.change_objective(_acting(self.told), self.keyed[row["key"]], self._wording(row))


def _measure(indicator: Indicator, row: Told) -> None:
    day = datetime.date.fromisoformat(row["on"])
    services.measure(_acting(row), indicator, on=day, value=Decimal(row["value"]), source=row["source"])


def _report(made: list[Action], row: Told) -> None:
    [action] = made
    action_services.report_progress(_acting(row), action, row["text"], language=row["language"])


def _finish(made: list[Action], row: Told) -> None:
    [action] = made
    action_services.finish_action(
        _acting(row),
        action,
        done_on=datetime.date.fromisoformat(row["on"]),
        evidence=row["evidence"],
        language=row["language"],
    )


def _acting(row: Told) -> Acting:
    return acting_as(row["by"], row["organisation"])


def _organisation(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def _morning(day: str) -> datetime.datetime:
    """Nine o’clock, UTC."""
    return datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(9), datetime.UTC)

"""Every sentence of the contract's meaning, on problems small enough to check by hand."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from core.planning.planning_problems import simple_problem
from noaber.core.planning.decode import decode_problem
from noaber.core.planning.plan import OwnerWithoutUnits, Plan, Reason, ReservationSoon
from noaber.core.planning.problem import Exclusion, Pin, Problem
from noaber.core.planning.solve import solve
from noaber.core.problems import InvalidInput


def decoded(value: dict[str, Any]) -> Problem:
    return decode_problem(json.dumps(value).encode())


def plan_for(units: list[dict[str, Any]], needs: list[dict[str, Any]], **more: Any) -> Plan:
    return solve(decoded(simple_problem(units, needs, **more)))


def lines(plan: Plan) -> list[tuple[str, str, int]]:
    return [(line.unit, line.need, line.quantity) for line in plan.assignments]


def reasons(plan: Plan) -> list[tuple[Reason, int, tuple[str, ...], tuple[str, ...]]]:
    (unmet,) = plan.unmet
    return [(obstacle.reason, obstacle.teams, obstacle.units, obstacle.owners) for obstacle in unmet.because]


def reservation(unit: str, begins: str, ends: str = "2021-07-20T00:00:00Z", quantity: int = 1) -> dict[str, Any]:
    return {"unit": unit, "quantity": quantity, "from": begins, "to": ends, "event": "EURO-2024"}


class TestTeams:
    def test_one_team_serves_one_need(self) -> None:
        plan = plan_for([{"id": "u"}], [{}, {"priority": 2}])
        assert lines(plan) == [("u", "n0", 1)]
        assert plan.objectives.unmet == 10

    def test_a_unit_of_three_teams_serves_two_needs(self) -> None:
        plan = plan_for([{"id": "u", "quantity": 3}], [{"quantity": 2}, {}])
        assert lines(plan) == [("u", "n0", 2), ("u", "n1", 1)]

    def test_the_capability_counts(self) -> None:
        plan = plan_for([{"id": "u", "capabilities": ["A", "B"]}], [{"capability": "B"}, {"capability": "C"}])
        assert lines(plan) == [("u", "n0", 1)]

    def test_teams_missing_weigh_100_10_and_1(self) -> None:
        plan = plan_for([], [{"quantity": 2, "priority": n} for n in (1, 2, 3)])
        assert plan.objectives.unmet == 222
        assert plan.bounds.unmet == 222

    def test_no_need_and_no_unit_is_a_plan_too(self) -> None:
        assert plan_for([], []).assignments == ()
        assert plan_for([{"id": "u"}], []).objectives.burden == 0
        assert plan_for([{"id": "u"}], [{"quantity": 0}]).unmet == ()


class TestReservations:
    NOW = "2021-07-14T16:00:00Z"

    @pytest.mark.parametrize(
        ("begins", "ends", "available"),
        [
            ("2021-07-14T16:00:00Z", "2021-07-15T00:00:00Z", 1),
            ("2021-07-14T16:00:01Z", "2021-07-15T00:00:00Z", 2),
            ("2021-07-14T00:00:00Z", "2021-07-14T16:00:00Z", 2),
            ("2021-07-14T00:00:00Z", "2021-07-14T16:00:01Z", 1),
            ("2021-07-14T17:59:59+02:00", "2021-07-14T18:00:01+02:00", 1),
        ],
    )
    def test_it_holds_from_its_beginning_until_before_its_end(self, begins: str, ends: str, available: int) -> None:
        plan = plan_for(
            [{"id": "u", "quantity": 2}], [{"quantity": 2}], reservations=[reservation("u", begins, ends)], now=self.NOW
        )
        assert lines(plan) == [("u", "n0", available)]

    def test_available_is_never_below_zero(self) -> None:
        held = [reservation("u", self.NOW, quantity=5), reservation("u", self.NOW, quantity=2)]
        plan = plan_for([{"id": "u", "quantity": 3}, {"id": "v"}], [{"quantity": 2}], reservations=held, now=self.NOW)
        assert lines(plan) == [("v", "n0", 1)]
        assert plan.objectives.burden == 1

    @pytest.mark.parametrize(
        ("begins", "warned"),
        [("2021-07-15T17:00:00Z", True), ("2021-07-15T17:00:01Z", False), ("2021-07-14T16:30:00Z", True)],
    )
    def test_one_that_begins_within_24_hours_of_the_arrival_is_named(self, begins: str, warned: bool) -> None:
        soon = [reservation("u", begins, quantity=2)]
        plan = plan_for([{"id": "u", "quantity": 3, "minutes": 60}], [{"quantity": 2}], reservations=soon, now=self.NOW)
        assert lines(plan) == [("u", "n0", 2)]
        assert len(plan.warnings) == warned
        if warned:
            (notice,) = plan.warnings
            assert isinstance(notice, ReservationSoon)
            assert (notice.unit, notice.need, notice.quantity) == ("u", "n0", 2)
            assert (notice.event, notice.reserved, notice.short) == ("EURO-2024", 2, 1)

    def test_a_unit_that_stays_is_not_named(self) -> None:
        soon = [reservation("far", "2021-07-15T00:00:00Z")]
        units = [{"id": "far", "minutes": 50}, {"id": "near"}]
        assert plan_for(units, [{}], reservations=soon, now=self.NOW).warnings == ()


class TestAgreements:
    def plan(self, agreements: list[dict[str, Any]], **unit: Any) -> Plan:
        value = simple_problem([{"id": "u", "territory": "BE335"} | unit], [{}])
        base = {"providers": ["BE"], "receivers": ["NL"], "capabilities": ["*"], "hazards": ["*"], "approval": 10}
        value["agreements"] = [base | {"id": f"a{n}"} | given for n, given in enumerate(agreements)]
        return solve(decoded(value))

    def agreement(self, agreements: list[dict[str, Any]], **unit: Any) -> str | None:
        plan = self.plan(agreements, **unit)
        return plan.assignments[0].agreement if plan.assignments else "none"

    def test_at_home_none_is_needed(self) -> None:
        (line,) = self.plan([{}], territory="NL11").assignments
        assert (line.agreement, line.approval) == (None, 0)

    def test_abroad_one_is_needed(self) -> None:
        assert self.agreement([]) == "none"
        assert self.agreement([{}]) == "a0"

    def test_the_smallest_approval_counts_and_the_first_of_equals(self) -> None:
        assert self.agreement([{"approval": 20}, {"approval": 5.5}, {"approval": 5.5}]) == "a1"

    @pytest.mark.parametrize(
        ("given", "covers"),
        [
            ({"providers": ["BE335"]}, True),
            ({"providers": ["BE33"]}, True),
            ({"providers": ["BE3351"[:5], "BE336"]}, True),
            ({"providers": ["BE334"]}, False),
            ({"providers": []}, False),
            ({"receivers": ["NL42"]}, True),
            ({"receivers": ["NL423"]}, False),
            ({"receivers": ["DE", "NL4"]}, True),
            ({"providers": ["NL"], "receivers": ["BE"]}, False),
            ({"capabilities": ["D", "C"]}, True),
            ({"capabilities": ["D"]}, False),
            ({"capabilities": []}, False),
            ({"hazards": ["flood"]}, True),
            ({"hazards": ["fire"]}, False),
        ],
    )
    def test_what_it_covers(self, given: dict[str, Any], covers: bool) -> None:
        assert self.agreement([given]) == ("a0" if covers else "none")

    def test_the_approval_is_part_of_the_arrival(self) -> None:
        (line,) = self.plan([{"approval": 12.25}], mobilisation=30.5).assignments
        assert (line.approval, line.mobilisation, line.travel, line.arrival) == (12.25, 30.5, 0, 42.75)


class TestTimes:
    def test_the_estimate_is_the_great_circle_times_detour_over_speed(self) -> None:
        value = simple_problem([{"id": "u", "lon": 5.69, "lat": 50.85}], [{}])
        value["incidents"][0] |= {"lon": 5.86, "lat": 50.59}
        value["travel"] = {"model": "estimate", "speed": 60, "detour": 1.3}
        (line,) = solve(decoded(value)).assignments
        lon, lat, to_lon, to_lat = (math.radians(degrees) for degrees in (5.69, 50.85, 5.86, 50.59))
        cosine = math.sin(lat) * math.sin(to_lat) + math.cos(lat) * math.cos(to_lat) * math.cos(to_lon - lon)
        km = math.acos(cosine) * 6371.0088
        assert km == pytest.approx(31.28988, abs=1e-5)
        assert line.travel == pytest.approx(km * 1.3, abs=1e-6)

    def test_a_missing_pair_cannot_get_there(self) -> None:
        value = simple_problem([{"id": "u"}], [{}]) | {"travel": {"model": "matrix", "minutes": {"u": {}}}}
        assert lines(solve(decoded(value))) == []

    def test_late_is_weighted_minutes_beyond_within(self) -> None:
        plan = plan_for([{"id": "u", "quantity": 3, "minutes": 90}], [{"within": 60, "quantity": 3, "priority": 2}])
        assert plan.objectives.late == 10 * 3 * 30

    def test_late_help_is_better_than_none_and_in_time_better_than_near(self) -> None:
        """Sending the near team to the urgent need makes the sum of minutes larger, and nobody late."""
        units = [{"id": "near", "minutes": 10}, {"id": "far", "minutes": 50}]
        plan = plan_for(units, [{"within": 50, "priority": 3}, {"within": 20, "priority": 3}])
        assert lines(plan) == [("far", "n0", 1), ("near", "n1", 1)]
        assert plan.objectives.late == 0

    @pytest.mark.parametrize(("latest", "sent"), [(60, 1), (59.99, 0)])
    def test_nobody_is_sent_who_would_come_after_latest(self, latest: float, sent: int) -> None:
        plan = plan_for([{"id": "u", "minutes": 60}], [{"latest": latest}])
        assert len(plan.assignments) == sent


class TestHomeCover:
    def cover(self, minimum: int, capability: str = "C", owner: str = "O") -> dict[str, Any]:
        return {"owner": owner, "capability": capability, "minimum": minimum}

    def test_the_minimum_stays(self) -> None:
        plan = plan_for([{"id": "u", "quantity": 5}], [{"quantity": 5}], home_cover=[self.cover(3)])
        assert lines(plan) == [("u", "n0", 2)]

    def test_all_stay_where_there_are_fewer_than_the_minimum(self) -> None:
        plan = plan_for([{"id": "u", "quantity": 2}], [{"quantity": 2}], home_cover=[self.cover(9)])
        assert lines(plan) == []
        assert reasons(plan) == [(Reason.HOME_COVER, 2, ("u",), ("O",))]

    def test_of_two_rows_the_larger_minimum_holds(self) -> None:
        rows = [self.cover(1), self.cover(3), self.cover(2)]
        assert lines(plan_for([{"id": "u", "quantity": 4}], [{"quantity": 4}], home_cover=rows)) == [("u", "n0", 1)]

    def test_a_team_has_left_under_every_capability_that_it_has(self) -> None:
        units = [{"id": "u", "capabilities": ["A", "C"], "quantity": 2}]
        plan = plan_for(units, [{"quantity": 2}], home_cover=[self.cover(1, "A")])
        assert lines(plan) == [("u", "n0", 1)]

    def test_reserved_teams_are_neither_available_nor_cover(self) -> None:
        held = [reservation("u", "2021-07-14T00:00:00Z", quantity=2)]
        units = [{"id": "u", "quantity": 4}]
        plan = plan_for(units, [{"quantity": 4}], home_cover=[self.cover(1)], reservations=held)
        assert lines(plan) == [("u", "n0", 1)]

    def test_units_of_one_owner_cover_each_other(self) -> None:
        units = [{"id": "u", "minutes": 5}, {"id": "v", "minutes": 9}, {"id": "w", "owner": "P", "minutes": 99}]
        plan = plan_for(units, [{"quantity": 3}], home_cover=[self.cover(1)])
        assert lines(plan) == [("u", "n0", 1), ("w", "n0", 1)]

    def test_three_covers_in_a_ring_let_one_team_go_and_not_one_and_a_half(self) -> None:
        """Any two teams share a capability of which only one may leave; the linear program would halve them."""
        units = [{"id": f"u{n}", "capabilities": ["C", *pair]} for n, pair in enumerate(("AB", "BD", "AD"))]
        plan = plan_for(units, [{"quantity": 3}], home_cover=[self.cover(1, kind) for kind in "ABD"])
        assert lines(plan) == [("u0", "n0", 1)]
        assert plan.objectives.unmet == plan.bounds.unmet == 200

    def test_an_owner_without_units_is_named(self) -> None:
        plan = plan_for([{"id": "u"}], [{}], home_cover=[self.cover(1, owner="Q")])
        assert plan.warnings == (OwnerWithoutUnits("Q", "C"),)


class TestBurden:
    def test_it_is_the_largest_share_of_all_available_teams_of_an_owner(self) -> None:
        units = [{"id": "u", "quantity": 3}, {"id": "other", "capabilities": ["X"], "quantity": 2}]
        plan = plan_for(units, [{"quantity": 3}])
        assert plan.objectives.burden == Fraction(3, 5)

    def units(self, slower: float) -> list[dict[str, Any]]:
        return [
            {"id": "u", "owner": "P", "quantity": 4, "minutes": 100},
            {"id": "v", "owner": "Q", "quantity": 4, "minutes": slower},
        ]

    def test_it_is_shared_while_minutes_rise_by_two_percent_at_most(self) -> None:
        """Least minutes are 4 · 100; each team of Q costs 4 more, so two of them are just allowed (2 %)."""
        plan = plan_for(self.units(104), [{"quantity": 4}])
        assert lines(plan) == [("u", "n0", 2), ("v", "n0", 2)]
        assert plan.objectives.minutes == 408
        assert plan.objectives.burden == Fraction(1, 2)

    def test_it_is_not_shared_where_minutes_would_rise_by_more(self) -> None:
        plan = plan_for(self.units(104.01), [{"quantity": 4}])
        assert lines(plan) == [("u", "n0", 3), ("v", "n0", 1)]
        assert plan.objectives.burden == Fraction(3, 4)

    def test_lateness_comes_before_it(self) -> None:
        plan = plan_for(self.units(100.5), [{"quantity": 4, "within": 100}])
        assert lines(plan) == [("u", "n0", 4)]

    def test_at_that_burden_minutes_are_least_again(self) -> None:
        units = [*self.units(101), {"id": "w", "owner": "R", "quantity": 4, "minutes": 102}]
        plan = plan_for(units, [{"quantity": 6}])
        assert plan.objectives.burden == Fraction(1, 2)
        assert lines(plan) == [("u", "n0", 2), ("v", "n0", 2), ("w", "n0", 2)]


class TestTies:
    def test_the_first_unit_in_the_file_goes_and_the_first_need_is_met(self) -> None:
        plan = plan_for([{"id": "b", "owner": "P"}, {"id": "a", "owner": "Q"}], [{}])
        assert lines(plan) == [("b", "n0", 1)]
        assert lines(plan_for([{"id": "u"}], [{}, {}])) == [("u", "n0", 1)]

    def test_identical_teams_of_several_units_go_in_file_order(self) -> None:
        units = [{"id": "a"}, {"id": "b", "owner": "P"}, {"id": "c"}, {"id": "d", "owner": "P"}]
        assert lines(plan_for(units, [{"quantity": 2}, {}])) == [("a", "n0", 1), ("b", "n0", 1), ("c", "n1", 1)]


class TestReasons:
    def test_nobody_has_the_capability(self) -> None:
        plan = plan_for([{"id": "u", "capabilities": ["X"]}], [{}])
        assert reasons(plan) == [(Reason.NO_CAPABILITY, 0, (), ())]

    def test_every_team_is_named_with_what_keeps_it_away(self) -> None:
        units = [
            {"id": "abroad", "owner": "A", "territory": "BE33", "quantity": 2},
            {"id": "island", "owner": "B"},
            {"id": "late", "owner": "B", "minutes": 90},
            {"id": "held", "owner": "C", "quantity": 3, "minutes": 10},
            {"id": "guard", "owner": "D", "minutes": 10},
            {"id": "busy", "owner": "E", "minutes": 10},
        ]
        value = simple_problem(units, [{"quantity": 9, "latest": 60}])
        del value["travel"]["minutes"]["island"]
        value["reservations"] = [reservation("held", "2021-07-14T00:00:00Z", quantity=2)]
        value["home_cover"] = [{"owner": "D", "capability": "C", "minimum": 1}]
        plan = solve(decoded(value))
        assert lines(plan) == [("held", "n0", 1), ("busy", "n0", 1)]
        assert plan.unmet[0].missing == 7
        assert reasons(plan) == [
            (Reason.NO_AGREEMENT, 2, ("abroad",), ("A",)),
            (Reason.UNREACHABLE, 1, ("island",), ("B",)),
            (Reason.TOO_LATE, 1, ("late",), ("B",)),
            (Reason.RESERVED, 2, ("held",), ("C",)),
            (Reason.HOME_COVER, 1, ("guard",), ("D",)),
            (Reason.EXHAUSTED, 2, ("held", "busy"), ("C", "E")),
        ]


class TestOfficer:
    """Lines that an officer fixes or takes out: the plan closes around them."""

    UNITS = ({"id": "u", "minutes": 10}, {"id": "v", "minutes": 20}, {"id": "w", "minutes": 30})

    def problem(self, **more: Any) -> Problem:
        return decoded(simple_problem([dict(unit) for unit in self.UNITS], [{}, {"priority": 2}], **more))

    def test_without_a_decision(self) -> None:
        assert lines(solve(self.problem())) == [("u", "n0", 1), ("v", "n1", 1)]

    def test_a_pinned_line_stays_and_the_rest_is_best(self) -> None:
        pinned = replace(self.problem(), pinned=(Pin("w", "i", "n0"),))
        assert lines(solve(pinned)) == [("w", "n0", 1), ("u", "n1", 1)]

    @pytest.mark.parametrize(
        ("exclusion", "expected"),
        [
            (Exclusion("u"), [("v", "n0", 1), ("w", "n1", 1)]),
            (Exclusion("u", "i"), [("v", "n0", 1), ("w", "n1", 1)]),
            (Exclusion("u", "i", "n0"), [("v", "n0", 1), ("u", "n1", 1)]),
        ],
    )
    def test_a_line_taken_out(self, exclusion: Exclusion, expected: list[tuple[str, str, int]]) -> None:
        assert lines(solve(replace(self.problem(), excluded=(exclusion,)))) == expected

    def test_an_excluded_unit_is_a_reason(self) -> None:
        plan = solve(replace(self.problem(), excluded=tuple(Exclusion(name) for name in "uvw")))
        assert [obstacle.reason for obstacle in plan.unmet[0].because] == [Reason.EXCLUDED]

    @pytest.mark.parametrize(
        ("pins", "code"),
        [
            ((Pin("u", "i", "n0", 2),), "planning.pin-unit"),
            ((Pin("u", "i", "n0"), Pin("u", "i", "n1")), "planning.pin-unit"),
            ((Pin("u", "i", "n0"), Pin("v", "i", "n0")), "planning.pin-need"),
            ((Pin("x", "i", "n0"),), "planning.pin-forbidden"),
        ],
    )
    def test_what_cannot_be_pinned_is_refused(self, pins: tuple[Pin, ...], code: str) -> None:
        units = [dict(unit) for unit in self.UNITS] + [{"id": "x", "capabilities": ["X"]}]
        problem = replace(decoded(simple_problem(units, [{}, {}])), pinned=pins)
        with pytest.raises(InvalidInput) as caught:
            solve(problem)
        assert code in [fault.code for fault in caught.value.problems]

    def test_home_cover_also_holds_for_pins(self) -> None:
        problem = self.problem(home_cover=[{"owner": "O", "capability": "C", "minimum": 2}])
        solve(replace(problem, pinned=(Pin("w", "i", "n0"),)))
        with pytest.raises(InvalidInput) as caught:
            solve(replace(problem, pinned=(Pin("w", "i", "n0"), Pin("u", "i", "n1"))))
        assert [fault.code for fault in caught.value.problems] == ["planning.pin-cover"]

    def test_a_decision_about_nothing_is_refused(self) -> None:
        for more in ({"pinned": (Pin("u", "i", "n9"),)}, {"excluded": (Exclusion("x"),)}):
            with pytest.raises(ValueError, match="there is no"):
                replace(self.problem(), **more)

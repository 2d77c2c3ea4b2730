"""The steps of exchange programmes, calls, places, applications and placements."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from noaber.apps.accounts.acting import Acting
from noaber.apps.placements import services
from noaber.apps.placements.enums import CallState, PlacementState
from noaber.apps.placements.models import ExchangeCall, ExchangePlacement
from noaber.apps.placements.queries import read_market
from noaber.apps.placements.values import ApplicationData, CallData, PlaceData, ProgrammeData, RankData
from placements_builders import (
    AUTUMN,
    CLOSES,
    OPENS,
    RANKED,
    SPRING,
    make_application,
    make_call,
    make_exchanging,
    make_matched_call,
    make_place,
    make_ranked_call,
    open_call,
)
from steps import Step

MAY = datetime.datetime(2025, 5, 20, 8, 0, tzinfo=datetime.UTC)
LONG_AFTER = datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC)
APRIL = (datetime.date(2025, 4, 7), datetime.date(2025, 4, 20))


def of_hague() -> tuple[Acting, Any]:
    hague, *_ = make_exchanging()
    return hague, hague.organisation


def with_call(make: Callable[[Acting, ExchangeCall, Any], Any] | None = None) -> Callable[[], tuple[Acting, Any]]:
    """A call of The Hague in preparation, or what is made in it; Stockholm hosts without Noaber."""

    def made() -> tuple[Acting, Any]:
        hague, _, _, stockholm = make_exchanging()
        call = make_call(hague)
        return hague, make(hague, call, stockholm) if make else call

    return made


def opened(acting: Acting, call: ExchangeCall, host: Any) -> tuple[ExchangeCall, Any]:
    place = make_place(acting, call, host)
    open_call(acting, call)
    return call, place


def applied(acting: Acting, call: ExchangeCall, host: Any) -> Any:
    return make_application(acting, *opened(acting, call, host))


def to_rank(acting: Acting, call: ExchangeCall, host: Any) -> Any:
    application = applied(acting, call, host)
    services.step_call(acting, call, CallState.RANKING)
    return application


def ranked() -> tuple[Acting, Any]:
    centres = make_exchanging()
    call, *_ = make_ranked_call(centres)
    return centres[0], call


def placed(make: Callable[[Acting, ExchangePlacement], Any] | None = None) -> Callable[[], tuple[Acting, Any]]:
    """The placement of someone of The Hague, in Brussels; or what becomes of it."""

    def made() -> tuple[Acting, Any]:
        centres = make_exchanging()
        *_, records = make_matched_call(centres)
        return centres[0], make(centres[0], records[0]) if make else records[0]

    return made


def hosted() -> tuple[Acting, Any]:
    centres = make_exchanging()
    *_, records = make_matched_call(centres)
    return centres[1], records[0]


def reported(acting: Acting, record: ExchangePlacement) -> ExchangePlacement:
    ExchangePlacement.objects.filter(pk=record.pk).update(after="A handover on one page.")
    record.refresh_from_db()
    return record


def to_place() -> tuple[Acting, Any]:
    centres = make_exchanging()
    _, places, records = make_matched_call(centres)
    services.step_placement(centres[0], records[1], PlacementState.CANCELLED, reason="Ill.")
    return centres[0], (records[0].application, places[0])


def another(call: ExchangeCall, sender: Any) -> ApplicationData:
    return ApplicationData(
        organisation=sender,
        initials="C.D.",
        function="planner",
        work="planning",
        languages={"en": "C1"},
        free_from=SPRING[0],
        free_until=SPRING[1],
        motivation="To see a night.",
        language="en",
        consent=True,
        consent_by="head of unit",
        kept_until=datetime.date(2025, 12, 31),
        wishes=[place.pk for place in call.places.all()],
    )


STEPS = {
    "add_programme": Step(
        of_hague, lambda acting, _centre: services.add_programme(acting, ProgrammeData("Exchange", "en"))
    ),
    "change_programme": Step(
        with_call(lambda _acting, call, _host: call.programme),
        lambda acting, record: services.change_programme(acting, record, ProgrammeData("Exchange", "en")),
    ),
    "add_call": Step(
        with_call(lambda _acting, call, _host: call.programme),
        lambda acting, record: services.add_call(acting, record, CallData("Autumn", "en", OPENS, CLOSES, RANKED)),
    ),
    "change_call": Step(
        with_call(),
        lambda acting, record: services.change_call(acting, record, CallData("Spring", "en", OPENS, CLOSES, RANKED)),
    ),
    "step_call": Step(with_call(), lambda acting, record: services.step_call(acting, record, CallState.OPEN)),
    "add_place": Step(
        with_call(lambda _acting, call, host: (call, host)), lambda acting, both: make_place(acting, *both)
    ),
    "change_place": Step(
        with_call(make_place),
        lambda acting, record: services.change_place(
            acting, record, PlaceData(record.organisation, "A desk", "en", 2, [SPRING])
        ),
    ),
    "send_application": Step(
        with_call(opened),
        lambda acting, both: services.send_application(acting, both[0], another(both[0], both[0].programme.owner)),
    ),
    "change_application": Step(
        with_call(applied),
        lambda acting, record: services.change_application(acting, record, another(record.call, record.organisation)),
    ),
    "withdraw_application": Step(with_call(applied), services.withdraw_application),
    "rank_applicants": Step(
        with_call(to_rank),
        lambda acting, record: services.rank_applicants(acting, record.call.places.get(), [RankData(record.pk)]),
    ),
    "confirm_matching": Step(
        ranked, lambda acting, call: services.confirm_matching(acting, call, digest=read_market(call).digest())
    ),
    "place_by_hand": Step(
        to_place, lambda acting, both: services.place_by_hand(acting, *both, reason="Nearer.", language="en")
    ),
    "step_placement": Step(
        placed(), lambda acting, record: services.step_placement(acting, record, PlacementState.CONFIRMED)
    ),
    "move_stay": Step(hosted, lambda acting, record: services.move_stay(acting, record, *APRIL)),
    "report_before": Step(
        placed(), lambda acting, record: services.report_before(acting, record, "A night.", language="en")
    ),
    "report_after": Step(
        placed(),
        lambda acting, record: services.report_after(acting, record, "One page.", language="en"),
        at=MAY,
        made_at=AUTUMN,
    ),
    "report_as_host_before": Step(
        hosted, lambda acting, record: services.report_as_host_before(acting, record, "A desk.", language="en")
    ),
    "report_as_host_after": Step(
        hosted,
        lambda acting, record: services.report_as_host_after(acting, record, "A line.", language="en"),
        at=MAY,
        made_at=AUTUMN,
    ),
    "keep_as_practice": Step(
        placed(reported),
        lambda acting, record: services.keep_as_practice(
            acting, record, title="Handover", summary="On one page.", language="en", themes=["liaison"]
        ),
        at=MAY,
        made_at=AUTUMN,
    ),
    "erase_due": Step(
        with_call(applied),
        lambda acting, record: services.erase_due(acting, record.call),
        at=LONG_AFTER,
        made_at=AUTUMN,
    ),
}
NO_STEPS = {"reports_as_guest": "asks who may", "reports_as_host": "asks who may"}

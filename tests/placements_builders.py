"""An exchange programme of three centres with a call, host places and applications."""

from __future__ import annotations

import datetime
from typing import Any

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role
from noaber.apps.accounts.models import Organisation
from noaber.apps.placements import services
from noaber.apps.placements.enums import CallState
from noaber.apps.placements.models import ExchangeApplication, ExchangeCall, ExchangePlacement, HostPlace
from noaber.apps.placements.queries import read_market
from noaber.apps.placements.values import ApplicationData, CallData, PlaceData, ProgrammeData, RankData
from registry_builders import make_acting, make_group, make_organisation

AUTUMN = datetime.datetime(2024, 10, 1, 8, 0, tzinfo=datetime.UTC)
OPENS = datetime.date(2024, 9, 1)
CLOSES = datetime.datetime(2024, 10, 15, 16, 0, tzinfo=datetime.UTC)
RANKED = datetime.datetime(2024, 10, 31, 16, 0, tzinfo=datetime.UTC)
SPRING = (datetime.date(2025, 3, 3), datetime.date(2025, 5, 30))
Centres = tuple[Acting, Acting, Acting, Organisation]


def make_exchanging() -> Centres:
    """The Hague runs the programme, Brussels and Düsseldorf take part, Stockholm hosts without Noaber."""
    hague, brussels, dusseldorf = (make_organisation(code) for code in ("NL-NCC", "BE-NCCN", "DE-NW"))
    stockholm = make_organisation("SE-MCF", connected=False)
    make_group("EXCHANGE", member=[hague, brussels, dusseldorf])
    seats = [make_acting(one, Role.POLICY_OFFICER) for one in (hague, brussels, dusseldorf)]
    return seats[0], seats[1], seats[2], stockholm


def make_call(acting: Acting, **fields: Any) -> ExchangeCall:
    programme = services.add_programme(
        acting, ProgrammeData(title="Northern exchange", language="en", groups=["EXCHANGE"])
    )
    given: dict[str, Any] = {
        "title": "Spring 2025", "language": "en", "opens_on": OPENS, "closes_at": CLOSES, "ranked_by": RANKED,
    }  # fmt: skip
    return services.add_call(acting, programme, CallData(**given | fields))


def make_place(acting: Acting, call: ExchangeCall, host: Organisation, **fields: Any) -> HostPlace:
    given: dict[str, Any] = {
        "title": f"Work at {host.code}", "language": "en", "weeks": 2, "periods": [SPRING], "languages": {"en": "B2"},
    }  # fmt: skip
    return services.add_place(acting, call, PlaceData(organisation=host, **given | fields))


def make_application(acting: Acting, call: ExchangeCall, *wishes: HostPlace, **fields: Any) -> ExchangeApplication:
    given: dict[str, Any] = {
        "initials": "A.B.", "function": "planner", "work": "planning", "languages": {"en": "C1"},
        "free_from": SPRING[0], "free_until": SPRING[1], "motivation": "To see how shifts are handed over.",
        "language": "en", "consent": True, "consent_by": "head of unit", "kept_until": datetime.date(2025, 12, 31),
    }  # fmt: skip
    keys = [place.pk for place in wishes]
    data = ApplicationData(organisation=acting.organisation, wishes=keys, **given | fields)
    return services.send_application(acting, call, data)


def open_call(acting: Acting, call: ExchangeCall) -> None:
    services.step_call(acting, call, CallState.OPEN)
    call.refresh_from_db()


def rank(acting: Acting, place: HostPlace, *applications: ExchangeApplication, refused: Any = ()) -> None:
    rows = [RankData(one.pk) for one in applications] + [RankData(one.pk, "No desk free.") for one in refused]
    services.rank_applicants(acting, place, rows)


def make_ranked_call(centres: Centres) -> tuple[ExchangeCall, list[HostPlace], list[ExchangeApplication]]:
    """Two places in Stockholm and Brussels, three applicants who want Stockholm first, which wants the third."""
    hague, brussels, dusseldorf, stockholm = centres
    call = make_call(hague)
    north, south = make_place(hague, call, stockholm), make_place(brussels, call, brussels.organisation)
    open_call(hague, call)
    sent = [
        make_application(hague, call, north, south, initials="H.A."),
        make_application(dusseldorf, call, north, initials="D.U."),
        make_application(brussels, call, north, initials="B.R."),
    ]
    services.step_call(hague, call, CallState.RANKING)
    call.refresh_from_db()
    rank(hague, north, sent[2], sent[0], sent[1])
    rank(brussels, south, sent[0])
    return call, [north, south], sent


def make_matched_call(centres: Centres) -> tuple[ExchangeCall, list[HostPlace], list[ExchangePlacement]]:
    call, places, _sent = make_ranked_call(centres)
    services.confirm_matching(centres[0], call, digest=read_market(call).digest())
    call.refresh_from_db()
    return call, places, list(ExchangePlacement.objects.order_by("application__number"))

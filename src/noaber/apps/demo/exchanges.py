"""Two exchange programmes, told through the services, each step on its own day. They are invented and marked so."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Final

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.demo.cast import acting_as
from noaber.apps.placements import services
from noaber.apps.placements.enums import CallState, PlacementState
from noaber.apps.placements.models import ExchangeApplication, ExchangeCall, ExchangePlacement, HostPlace
from noaber.apps.placements.queries import read_market
from noaber.apps.placements.values import ApplicationData, CallData, PlaceData, ProgrammeData, RankData
from noaber.reference.files import read_data_json
from noaber.web import clock

_FILE: Final = "demo/exchanges.json"
Told = Mapping[str, Any]


def load_exchanges() -> None:
    """Bring in the programmes of the demo: one whose hosts have ranked, one whose people have gone."""
    for row in read_data_json(_FILE)["programmes"]:
        _load(row)


def _load(row: Told) -> None:
    owner, told = acting_as(row["by"], row["organisation"]), row["call"]
    with clock.at(_morning(row["on"])):
        call = _call(owner, row)
        places = {one["key"]: _place(call, one) for one in row["places"]}
    with clock.at(_morning(told["opened"])):
        services.step_call(owner, call, CallState.OPEN)
        call.refresh_from_db()
    with clock.at(_morning(told["applied"])):
        sent = {one["key"]: _apply(call, places, one, row["kept_until"]) for one in row["applications"]}
    with clock.at(_morning(told["ranking"])):
        services.step_call(owner, call, CallState.RANKING)
    with clock.at(_morning(told["ranked"])):
        makers = {one["key"]: acting_as(one["by"], one["organisation"]) for one in row["places"]}
        for one in row["ranks"]:
            _rank(makers[one["place"]], places[one["place"]], sent, one)
    if "matched" in told:
        with clock.at(_morning(told["matched"])):
            services.confirm_matching(owner, call, digest=read_market(call).digest())
    for one in row.get("stays", ()):
        _stay(owner, sent[one["application"]], one)


def _call(owner: Acting, row: Told) -> ExchangeCall:
    programme = services.add_programme(
        owner,
        ProgrammeData(
            title=row["title"],
            language=row["language"],
            purpose=row["purpose"],
            tlp=TlpLabel.GREEN,
            groups=row["groups"],
            illustrative=True,
            source=row["source"],
        ),
    )
    told = row["call"]
    data = CallData(
        title=told["title"],
        language=told["language"],
        conditions=told["conditions"],
        opens_on=_day(told["opens_on"]),
        closes_at=datetime.datetime.fromisoformat(told["closes_at"]),
        ranked_by=datetime.datetime.fromisoformat(told["ranked_by"]),
    )
    return services.add_call(owner, programme, data)


def _place(call: ExchangeCall, row: Told) -> HostPlace:
    names = ("title", "description", "language", "town", "weeks", "capacity", "languages", "functions")
    data = PlaceData(
        organisation=Organisation.objects.get(code=row["host"]),
        periods=[(_day(begins), _day(ends)) for begins, ends in row["periods"]],
        **{name: row[name] for name in names},
    )
    return services.add_place(acting_as(row["by"], row["organisation"]), call, data)


def _apply(call: ExchangeCall, places: Mapping[str, HostPlace], row: Told, kept_until: str) -> ExchangeApplication:
    names = ("initials", "function", "work", "languages", "language", "motivation")
    data = ApplicationData(
        organisation=Organisation.objects.get(code=row["organisation"]),
        free_from=_day(row["free_from"]),
        free_until=_day(row["free_until"]),
        consent=True,
        consent_by="",
        kept_until=_day(kept_until),
        wishes=[places[key].pk for key in row["wishes"]],
        **{name: row[name] for name in names},
    )
    return services.send_application(acting_as(row["by"], row["organisation"]), call, data)


def _rank(acting: Acting, place: HostPlace, sent: Mapping[str, ExchangeApplication], row: Told) -> None:
    taken = [RankData(sent[key].pk) for key in row["order"]]
    refused = [RankData(sent[key].pk, reason) for key, reason in row["refused"].items()]
    services.rank_applicants(acting, place, [*taken, *refused])


def _stay(owner: Acting, application: ExchangeApplication, row: Told) -> None:
    record = ExchangePlacement.objects.get(application=application)
    sender = acting_as(row["by"], row["organisation"])
    with clock.at(_morning(row["confirmed"])):
        services.step_placement(owner, record, PlacementState.CONFIRMED)
    host = acting_as(row["host"]["by"], row["host"]["organisation"])
    for name, writer, report in (
        ("before", sender, services.report_before),
        ("host_before", host, services.report_as_host_before),
        ("after", sender, services.report_after),
        ("host_after", host, services.report_as_host_after),
    ):
        if told := row.get(name):
            with clock.at(_morning(told["on"])):
                report(writer, record, told["text"], language=told["language"])
    if "done" in row:
        with clock.at(_morning(row["done"])):
            services.step_placement(owner, record, PlacementState.DONE)
    if told := row.get("practice"):
        record.refresh_from_db()
        with clock.at(_morning(told["on"])):
            words = {name: told[name] for name in ("title", "summary", "language", "themes")}
            services.keep_as_practice(sender, record, **words)


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _morning(day: str) -> datetime.datetime:
    """Nine o’clock, UTC."""
    return datetime.datetime.combine(_day(day), datetime.time(9), datetime.UTC)

"""Exchanges: who may do what when, the matching that is kept, what is arranged by hand, reports and practices."""

from __future__ import annotations

import datetime

import pytest
from django.db import models

from noaber.apps.accounts.enums import Role
from noaber.apps.library.links import linked_with
from noaber.apps.placements import services
from noaber.apps.placements.enums import CallState, PlacementState
from noaber.apps.placements.models import ExchangeApplication, ExchangeCall, ExchangePlacement, MatchingRun
from noaber.apps.placements.queries import get_application, list_applications, read_market
from noaber.apps.practices.models import Practice
from noaber.apps.records.models import Change
from noaber.core.placements.market import Market
from noaber.core.problems import InvalidInput, NotAllowed, NotFound
from noaber.web import clock
from placements_builders import (
    CLOSES,
    SPRING,
    Centres,
    make_application,
    make_call,
    make_matched_call,
    make_place,
    make_ranked_call,
    open_call,
    rank,
)
from registry_builders import make_acting

pytestmark = pytest.mark.django_db
MAY = datetime.datetime(2025, 5, 20, 8, 0, tzinfo=datetime.UTC)


def visible(model: type[models.Model], acting: object) -> bool:
    return model._default_manager.all().visible_to(acting.organisation).exists()  # type: ignore[attr-defined]


def test_a_call_in_preparation_is_its_owners_alone(centres: Centres):
    hague, brussels, _, _ = centres
    call = make_call(hague)
    assert [visible(ExchangeCall, one) for one in (hague, brussels)] == [True, False]
    open_call(hague, call)
    assert visible(ExchangeCall, brussels)


def test_who_hosts_nobody_opens_a_call_so_that_others_offer_places_and_nobody_ranks_without_one(centres: Centres):
    hague, brussels, _, _ = centres
    call = make_call(hague)
    open_call(hague, call)
    with pytest.raises(NotAllowed, match="No host"):
        services.step_call(hague, call, CallState.RANKING)
    make_place(brussels, call, brussels.organisation)
    services.step_call(hague, call, CallState.RANKING)


def test_each_hosts_and_applies_for_itself_and_the_owner_for_hosts_without_noaber(centres: Centres):
    hague, brussels, dusseldorf, stockholm = centres
    call = make_call(hague)
    place = make_place(hague, call, stockholm)
    with pytest.raises(NotAllowed):
        make_place(hague, call, brussels.organisation)
    with pytest.raises(NotAllowed):
        make_place(brussels, call, stockholm)
    open_call(hague, call)
    with pytest.raises(NotAllowed):
        make_application(make_acting(dusseldorf.organisation, Role.DUTY_OFFICER), call, place)


def test_nobody_applies_before_it_opens_or_after_it_closes(centres: Centres):
    hague, brussels, _, stockholm = centres
    call = make_call(hague)
    place = make_place(hague, call, stockholm)
    with pytest.raises(NotAllowed, match="takes no applications"):
        make_application(brussels, call, place)
    open_call(hague, call)
    with clock.at(CLOSES + datetime.timedelta(minutes=1)), pytest.raises(NotAllowed, match="takes no applications"):
        make_application(brussels, call, place)


def test_a_place_lasts_as_long_as_its_stay(centres: Centres):
    hague, _, _, stockholm = centres
    with pytest.raises(InvalidInput, match="as long as the stay"):
        make_place(hague, make_call(hague), stockholm, weeks=30)


def test_an_application_is_read_by_its_own_the_owner_and_the_host_that_ranks(centres: Centres):
    hague, brussels, dusseldorf, _ = centres
    call = make_call(hague)
    place = make_place(brussels, call, brussels.organisation)
    open_call(hague, call)
    record = make_application(dusseldorf, call, place)
    assert [list_applications(one).exists() for one in (hague, brussels, dusseldorf)] == [True, False, True]
    services.step_call(hague, call, CallState.RANKING)
    assert get_application(brussels, record.pk) == record
    with pytest.raises(NotFound):
        get_application(make_acting(dusseldorf.organisation, Role.OBSERVER), record.pk)


def test_a_host_does_not_read_those_who_wish_to_go_elsewhere(centres: Centres):
    _, sent = make_ranked_call(centres)[1:]
    brussels = centres[1]
    assert set(list_applications(brussels)) == {sent[0], sent[2]}


def test_a_ranking_names_each_applicant_once(centres: Centres):
    call, places, sent = make_ranked_call(centres)
    hague, brussels = centres[:2]
    with pytest.raises(InvalidInput, match="Look at the list again"):
        rank(hague, places[0], sent[0], sent[1])
    with pytest.raises(NotAllowed):
        rank(brussels, places[0], *sent)
    rank(hague, places[0], sent[2], sent[0], refused=[sent[1]])
    coded = read_market(call).places[places[0].pk]
    assert (coded.ranked, coded.refused) == ((sent[2].pk, sent[0].pk), (sent[1].pk,))


def test_the_matching_is_kept_with_its_input_and_plans_the_placements(centres: Centres):
    call, places, sent = make_ranked_call(centres)
    hague, brussels, dusseldorf, _ = centres
    market = read_market(call)
    run = services.confirm_matching(hague, call, digest=market.digest())
    assert run.matched == {sent[2].pk: places[0].pk, sent[0].pk: places[1].pk}
    stored = MatchingRun.objects.get()
    assert Market.decode(stored.market) == market
    assert stored.digest == market.digest()
    record = ExchangePlacement.objects.get(application=sent[0])
    assert (record.begins_on, record.ends_on) == (SPRING[0], datetime.date(2025, 3, 16))
    seen = [ExchangePlacement.objects.visible_to(one.organisation).count() for one in (hague, brussels, dusseldorf)]
    assert seen == [2, 2, 0]


def test_the_matching_is_told_in_the_history_of_the_call_and_of_each_placement(centres: Centres):
    call, _, _ = make_ranked_call(centres)
    hague = centres[0]
    before = Change.objects.count()
    services.confirm_matching(hague, call, digest=read_market(call).digest())
    call.refresh_from_db()
    told = Change.objects.filter(subject="exchangecall", subject_id=call.pk).first()
    assert told is not None
    assert (told.action, told.fields) == ("state", {"state": ["ranking", "matched"]})
    assert (told.person, told.organisation, told.at) == (hague.person, hague.organisation, clock.now())
    placed = Change.objects.filter(subject="exchangeplacement")
    assert {change.subject_id for change in placed} == set(ExchangePlacement.objects.values_list("pk", flat=True))
    assert Change.objects.count() == before + 1 + len(placed)


def test_a_call_is_matched_once(centres: Centres):
    call, _, _ = make_matched_call(centres)
    with pytest.raises(NotAllowed) as raised:
        services.confirm_matching(centres[0], call, digest=read_market(call).digest())
    assert raised.value.problem.code == "action.step-gone"
    assert MatchingRun.objects.count() == 1


def test_who_goes_elsewhere_by_hand_moves_until_the_stay_is_confirmed(centres: Centres):
    _, places, placed = make_matched_call(centres)
    hague = centres[0]
    record, other = placed
    more = places[0]
    services.step_placement(hague, other, PlacementState.CANCELLED, reason="Ill.")
    moved = services.place_by_hand(hague, record.application, more, reason="Nearer.", language="en")
    assert (moved.pk, moved.place_id, moved.sequence) == (record.pk, more.pk, record.sequence + 1)
    told = Change.objects.filter(subject="exchangeplacement", subject_id=record.pk).first()
    assert told is not None
    assert (told.action, told.reason) == ("changed", "Nearer.")
    assert told.fields == {"place": [record.place.title, more.title]}
    services.step_placement(hague, moved, PlacementState.CANCELLED, reason="Ill.")
    back = services.place_by_hand(hague, record.application, record.place, reason="Well.", language="en")
    assert (back.pk, back.state) == (record.pk, PlacementState.PLANNED)
    services.step_placement(hague, back, PlacementState.CONFIRMED)
    with pytest.raises(NotAllowed) as raised:
        services.place_by_hand(hague, record.application, more, reason="Nearer.", language="en")
    assert raised.value.problem.code == "placement.placed-already"


def test_what_changed_since_the_preview_is_not_confirmed(centres: Centres):
    call, places, sent = make_ranked_call(centres)
    hague = centres[0]
    digest = read_market(call).digest()
    rank(hague, places[0], *sent)
    with pytest.raises(NotAllowed, match="Something changed"):
        services.confirm_matching(hague, call, digest=digest)
    with pytest.raises(NotAllowed):
        services.confirm_matching(centres[1], call, digest=read_market(call).digest())


def test_by_hand_needs_a_reason_room_and_the_rules(centres: Centres):
    _, places, placed = make_matched_call(centres)
    hague, _, dusseldorf, _ = centres
    other = ExchangeApplication.objects.get(organisation=dusseldorf.organisation)
    with pytest.raises(InvalidInput):
        services.place_by_hand(hague, other, places[1], reason=" ", language="en")
    with pytest.raises(NotAllowed, match="full"):
        services.place_by_hand(hague, other, places[1], reason="Asked by phone.", language="en")
    services.step_placement(hague, placed[0], PlacementState.CANCELLED, reason="Ill.")
    made = services.place_by_hand(hague, other, places[1], reason="Asked by phone.", language="en")
    assert (made.override_reason, made.state) == ("Asked by phone.", PlacementState.PLANNED)
    with pytest.raises(NotAllowed, match="full"):
        services.step_placement(hague, placed[0], PlacementState.PLANNED)
    own = ExchangeApplication.objects.get(organisation=centres[1].organisation)
    with pytest.raises(NotAllowed, match="A rule stands"):
        services.place_by_hand(hague, own, places[1], reason="At home.", language="en")


def test_reports_come_from_the_sender_and_what_was_learned_becomes_a_practice(centres: Centres):
    _, _, placed = make_matched_call(centres)
    hague, brussels = centres[:2]
    record = placed[0]
    services.report_before(hague, record, "How a shift is handed over.", language="en")
    with pytest.raises(NotAllowed, match="has not begun"):
        services.report_after(hague, record, "One page.", language="en")
    with pytest.raises(NotAllowed):
        services.report_before(brussels, record, "Ours.", language="en")
    with clock.at(MAY):
        record.refresh_from_db()
        with pytest.raises(NotAllowed, match="Write the report"):
            services.keep_as_practice(
                hague, record, title="Handover", summary="One page.", language="en", themes=["liaison"]
            )
        services.report_after(hague, record, "A handover on one page.", language="en")
        record.refresh_from_db()
        services.keep_as_practice(
            hague, record, title="Handover", summary="On one page.", language="en", themes=["liaison"]
        )
    practice = Practice.objects.get()
    assert [one.record for one in linked_with(hague.organisation, practice)] == [record]
    assert practice.occasion == "exchange"


def test_the_host_reports_too_and_keeps_what_it_learned_as_a_practice_of_its_own(centres: Centres):
    _, _, placed = make_matched_call(centres)
    hague, brussels, dusseldorf, _stockholm = centres
    [record] = [one for one in placed if one.host == brussels.organisation]
    services.report_as_host_before(brussels, record, "A desk and somebody to ask.", language="en")
    with pytest.raises(NotAllowed, match="has not begun"):
        services.report_as_host_after(brussels, record, "We learned.", language="en")
    for other in (hague, dusseldorf):
        with pytest.raises(NotAllowed):
            services.report_as_host_before(other, record, "Ours.", language="en")
    with clock.at(MAY):
        record.refresh_from_db()
        learned = {"title": "The line", "summary": "Say it.", "language": "en", "themes": ["liaison"]}
        with pytest.raises(NotAllowed, match="Write the report"):
            services.keep_as_practice(brussels, record, **learned)
        services.report_as_host_after(brussels, record, "Our handover left a line out.", language="en")
        record.refresh_from_db()
        made = services.keep_as_practice(brussels, record, **learned)
    assert made.owner == brussels.organisation
    assert (record.host_before, record.before, record.after) == ("A desk and somebody to ask.", "", "")


def test_for_a_host_without_noaber_whoever_runs_the_programme_reports(centres: Centres):
    _, _, placed = make_matched_call(centres)
    hague, brussels, _dusseldorf, stockholm = centres
    [record] = [one for one in placed if one.host == stockholm]
    services.report_as_host_before(hague, record, "A seat beside the officer on call.", language="en")
    with pytest.raises(NotAllowed):
        services.report_as_host_before(brussels, record, "Ours.", language="en")


def test_a_duty_officer_who_goes_reports_and_an_observer_does_not(centres: Centres):
    _, _, placed = make_matched_call(centres)
    record = placed[0]
    officer = make_acting(record.sender, Role.DUTY_OFFICER)
    services.report_before(officer, record, "How a night is handed over.", language="en")
    with pytest.raises(NotAllowed):
        services.report_before(make_acting(record.sender, Role.OBSERVER), record, "Mine.", language="en")
    record.refresh_from_db()
    assert record.before == "How a night is handed over."


def test_the_steps_follow_and_each_change_makes_calendars_look_again(centres: Centres):
    _, _, placed = make_matched_call(centres)
    hague, brussels = centres[:2]
    record = placed[0]
    services.step_placement(hague, record, PlacementState.CONFIRMED)
    services.move_stay(brussels, record, datetime.date(2025, 4, 7), datetime.date(2025, 4, 20))
    record.refresh_from_db()
    assert (record.sequence, record.begins_on) == (2, datetime.date(2025, 4, 7))
    with pytest.raises(NotAllowed):
        services.step_placement(brussels, record, PlacementState.DONE)
    services.step_placement(hague, record, PlacementState.DONE)
    record.refresh_from_db()
    with pytest.raises(NotAllowed):
        services.step_placement(hague, record, PlacementState.CANCELLED, reason="Late.")


def test_personal_data_go_when_their_day_has_passed_and_no_history_repeats_them(centres: Centres):
    call, _, sent = make_ranked_call(centres)
    hague = centres[0]
    assert services.erase_due(hague, call) == 0
    with clock.at(datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC)):
        assert services.erase_due(hague, call) == 3
    record = ExchangeApplication.objects.get(pk=sent[0].pk)
    assert (record.initials, record.function, record.motivation, record.erased) == ("", "", "", True)
    told = Change.objects.filter(subject="exchangeapplication").values_list("fields", flat=True)
    assert set(map(str, told)) == {"{}"}


def test_a_withdrawn_application_is_deleted(centres: Centres):
    call, _, sent = make_ranked_call(centres)
    services.withdraw_application(centres[2], sent[1])
    assert sent[1].pk not in read_market(call).applicants
    with pytest.raises(NotAllowed):
        services.withdraw_application(centres[1], sent[0])

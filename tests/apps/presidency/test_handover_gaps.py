"""What a dossier tells of the mapping: its gaps as counts, campaigns with their progress, and who gets which share."""

from __future__ import annotations

import datetime

import pytest

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role, TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.campaigns.enums import Part
from noaber.apps.campaigns.fillers import member_filler
from noaber.apps.campaigns.items import USUAL_FIELDS
from noaber.apps.campaigns.models import Ask, Campaign
from noaber.apps.campaigns.progress import asked_things
from noaber.apps.campaigns.services import answers
from noaber.apps.campaigns.services.campaigns import AskData, CampaignData, add_ask, add_campaign, open_campaign
from noaber.apps.campaigns.services.versions import result_of
from noaber.apps.campaigns.services.versions import sign as sign_result
from noaber.apps.mapping.neighbours import Between, pairs_between
from noaber.apps.mapping.sides import neighbour_name
from noaber.apps.presidency import services
from noaber.apps.presidency.models import HandoverDossier
from noaber.apps.presidency.presenters import LineView, present_dossier
from noaber.apps.registry.models import AgreementRow
from noaber.apps.registry.services import verify_contact
from noaber.core.campaigns import digest_of
from noaber.core.presidency.dossier import Section, Topic
from noaber.reference.vocabulary import load_capabilities, load_hazards
from planner_builders import keep_text
from presidency_builders import NOW, ON, Handover, make_dossier
from registry_builders import author_for, make_acting, make_capacity, make_contact

pytestmark = pytest.mark.django_db

EVERYTHING = 2 * len(load_capabilities()) * len(load_hazards())
CERTIFICATE = {"kind": "ucpm-pool", "body": "DG ECHO"}


def gaps(acting: Acting, dossier: HandoverDossier) -> dict[str, LineView]:
    """The counts that someone reads, by what they count."""
    lines = present_dossier(acting.organisation, dossier).lines
    return {one.line.kind: one for one in lines if one.line.section is Section.GAPS}


def ready(handover: Handover, dossier: HandoverDossier) -> HandoverDossier:
    services.make_ready(handover.brussels, dossier)
    dossier.refresh_from_db()
    return dossier


def hide(row: AgreementRow) -> None:
    AgreementRow.objects.filter(pk=row.pk).update(tlp=TlpLabel.RED)


def test_without_texts_every_pair_of_neighbours_lacks_everything(handover: Handover) -> None:
    found = gaps(handover.brussels, make_dossier(handover))
    line = found[Topic.COUNTRIES].line
    missing, unknown, asked = map(int, line.state.split("/"))
    assert (missing, unknown) == (asked, 0)
    assert {end.state for end in line.ends} == {f"{EVERYTHING}/{EVERYTHING}"}
    assert line.on == ON.isoformat()
    assert found[Topic.COUNTRIES].url == "/mapping/gaps/?between=countries&on=2024-12-19"
    districts = found[Topic.DISTRICTS]
    missing, unknown, asked = map(int, districts.line.state.split("/"))
    assert (missing, unknown, asked) == (len(pairs_between(Between.DISTRICTS)), 0, missing)
    assert districts.url == "/mapping/gaps/?between=districts&on=2024-12-19"
    one, _space, other = districts.line.ends[0].label.partition(" ")
    assert districts.more is not None
    assert f"{neighbour_name(one)} – {neighbour_name(other)}" in districts.more.text
    assert Topic.UNKNOWNS not in found


def test_a_text_that_both_see_closes_gaps_and_counts_its_unknowns(handover: Handover) -> None:
    dossier = make_dossier(handover)
    before = int(gaps(handover.brussels, dossier)[Topic.COUNTRIES].line.state.split("/")[0])
    row = keep_text(handover.brussels.organisation, "NL-BE-1984")
    found = gaps(handover.brussels, dossier)
    assert int(found[Topic.COUNTRIES].line.state.split("/")[0]) < before
    [end] = found[Topic.UNKNOWNS].line.ends
    assert (end.label, int(end.state) > 0) == ("NL-BE-1984", True)
    more = found[Topic.UNKNOWNS].more
    assert more is not None
    assert "NL-BE-1984" not in more.text, "a code never stands without its name"
    hide(row)
    alone = gaps(handover.brussels, dossier)
    assert int(alone[Topic.COUNTRIES].line.state.split("/")[0]) == before
    assert Topic.UNKNOWNS not in alone


def test_whoever_misses_a_text_is_told_no_count_that_was_made_from_it(handover: Handover) -> None:
    row = keep_text(handover.brussels.organisation, "NL-BE-1984")
    dossier = ready(handover, make_dossier(handover))
    assert {Topic.COUNTRIES, Topic.UNKNOWNS} <= gaps(handover.dusseldorf, dossier).keys()
    hide(row)
    assert not {Topic.COUNTRIES, Topic.UNKNOWNS} & gaps(handover.dusseldorf, dossier).keys()
    assert {Topic.COUNTRIES, Topic.UNKNOWNS} <= gaps(handover.hague, dossier).keys()


def test_a_verified_function_is_no_gap_and_its_count_is_for_those_who_see_it(handover: Handover) -> None:
    brussels = handover.brussels.organisation
    contact = make_contact(brussels, groups=("BENELUX",), tlp="AMBER")
    dossier = make_dossier(handover)
    lacking, total = map(int, gaps(handover.brussels, dossier)[Topic.FUNCTIONS].line.state.split("/"))
    assert lacking == total
    assert Topic.FUNCTIONS in gaps(handover.dusseldorf, ready(handover, dossier))
    services.take_back(handover.brussels, dossier, reason="A number was verified.")
    verify_contact(author_for(brussels), contact, on=ON, now=NOW)
    dossier = ready(handover, dossier)
    assert gaps(handover.hague, dossier)[Topic.FUNCTIONS].line.state == f"{lacking - 1}/{total}"
    assert Topic.FUNCTIONS not in gaps(handover.dusseldorf, dossier)


def test_certificates_that_run_out_by_the_end_of_the_next_presidency(handover: Handover) -> None:
    def pumps(code: str, until: str, tlp: TlpLabel) -> None:
        lines = [CERTIFICATE | {"valid_until": until}]
        make_capacity(handover.brussels.organisation, code, certificates=lines, groups=("BENELUX",), tlp=tlp, now=NOW)

    pumps("PAST", "2024-06-30", TlpLabel.GREEN)
    pumps("NEXT", "2025-12-31", TlpLabel.AMBER)
    pumps("LATER", "2026-01-01", TlpLabel.GREEN)
    dossier = ready(handover, make_dossier(handover))
    line = gaps(handover.hague, dossier)[Topic.CERTIFICATES]
    assert [end.label for end in line.line.ends] == ["PAST, BE-NCCN", "NEXT, BE-NCCN"]
    assert line.state == "2, run out already: 1"
    seen = gaps(handover.dusseldorf, dossier)[Topic.CERTIFICATES]
    assert [end.label for end in seen.line.ends] == ["PAST, BE-NCCN"]
    assert seen.state == "1, run out already: 1"


def open_ask_of(handover: Handover, organisation: Organisation) -> Ask:
    """Brussels asks about the capacities; the campaign is open to the group."""
    data = CampaignData(
        code="MAPPING-2024",
        titles={"en": "Mapping 2024"},
        opens_on=datetime.date(2024, 12, 1),
        deadline_on=datetime.date(2025, 1, 31),
        groups=["BENELUX"],
    )
    campaign = add_campaign(handover.brussels, data, status="Exercise")
    ask = add_ask(handover.brussels, campaign, organisation, AskData(Part.CAPACITIES, USUAL_FIELDS[Part.CAPACITIES]))
    open_campaign(handover.brussels, campaign)
    return Ask.objects.select_related("organisation__parent", "owner", "campaign__owner").get(pk=ask.pk)


def campaign_line(acting: Acting, dossier: HandoverDossier) -> LineView:
    lines = present_dossier(acting.organisation, dossier).lines
    [found] = [one for one in lines if one.line.section is Section.CAMPAIGNS]
    return found


def test_a_campaign_says_how_many_parts_are_filled_in_and_signed(handover: Handover) -> None:
    hague = handover.hague.organisation
    make_capacity(hague, "BOAT-1", groups=("BENELUX",), now=NOW)
    ask = open_ask_of(handover, hague)
    dossier = make_dossier(handover)
    line = campaign_line(handover.brussels, dossier)
    assert line.state == "open, 0 of 1 part filled in, 0 signed"
    assert line.day == datetime.date(2025, 1, 31)
    filler = member_filler(make_acting(hague, Role.PLANNER), ask)
    for thing in asked_things(ask, filler.reader):
        answers.confirm(filler, thing.item)
    assert campaign_line(handover.brussels, dossier).state == "open, 1 of 1 part filled in, 0 signed"
    campaign = Campaign.objects.get()
    seen = digest_of(result_of(campaign, hague))
    sign_result(make_acting(hague, Role.DIRECTOR), campaign, hague, seen=seen)
    assert campaign_line(handover.brussels, dossier).state == "open, 1 of 1 part filled in, 1 signed"


def test_the_parts_of_a_campaign_are_told_to_those_who_ask_or_answer(handover: Handover) -> None:
    """What is asked of a third organisation is not handed over, nor told to those who observe."""
    ask = open_ask_of(handover, handover.dusseldorf.organisation)
    dossier = make_dossier(handover)
    assert campaign_line(handover.brussels, dossier).line.ends == ()
    data = AskData(Part.CAPACITIES, USUAL_FIELDS[Part.CAPACITIES])
    add_ask(handover.brussels, ask.campaign, handover.hague.organisation, data)
    dossier = ready(handover, dossier)
    assert [end.label for end in campaign_line(handover.hague, dossier).line.ends] == ["NL-NCC"]
    assert campaign_line(handover.dusseldorf, dossier).line.ends == ()


def test_the_contact_points_of_the_giver_are_handed_over_with_the_number_to_ring(handover: Handover) -> None:
    brussels = handover.brussels.organisation
    verified = make_contact(brussels, groups=("BENELUX",), tlp="AMBER", phone="+32 2 000 00 01")
    make_contact(brussels, field="border", groups=("BENELUX",), tlp="AMBER", phone="+32 2 000 00 02")
    make_contact(brussels, field="public-information", tlp="RED", phone="+32 2 000 00 03")
    make_contact(handover.hague.organisation, groups=("BENELUX",), tlp="AMBER")
    verify_contact(author_for(brussels), verified, on=ON, now=NOW)
    lines = present_dossier(brussels, make_dossier(handover)).lines
    told = [one for one in lines if one.line.section is Section.CONTACTS]
    assert [(one.line.phone, one.state) for one in told] == [
        ("+32 2 000 00 01", "verified"),
        ("+32 2 000 00 02", "never verified"),
    ]
    assert [one.more.text.split(" · ")[1] for one in told if one.more] == ["+32 2 000 00 01", "+32 2 000 00 02"]

"""A secretariat that asks, and a region with a director that answers, with sensible defaults."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import OrganisationKind, Role
from noaber.apps.accounts.models import Organisation
from noaber.apps.campaigns.enums import Part
from noaber.apps.campaigns.items import USUAL_FIELDS
from noaber.apps.campaigns.models import Ask, Campaign, Invitation
from noaber.apps.campaigns.services.campaigns import AskData, CampaignData, add_ask, add_campaign, open_campaign
from noaber.apps.campaigns.services.invitations import InvitationData, invite
from noaber.apps.registry.services import load_reference
from registry_builders import make_acting, make_capacity, make_contact, make_group, make_organisation

AUTUMN = datetime.datetime(2024, 10, 1, 8, 0, tzinfo=datetime.UTC)
OPENS, DEADLINE = datetime.date(2024, 9, 1), datetime.date(2024, 12, 31)


@dataclass(frozen=True)
class World:
    """The secretariat asks; the region answers; the neighbour has nothing to do with it."""

    secretariat: Acting
    planner: Acting
    director: Acting
    neighbour: Acting

    @property
    def region(self) -> Organisation:
        return self.planner.organisation


def make_world() -> World:
    """Three organisations of one group; the region keeps two capacities, one of them shared, and a contact point."""
    secretariat = make_organisation("BNL-SG", kind=OrganisationKind.SECRETARIAT)
    region = make_organisation("DE-NW", territory="DEA", languages=["de"], seat="Düsseldorf", lon=6.78, lat=51.22)
    neighbour = make_organisation("NL-NCC")
    make_group("BENELUX", member=[secretariat, region, neighbour])
    make_capacity(region, "BOAT-1", capabilities=("BOAT",), groups=("BENELUX",), territory="DEA")
    make_capacity(region, "PUMP-1", territory="DEA")
    make_contact(region, function="Lagezentrum", groups=("BENELUX",))
    return World(
        make_acting(secretariat, Role.POLICY_OFFICER),
        make_acting(region, Role.PLANNER),
        make_acting(region, Role.DIRECTOR),
        make_acting(neighbour, Role.PLANNER),
    )


def world_of_reference() -> World:
    """The same three as the reference data know them, with the texts to which they are parties."""
    load_reference(connect=True)
    secretariat, region, neighbour = (Organisation.objects.get(code=code) for code in ("BNL-SG", "DE-NW", "NL-NCC"))
    return World(
        make_acting(secretariat, Role.POLICY_OFFICER),
        make_acting(region, Role.PLANNER),
        make_acting(region, Role.DIRECTOR),
        make_acting(neighbour, Role.PLANNER),
    )


def make_campaign(acting: Acting, *, previous: Campaign | None = None, **fields: Any) -> Campaign:
    given: dict[str, Any] = {
        "code": "MAPPING-2024",
        "titles": {"en": "Mapping 2024", "de": "Bestandsaufnahme 2024"},
        "opens_on": OPENS,
        "deadline_on": DEADLINE,
    }
    return add_campaign(acting, CampaignData(**given | fields), status="Exercise", previous=previous)


def make_ask(world: World, campaign: Campaign, part: Part = Part.CAPACITIES, **fields: Any) -> Ask:
    """Ask the region about a part."""
    asked = fields.pop("fields", USUAL_FIELDS[part])
    organisation = fields.pop("organisation", world.region)
    return add_ask(world.secretariat, campaign, organisation, AskData(part, asked, **fields))


def open_ask(world: World, part: Part = Part.CAPACITIES, **fields: Any) -> Ask:
    """An ask of a campaign that is open."""
    campaign = make_campaign(world.secretariat)
    ask = make_ask(world, campaign, part, **fields)
    open_campaign(world.secretariat, campaign)
    return Ask.objects.select_related("organisation__parent", "owner", "campaign__owner").get(pk=ask.pk)


def make_invitation(world: World, ask: Ask, **fields: Any) -> tuple[Invitation, str]:
    given: dict[str, Any] = {
        "name": "E. Beispiel",
        "function": "Kreisbrandmeister",
        "language": "de",
        "until": datetime.date(2024, 11, 30),
        "mail": "e.beispiel@example.org",
    }
    return invite(world.planner, ask, InvitationData(**given | fields))

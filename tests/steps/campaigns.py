"""The steps of campaigns. Who fills in answers as a `Filler`, with an account or by an invitation: that is no step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from campaign_builders import (
    DEADLINE,
    OPENS,
    World,
    make_ask,
    make_campaign,
    make_invitation,
    make_world,
    open_ask,
)
from noaber.apps.accounts.acting import Acting
from noaber.apps.campaigns.enums import Part
from noaber.apps.campaigns.models import Ask
from noaber.apps.campaigns.services import campaigns, invitations, reminders, versions
from noaber.apps.campaigns.services.campaigns import AskData, CampaignData
from noaber.apps.campaigns.services.invitations import InvitationData
from noaber.core.campaigns import digest_of
from steps import Step


def asking(make: Callable[[World], Any]) -> Callable[[], tuple[Acting, Any]]:
    def made() -> tuple[Acting, Any]:
        world = make_world()
        return world.secretariat, make(world)

    return made


def answering(make: Callable[[World], Any], *, director: bool = False) -> Callable[[], tuple[Acting, Any]]:
    def made() -> tuple[Acting, Any]:
        world = make_world()
        return world.director if director else world.planner, make(world)

    return made


def draft(world: World) -> Any:
    return make_campaign(world.secretariat)


def asked(world: World) -> Ask:
    return make_ask(world, draft(world))


def sign(acting: Acting, ask: Ask) -> object:
    seen = digest_of(versions.result_of(ask.campaign, ask.organisation))
    return versions.sign(acting, ask.campaign, ask.organisation, seen=seen)


CHANGED = CampaignData("MAPPING-2024", {"en": "Mapping"}, OPENS, DEADLINE)
FUNCTION = InvitationData("E. Beispiel", "Kreisbrandmeister", "de", DEADLINE)
STEPS = {
    "add_campaign": Step(asking(lambda world: world.region), lambda acting, _region: make_campaign(acting)),
    "change_campaign": Step(asking(draft), lambda acting, record: campaigns.change_campaign(acting, record, CHANGED)),
    "open_campaign": Step(asking(lambda world: asked(world).campaign), campaigns.open_campaign),
    "close_campaign": Step(asking(lambda world: open_ask(world).campaign), campaigns.close_campaign),
    "add_ask": Step(
        asking(lambda world: (draft(world), world.region)),
        lambda acting, both: campaigns.add_ask(acting, *both, AskData(Part.CAPACITIES, ["quantity"])),
    ),
    "change_ask": Step(
        asking(asked),
        lambda acting, record: campaigns.change_ask(acting, record, AskData(Part.CAPACITIES, ["quantity"])),
    ),
    "remove_ask": Step(asking(asked), campaigns.remove_ask),
    "invite": Step(answering(open_ask), lambda acting, record: invitations.invite(acting, record, FUNCTION)),
    "revoke": Step(answering(lambda world: make_invitation(world, open_ask(world))[0]), invitations.revoke),
    "remind": Step(
        asking(open_ask),
        lambda acting, record: reminders.remind(acting, record, language="de"),
        told_by="the reminder",
    ),
    "sign": Step(answering(open_ask, director=True), sign),
}
NO_STEPS: dict[str, str] = {}

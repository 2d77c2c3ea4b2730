"""A campaign of the summer in which the exercise plays: the mapping of mutual assistance, tried out in 2021.

Everything about it is invented and marked so. One region has done half of what it was asked; nobody has signed.
"""

from __future__ import annotations

import datetime
from typing import Final

from noaber.apps.accounts.models import Organisation
from noaber.apps.campaigns.enums import Part
from noaber.apps.campaigns.fillers import Filler, member_filler
from noaber.apps.campaigns.items import USUAL_FIELDS, Item
from noaber.apps.campaigns.models import Ask, Campaign
from noaber.apps.campaigns.progress import asked_things
from noaber.apps.campaigns.services import answers
from noaber.apps.campaigns.services.campaigns import AskData, CampaignData, add_ask, add_campaign, open_campaign
from noaber.apps.campaigns.services.invitations import InvitationData, invite
from noaber.apps.campaigns.services.reminders import remind
from noaber.apps.demo.cast import acting_as
from noaber.web import clock

_STATUS: Final = "Exercise"
_PREPARED_AT: Final = datetime.datetime(2021, 6, 1, 8, 0, tzinfo=datetime.UTC)
_ANSWERED_AT: Final = datetime.datetime(2021, 6, 21, 9, 0, tzinfo=datetime.UTC)
_REMINDED_AT: Final = datetime.datetime(2021, 7, 7, 9, 0, tzinfo=datetime.UTC)
_TITLES: Final = {
    "nl": "Kartering 2021 (oefening)",
    "fr": "Cartographie 2021 (exercice)",
    "de": "Bestandsaufnahme 2021 (Übung)",
    "en": "Mapping 2021 (exercise)",
}
_PURPOSES: Final = {
    "nl": "Verzonnen: zo had een kartering van de wederzijdse bijstand er in de zomer van 2021 uitgezien.",
    "fr": "Inventé : voici à quoi aurait ressemblé, à l’été 2021, une cartographie de l’assistance mutuelle.",
    "de": "Erfunden: So hätte eine Bestandsaufnahme der gegenseitigen Hilfe im Sommer 2021 ausgesehen.",
    "en": "Invented: what a mapping of mutual assistance would have looked like in the summer of 2021.",
}
_ASKED: Final = (
    ("BE-NCCN", (Part.AGREEMENTS, Part.CONTACTS)),
    ("NL-NCC", (Part.AGREEMENTS, Part.CONTACTS)),
    ("NL-VR24", (Part.CAPACITIES, Part.CONTACTS)),
    ("LU-CGDIS", (Part.CAPACITIES, Part.CONTACTS)),
    ("DE-NW", (Part.AGREEMENTS, Part.CONTACTS)),
    ("DE-AACHEN", (Part.CAPACITIES, Part.CONTACTS)),
)
_HALF: Final = "DE-AACHEN"


def load_campaigns() -> None:
    """Ask, open, let one region answer half, and remind it."""
    with clock.at(_PREPARED_AT):
        campaign = _open()
    asks = Ask.objects.select_related("organisation__parent", "owner", "campaign__owner")
    half = asks.get(campaign=campaign, organisation__code=_HALF, part=Part.CAPACITIES)
    with clock.at(_ANSWERED_AT):
        _answer_half(half)
    with clock.at(_REMINDED_AT):
        remind(acting_as("bnl-sg", "BNL-SG"), half, language="de")


def _open() -> Campaign:
    acting = acting_as("bnl-sg", "BNL-SG")
    data = CampaignData(
        code="MAPPING-2021",
        titles=_TITLES,
        purposes=_PURPOSES,
        opens_on=datetime.date(2021, 6, 1),
        deadline_on=datetime.date(2021, 9, 30),
        groups=list(acting.organisation.sharing_groups.values_list("code", flat=True)),
        illustrative=True,
    )
    campaign = add_campaign(acting, data, status=_STATUS)
    for code, parts in _ASKED:
        organisation = Organisation.objects.select_related("parent").get(code=code)
        for part in parts:
            add_ask(acting, campaign, organisation, AskData(part, USUAL_FIELDS[part]))
    open_campaign(acting, campaign)
    return campaign


def _answer_half(ask: Ask) -> None:
    """Every second thing: right as it is, and one of which they do not know."""
    acting = acting_as("de-nw-planner", "DE-NW")
    invite(
        acting,
        ask,
        InvitationData(
            name="E. Beispiel",
            function="Sachgebietsleitung Gefahrenabwehr",
            language="de",
            until=datetime.date(2021, 9, 30),
            mail="e.beispiel@example.org",
        ),
    )
    filler = member_filler(acting, ask)
    things = asked_things(ask, filler.reader)
    for number, thing in enumerate(things[: (len(things) + 1) // 2]):
        _answer(filler, thing.item, is_known=number != 1)


def _answer(filler: Filler, item: Item, *, is_known: bool) -> None:
    if is_known:
        answers.confirm(filler, item)
        return
    answers.say_unknown(filler, item, answers.Told(who="Leitstelle der StädteRegion"))

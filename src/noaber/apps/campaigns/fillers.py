"""Who fills a part: someone of the house, or someone who was invited and has no account.

Both leave their function and name in the history of what they change, and the campaign in which they did.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.functions import write_invited
from noaber.apps.accounts.models import Organisation, Person
from noaber.apps.accounts.queries import keeps
from noaber.apps.campaigns.items import keeper_of
from noaber.apps.campaigns.models import Ask, Invitation
from noaber.apps.campaigns.permissions import check_can_fill
from noaber.apps.records.history import Author
from noaber.core.problems import NotAllowed


@dataclass(frozen=True)
class Filler:
    """Someone who may answer an ask; `reader` is the organisation whose eyes they look with."""

    ask: Ask
    author: Author
    reader: Organisation
    person: Person | None = None
    invitation: Invitation | None = None

    def today(self, now: datetime) -> date:
        return now.astimezone(self.ask.campaign.zone).date()

    def check_open(self, now: datetime) -> None:
        """Raise `NotAllowed` unless answers are taken at that moment, from them."""
        if not self.ask.campaign.takes_answers(now):
            raise NotAllowed("campaign.not-open")
        if self.invitation is not None and not self.invitation.is_valid(now):
            raise NotAllowed("campaign.not-open")


def member_filler(acting: Acting, ask: Ask) -> Filler:
    """Someone who acts for the asked organisation.

    Raises
    ------
    NotAllowed
        Where their role does not change such records, or another organisation is asked.
    """
    check_can_fill(acting.roles, ask.part, organisation=ask.organisation_id, kept=keeps(acting.organisation))
    author = Author(acting.function, acting.organisation, acting.person, occasion=ask.campaign.title)
    return Filler(ask, author, acting.organisation, person=acting.person)


def invited_filler(invitation: Invitation) -> Filler:
    """Whoever has the link: for the organisation that is asked, with the eyes of the one that keeps its records."""
    ask = invitation.ask
    keeper = keeper_of(ask.organisation)
    by = write_invited(invitation.function, invitation.name)
    return Filler(ask, Author(by, keeper, occasion=ask.campaign.title), keeper, invitation=invitation)

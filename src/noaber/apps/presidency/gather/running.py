"""What goes on across the handover: plans, consultations, campaigns, and contact points with the number to ring."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.campaigns.enums import CampaignState
from noaber.apps.campaigns.models import Ask, Campaign
from noaber.apps.campaigns.progress import progress_of
from noaber.apps.campaigns.services.versions import latest_version
from noaber.apps.plans.enums import OVER, PlanState
from noaber.apps.plans.queries import objectives_of, served_by
from noaber.apps.presidency.gather.agreed import state_on
from noaber.apps.presidency.gather.asked import Asked
from noaber.apps.presidency.sight import ASK
from noaber.apps.registry.queries.contacts import freshness_of
from noaber.core.presidency.dossier import End, Line, Section


def plan_lines(asked: Asked) -> Iterator[Line]:
    """Plans of the giver's and the receiver's years that are worked by, with the actions that serve them."""
    rows = asked.pair.rows("plan").exclude(state__in=OVER)
    rows = rows.filter(last_year__gte=asked.since.year, first_year__lte=asked.until.year)
    seen = set(asked.pair.rows("action").filter(made_on__lte=asked.on).values_list("pk", flat=True))
    for plan in rows.select_related("owner", "programme").order_by("first_year", "last_year", "number"):
        yield Line(
            section=Section.PLANS,
            kind="plan",
            key=plan.pk,
            tlp=plan.tlp,
            texts=plan.titles,
            number=plan.number,
            who=plan.owner.code,
            state=plan.state,
            ends=tuple(_served(asked, plan, seen)),
        )


def _served(asked: Asked, plan: Any, seen: set[int]) -> Iterator[End]:
    """The actions of the plan that both see, each once, as they stood on the day."""
    served = served_by(asked.pair.giver, objectives_of(asked.pair.giver, plan), plan)
    actions = {action.pk: action for found in served.values() for action in found if action.pk in seen}
    for key in sorted(actions):
        yield End("action", key, actions[key].number, state_on(actions[key], asked.on))


def consultation_lines(asked: Asked) -> Iterator[Line]:
    """Drafts that lie before partners."""
    plans = asked.pair.rows("plan").filter(state=PlanState.CONSULTATION)
    for plan in plans.select_related("owner").order_by("number"):
        opened = plan.consultations.filter(closed_at__isnull=True).first()
        yield Line(
            section=Section.CONSULTATIONS,
            kind="plan",
            key=plan.pk,
            tlp=plan.tlp,
            texts=plan.titles,
            number=plan.number,
            who=plan.owner.code,
            on=opened.until.isoformat() if opened else "",
            state=plan.state,
        )


def campaign_lines(asked: Asked) -> Iterator[Line]:
    """Campaigns that are not closed, with how far the parts are that both see."""
    rows = asked.pair.rows("campaign").exclude(state=CampaignState.CLOSED).filter(opens_on__lte=asked.until)
    for one in rows.select_related("owner").order_by("deadline_on", "code"):
        yield Line(
            section=Section.CAMPAIGNS,
            kind="campaign",
            key=one.pk,
            tlp=one.tlp,
            texts=one.titles or {"": one.code},
            number=one.code,
            who=one.owner.code,
            on=one.deadline_on.isoformat(),
            state=one.state,
            ends=tuple(_parts(asked, one)),
        )


def _parts(asked: Asked, campaign: Campaign) -> Iterator[End]:
    """What it asks of one organisation each: open, filled in as far as either of the two sees, or signed."""
    rows = asked.pair.rows(ASK).filter(campaign=campaign).order_by("organisation__code", "pk")
    asks = list(rows.select_related("organisation__parent", "owner", "campaign__owner").prefetch_related("answers"))
    done = _complete(asks, asked.pair.giver) & _complete(asks, asked.pair.receiver)
    signed = {ask.organisation_id for ask in asks if latest_version(campaign, ask.organisation)}
    for ask in asks:
        state = "signed" if ask.organisation_id in signed else "filled" if ask.pk in done else "open"
        yield End(ASK, ask.pk, ask.organisation.code, state)


def _complete(asks: list[Ask], reader: Organisation) -> set[int]:
    return {one.ask.pk for one in progress_of(asks, reader).asks if one.tally.is_complete}


def contact_lines(asked: Asked) -> Iterator[Line]:
    """The contact points that the giver keeps, each with how far one may rely on it."""
    rows = asked.pair.rows("contact").filter(owner__in=keeps(asked.pair.giver))
    for one in rows.select_related("organisation").order_by("organisation__code", "pk"):
        yield Line(
            section=Section.CONTACTS,
            kind="contact",
            key=one.pk,
            tlp=one.tlp,
            texts={one.function_language: one.function},
            who=one.organisation.code,
            on=one.expires_on.isoformat() if one.expires_on else "",
            state=freshness_of(one, asked.on),
            more=one.field,
            phone=one.phone,
        )

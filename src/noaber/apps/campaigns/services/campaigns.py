"""Campaigns: prepared (from the last one, where there is one), opened, their day moved, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission, TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.accounts.status import check_status
from noaber.apps.campaigns.enums import CampaignState, Part
from noaber.apps.campaigns.items import FIELD_LABELS, keeper_of
from noaber.apps.campaigns.models import Ask, Campaign
from noaber.apps.campaigns.permissions import check_can_run
from noaber.apps.campaigns.services.common import announce_ask, check_text, lock_ask
from noaber.apps.campaigns.services.versions import freeze_campaign
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, announce_readers, keep_history, set_fields
from noaber.apps.records.sharing import group_keys
from noaber.core.problems import InvalidInput, NotAllowed, Problem
from noaber.web.clock import now


@dataclass(frozen=True)
class CampaignData:
    """What someone says of a campaign. `groups` are codes; titles and purposes are by language."""

    code: str
    titles: Mapping[str, str]
    opens_on: date
    deadline_on: date
    purposes: Mapping[str, str] = field(default_factory=dict)
    tlp: str = TlpLabel.AMBER
    groups: Sequence[str] = ()
    illustrative: bool = False


def add_campaign(acting: Acting, data: CampaignData, *, status: str, previous: Campaign | None = None) -> Campaign:
    """Prepare a campaign; from `previous` it takes over who was asked what.

    Raises
    ------
    NotAllowed
        Where the role does not work on the cooperation, or the last one is another organisation's.
    InvalidInput
        Where the title is missing, the days are the wrong way round, or the id is taken.
    """
    acting.check_may(Permission.COOPERATE)
    check_status(status)
    if previous is not None:
        _check_runs(acting, previous)
    try:
        with transaction.atomic():
            record = Campaign(owner=acting.organisation, status=status, previous=previous, **_values(data))
            record.save()
            record.groups.set(group_keys(data.groups).values())
            keep_history(Author.of(acting), record, ChangeAction.ADDED)
            if previous is not None:
                _copy_asks(previous, record)
            announce_readers(record)
            return record
    except IntegrityError:
        raise InvalidInput([Problem("campaign.same-code", "code", {"code": data.code})]) from None


def _copy_asks(previous: Campaign, record: Campaign) -> None:
    for ask in previous.asks.select_related("organisation"):
        copy = Ask(
            owner=record.owner,
            tlp=TlpLabel.AMBER_STRICT,
            campaign=record,
            organisation=ask.organisation,
            part=ask.part,
            fields=ask.fields,
            records=ask.records,
            note=ask.note,
            note_language=ask.note_language,
        )
        copy.save()


def change_campaign(acting: Acting, record: Campaign, data: CampaignData) -> None:
    """Change what is said of a campaign that is not closed; its id stays."""
    with transaction.atomic():
        locked = _lock(acting, record)
        if locked.state == CampaignState.CLOSED:
            raise NotAllowed("campaign.is-closed")
        saw = list(readers_of(locked))
        fields = set_fields(locked, _values(data) | {"code": locked.code})
        locked.save()
        locked.groups.set(group_keys(data.groups).values())
        keep_history(Author.of(acting), locked, ChangeAction.CHANGED, fields)
        announce_readers(locked, *saw)


def open_campaign(acting: Acting, record: Campaign) -> None:
    """Let those who are asked see what is asked of them, from its first day on.

    Raises
    ------
    NotAllowed
        Where nobody is asked, it is open, or its last day has passed.
    """
    with transaction.atomic():
        locked = _lock(acting, record)
        if locked.state != CampaignState.DRAFT:
            raise NotAllowed("campaign.not-draft")
        asks = list(locked.asks.select_related("organisation", "owner"))
        if not asks:
            raise NotAllowed("campaign.nothing-asked")
        if now() > locked.deadline_at:
            raise NotAllowed("campaign.deadline-past")
        locked.state = CampaignState.OPEN
        locked.save(update_fields=["state"])
        for ask in asks:
            reach(ask)
        keep_history(
            Author.of(acting), locked, ChangeAction.STATE, {"state": (CampaignState.DRAFT, CampaignState.OPEN)}
        )
        announce_readers(locked)


def close_campaign(acting: Acting, record: Campaign) -> None:
    """Take no answers any more, and freeze the result: the signed versions, and how far each organisation came."""
    with transaction.atomic():
        locked = _lock(acting, record)
        if locked.state != CampaignState.OPEN:
            raise NotAllowed("campaign.not-open")
        locked.state = CampaignState.CLOSED
        locked.save(update_fields=["state"])
        freeze_campaign(locked)
        keep_history(
            Author.of(acting), locked, ChangeAction.STATE, {"state": (CampaignState.OPEN, CampaignState.CLOSED)}
        )
        announce_readers(locked)


@dataclass(frozen=True)
class AskData:
    """What is asked of an organisation about one part; without `records` all of them."""

    part: Part
    fields: Sequence[str]
    records: Sequence[str] = ()
    note: str = ""
    note_language: str = ""


def add_ask(acting: Acting, campaign: Campaign, organisation: Organisation, data: AskData) -> Ask:
    """Ask an organisation about a part.

    Raises
    ------
    NotAllowed
        Where it is asked about that part already, or the campaign is closed.
    InvalidInput
        Where no field of that part is named.
    """
    with transaction.atomic():
        locked = _lock(acting, campaign)
        if locked.state == CampaignState.CLOSED:
            raise NotAllowed("campaign.is-closed")
        if locked.asks.filter(organisation=organisation, part=data.part).exists():
            raise NotAllowed("campaign.asked-already", organisation=organisation.code)
        ask = Ask(owner=locked.owner, tlp=TlpLabel.AMBER_STRICT, campaign=locked, organisation=organisation)
        _fill(ask, data)
        ask.save()
        keep_history(Author.of(acting), ask, ChangeAction.ADDED)
        if locked.state == CampaignState.OPEN:
            reach(ask)
        announce_ask(ask)
        return ask


def change_ask(acting: Acting, ask: Ask, data: AskData) -> None:
    """Ask for other fields or records; what was answered stays answered."""
    with transaction.atomic():
        campaign = _lock(acting, ask.campaign)
        if campaign.state == CampaignState.CLOSED:
            raise NotAllowed("campaign.is-closed")
        locked = lock_ask(ask)
        before = {name: getattr(locked, name) for name in ("fields", "records", "note")}
        _fill(locked, data)
        locked.save()
        changed = {name: (was, getattr(locked, name)) for name, was in before.items() if was != getattr(locked, name)}
        keep_history(Author.of(acting), locked, ChangeAction.CHANGED, changed)
        announce_ask(locked)


def remove_ask(acting: Acting, ask: Ask) -> None:
    """Ask no more; where something was answered, or somebody was invited, it stays."""
    with transaction.atomic():
        campaign = _lock(acting, ask.campaign)
        if ask.answers.exists() or ask.invitations.exists():
            raise NotAllowed("campaign.answered-already")
        keep_history(Author.of(acting), campaign, ChangeAction.CHANGED, {"asks": (str(ask.organisation), None)})
        announce_ask(ask)
        ask.delete()


def reach(ask: Ask) -> None:
    """Let the organisation that is asked see it, and the one that answers for it."""
    asked = {ask.organisation, keeper_of(ask.organisation)}
    ask.addressees.set(asked)
    ask.campaign.addressees.add(*asked)


def _fill(ask: Ask, data: AskData) -> None:
    known = FIELD_LABELS[data.part]
    fields = [name for name in known if name in data.fields]
    if not fields:
        raise InvalidInput([Problem("campaign.no-field", "fields")])
    ask.part, ask.fields, ask.records = data.part, fields, list(data.records)
    ask.note, ask.note_language = check_text(data.note, "note"), data.note_language if data.note else ""


def _check_runs(acting: Acting, record: Campaign) -> None:
    check_can_run(acting.roles, owner=record.owner_id, kept=keeps(acting.organisation))


def _lock(acting: Acting, record: Campaign) -> Campaign:
    _check_runs(acting, record)
    return Campaign.objects.select_for_update().get(pk=record.pk)


def _values(data: CampaignData) -> dict[str, Any]:
    titles = {code: check_text(text, f"title_{code}") for code, text in data.titles.items() if text.strip()}
    if not titles:
        raise InvalidInput([Problem("campaign.no-title", "")])
    if data.deadline_on < data.opens_on:
        raise InvalidInput([Problem("campaign.deadline", "deadline_on")])
    return {
        "code": data.code,
        "titles": titles,
        "purposes": {code: check_text(text, f"purpose_{code}") for code, text in data.purposes.items() if text.strip()},
        "opens_on": data.opens_on,
        "deadline_on": data.deadline_on,
        "tlp": data.tlp,
        "illustrative": data.illustrative,
    }

"""The only writer of draft scenarios: kept, and dropped by those who keep them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission, TlpLabel
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.mapping.models.scenarios import Scenario
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, Changed, announce_readers, append_changes
from noaber.apps.records.sharing import group_keys
from noaber.core.problems import NotAllowed
from noaber.web.clock import now


@dataclass(frozen=True)
class ScenarioData:
    """What someone keeps; `asked` is the query that describes the change."""

    title: str
    language: str
    asked: Mapping[str, list[str]]
    tlp: TlpLabel = TlpLabel.AMBER
    groups: Sequence[str] = ()


@transaction.atomic
def keep_scenario(acting: Acting, data: ScenarioData) -> Scenario:
    """Keep a draft; it belongs to the organisation that does.

    Raises
    ------
    NotAllowed
        Where the role does not work on agreements.
    """
    acting.check_may(Permission.EDIT_AGREEMENTS)
    scenario = Scenario.objects.create(
        owner=acting.organisation,
        title=data.title,
        language=data.language,
        asked=dict(data.asked),
        tlp=data.tlp,
        made_at=now(),
        made_by=acting.person,
    )
    scenario.groups.set(group_keys(data.groups).values())
    _append(acting, scenario, ChangeAction.ADDED)
    announce_readers(scenario)
    return scenario


@transaction.atomic
def drop_scenario(acting: Acting, scenario: Scenario) -> None:
    """Keep it no longer.

    Raises
    ------
    NotAllowed
        Where the role does not work on agreements, or the draft is another organisation's.
    """
    acting.check_may(Permission.EDIT_AGREEMENTS)
    if scenario.owner_id != acting.organisation.pk:
        raise NotAllowed("registry.not-kept")
    saw = list(readers_of(scenario))
    _append(acting, scenario, ChangeAction.WITHDRAWN)
    announce_readers(scenario, *saw)
    scenario.delete()


def _append(acting: Acting, scenario: Scenario, action: ChangeAction) -> None:
    changed = Changed(scenario.pk, action, {"title": ("", scenario.title)})
    append_changes(Author.of(acting), Scenario, [changed], at=now())

"""Series of meetings: named, renamed, shared."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import LANGUAGES
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.meetings.models import Series
from noaber.apps.meetings.values import SeriesData
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import announce_readers, keep_history, set_fields
from noaber.apps.records.permissions import check_can_change
from noaber.apps.records.sharing import group_keys
from noaber.core.problems import InvalidInput, Problem


def add_series(acting: Acting, data: SeriesData) -> Series:
    """Name a series of meetings; it belongs to the organisation that does.

    Raises
    ------
    InvalidInput
        Where it has a name in no language.
    """
    acting.check_may(Permission.COOPERATE)
    names = _names(data.names)
    with transaction.atomic():
        series = Series.objects.create(owner=acting.organisation, tlp=data.tlp, names=names)
        series.groups.set(group_keys(data.groups).values())
        keep_history(acting, series, ChangeAction.ADDED)
        return series


def change_series(acting: Acting, series: Series, data: SeriesData) -> None:
    """Give a series other names, or let others see it; its meetings reach whom they reached.

    Raises
    ------
    NotAllowed
        Where another organisation keeps it, or the role does not work on the cooperation.
    InvalidInput
        Where it has a name in no language.
    """
    names = _names(data.names)
    with transaction.atomic():
        locked = Series.objects.select_for_update().get(pk=series.pk)
        check_can_change(acting.roles, owner=locked.owner_id, kept=keeps(acting.organisation))
        saw = list(readers_of(locked))
        locked.names = _whole(locked.names)
        changes = set_fields(locked, {"names": names, "tlp": data.tlp})
        locked.save()
        before, after = sorted(locked.groups.values_list("code", flat=True)), sorted(data.groups)
        locked.groups.set(group_keys(data.groups).values())
        if before != after:
            changes["groups"] = (before, after)
        if changes:
            keep_history(acting, locked, ChangeAction.CHANGED, changes)
        announce_readers(locked, *saw)


def _names(given: Mapping[str, str]) -> dict[str, str]:
    names = {language: name.strip() for language, name in _whole(given).items()}
    if not any(names.values()):
        raise InvalidInput([Problem("meeting.no-name", "names")])
    return names


def _whole(names: Mapping[str, str]) -> dict[str, str]:
    """A name for each language, empty where there is none."""
    return {language: names.get(language, "") for language, _name in LANGUAGES}

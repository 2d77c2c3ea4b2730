"""Writing one record in one transaction: locked, permitted, changed, saved, kept in its history, told to readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, Generic, TypeVar

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.sharing import SharedRecord, readers_of
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Changes, announce_readers, keep_history, set_fields
from noaber.apps.records.models import NumberedRecord
from noaber.apps.records.numbers import save_numbered
from noaber.apps.records.permissions import check_can_change
from noaber.apps.records.rows import lock_row
from noaber.apps.records.sharing import group_keys
from noaber.apps.records.words import Values, check_values
from noaber.core.problems import NotAllowed
from noaber.web.written import written_once

Record = TypeVar("Record", bound=SharedRecord)
Numbered = TypeVar("Numbered", bound=NumberedRecord)
Check = Callable[[Acting, Record], None]

_LANGUAGE_OF: Final = "_language"
"""How the field ends that says in which language another one is written: it is told with that one."""


def check_keeper(acting: Acting, record: SharedRecord) -> None:
    """Raise `NotAllowed` unless they work on the cooperation for whoever keeps the record."""
    check_can_change(acting.roles, owner=record.owner_id, kept=keeps(acting.organisation))


class Writing(Generic[Record]):
    """One record that is being written. What differs at the end is saved, and kept in its history."""

    def __init__(self, acting: Acting, record: Record) -> None:
        self.record = record
        self._acting = acting
        self._before = {field.name: getattr(record, field.attname) for field in record._meta.concrete_fields}
        self._action: ChangeAction | None = None
        self._reason = ""
        self._told: dict[str, tuple[Any, Any]] = {}
        self._saw: list[Organisation] = []

    def set(self, values: Values) -> None:
        """Put what someone says into its fields, and share it with the `groups` named; who saw it before is told too.

        What differs is a change of its history. The language of a text is told with the text.
        """
        said = check_values(type(self.record), values)
        groups = said.pop("groups", None)
        if groups is not None or "tlp" in said:
            self._remember_readers()
        self._action = self._action or ChangeAction.CHANGED
        changes = set_fields(self.record, said)
        self._told |= {name: pair for name, pair in changes.items() if not name.endswith(_LANGUAGE_OF)}
        if groups is not None:
            self.record.groups.set(group_keys(groups).values())

    def address(self, *organisations: Organisation) -> None:
        """Let these see it, whatever its label and its groups, and nobody else for that reason."""
        self._remember_readers()
        self.record.addressees.set(organisations)

    def _remember_readers(self) -> None:
        if not self._saw:
            self._saw = list(readers_of(self.record))

    def step(
        self,
        steps: Mapping[str, Sequence[str]],
        state: str,
        *,
        reason: str = "",
        language: str = "",
        fields: Values | None = None,
    ) -> None:
        """Take it to another state, for this reason, and set what goes with that.

        Raises
        ------
        NotAllowed
            Where the step is not open from the state in which it is.
        """
        if state not in steps[self._before["state"]]:
            raise NotAllowed("action.step-gone")
        self.set({"state": state, **(fields or {})})
        for name, value in (("state_reason", reason), ("state_language", language if reason else "")):
            setattr(self.record, name, value)
        self._action, self._reason = ChangeAction.STATE, reason

    def tell(self, changes: Changes, reason: str = "") -> None:
        """What changed beside its own fields."""
        self._action = self._action or ChangeAction.CHANGED
        self._told |= changes
        self._reason = reason or self._reason

    def save(self) -> None:
        """Write what differs."""
        now = {field.name: getattr(self.record, field.attname) for field in self.record._meta.concrete_fields}
        changed = [name for name, value in now.items() if value != self._before[name]]
        if changed:
            self.record.save(update_fields=changed)
        if self._action is not None:
            keep_history(self._acting, self.record, self._action, self._told, self._reason)
        announce_readers(self.record, *self._saw)


@contextmanager
def write(acting: Acting, record: Record, check: Check[Record] = check_keeper) -> Iterator[Writing[Record]]:
    """Write a record: the row is locked and `check` is asked before anything is changed.

    Raises
    ------
    NotFound
        Where somebody took it out meanwhile.
    NotAllowed
        Where `check` says so.
    """
    with transaction.atomic(), written_once():
        locked = lock_row(type(record)._base_manager.select_related("owner"), record.pk)
        check(acting, locked)
        writing = Writing(acting, locked)
        yield writing
        writing.save()


def add(acting: Acting, model: type[Numbered], values: Values, *, addressees: Iterable[Organisation] = ()) -> Numbered:
    """A new record of the acting organisation: under the next number of its year, shared, with a history that begins.

    Raises
    ------
    NotAllowed
        Where the role does not work on the cooperation.
    InvalidInput
        Where a text is missing or is not as its field allows.
    """
    acting.check_may(Permission.COOPERATE)
    said = check_values(model, values, new=True)
    groups = said.pop("groups", ())
    record = model(owner=acting.organisation, **said)
    with transaction.atomic(), written_once():
        save_numbered(record)
        record.groups.add(*group_keys(groups).values())
        record.addressees.add(*addressees)
        keep_history(acting, record, ChangeAction.ADDED)
        announce_readers(record)
    return record

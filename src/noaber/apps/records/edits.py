"""Saving a form that others may save too: locked, brought together with what they saved, and only then written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from django import forms
from django.db import models

from noaber.apps.accounts.acting import ActingRequest
from noaber.apps.accounts.functions import read_function
from noaber.apps.accounts.services import do_once
from noaber.apps.records.history import history_of
from noaber.apps.records.models import Change
from noaber.apps.records.rows import lock_row
from noaber.core.edits import read_digests
from noaber.core.problems import InvalidInput, NotAllowed
from noaber.web import wording
from noaber.web.edits import Clash, bring_together, clash, clashing
from noaber.web.forms import add_problems

_LONGEST_TOKEN: Final = 40
_NOT_WORDS: Final = ("csrfmiddlewaretoken", "once")


@dataclass(frozen=True)
class Stands:
    """What a form changes, as it stands at the moment of saving.

    Parameters
    ----------
    record
        The record that the form was opened for.
    initial
        The form's initial values, from the record as it was just read again.
    lock
        The row that every service locks before it writes the record; the record itself where none is given.
    history
        The record whose history says who changed it; the record itself where none is given.
    names
        Under which names that history keeps the fields of the form, where it knows them by others.
    """

    record: models.Model
    initial: Callable[[Any], Mapping[str, Any]]
    lock: models.Model | None = None
    history: models.Model | None = None
    names: Mapping[str, str] | None = None

    def read(self) -> Mapping[str, Any]:
        """The initial values now; nobody else writes until the transaction ends.

        Raises
        ------
        NotFound
            Where the record was taken out meanwhile.
        """
        for row in (self.lock, self.record):
            if row is not None:
                found = lock_row(type(row)._base_manager.all(), row.pk)
        return self.initial(found)

    def last_change(self, name: str) -> Change | None:
        """The newest change of a field, as far as its history can tell; else that of the record."""
        changes = history_of(self.history or self.record)
        named = (self.names or {}).get(name, name)
        return next((change for change in changes if named in change.fields), next(iter(changes), None))


def save_once(request: ActingRequest, form: forms.BaseForm, work: Callable[[], str]) -> str:
    """Do the work of a valid form once; answers where to go, and nothing where the form says what keeps it."""
    return _save(request, form, work, request.POST.get("once", ""))


def save_seen(request: ActingRequest, form: forms.BaseForm, work: Callable[[], str]) -> str:
    """As `save_once`, for a form that carries what was `seen`: sent again with other words, it is another."""
    return _save(request, form, work, token_of(request))


def _save(request: ActingRequest, form: forms.BaseForm, work: Callable[[], str], token: str) -> str:
    if not form.is_valid():
        return ""
    try:
        return do_once(token, request.acting.person, work)
    except InvalidInput as error:
        add_problems(form, error.problems)
    except NotAllowed as error:
        form.add_error(None, wording.problem(error.problem))
    return ""


class _Refused(Exception):
    """The form says what keeps it from being saved; what was begun is undone."""


def save_edit(request: ActingRequest, form: forms.BaseForm, stands: Stands | None, work: Callable[[], str]) -> str:
    """Do the work of a form, merged with what others saved since it was opened, once; answers where to go.

    Nothing where the form says what keeps it: fields that both changed stand side by side, something in it is wrong, or
    the record has gone on to a state that does not let it be changed. What was written stays in the form. Without
    `stands` nothing is there yet that others could have changed.
    """
    if stands is None:
        return save_once(request, form, work)

    def once(merged: Callable[[], str]) -> str:
        return do_once(token_of(request), request.acting.person, merged)

    return merge_edit(form, stands, work, once)


def merge_edit(
    form: forms.BaseForm, stands: Stands, work: Callable[[], str], do: Callable[[Callable[[], str]], str]
) -> str:
    """As `save_edit`, for whoever it is: `do` does all of it in one transaction."""

    def merged() -> str:
        conflicts = bring_together(form, stands.read())
        if conflicts:
            clashes = [_clash(form, stands, names) for names in clashing(form, conflicts)]
            form.clashes = clashes  # type: ignore[attr-defined]
        if conflicts or not form.is_valid():
            raise _Refused
        return work()

    try:
        return do(merged)
    except _Refused:
        return ""
    except InvalidInput as error:
        add_problems(form, error.problems)
    except NotAllowed as error:
        form.add_error(None, wording.problem(error.problem))
        form.overtaken = True  # type: ignore[attr-defined]
    return ""


def _clash(form: forms.BaseForm, stands: Stands, names: tuple[str, ...]) -> Clash:
    change = stands.last_change(names[0])
    if change is None:
        return clash(form, names, "", None)
    organisation = change.organisation.code if change.organisation else ""
    return clash(form, names, ", ".join(filter(None, (organisation, read_function(change.by)))), change.at)


def seen_of(request: ActingRequest, key: str) -> str | None:
    """The digest of what the page showed under `key`: empty where nothing stood there, None where it did not say."""
    seen = request.POST.get("seen")
    return None if seen is None else read_digests(seen).get(key, "")


def token_of(request: ActingRequest) -> str:
    """The token of the form with these words: who goes back, writes on and saves again has not done so before."""
    once = request.POST.get("once", "")
    if not once:
        return ""
    words = sorted((name, values) for name, values in request.POST.lists() if name not in _NOT_WORDS)
    return sha256(f"{once} {words}".encode()).hexdigest()[:_LONGEST_TOKEN]

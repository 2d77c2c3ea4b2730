"""What search reads of a record."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from noaber.apps.accounts.models import Organisation
from noaber.core.messages.model import FreeText


@dataclass(frozen=True)
class IndexDocument:
    """What a record is found by, and sorted under.

    Only what everyone may read who sees the record: to be found by a word is to be told that it is there.

    Parameters
    ----------
    title, texts
        With their languages; a name in four languages is four texts. Excerpts are cut from `texts`.
    codes
        Coded words as "list:code" ("hazard:flood", "capability:HCP", "territory:BE33", "theme:elections"): the
        record is found by their names in all four languages.
    organisations
        Found by their codes and names.
    owner, on
        Whose it is and its day: facets.
    languages
        Those of the texts where it is empty.
    status
        Of a record that is Actual, Exercise or Test.
    """

    title: tuple[FreeText, ...]
    texts: tuple[FreeText, ...] = ()
    codes: tuple[str, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    owner: Organisation | None = None
    on: datetime.date | None = None
    languages: tuple[str, ...] = ()
    status: str = ""

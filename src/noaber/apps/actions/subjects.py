"""What a recommendation is about where no record can be linked: a gap between agreements, as codes.

Gaps are computed from the texts, so they have no row. The codes stay; the title is said in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from noaber.apps.records.kinds import kind_of
from noaber.apps.registry.coded import capability_name, hazard_name, territory_name
from noaber.apps.registry.models import AgreementRow
from noaber.apps.registry.presenters.agreements import title_of
from noaber.apps.registry.presenters.legal_words import FIELDS
from noaber.apps.registry.queries.agreements import agreement_of
from noaber.core.agreements import ESTABLISHED_FIELDS

_GAP: Final = "gap"
MAPPED: Final = ("agreement", "capacity", "contact")
"""The kinds of record of the mapping from whose pages one recommends something, or makes an action."""


@dataclass(frozen=True)
class GapSubject:
    """Two or more places between which no text covers a capability in a hazard; empty stands for any.

    Parameters
    ----------
    parties
        NUTS 2021 codes of the territories.
    """

    parties: tuple[str, ...]
    capability: str = ""
    hazard: str = ""

    @property
    def title(self) -> str:
        parties = " – ".join(territory_name(code) for code in self.parties)
        help_given = capability_name(self.capability) if self.capability else _("help of any kind")
        hazard = hazard_name(self.hazard) if self.hazard else _("any hazard")
        return _("No text between %(parties)s: %(help)s, %(hazard)s") % {
            "parties": parties,
            "help": help_given,
            "hazard": hazard,
        }


def encode_subject(subject: GapSubject | None) -> dict[str, Any]:
    """As JSON can hold it; nothing for none."""
    if subject is None:
        return {}
    return {
        "kind": _GAP,
        "parties": list(subject.parties),
        "capability": subject.capability,
        "hazard": subject.hazard,
    }


def decode_subject(stored: Mapping[str, Any]) -> GapSubject | None:
    """The inverse of `encode_subject`."""
    if stored.get("kind") != _GAP:
        return None
    return GapSubject(tuple(stored["parties"]), stored["capability"], stored["hazard"])


def first_words(record: Any, field: str) -> str:
    """How a recommendation about something of the mapping begins: about a fact of a text that nobody has established,
    else about the record; nothing for a record that only led to it."""
    if not isinstance(record, AgreementRow) or field not in ESTABLISHED_FIELDS:
        return _about(record) if record is not None and kind_of(record).code in MAPPED else ""
    told = {"text": title_of(agreement_of(record)), "field": FIELDS[field]}
    return _("Unknown in “%(text)s”: %(field)s.") % told


def _about(record: Any) -> str:
    return _("About “%(title)s”:") % {"title": kind_of(record).title(record)} + " "

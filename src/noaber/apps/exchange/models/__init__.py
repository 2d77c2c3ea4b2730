"""The tables: the journal (the truth), what is folded from it, and drafts (before there is a message)."""

from noaber.apps.exchange.models.drafts import DraftState, RequestDraft
from noaber.apps.exchange.models.journal import (
    ID_LENGTH,
    JournalEntry,
    JournalHead,
    KindOfEntry,
    Payload,
    Quarantine,
    SigningKey,
)
from noaber.apps.exchange.models.named_teams import NamedTeam
from noaber.apps.exchange.models.projections import (
    Deployment,
    Offer,
    Request,
    RequestLine,
    ThreadRow,
    Waiting,
    slug_of,
)

__all__ = [
    "ID_LENGTH",
    "Deployment",
    "DraftState",
    "JournalEntry",
    "JournalHead",
    "KindOfEntry",
    "NamedTeam",
    "Offer",
    "Payload",
    "Quarantine",
    "Request",
    "RequestDraft",
    "RequestLine",
    "SigningKey",
    "ThreadRow",
    "Waiting",
    "slug_of",
]

"""Who sees a record, and why: the sharing rule told in words, with every reason that each reader has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import GroupCapacity, TlpLabel
from noaber.apps.accounts.models import GroupMembership, Organisation, Responsibility
from noaber.apps.accounts.sharing import OPEN_LABELS, SharedRecord, territory_of
from noaber.reference.territories import find_territory
from noaber.web.reader import reader_language


@dataclass(frozen=True)
class Reason:
    """Why somebody sees it, as a sentence with a place for its params; by law, where no label takes it away."""

    text: str | Promise
    by_law: bool = False


@dataclass(frozen=True)
class Reader:
    """An organisation that sees it, with its reasons, the strongest first."""

    organisation: Organisation
    reasons: tuple[Reason, ...]

    @property
    def by_law(self) -> bool:
        return any(reason.by_law for reason in self.reasons)


@dataclass(frozen=True)
class WhoSees:
    """Everyone who sees a record; `everyone` where the label is TLP:CLEAR and whoever works here does."""

    readers: tuple[Reader, ...]
    everyone: bool = False

    @property
    def by_law(self) -> bool:
        """Whether the law adds somebody."""
        return any(reader.by_law for reader in self.readers)


Found = tuple[Organisation, Reason]


def who_sees(record: SharedRecord) -> WhoSees:
    """The readers of a shared record; those of TLP:CLEAR are named only where there is a reason besides."""
    found = [(record.owner, Reason(_("owns it"))), *_by_law(territory_of(record)), *_addressed(record)]
    return WhoSees(gather_readers([*found, *_by_groups(record)]), everyone=record.tlp == TlpLabel.CLEAR)


def gather_readers(found: Iterable[Found]) -> tuple[Reader, ...]:
    """Each organisation once, with its reasons in the order in which they were found."""
    reasons: dict[int, list[Reason]] = defaultdict(list)
    known: dict[int, Organisation] = {}
    for organisation, reason in found:
        known.setdefault(organisation.pk, organisation)
        if reason not in reasons[organisation.pk]:
            reasons[organisation.pk].append(reason)
    return tuple(Reader(organisation, tuple(reasons[key])) for key, organisation in known.items())


def territory_words(code: str) -> str:
    """What the reader's language calls a territory, with its code."""
    known = find_territory(code)
    return f"{known.names.in_language(reader_language())} ({code})" if known is not None else code


def _by_law(territory: str) -> Iterator[Found]:
    if not territory:
        return
    rows = Responsibility.objects.filter(territory=territory).select_related("organisation")
    for row in sorted(rows, key=lambda one: (len(one.answers_for), one.organisation.code)):
        text = _("answers for %(territory)s") % {"territory": territory_words(row.answers_for)}
        yield row.organisation, Reason(text, by_law=True)


def _addressed(record: SharedRecord) -> Iterator[Found]:
    for organisation in record.addressees.order_by("code"):
        yield organisation, Reason(_("is addressed"))


def _by_groups(record: SharedRecord) -> Iterator[Found]:
    if record.tlp == TlpLabel.RED:
        return
    seats: Any = GroupMembership.objects.filter(group__in=record.groups.all()).select_related("organisation", "group")
    if record.tlp not in OPEN_LABELS:
        seats = seats.exclude(capacity=GroupCapacity.OBSERVER)
    for seat in seats.order_by("organisation__code", "group__code"):
        yield seat.organisation, Reason(_("belongs to %(group)s") % {"group": seat.group.name})

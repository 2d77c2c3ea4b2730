"""Which lines of a sent request still say an old deadline, because that of their need has moved since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from noaber.apps.exchange.need_deadlines import NeedDeadline
from noaber.apps.registry.coded import counted_capability
from noaber.core.deadlines import Deadline, is_told_otherwise
from noaber.web import clock, wording


class SentLine(Protocol):
    """A line as it was sent, and what came of it: a row, or folded from the messages."""

    @property
    def capability(self) -> str: ...
    @property
    def quantity(self) -> int: ...
    @property
    def need_id(self) -> str: ...
    @property
    def needed_at(self) -> datetime | None: ...
    @property
    def latest_at(self) -> datetime | None: ...
    @property
    def provisional(self) -> int: ...
    @property
    def offered(self) -> int: ...
    @property
    def accepted(self) -> int: ...
    @property
    def committed(self) -> int: ...
    @property
    def is_declined(self) -> bool: ...


@dataclass(frozen=True)
class OldMoment:
    """A line that says `told` where its need says `stated` now."""

    what: str
    told: Deadline
    stated: Deadline

    @property
    def words(self) -> str:
        """4 boat teams: it says needed by 21:00, now it is 22:00."""
        if self.told.needed_by != self.stated.needed_by:
            params = {"what": self.what, "told": _at(self.told.needed_by), "now": _at(self.stated.needed_by)}
            return _("%(what)s: they were told “needed by %(told)s”; now it is %(now)s.") % params
        before, after = self.told.useless_after, self.stated.useless_after
        params = {"what": self.what, "told": _at(before), "now": _at(after)}
        if after is None:
            return _("%(what)s: they were told “of no use after %(told)s”; now late help is still help.") % params
        if before is None:
            return _("%(what)s: of no use after %(now)s now; they were told of no such end.") % params
        return _("%(what)s: they were told “of no use after %(told)s”; now it is %(now)s.") % params

    @property
    def message(self) -> str:
        """What the other side is told, where the request is not sent anew."""
        if self.told.needed_by != self.stated.needed_by:
            return _("%(what)s: needed by %(now)s now.") % {"what": self.what, "now": _at(self.stated.needed_by)}
        if self.stated.useless_after is None:
            return _("%(what)s: late help is still help now.") % {"what": self.what}
        params = {"what": self.what, "now": _at(self.stated.useless_after)}
        return _("%(what)s: of no use after %(now)s now.") % params


def old_moments(lines: Iterable[SentLine], stated: Mapping[str, NeedDeadline]) -> tuple[OldMoment, ...]:
    """The lines that say otherwise than their needs do; one that was declined brings nobody to be told."""
    return tuple(_old_moments(lines, stated))


def is_unanswered(lines: Iterable[SentLine]) -> bool:
    """Whether nothing is offered or promised yet, so that a request may be replaced without undoing an answer."""
    return not any(line.provisional or line.offered or line.accepted or line.committed for line in lines)


def _old_moments(lines: Iterable[SentLine], stated: Mapping[str, NeedDeadline]) -> Iterator[OldMoment]:
    for line in lines:
        need = stated.get(line.need_id)
        if need is None or line.needed_at is None or line.is_declined:
            continue
        told = Deadline(line.needed_at, line.latest_at)
        if is_told_otherwise(told, need.deadline):
            what = counted_capability(line.quantity, line.capability)
            yield OldMoment(what, told.to_minute, need.deadline.to_minute)


def _at(moment: datetime | None) -> str:
    return str(wording.moment(moment, clock.now())) if moment else ""

"""The texts of an answer, or of a whole matrix, narrowed to those of some levels or with some channel.

Which texts count is asked after everything else was read: a text that is set aside still replaces others, and others
still take rules from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from noaber.core.agreements.answer import Answer, Verdict, verdict_of
from noaber.core.agreements.basis import Basis, inherited
from noaber.core.agreements.model import Absent, Agreement
from noaber.core.agreements.tiers import BELOW_UNION, Tier, tier_of


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which texts below the Union mechanism count.

    Parameters
    ----------
    tiers
        Of these levels.
    channel
        Only with this channel, its own or that of the text that it carries out; empty for any.
    """

    tiers: frozenset[Tier] = frozenset(BELOW_UNION)
    channel: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is set aside."""
        return self.tiers >= set(BELOW_UNION) and not self.channel

    def keeps(self, text: Agreement, by_id: Mapping[str, Agreement]) -> bool:
        """Whether a text counts; `by_id` holds the others, for what it takes from them."""
        if tier_of(text) not in self.tiers:
            return False
        channels = inherited("channels", text, by_id)
        return not self.channel or (not isinstance(channels, Absent) and self.channel in channels)


EVERY_TEXT = Narrowing()


def narrow_answer(answer: Answer, narrowing: Narrowing, by_id: Mapping[str, Agreement]) -> Answer:
    """The same answer where only the texts that the narrowing keeps count; the Union mechanism stays as it is."""
    if answer.verdict is Verdict.HOME or narrowing.is_whole:
        return answer

    def kept(bases: tuple[Basis, ...]) -> tuple[Basis, ...]:
        return tuple(basis for basis in bases if narrowing.keeps(basis.agreement, by_id))

    bases = kept(answer.bases)
    return replace(answer, bases=bases, verdict=verdict_of(bases), others=kept(answer.others))

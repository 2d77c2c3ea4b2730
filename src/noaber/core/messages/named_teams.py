"""Whose teams an exchange is about, and the part of it that is about some of them.

The law lets an organisation read of an exchange between others what concerns teams that it owns or releases: the lines
that ask for them by name or to which they were offered, these offers, and what came of them. Nothing else of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from noaber.core.messages.thread import Thread


@dataclass(frozen=True)
class NamedTeam:
    """A team that an exchange names.

    Parameters
    ----------
    unit
        "OWNER:CODE"; without a code where only its owner was said.
    line_id
        The line that asks for it, or to which it was offered; empty for an offer that nobody asked for.
    offer_id
        The offer, which is the deployment's id too; empty where the line asks for it by name.
    """

    owner: str
    unit: str
    line_id: str
    offer_id: str = ""

    @property
    def subjects(self) -> frozenset[str]:
        """What of the exchange is about it."""
        return frozenset((self.line_id, self.offer_id)) - {""}


def named_teams(thread: Thread) -> list[NamedTeam]:
    """Every team that a line asks for by name, or that was offered, each once; a line that was declined names none."""
    return list(dict.fromkeys([*_asked_for(thread), *_offered(thread)]))


def _asked_for(thread: Thread) -> Iterator[NamedTeam]:
    for line in thread.request.lines if thread.request else ():
        for unit in line.information.planned_units if line.information else ():
            owner = unit.partition(":")[0]
            if owner:
                yield NamedTeam(owner, unit, line.element_id)


def _offered(thread: Thread) -> Iterator[NamedTeam]:
    for offer in thread.offers:
        if offer.owner and offer.quantity:
            yield NamedTeam(offer.owner, f"{offer.owner}:{offer.team_id}", offer.line_id, offer.id)


def part_about(thread: Thread, subjects: Collection[str]) -> Thread:
    """The exchange cut to some lines and offers: of its messages only the one that opened it.

    A line is seen whole, with how many teams it has: whether it still lacks any concerns everyone asked for it.
    """
    request = thread.request
    if request is not None:
        request = replace(request, lines=tuple(line for line in request.lines if line.element_id in subjects))
    return replace(
        thread,
        request=request,
        offers=tuple(offer for offer in thread.offers if offer.id in subjects),
        deployments=tuple(item for item in thread.deployments if item.id in subjects),
        questions=(),
        history=tuple(entry for entry in thread.history if entry.message.message_id == thread.thread_id),
        parked=(),
        conflicts=(),
        waits=tuple(wait for wait in thread.waits if wait.subject_id in subjects),
        untimed=None,
    )

"""May this help come here, under which text, asked by whom, through which channel, and who pays?

One pure function, `may_help`, reads the texts and answers *yes*, *no text* or *unknown*; help inside one country
needs none. Each text that counts is a `Basis` with all that a page about the pair needs. The Union mechanism covers
every pair of its states: it is kept apart, so that *no text* means none below it. The order of the bases is in
`order_key`; what is inherited from a text that another one carries out is in `basis.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from noaber.core.agreements.basis import Aspect, Basis, Finding, make_basis
from noaber.core.agreements.force import ForceFinding, force_on, match_of_force
from noaber.core.agreements.model import Agreement, Level
from noaber.core.agreements.scope import Match, Territories, country_of


class Verdict(StrEnum):
    """The answer, as it is shown."""

    HOME = "home"
    """Inside one country: no text is needed."""
    YES = "yes"
    UNKNOWN = "unknown"
    """Some text may cover it; whether it does is not established."""
    NO_TEXT = "no-text"
    """No text below the Union mechanism covers it."""


_VERDICTS = {Match.YES: Verdict.YES, Match.UNKNOWN: Verdict.UNKNOWN, Match.NO: Verdict.NO_TEXT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One help, from one owner, to one place.

    Parameters
    ----------
    owner_territory, place_territory
        NUTS 2021 codes, as fine as they are known.
    capability, hazard
        Codes of the vocabulary; `None` asks for any at all (yes only from a text that leaves none out).
    owner
        The owning organisation's code; `None` where it is not known.
    """

    owner_territory: str
    place_territory: str
    capability: str | None = None
    hazard: str | None = None
    owner: str | None = None

    @property
    def is_inside_one_country(self) -> bool:
        """Whether owner and place lie in the same country."""
        return country_of(self.owner_territory) == country_of(self.place_territory)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the texts say to a question on a day.

    Parameters
    ----------
    bases
        The texts that cover it, or may, below the Union mechanism; in the order of `order_key`.
    union
        The same, of the Union mechanism: its own level, with its own channel, shown last.
    others
        Texts that stand between the two sides but give no basis, each with the reasons.
    """

    question: Question
    on: date
    verdict: Verdict
    bases: tuple[Basis, ...] = ()
    union: tuple[Basis, ...] = ()
    others: tuple[Basis, ...] = ()

    @property
    def best(self) -> Basis | None:
        """The text that one names first; `None` at home and where there is none."""
        return self.bases[0] if self.bases else None


def may_help(question: Question, agreements: Iterable[Agreement], on: date) -> Answer:
    """Answer one question from the texts.

    Parameters
    ----------
    question
        Who would help where, with what, at which hazard.
    agreements
        All texts known, of every level and time; those not in force on the day do not count.
    on
        The day.

    Returns
    -------
    Answer
        `HOME` inside one country. Else `YES` where some text below the Union mechanism covers the question surely;
        `UNKNOWN` where one may, but territory, help, hazard or force is not established; `NO_TEXT` where none does.
    """
    if question.is_inside_one_country:
        return Answer(question=question, on=on, verdict=Verdict.HOME)
    inventory = tuple(agreements)
    bases = sorted(_bases_between(question, inventory, on), key=lambda basis: order_key(basis.agreement, basis.match))
    usable = [basis for basis in bases if basis.match is not Match.NO]
    below = tuple(basis for basis in usable if basis.agreement.level is not Level.UNION)
    return Answer(
        question=question,
        on=on,
        verdict=verdict_of(below),
        bases=below,
        union=tuple(basis for basis in usable if basis.agreement.level is Level.UNION),
        others=tuple(basis for basis in bases if basis.match is Match.NO),
    )


def verdict_of(bases: Iterable[Basis]) -> Verdict:
    """What some texts below the Union mechanism come to, across a border: the surest of them counts."""
    return _VERDICTS[max((basis.match for basis in bases), default=Match.NO)]


def order_key(agreement: Agreement, match: Match) -> tuple[int, int, int, int, int, str]:
    """The order in which texts are named: the surest first, then the nearest and most special.

    Sure before unknown; local, region, state, Union; fewer parties before more; a text before the one that carries
    it out; the newest signature first, unknown days last; then by id.
    """
    signed = agreement.signed.toordinal() if isinstance(agreement.signed, date) else 0
    return (
        -match,
        agreement.level.rank,
        len(agreement.parties),
        1 if agreement.implements else 0,
        -signed,
        agreement.id,
    )


def findings_for(question: Question, agreement: Agreement, force: ForceFinding) -> tuple[Finding, ...]:
    """Each aspect of the question against one text, in a fixed order."""
    return (
        _territory_finding(Aspect.PROVIDER, agreement.providers, question.owner_territory),
        Finding(Aspect.OWNER, match_owner(agreement.provider_organisations, question.owner)),
        _territory_finding(Aspect.RECEIVER, agreement.receivers, question.place_territory),
        Finding(Aspect.HELP, agreement.help_types.match(question.capability)),
        Finding(Aspect.HAZARD, agreement.hazards.match(question.hazard)),
        Finding(Aspect.FORCE, match_of_force(force), force.value),
    )


def match_owner(organisations: Sequence[str], owner: str | None) -> Match:
    """Whether an organisation may help under a text that names who does; "DE-THW-NW" is a part of "DE-THW"."""
    if not organisations:
        return Match.YES
    if owner is None:
        return Match.UNKNOWN
    return Match.YES if any(f"{owner}-".startswith(f"{code}-") for code in organisations) else Match.NO


def _territory_finding(aspect: Aspect, territories: Territories, territory: str) -> Finding:
    match = territories.match(territory)
    if match is not Match.UNKNOWN:
        return Finding(aspect, match)
    finer = any(code.startswith(territory) for code in territories.codes)
    return Finding(aspect, match, "finer-territory" if finer else "extent-not-established")


def _bases_between(question: Question, inventory: Sequence[Agreement], on: date) -> Iterable[Basis]:
    """A basis, usable or not, for each text that stands between the two sides."""
    by_id = {agreement.id: agreement for agreement in inventory}
    for agreement in inventory:
        if not agreement.stands_between(question.owner_territory, question.place_territory):
            continue
        successors = [other for other in inventory if agreement.id in other.replaces]
        findings = findings_for(question, agreement, force_on(agreement, successors, on))
        yield make_basis(agreement, findings, by_id, question.owner_territory, question.place_territory)

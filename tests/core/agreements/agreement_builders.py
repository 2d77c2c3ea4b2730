"""Agreements for the tests, with only what matters spelled out; and strategies that make any of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from noaber.core.agreements import (
    EVERYTHING,
    NONE,
    NOT_ESTABLISHED,
    UNKNOWN,
    Agreement,
    Authority,
    CertificateRule,
    Checked,
    Confidence,
    CostRule,
    Kind,
    Level,
    Match,
    Remark,
    Scope,
    Source,
    Territories,
    Trigger,
    Wording,
)

SIGNED = date(2000, 1, 1)
LATER = date(2024, 6, 24)


def agreement(identifier: str = "A", **fields: Any) -> Agreement:
    """A treaty between AA and BB, in force since 2000, for every help and hazard."""
    made = Agreement(
        id=identifier,
        title=Wording(en=f"Text {identifier}"),
        kind=Kind.TREATY,
        level=Level.STATE,
        parties=("AA", "BB"),
        providers=Territories(("AA", "BB")),
        receivers=Territories(("AA", "BB")),
        checked=Checked(LATER, "a test"),
        confidence=Confidence.SOURCED,
        sources=(Source(1, "https://example.org/text"),),
        signed=SIGNED,
        in_force=SIGNED,
        valid_until=NONE,
        help_types=EVERYTHING,
        hazards=EVERYTHING,
    )
    return replace(made, **fields)


def sides(*codes: str, within: tuple[str, ...] = ()) -> dict[str, Territories]:
    """The same territories on both sides."""
    territories = Territories(codes, within)
    return {"providers": territories, "receivers": territories}


COUNTRIES = ("AA", "BB", "CC")
HELPS = ("HCP", "AMB", "FRB")
HAZARDS = ("flood", "wildfire")
OWNERS = ("AA-1", "AA-1-X", "BB-1", "CC-1")

territory_codes = st.builds(
    lambda country, tail: country + tail, st.sampled_from(COUNTRIES), st.text(alphabet="12", max_size=3)
)
days = st.dates(date(1999, 1, 1), date(2003, 12, 31))
wordings = st.builds(Wording, en=st.just("A text."), nl=st.sampled_from(("", "Een tekst.")))


def scopes(codes: tuple[str, ...]) -> st.SearchStrategy[Scope]:
    """Any split of the codes into yes, no, unknown and the rest."""
    kinds = st.fixed_dictionaries({code: st.sampled_from(("yes", "no", "unknown", "rest")) for code in codes})

    def split(kind_of: dict[str, str], otherwise: Match) -> Scope:
        named = {kind: frozenset(code for code in codes if kind_of[code] == kind) for kind in ("yes", "no", "unknown")}
        return Scope(**named, otherwise=otherwise)

    return st.one_of(
        st.sampled_from((EVERYTHING, NOT_ESTABLISHED)), st.builds(split, kinds, st.sampled_from(tuple(Match)))
    )


territories = st.builds(
    Territories, st.lists(territory_codes, max_size=3).map(tuple), st.lists(territory_codes, max_size=1).map(tuple)
)
authorities = st.builds(
    Authority,
    role=st.sampled_from(("minister", "prefect")),
    territory=st.one_of(st.just("*"), territory_codes),
    organisation=st.sampled_from(("", "AA-1")),
    signs=st.booleans(),
)
absent = st.sampled_from((UNKNOWN, NONE))
remarks = st.dictionaries(
    st.sampled_from(("signed", "cost_rule")),
    st.builds(Remark, st.sampled_from(Confidence), st.just((1,)), st.one_of(st.none(), wordings)),
    max_size=2,
)


@st.composite
def covering(draw: st.DrawFn, identifier: str = "A", others: tuple[str, ...] = ()) -> Agreement:
    """Any coverage of places, helps, hazards and days; the rules left as they are. `others` may be related."""
    level = draw(st.sampled_from(Level))
    related = st.sampled_from(((), *((other,) for other in others)))
    return agreement(
        identifier,
        level=level,
        parties=("EU",) if level is Level.UNION else draw(st.sampled_from((("AA", "BB"), ("AA", "BB", "CC")))),
        providers=draw(territories),
        receivers=draw(territories),
        provider_organisations=draw(st.sampled_from(((), (), ("AA-1",)))),
        signed=draw(st.one_of(absent, days)),
        in_force=draw(st.one_of(absent, days)),
        counted_from=draw(st.one_of(st.none(), days)),
        valid_until=draw(st.one_of(absent, days)),
        replaces=draw(related),
        implements=draw(related),
        help_types=draw(scopes(HELPS)),
        hazards=draw(scopes(HAZARDS)),
    )


@st.composite
def agreements(draw: st.DrawFn, identifier: str = "A") -> Agreement:
    """Any agreement, in any state of knowledge of every field."""
    return replace(
        draw(covering(identifier, others=("Z",))),
        kind=draw(st.sampled_from(Kind)),
        requester_roles=draw(st.one_of(absent, st.lists(authorities, min_size=1, max_size=2).map(tuple))),
        channels=draw(st.one_of(absent, st.just(("direct",)))),
        trigger=draw(st.one_of(absent, st.sampled_from(Trigger))),
        border_rule=draw(st.one_of(absent, wordings)),
        certificate_required=draw(st.one_of(absent, st.sampled_from(CertificateRule))),
        cost_rule=draw(st.one_of(absent, st.sampled_from(CostRule))),
        cost_exceptions=draw(st.lists(wordings, max_size=1).map(tuple)),
        notes=draw(st.lists(wordings, max_size=1).map(tuple)),
        remarks=draw(remarks),
    )


inventories = st.tuples(covering("A"), covering("B", others=("A",)), covering("C", others=("A", "B")))
"""Three texts that may replace or carry out those before them, never in a circle."""

"""The facts of each instrument, written by hand from the notes, held against the data: what was read cannot rot.

A column holds what the notes say: days, relations, the four rules of choice, and which rules are known (a dot where the
notes say nothing, `none` where the text itself is silent and leaves it to another).
"""

from __future__ import annotations

from datetime import date

import pytest

from noaber.core.agreements import NONE, UNKNOWN, Absent, Agreement, Confidence
from noaber.reference import agreements

BY_ID = {text.id: text for text in agreements()}

FACTS = """
id                     level   signed      in-force    trigger                 certificate  cost     exceptions
BNL-2006               state   2006-06-01  .           .                       .            .        0
NL-BE-1984             state   1984-11-14  1988-11-01  .                       .            .        0
NL-BE-1990             region  1990-02-05  .           none                    none         none     0
BE-LU-2015             state   2015-02-05  .           own-means-insufficient  .            .        0
BE-DE-1980             state   1980-11-06  .           on-request              .            .        1
BE-DG-DE-COMMUNES      local   .           .           .                       .            .        0
NL-DE-1988             state   1988-06-07  1997-03-01  own-means-insufficient  yes          free     4
NL-NW-2014             region  2014-04-30  .           none                    none         none     0
NL-NI-2014             region  .           .           none                    none         none     0
NL-DE-THW-2010         region  .           .           .                       .            .        0
LU-DE-1978             state   1978-03-02  .           .                       .            .        0
DE-FR-1977             state   1977-02-03  1980-12-01  .                       .            .        1
BE-FR-1981             state   1981-04-21  .           .                       .            free     0
BE-FR-2019             state   2019-07-18  .           none                    none         none     0
BE-WV-FR-NORD-1999     region  1999-10-15  .           none                    none         none     0
FR-LU-2015             state   2015-05-26  .           own-means-insufficient  .            free     0
EU-UCPM-2013           union   .           2014-01-01  .                       .            partly   1
EU-UCPM-2025-704       union   2025-04-10  .           none                    none         none     0
BNL-AMB-NL-BE-2009     state   2009-12-08  2010-02-01  own-means-insufficient  .            .        0
BNL-AMB-BE-LU-2012     state   .           .           own-means-insufficient  .            .        0
BNL-AMB-BE-LU-2016     state   2016-11-28  .           none                    none         none     0
EMRIC-EUMED            local   .           .           none                    none         none     0
KLEVE-GELDERLAND-ZUID  local   .           .           .                       .            .        0
NL-DE-ANHOLT-1991      local   .           .           none                    none         none     0
BNL-NW-2008            region  2008-12-09  .           none                    none         none     0
"""

RULES = """
id                     border  command  liability  claim  asks   grants  channel  help   hazards
BNL-2006               .       .        .          .      known  known   known    .      known
NL-BE-1984             known   .        .          .      known  known   .        known  known
NL-BE-1990             none    none     none       none   known  known   .        none   none
BE-LU-2015             .       .        .          .      known  known   known    known  known
BE-DE-1980             .       known    .          .      known  known   .        known  known
BE-DG-DE-COMMUNES      .       .        .          .      known  known   .        known  .
NL-DE-1988             known   known    known      .      known  known   .        known  known
NL-NW-2014             none    none     none       none   known  known   .        none   none
NL-NI-2014             none    none     none       none   known  known   .        none   none
NL-DE-THW-2010         .       .        .          .      known  known   known    .      .
LU-DE-1978             .       .        .          .      .      .       .        known  known
DE-FR-1977             .       .        .          .      known  known   .        known  known
BE-FR-1981             known   .        .          none   known  known   .        known  known
BE-FR-2019             none    none     none       none   known  known   known    known  .
BE-WV-FR-NORD-1999     none    none     none       none   known  known   known    .      .
FR-LU-2015             known   known    known      none   known  known   known    known  known
EU-UCPM-2013           .       known    .          known  known  known   known    known  known
EU-UCPM-2025-704       none    none     none       none   none   none    none     none   none
BNL-AMB-NL-BE-2009     .       known    .          .      known  known   known    known  known
BNL-AMB-BE-LU-2012     .       .        .          .      known  known   known    known  known
BNL-AMB-BE-LU-2016     known   none     none       none   known  known   known    known  known
EMRIC-EUMED            known   known    none       none   known  known   known    .      known
KLEVE-GELDERLAND-ZUID  .       .        .          .      .      .       known    .      .
NL-DE-ANHOLT-1991      none    none     none       none   known  known   .        none   none
BNL-NW-2008            none    none     none       none   none   none    none     none   none
"""

RELATIONS = """
NL-BE-1990          supplements  NL-BE-1984
BE-LU-2015          replaces     Convention Belgique–Luxembourg de 1970
NL-NW-2014          implements   NL-DE-1988
NL-NI-2014          implements   NL-DE-1988
BE-FR-2019          implements   BE-FR-1981
BE-WV-FR-NORD-1999  implements   BE-FR-1981
FR-LU-2015          replaces     Convention France–Luxembourg du 10 décembre 1962, avec son avenant
EU-UCPM-2025-704    replaces     2014/762/EU
EU-UCPM-2025-704    replaces     (EU) 2019/1310
EU-UCPM-2025-704    implements   EU-UCPM-2013
BNL-AMB-BE-LU-2016  supplements  BNL-AMB-BE-LU-2012
EMRIC-EUMED         implements   NL-BE-1984
EMRIC-EUMED         implements   BE-DE-1980
EMRIC-EUMED         implements   NL-DE-1988
"""

PARTIES = """
BNL-2006               BE NL LU
NL-BE-1984             NL BE
NL-BE-1990             NL BE
BE-LU-2015             BE LU
BE-DE-1980             BE DE
BE-DG-DE-COMMUNES      BE-Z-LG6 DE
NL-DE-1988             NL DE
NL-NW-2014             NL DE-NW
NL-NI-2014             NL DE-NI
NL-DE-THW-2010         DE-THW-NW NL
LU-DE-1978             LU DE
DE-FR-1977             DE FR
BE-FR-1981             BE FR
BE-FR-2019             BE FR
BE-WV-FR-NORD-1999     BE-P-WV FR-59
FR-LU-2015             FR LU
EU-UCPM-2013           EU
EU-UCPM-2025-704       EU
BNL-AMB-NL-BE-2009     NL BE
BNL-AMB-BE-LU-2012     BE LU
BNL-AMB-BE-LU-2016     BE LU
EMRIC-EUMED            EMRIC NL-VR24 NL-GGD-ZL DE-STADT-AACHEN DE-AACHEN DE-HEINSBERG BE-P-LI BE-P-LG
KLEVE-GELDERLAND-ZUID  DE-KLEVE NL-VR08
NL-DE-ANHOLT-1991      NL DE
BNL-NW-2008            BE NL LU DE-NW
"""

WORDS = [
    ("NL-DE-1988", "cost_exceptions", "half of the cost of aircraft"),
    ("NL-DE-1988", "cost_exceptions", "repaid by the requester (28 February 1996)"),
    ("NL-DE-1988", "cost_exceptions", "only if the ministry ordered the help beforehand"),
    ("NL-DE-1988", "liability_rule", "except for intent"),
    ("NL-DE-1988", "border_rule", "any crossing point after telling border guard and customs"),
    ("BE-DE-1980", "cost_exceptions", "only if the ministry ordered the help beforehand"),
    ("FR-LU-2015", "liability_rule", "the requester compensates third parties"),
    ("FR-LU-2015", "notes", "nature, make-up, equipment and route"),
    ("EU-UCPM-2013", "cost_exceptions", "at least 75 % of transport and operations"),
    ("EU-UCPM-2013", "claim_deadline", "within 15 days of the start and before the end"),
    ("EU-UCPM-2013", "notes", "lapses after 90 days"),
    ("EU-UCPM-2013", "notes", "article 15"),
    ("BNL-AMB-BE-LU-2016", "border_rule", "category B driving licence"),
    ("BNL-AMB-NL-BE-2009", "command_rule", "powers that they have at home"),
    ("BNL-AMB-NL-BE-2009", "notes", "incompatible communications"),
    ("EMRIC-EUMED", "border_rule", "pilot posts"),
    ("EMRIC-EUMED", "command_rule", "own radios"),
    ("BE-WV-FR-NORD-1999", "notes", "Model messages"),
    ("BE-FR-2019", "notes", "Seveso"),
    ("KLEVE-GELDERLAND-ZUID", "notes", "hose coupler"),
    ("LU-DE-1978", "notes", "Rhineland-Palatinate and Saarland"),
    ("NL-BE-1984", "notes", "organs of article 3"),
    ("NL-DE-ANHOLT-1991", "notes", "public-law agreements"),
]

SURE = [
    ("NL-BE-1984", "in_force", Confidence.SOURCED),
    ("NL-BE-1984", "requester_roles", Confidence.GENERAL_KNOWLEDGE),
    ("NL-BE-1984", "cost_rule", Confidence.UNSURE),
    ("BE-DE-1980", "in_force", Confidence.UNSURE),
    ("BE-DE-1980", "trigger", Confidence.SOURCED),
    ("LU-DE-1978", "signed", Confidence.GENERAL_KNOWLEDGE),
    ("BE-FR-1981", "cost_rule", Confidence.SOURCED),
    ("EU-UCPM-2013", "in_force", Confidence.GENERAL_KNOWLEDGE),
    ("EU-UCPM-2013", "cost_rule", Confidence.SOURCED),
    ("NL-DE-THW-2010", "cost_rule", Confidence.UNSURE),
    ("EMRIC-EUMED", "implements", Confidence.GENERAL_KNOWLEDGE),
]


def lines_of(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]


def test_every_instrument_stands_in_each_table():
    for table in (FACTS, RULES):
        assert sorted(line[0] for line in lines_of(table)[1:]) == sorted(BY_ID)
    assert sorted(line[0] for line in lines_of(PARTIES)) == sorted(BY_ID)


@pytest.mark.parametrize("line", lines_of(FACTS)[1:], ids=lambda line: line[0])
def test_days_and_rules_of_choice(line: list[str]):
    text = BY_ID[line[0]]
    values = (text.level, text.signed, text.in_force, text.trigger, text.certificate_required, text.cost_rule)

    assert [text.id, *(written(value) for value in values), str(len(text.cost_exceptions))] == line


def written(value: object) -> str:
    if value is UNKNOWN:
        return "."
    return value.isoformat() if isinstance(value, date) else str(getattr(value, "value", value))


@pytest.mark.parametrize("line", lines_of(RULES)[1:], ids=lambda line: line[0])
def test_which_rules_are_known(line: list[str]):
    text = BY_ID[line[0]]
    rules = (text.border_rule, text.command_rule, text.liability_rule, text.claim_deadline)
    ways = (text.requester_roles, text.granter_roles, text.channels)

    assert [text.id, *(how_known(value) for value in (*rules, *ways)), *scopes(text)] == line


def how_known(value: object) -> str:
    if isinstance(value, Absent):
        return {UNKNOWN: ".", NONE: "none"}[value]
    return "known"


def scopes(text: Agreement) -> list[str]:
    return [
        "." if not scope.is_known else "known" if scope.covers_anything else "none"
        for scope in (text.help_types, text.hazards)
    ]


def test_relations():
    expected = {tuple(line.split(None, 2)) for line in RELATIONS.strip().splitlines()}
    found = {
        (text.id, name, other)
        for text in agreements()
        for name in ("replaces", "supplements", "implements")
        for other in getattr(text, name)
    }

    assert found == expected


@pytest.mark.parametrize("line", lines_of(PARTIES), ids=lambda line: line[0])
def test_parties(line: list[str]):
    assert list(BY_ID[line[0]].parties) == line[1:]


@pytest.mark.parametrize(("identifier", "name", "words"), WORDS)
def test_words(identifier: str, name: str, words: str):
    value = getattr(BY_ID[identifier], name)
    wordings = value if isinstance(value, tuple) else (value,)

    assert any(words in wording.en for wording in wordings), wordings


@pytest.mark.parametrize(("identifier", "name", "confidence"), SURE)
def test_how_sure(identifier: str, name: str, confidence: Confidence):
    assert BY_ID[identifier].remarks[name].confidence is confidence

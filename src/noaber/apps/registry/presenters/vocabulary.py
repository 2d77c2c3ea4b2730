"""The vocabulary for its page and its file: every code with its four names, and where its figures come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.apps.registry.coded import group_name, in_reader_language
from noaber.reference.provenance import Confidence, Provenance
from noaber.reference.vocabulary import (
    Capability,
    Readiness,
    ReadinessBasis,
    Statement,
    load_attributes,
    load_capabilities,
    load_hazards,
    load_host_needs,
)
from noaber.web import wording
from noaber.web.tables import Column

CONFIDENCE_WORDS: Final[dict[Confidence, Promise]] = {
    Confidence.SOURCED: gettext_lazy("read in the source named"),
    Confidence.DERIVED: gettext_lazy("follows from a source"),
    Confidence.GENERAL_KNOWLEDGE: gettext_lazy("general knowledge, not looked up"),
    Confidence.UNSURE: gettext_lazy("unsure, to be verified"),
    Confidence.ILLUSTRATIVE: gettext_lazy("illustrative"),
}


@dataclass(frozen=True)
class StatementView:
    text: str
    provenance: str


@dataclass(frozen=True)
class CapabilityView:
    code: str
    name: str
    names: list[tuple[str, str]]
    group: str
    unit: str
    definition: str
    minimum: StatementView
    make_up: StatementView
    readiness: StatementView
    rule_version: str


@dataclass(frozen=True)
class CodeView:
    code: str
    name: str
    names: list[tuple[str, str]]


def capability_groups() -> list[tuple[str, list[CapabilityView]]]:
    """Every capability under the heading of its family."""
    found: dict[str, list[CapabilityView]] = {}
    for capability in load_capabilities().values():
        view = _capability(capability)
        found.setdefault(view.group, []).append(view)
    return list(found.items())


def _capability(capability: Capability) -> CapabilityView:
    return CapabilityView(
        code=capability.code,
        name=in_reader_language(capability.names),
        names=_names(capability.names),
        group=group_name(capability.group),
        unit=capability.unit,
        definition=in_reader_language(capability.definition),
        minimum=_statement(capability.minimum),
        make_up=_statement(capability.make_up),
        readiness=StatementView(
            readiness_words(capability.readiness), provenance_words(capability.readiness.provenance)
        ),
        rule_version=capability.rule_version,
    )


def _names(texts: Any) -> list[tuple[str, str]]:
    return [(language, getattr(texts, language)) for language in ("nl", "fr", "de", "en")]


def _statement(statement: Statement) -> StatementView:
    return StatementView(in_reader_language(statement.texts), provenance_words(statement.provenance))


def provenance_words(provenance: Provenance) -> str:
    """How sure it is, and by which source."""
    words = str(CONFIDENCE_WORDS[provenance.confidence])
    return f"{wording.label(words)} {provenance.source}" if provenance.source else words


def readiness_words(readiness: Readiness) -> str:
    """How soon it leaves, and how long it lives of its own; empty where nothing is known."""
    parts = [words for words in (_readiness_basis(readiness), _self_sufficiency(readiness)) if words]
    return " ".join(parts)


def _readiness_basis(readiness: Readiness) -> str:
    hours = _hours(readiness)
    match readiness.basis:
        case ReadinessBasis.DEPARTURE if hours:
            return _("Able to leave within %(hours)s hours.") % {"hours": hours}
        case ReadinessBasis.ON_SITE if hours:
            return _("At work on site within %(hours)s hours.") % {"hours": hours}
        case ReadinessBasis.HOURS if hours:
            return _("Leaves after %(hours)s hours.") % {"hours": hours}
        case ReadinessBasis.MINUTES:
            return _("On daily standby: leaves within minutes.")
        case ReadinessBasis.ASK_LIVE:
            return _("Changes by the hour: ask before counting on it.")
        case ReadinessBasis.HOURS:
            return _("Called up: leaves within some hours.")
        case _:
            return ""


def _hours(readiness: Readiness) -> str:
    least, most = readiness.hours_min, readiness.hours_max
    if least is not None and most is not None and least != most:
        return f"{wording.number(least)}–{wording.number(most)}"
    known = most if most is not None else least
    return "" if known is None else wording.number(known)


def _self_sufficiency(readiness: Readiness) -> str:
    days = readiness.self_sufficient_days
    return _("Lives of its own for %(days)s days.") % {"days": wording.number(days)} if days is not None else ""


def hazards() -> list[CodeView]:
    return _codes(load_hazards().values())


def host_needs() -> list[CodeView]:
    return _codes(load_host_needs().values())


def attributes() -> list[CodeView]:
    return _codes(load_attributes().values())


def _codes(items: Iterable[Any]) -> list[CodeView]:
    return [CodeView(item.code, in_reader_language(item.names), _names(item.names)) for item in items]


def _name_column(language: str) -> Column:
    return Column(language, language, lambda view: dict(view.names)[language])


FILE_COLUMNS: Final = (
    Column("code", gettext_lazy("Code"), lambda view: view.code),
    Column("group", gettext_lazy("Family"), lambda view: view.group),
    *(_name_column(language) for language in ("nl", "fr", "de", "en")),
    Column("unit", gettext_lazy("Unit"), lambda view: view.unit),
    Column("definition", gettext_lazy("Definition"), lambda view: view.definition),
    Column("minimum", gettext_lazy("Minimum capacity"), lambda view: view.minimum.text),
    Column("minimum-source", gettext_lazy("Minimum capacity, source"), lambda view: view.minimum.provenance),
    Column("make-up", gettext_lazy("Make-up"), lambda view: view.make_up.text),
    Column("make-up-source", gettext_lazy("Make-up, source"), lambda view: view.make_up.provenance),
    Column("readiness", gettext_lazy("Readiness"), lambda view: view.readiness.text),
    Column("readiness-source", gettext_lazy("Readiness, source"), lambda view: view.readiness.provenance),
    Column("rules", gettext_lazy("Rules"), lambda view: view.rule_version),
)
